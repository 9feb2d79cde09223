import type { Requirement } from "./requirement.ts";

const day = 86_400_000;

/**
 * How long a completion counts. A renewal completed early keeps the anniversary: it counts from when the earlier
 * competence ends (its due date), so nobody loses days by being early. Months are calendar months, in UTC.
 */
export function completionDates(
  requirement: Pick<Requirement, "validMonths" | "windowDays">,
  period: { number: number; dueAt: Date },
  completedAt: Date,
): { expiresAt: Date; renewFrom: Date } {
  const from = period.number > 1 && period.dueAt > completedAt ? period.dueAt : completedAt;
  const expiresAt = addMonths(from, requirement.validMonths);
  return { expiresAt, renewFrom: new Date(expiresAt.getTime() - requirement.windowDays * day) };
}

/** The same day and time some months later; the last day of the month where it has no such day. */
export function addMonths(from: Date, months: number): Date {
  const to = new Date(from);
  to.setUTCDate(1);
  to.setUTCMonth(to.getUTCMonth() + months);
  const last = new Date(Date.UTC(to.getUTCFullYear(), to.getUTCMonth() + 1, 0)).getUTCDate();
  to.setUTCDate(Math.min(from.getUTCDate(), last));
  return to;
}
