import fc from "fast-check";
import { expect, it } from "vitest";
import {
  type ActionStatus,
  actionStatuses,
  actionSteps,
  isOverdue,
  mayTake,
  nextSteps,
  statusAfter,
  verdicts,
} from "./corrective-action.ts";

const action = { ownerId: "p-owner", doneBy: ["p-doer"] };

it.each([
  ["planned", "open", "p-owner", "ok"],
  ["planned", "planned", "p-owner", "ok"],
  ["done", "planned", "p-owner", "ok"],
  ["done", "open", "p-owner", "out_of_turn"],
  ["verified", "done", "p-hr", "ok"],
  ["verified", "done", "p-owner", "own_action"],
  ["verified", "done", "p-doer", "own_action"],
  ["verified", "planned", "p-hr", "out_of_turn"],
  ["closed", "verified", "p-hr", "ok"],
  ["closed", "verified", "p-owner", "own_action"],
  ["closed", "done", "p-hr", "out_of_turn"],
  ["reopened", "closed", "p-hr", "ok"],
  ["planned", "closed", "p-hr", "out_of_turn"],
  ["opened", "open", "p-hr", "out_of_turn"],
] as const)("is %s from %s by %s: %s", (step, status, actorId, answer) => {
  const decided = mayTake(step, { ...action, status }, actorId);
  expect(decided.ok ? "ok" : decided.reason).toBe(answer);
});

it.each([
  ["open", "2026-11-23", true],
  ["planned", "2026-11-23", true],
  ["planned", "2026-11-24", false],
  ["done", "2026-11-23", false],
  ["closed", "2026-11-23", false],
] as const)("%s and due %s is overdue: %j", (status, dueOn, overdue) => {
  expect(isOverdue({ status, dueOn }, "2026-11-24")).toBe(overdue);
});

it("is never closed without an effect verified by somebody who neither owns nor did it", () => {
  const act = fc.record({
    step: fc.constantFrom(...actionSteps),
    actor: fc.constantFrom("p-owner", "p-doer", "p-hr"),
    verdict: fc.constantFrom(...verdicts),
  });
  fc.assert(
    fc.property(fc.array(act, { maxLength: 40 }), (acts) => {
      let status: ActionStatus = "open";
      let verified: string | null = null;
      const doneBy: string[] = [];
      for (const { step, actor, verdict } of acts) {
        if (!mayTake(step, { status, ownerId: "p-owner", doneBy }, actor).ok) continue;
        status = statusAfter(step, verdict);
        if (step === "done") doneBy.push(actor);
        if (step === "verified") verified = verdict === "effective" ? actor : null;
        if (step === "reopened" || step === "planned") verified = null;
        if (status === "closed") {
          expect(verified).not.toBeNull();
          expect(["p-owner", ...doneBy]).not.toContain(verified);
        }
      }
    }),
  );
});

it("always goes on somewhere", () => {
  for (const status of actionStatuses) expect(nextSteps(status).length).toBeGreaterThan(0);
});
