/**
 * What an attempt is for. `assessment` decides about competence; `refresher` does in a renewal, asking first and then only
 * what was missed; `pretest` and `retention` measure what somebody knows before a training and months after it.
 */
export const attemptKinds = ["pretest", "assessment", "refresher", "retention"] as const;
export type AttemptKind = (typeof attemptKinds)[number];

/** Whether an attempt of this kind can complete a period. */
export const decides = (kind: AttemptKind): boolean => kind === "assessment" || kind === "refresher";

/** How many days after a completion what is left of it can be measured (CONTENT: skill held at four months and was gone at six). */
export const retentionDays = 90;

export type MeasureRefusal = { reason: "too_late" | "too_early" | "open" | "taken" };

/**
 * Whether somebody may measure what they know: once before they begin a first period, and once in a period from
 * {@link retentionDays} after its completion. One attempt is open at a time.
 */
export function mayMeasure(
  kind: "pretest" | "retention",
  period: { number: number; completedAt: Date | null },
  done: { steps: number; attempts: readonly { kind: AttemptKind; submittedAt: Date | null }[] },
  now: Date,
): { ok: true } | ({ ok: false } & MeasureRefusal) {
  if (done.attempts.some((one) => one.submittedAt === null)) return { ok: false, reason: "open" };
  if (done.attempts.some((one) => one.kind === kind)) return { ok: false, reason: "taken" };
  if (kind === "pretest")
    return period.number === 1 && done.steps === 0 && done.attempts.length === 0
      ? { ok: true }
      : { ok: false, reason: "too_late" };
  const from = period.completedAt && period.completedAt.getTime() + retentionDays * 86_400_000;
  return from !== null && from <= now.getTime() ? { ok: true } : { ok: false, reason: "too_early" };
}
