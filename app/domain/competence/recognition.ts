import { completionDates } from "./completion.ts";
import type { Requirement } from "./requirement.ts";

const day = 86_400_000;

/** The moment a day is over, in UTC. */
export const endOfDay = (on: string): Date => new Date(Date.parse(`${on}T00:00:00Z`) + day);

/**
 * How long a recognised competence counts: as long as a completion of the training would, and never beyond the last
 * day given with it.
 */
export function recognitionDates(
  requirement: Pick<Requirement, "validMonths" | "windowDays">,
  period: { number: number; dueAt: Date },
  completedAt: Date,
  lastDay: string | null,
): { expiresAt: Date; renewFrom: Date } {
  const full = completionDates(requirement, period, completedAt);
  if (lastDay === null || endOfDay(lastDay) >= full.expiresAt) return full;
  const expiresAt = endOfDay(lastDay);
  return { expiresAt, renewFrom: new Date(expiresAt.getTime() - requirement.windowDays * day) };
}

/**
 * Numbers for periods of earlier systems, oldest first: from 1 where there is none yet, else down from the first one, so
 * that the order of numbers stays the order of time and no period that exists is renumbered.
 */
export function earlierNumbers(existing: readonly number[], count: number): number[] {
  const start = existing.length === 0 ? 1 : Math.min(...existing) - count;
  return Array.from({ length: count }, (_, i) => start + i);
}
