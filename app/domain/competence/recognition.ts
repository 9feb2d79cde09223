import { localDay } from "../people/local-day.ts";
import { completionDates, daysBefore, type Earlier, endOfDay, startOfDay } from "./recurrence.ts";

/**
 * How long a recognised competence counts: as long as a completion of the training would, and never beyond the last
 * day given with it, which ends where the person is and is then the anniversary.
 */
export function recognitionDates(
  requirement: Parameters<typeof completionDates>[0],
  person: { hiredOn: string; timeZone: string },
  earlier: Earlier | null,
  completedAt: Date,
  lastDay: string | null,
): { expiresAt: Date; renewFrom: Date; anchorOn: string | null } {
  const full = completionDates(requirement, person, earlier, completedAt);
  const { timeZone } = person;
  if (lastDay === null || endOfDay(lastDay, timeZone) >= full.expiresAt) return full;
  const renewFrom = startOfDay(daysBefore(lastDay, requirement.windowDays), timeZone);
  return { expiresAt: endOfDay(lastDay, timeZone), renewFrom, anchorOn: null };
}

/** Dates that were reckoned in days of UTC, as the same days where the person is. */
export function atPlace<D extends { expiresAt: Date; renewFrom: Date }>(dates: D, timeZone: string): D {
  return {
    ...dates,
    expiresAt: endOfDay(localDay(dates.expiresAt, "UTC"), timeZone),
    renewFrom: startOfDay(localDay(dates.renewFrom, "UTC"), timeZone),
  };
}

/**
 * Numbers for periods of earlier systems, oldest first: from 1 where there is none yet, else down from the first one, so
 * that the order of numbers stays the order of time and no period that exists is renumbered.
 */
export function earlierNumbers(existing: readonly number[], count: number): number[] {
  const start = existing.length === 0 ? 1 : Math.min(...existing) - count;
  return Array.from({ length: count }, (_, i) => start + i);
}
