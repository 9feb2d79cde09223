import type { PeriodState } from "./period-state.ts";

/** The stored facts of a certification cycle on which its state rests. */
export type PeriodFacts = {
  number: number;
  assignedAt: Date;
  dueAt: Date;
  graceUntil: Date;
  startedAt: Date | null;
  completedAt: Date | null;
  renewFrom: Date | null;
  expiresAt: Date | null;
  supersededAt: Date | null;
  /** When the requirement stopped asking it of the person. */
  endedAt: Date | null;
};

export type WaiverFacts = { grantedAt: Date; until: Date };

/**
 * The state of one period at `now`, as a function of stored facts; facts later than `now` do not count yet, so the
 * same function answers for any date. Proof of competence outranks a waiver, a waiver outranks a missed date.
 * A renewal is due when the earlier competence ends: from then on it is expired rather than overdue, because
 * grace may excuse a late start but cannot bridge a gap in competence (ISO/IEC 42001 7.2 d).
 */
export function periodState(period: PeriodFacts, waivers: readonly WaiverFacts[], now: Date): PeriodState {
  if (period.completedAt !== null && period.completedAt <= now) {
    if (period.expiresAt !== null && period.expiresAt <= now) return "expired";
    return period.renewFrom !== null && period.renewFrom <= now ? "expiring" : "competent";
  }
  if (waiverEnd(waivers, now) !== null) return "waived";
  if (period.graceUntil <= now) return period.number > 1 ? "expired" : "overdue";
  return period.startedAt !== null && period.startedAt <= now ? "in_progress" : "not_started";
}

/** When the last of the waivers that count at `now` ends; null when none counts. */
export function waiverEnd(waivers: readonly WaiverFacts[], now: Date): Date | null {
  const counting = waivers.filter((waiver) => waiver.grantedAt <= now && waiver.until > now);
  return counting.reduce<Date | null>(
    (last, { until }) => (last === null ? until : later(last, until)),
    null,
  );
}

/** Whether the person counts as competent in this state. */
export const counts = (state: PeriodState): boolean => state === "competent" || state === "expiring";

/**
 * Of one person's periods for one requirement, the one that speaks for the person at `now`, or null where it asks nothing.
 * A renewal opens while the earlier period still counts; the earlier one stands until it is superseded, so there is
 * never a gap between two periods and never two that stand at once.
 */
export function standing<P extends PeriodFacts>(periods: readonly P[], now: Date): P | null {
  const open = periods.filter(
    (p) =>
      p.assignedAt <= now &&
      (p.supersededAt === null || p.supersededAt > now) &&
      (p.endedAt === null || p.endedAt > now),
  );
  return open.reduce<P | null>((first, p) => (first === null || p.number < first.number ? p : first), null);
}

/**
 * When `next` takes over from `period`: once it is completed, else once the earlier competence has ended (but not
 * before `next` was there to take over). Null while the earlier one still counts.
 */
export function supersession(
  period: Pick<PeriodFacts, "expiresAt">,
  next: Pick<PeriodFacts, "assignedAt" | "completedAt">,
  now: Date,
): Date | null {
  const ended = period.expiresAt && later(period.expiresAt, next.assignedAt);
  const moments = [next.completedAt, ended].filter((at): at is Date => at !== null && at <= now);
  return moments.toSorted((a, b) => a.getTime() - b.getTime())[0] ?? null;
}

function later(a: Date, b: Date): Date {
  return a > b ? a : b;
}
