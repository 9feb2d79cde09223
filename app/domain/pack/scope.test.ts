import { expect, it } from "vitest";
import { texasFiscalYear } from "./fiscal-year.ts";
import { layoutFault } from "./layout.ts";
import { packScope } from "./scope.ts";
import { share } from "./status.ts";

const now = new Date("2026-11-24T09:00:00Z");
const days = { from: "2026-01-01", until: "2026-12-31" };
const seat = { departments: ["Sales", "Support"], requirements: null };

it.each([
  ["all, asked for by those who see all", [], null, null],
  ["all, asked for from a seat", [], seat, ["Sales", "Support"]],
  ["one of a seat’s", ["Sales"], seat, ["Sales"]],
  ["one of a seat’s and another", ["Sales", "Legal"], seat, ["Sales"]],
])("holds a pack within its bounds: %s", (_what, departments, bounds, covers) => {
  const scope = packScope(
    { ...days, departments, requirements: [] },
    bounds,
    { keys: true, samples: "own" },
    now,
  );
  expect(scope).toMatchObject({ departments: covers, requirements: null });
});

it("makes none of what lies outside altogether", () => {
  const input = { ...days, departments: ["Legal"], requirements: [] };
  expect(packScope(input, seat, { keys: true, samples: "own" }, now)).toBeNull();
});

it.each([
  ["2026-12-31", "2026-11-24T09:00:00.000Z"],
  ["2026-10-31", "2026-10-31T23:59:59.999Z"],
])("shows until %s what was known at %s", (until, asAt) => {
  const input = { from: "2026-01-01", until, departments: [], requirements: [] };
  expect(packScope(input, null, { keys: true, samples: "all" }, now)?.asAt).toBe(asAt);
});

it.each([
  ["2026-08-31", "FY 2026", "2025-09-01"],
  ["2026-09-01", "FY 2027", "2026-09-01"],
  ["2026-01-01", "FY 2026", "2025-09-01"],
])("on %s the fiscal year of Texas is %s and began on %s", (day, name, from) => {
  expect(texasFiscalYear(day)).toMatchObject({ name, from });
});

const file = { path: "a", bytes: 1, crc32: 0, packedBytes: 1, deflated: true };
it.each([
  [[file], null],
  [[{ ...file, bytes: 2 ** 32 }], "a would be larger than 4 GB"],
  [[file, { ...file, packedBytes: 2 ** 32 - 5 }], "larger than 4 GB"],
  [Array.from({ length: 65_535 }, () => file), "an archive holds 65534"],
])("refuses what no archive holds", (files, said) => {
  if (said === null) expect(layoutFault(files)).toBeNull();
  else expect(layoutFault(files)).toContain(said);
});

it.each([
  [{ filesDone: 0, filesTotal: null }, null],
  [{ filesDone: 5, filesTotal: 20 }, 0.25],
  [{ filesDone: 9, filesTotal: 8 }, 1],
])("tells how far %j is", (of, expected) => {
  expect(share(of)).toBe(expected);
});
