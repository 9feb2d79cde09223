import type { Response } from "../content/item.ts";
import type { Module } from "../content/module.ts";

type AttemptFacts = { number: number; submittedAt: Date | null; passed: boolean | null };

export type StartRefusal =
  | { reason: "open" }
  | { reason: "passed" }
  /** The next attempt opens at `until`. */
  | { reason: "cool_down"; until: Date }
  /** All attempts are used up; HR may grant another. */
  | { reason: "exhausted" };

/**
 * Whether a further attempt may begin: none is open, none has passed, attempts are left (those of the module and
 * those granted by HR), and the cool-down since the last submission is over. A granted attempt needs no cool-down:
 * somebody has just decided that it may happen.
 */
export function mayStart(
  rules: Pick<Module["assessment"], "attempts" | "coolDownHours">,
  attempts: readonly AttemptFacts[],
  granted: number,
  now: Date,
): { ok: true; number: number } | ({ ok: false } & StartRefusal) {
  if (attempts.some((a) => a.submittedAt === null)) return { ok: false, reason: "open" };
  if (attempts.some((a) => a.passed)) return { ok: false, reason: "passed" };
  if (attempts.length >= rules.attempts + granted) return { ok: false, reason: "exhausted" };
  const last = attempts.reduce(
    (latest, a) => Math.max(latest, a.submittedAt?.getTime() ?? 0),
    Number.NEGATIVE_INFINITY,
  );
  const until = new Date(last + rules.coolDownHours * 3_600_000);
  if (attempts.length > 0 && attempts.length < rules.attempts && until > now)
    return { ok: false, reason: "cool_down", until };
  return { ok: true, number: attempts.length + 1 };
}

/** What is kept in the place of an answer that its learner has taken back, so that its revisions go on. */
export const takenBack: Response = [];

/** Whether a stored response is one that was taken back: the item is then as if never answered. */
export const isTakenBack = (response: Response): boolean => Array.isArray(response) && response.length === 0;

/** How long after its time limit a submission that was on its way still counts. */
export const lateSeconds = 20;

/** Whether answers are still accepted, by the server's clock. `dueAt` null: there is no time limit. */
export function isOpen(attempt: { submittedAt: Date | null; dueAt: Date | null }, now: Date): boolean {
  if (attempt.submittedAt !== null) return false;
  return attempt.dueAt === null || now.getTime() <= attempt.dueAt.getTime() + lateSeconds * 1000;
}

/** When a submission at `now` counts: at once, or at the time limit where that is over. */
export function countsAt(attempt: { submittedAt: Date | null; dueAt: Date | null }, now: Date): Date {
  return attempt.dueAt === null || isOpen(attempt, now) ? now : attempt.dueAt;
}
