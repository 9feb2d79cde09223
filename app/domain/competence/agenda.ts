import type { PeriodState } from "./period-state.ts";

type Entry = { state: PeriodState; dueAt: Date };

/** Whether a learner has something to do: whoever is competent or waived has not. */
export const isToDo = (state: PeriodState): boolean => state !== "competent" && state !== "waived";

const missed = (state: PeriodState): boolean => state === "overdue" || state === "expired";

/** What to do first comes first: missed dates, then the nearest date; what needs nothing comes last. */
export function byUrgency<E extends Entry>(entries: readonly E[]): E[] {
  const rank = (entry: E): number => (missed(entry.state) ? 0 : isToDo(entry.state) ? 1 : 2);
  return entries.toSorted((a, b) => rank(a) - rank(b) || a.dueAt.getTime() - b.dueAt.getTime());
}

/** Calendar days (UTC) from `now` until `at`: 0 today, negative once it is past. */
export function daysUntil(at: Date, now: Date): number {
  const dayOf = (moment: Date): number => Math.floor(moment.getTime() / 86_400_000);
  return dayOf(at) - dayOf(now);
}
