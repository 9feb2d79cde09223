import { expect, it } from "vitest";
import { allow, can, Forbidden, matrix, type Permission } from "./permission.ts";
import { seatMayVisit, seatState, seatTimes } from "./seat.ts";

const now = new Date("2026-11-24T09:00:00Z");
const seat = {
  startsAt: new Date("2026-11-20T00:00:00Z"),
  endsAt: new Date("2026-11-28T00:00:00Z"),
  linkUsedAt: new Date("2026-11-19T00:00:00Z"),
  revokedAt: null,
};

it.each([
  ["open", {}],
  ["invited", { linkUsedAt: null }],
  ["ahead", { startsAt: new Date("2026-11-25T00:00:00Z") }],
  ["ended", { endsAt: now }],
  ["ended", { endsAt: now, linkUsedAt: null }],
  ["revoked", { revokedAt: now }],
])("is %s with %j", (state, change) => {
  expect(seatState({ ...seat, ...change }, now)).toBe(state);
});

it("lasts to the end of its last day", () => {
  expect(seatTimes({ from: "2026-11-20", until: "2026-11-27" })).toEqual({
    startsAt: seat.startsAt,
    endsAt: seat.endsAt,
  });
});

it.each([
  ["/audit", true],
  ["/audit/packs", true],
  ["/audit/packs/x.zip", true],
  ["/audit/samples/x", true],
  ["/board", true],
  ["/records/p-mila", true],
  ["/certificates/x", true],
  ["/audit/seats", false],
  ["/audit/reads", false],
  ["/records/p-mila/accommodation", false],
  ["/board.csv", false],
  ["/admin/audit", false],
  ["/ask", false],
  ["/", false],
])("%s may be visited from a seat: %s", (path, may) => {
  expect(seatMayVisit(path)).toBe(may);
});

const auditor = (departments: string[] | null) => ({
  id: "x-1",
  name: "Out",
  roles: ["external_auditor"] as const,
  scope: { departments, requirements: null },
});

it.each([
  [null, { personId: "p-mila", department: "Support" }, true],
  [["Support"], { personId: "p-mila", department: "Support" }, true],
  [["Support"], { personId: "p-mila", department: "Sales" }, false],
  [["Support"], { personId: "p-mila" }, false],
])("a seat for %j reads the record of %j: %s", (departments, of, may) => {
  expect(can(auditor(departments), "record.read", of)).toBe(may);
  if (!may) expect(() => allow(auditor(departments), "record.read", of)).toThrow(Forbidden);
});

it("gives nothing without a seat, and from one only what an audit takes", () => {
  const given = (Object.keys(matrix) as Permission[]).filter((one) => can(auditor(null), one, {}));
  expect(given.toSorted()).toEqual([
    "board.read",
    "certificate.read",
    "pack.make",
    "record.read",
    "sample.draw",
  ]);
  const { scope: _scope, ...seatless } = auditor(null);
  expect((Object.keys(matrix) as Permission[]).filter((one) => can(seatless, one, {}))).toEqual([]);
});
