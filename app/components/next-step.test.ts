import { expect, it } from "vitest";
import { nextStep } from "./next-step.ts";

const requirement = {
  slug: "ai-awareness-yearly",
  state: "in_progress" as const,
  percent: 40,
  nextLesson: "privacy",
  nextPart: 0,
  openAttemptId: null,
};

it.each([
  ["goes on reading", {}, "/learn/ai-awareness-yearly/lessons/privacy", "Continue"],
  [
    "goes on where reading stopped",
    { nextPart: 2 },
    "/learn/ai-awareness-yearly/lessons/privacy#part-2",
    "Continue",
  ],
  [
    "starts",
    { percent: 0, state: "not_started" as const },
    "/learn/ai-awareness-yearly/lessons/privacy",
    "Start",
  ],
  [
    "resumes an open attempt before all else",
    { openAttemptId: "a1" },
    "/attempts/a1",
    "Resume the assessment",
  ],
  ["finishes what is left after the lessons", { nextLesson: null }, "/learn/ai-awareness-yearly", "Finish"],
  [
    "only looks again where the next attempt is held",
    { nextLesson: null, held: { reason: "exhausted" as const } },
    "/learn/ai-awareness-yearly",
    "Look again",
  ],
  [
    "reads on all the same where something is left to read",
    { held: { reason: "exhausted" as const } },
    "/learn/ai-awareness-yearly/lessons/privacy",
    "Continue",
  ],
  ["leaves the competent alone", { state: "competent" as const }, "/learn/ai-awareness-yearly", "Look again"],
])("%s", (_, overrides, to, label) => {
  expect(nextStep({ ...requirement, ...overrides })).toEqual({ to, label });
});
