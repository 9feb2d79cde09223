import type { StartRefusal } from "../learning/attempt.ts";

/** Whether the assessment of a requirement may begin, and if not, what is in the way. */
export type StartDecision =
  | { ok: true; number: number }
  | ({ ok: false } & (StartRefusal | { reason: "lessons" } | { reason: "acknowledgement" }));

/** What keeps a further attempt from beginning where one has failed: its pause, or that all are used. */
export type Held = Extract<StartRefusal, { reason: "cool_down" | "exhausted" }>;

/** Lessons and acknowledgements come first; then the limits of attempts decide. An open attempt can always be resumed. */
export function decideStart(
  done: { lessonsDone: boolean; acknowledged: boolean },
  attempts: { ok: true; number: number } | ({ ok: false } & StartRefusal),
): StartDecision {
  if (!attempts.ok && (attempts.reason === "open" || attempts.reason === "passed")) return attempts;
  if (!done.lessonsDone) return { ok: false, reason: "lessons" };
  if (!done.acknowledged) return { ok: false, reason: "acknowledgement" };
  return attempts;
}
