import { expect, it } from "vitest";
import { dueAfter } from "./accommodation.ts";

const now = new Date("2026-11-24T09:00:00Z");

it.each<[number | null, string | null]>([
  [1, "2026-11-24T09:20:00.000Z"],
  [1.25, "2026-11-24T09:25:00.000Z"],
  [2, "2026-11-24T09:40:00.000Z"],
  [null, null],
])("a factor of %s makes 20 minutes end at %s", (factor, due) => {
  expect(dueAfter(20, factor, now)?.toISOString() ?? null).toBe(due);
});
