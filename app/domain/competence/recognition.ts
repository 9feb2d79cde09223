import { completionDates, type Earlier } from "./recurrence.ts";

const day = 86_400_000;

/** The moment a day is over, in UTC. */
export const endOfDay = (on: string): Date => new Date(Date.parse(`${on}T00:00:00Z`) + day);

/**
 * How long a recognised competence counts: as long as a completion of the training would, and never beyond the last
 * day given with it, which is then the anniversary.
 */
export function recognitionDates(
  requirement: Parameters<typeof completionDates>[0],
  person: { hiredOn: string; timeZone: string },
  earlier: Earlier | null,
  completedAt: Date,
  lastDay: string | null,
): { expiresAt: Date; renewFrom: Date; anchorOn: string | null } {
  const full = completionDates(requirement, person, earlier, completedAt);
  if (lastDay === null || endOfDay(lastDay) >= full.expiresAt) return full;
  const expiresAt = endOfDay(lastDay);
  const renewFrom = new Date(expiresAt.getTime() - requirement.windowDays * day);
  return { expiresAt, renewFrom, anchorOn: null };
}

/**
 * Numbers for periods of earlier systems, oldest first: from 1 where there is none yet, else down from the first one, so
 * that the order of numbers stays the order of time and no period that exists is renumbered.
 */
export function earlierNumbers(existing: readonly number[], count: number): number[] {
  const start = existing.length === 0 ? 1 : Math.min(...existing) - count;
  return Array.from({ length: count }, (_, i) => start + i);
}
