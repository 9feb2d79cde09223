import { expect, it } from "vitest";
import { type ConcernEventKind, type ConcernStatus, mayHandle, statusAfter } from "./concern.ts";

it.each<[string, string | null, ConcernStatus, ConcernEventKind, ConcernEventKind[], string | true]>([
  ["confirms a new report", "p-mila", "open", "acknowledged", [], true],
  ["confirms it twice", "p-mila", "open", "acknowledged", ["acknowledged"], "acknowledged"],
  ["confirms what is answered", "p-mila", "answered", "acknowledged", ["answered"], "acknowledged"],
  ["answers without confirming", null, "open", "answered", [], true],
  ["adds to an answer", null, "answered", "answered", ["answered"], true],
  ["closes without an answer", null, "open", "closed", ["acknowledged"], true],
  ["answers what is closed", null, "closed", "answered", ["closed"], "closed"],
  ["answers their own report", "p-ravi", "open", "answered", [], "own_report"],
])("%s", (_words, reporterId, status, step, taken, outcome) => {
  const allowed = mayHandle({ reporterId, status }, "p-ravi", step, taken);
  expect(allowed.ok ? true : allowed.reason).toBe(outcome);
});

it("keeps a report open until it is answered or closed", () => {
  expect((["acknowledged", "answered", "closed"] as const).map(statusAfter)).toEqual([
    "open",
    "answered",
    "closed",
  ]);
});
