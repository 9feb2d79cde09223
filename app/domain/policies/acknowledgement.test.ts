import { expect, it } from "vitest";
import { acknowledgementOf } from "./acknowledgement.ts";

const versions = [
  { id: "v1", effectiveFrom: "2025-01-15", material: true },
  { id: "v2", effectiveFrom: "2026-03-01", material: true },
  { id: "v3", effectiveFrom: "2026-06-01", material: false },
  { id: "v4", effectiveFrom: "2027-01-01", material: true },
];
const at = new Date("2026-04-01T09:00:00Z");

it.each([
  ["2024-12-31", "v2", null, null],
  ["2025-02-01", "v1", "v1", at],
  ["2026-04-01", "v1", "v2", null],
  ["2026-04-01", "v2", "v2", at],
  ["2026-07-01", "v2", "v3", at],
  ["2026-07-01", "v1", "v3", null],
  ["2027-01-01", "v3", "v4", null],
])("on %s, having acknowledged %s: %s is due since %s", (today, given, due, since) => {
  const found = acknowledgementOf(versions, new Map([[given, at]]), today);
  expect(found ? { id: found.version.id, at: found.at } : null).toEqual(due ? { id: due, at: since } : null);
});
