import { expect, it } from "vitest";
import { type BulkKind, bulkInput, bulkKindNames, mayUndo, storedBulk, undoOf } from "./bulk.ts";

const kinds = Object.keys(bulkKindNames) as BulkKind[];

it.each<[Partial<Parameters<typeof mayUndo>[0]>, boolean]>([
  [{}, true],
  [{ finishedAt: null }, false],
  [{ done: 0 }, false],
  [{ undone: true }, false],
  [{ kind: "call_back" }, false],
])("takes back once, what is through and did anything: %j", (change, may) => {
  const action = { kind: "remind", finishedAt: new Date(0), done: 1, undone: false } as const;
  expect(mayUndo({ ...action, ...change })).toBe(may);
});

it("has a way back from all that people choose, and none that leads nowhere", () => {
  for (const kind of ["remind", "grant_waiver", "end_waiver", "retrain", "assign"] as const)
    expect(undoOf(kind)).not.toBeNull();
  for (const kind of kinds) expect([null, ...kinds]).toContain(undoOf(kind));
});

it("stores what each kind needs, and asks a reason of all but reminders", () => {
  const reason = "The auditor asked for it.";
  const stored = (input: object) => storedBulk(bulkInput.parse(input)).details;
  expect(stored({ kind: "remind" })).toBeNull();
  expect(stored({ kind: "retrain", reason, cause: "hr", dueDays: "14" })).toEqual({
    cause: "hr",
    dueDays: 14,
  });
  expect(stored({ kind: "assign", reason, requirement: "r", lastDay: "" })).toEqual({
    requirement: "r",
    lastDay: null,
  });
  expect(bulkInput.safeParse({ kind: "end_waiver", reason: "" }).success).toBe(false);
});
