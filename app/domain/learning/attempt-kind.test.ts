import { describe, expect, it } from "vitest";
import { type AttemptKind, mayMeasure, retentionDays } from "./attempt-kind.ts";

const now = new Date("2026-11-24T09:00:00Z");
const daysAgo = (days: number): Date => new Date(now.getTime() - days * 86_400_000);
const an = (kind: AttemptKind, submittedAt: Date | null = daysAgo(1)) => ({ kind, submittedAt });
const fresh = { number: 1, completedAt: null };
const nothing = { steps: 0, attempts: [] };

describe("measuring what somebody knows", () => {
  it.each([
    ["before a first period", "pretest", fresh, nothing, true],
    ["before a renewal, which asks first anyway", "pretest", { ...fresh, number: 2 }, nothing, "too_late"],
    ["after a first step", "pretest", fresh, { steps: 1, attempts: [] }, "too_late"],
    ["after an attempt", "pretest", fresh, { steps: 0, attempts: [an("assessment")] }, "too_late"],
    ["a second time", "pretest", fresh, { steps: 0, attempts: [an("pretest")] }, "taken"],
    ["beside an open attempt", "pretest", fresh, { steps: 0, attempts: [an("pretest", null)] }, "open"],
    ["before a completion", "retention", fresh, nothing, "too_early"],
    ["a day early", "retention", { ...fresh, completedAt: daysAgo(retentionDays - 1) }, nothing, "too_early"],
    ["after its days", "retention", { ...fresh, completedAt: daysAgo(retentionDays) }, nothing, true],
    [
      "a second time",
      "retention",
      { ...fresh, completedAt: daysAgo(200) },
      { steps: 9, attempts: [an("assessment"), an("retention")] },
      "taken",
    ],
  ] as const)("%s: %s", (_, kind, period, done, answer) => {
    const decision = mayMeasure(kind, period, done, now);
    expect(decision.ok ? true : decision.reason).toBe(answer);
  });
});
