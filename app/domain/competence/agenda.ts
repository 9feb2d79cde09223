import { lastDayUntil, localDay } from "../people/local-day.ts";
import type { PeriodState } from "./period-state.ts";

/** `ended` is given where a requirement may ask something of a person no longer. */
type Entry = { state: PeriodState; dueAt: Date; ended?: object | null };

/** Whether a learner has something to do: whoever is competent or waived has not. */
export const isToDo = (state: PeriodState): boolean => state !== "competent" && state !== "waived";

/** Whether something is still asked of the learner, and is to do. */
export const isOpen = ({ state, ended = null }: Pick<Entry, "state" | "ended">): boolean =>
  ended === null && isToDo(state);

const missed = (state: PeriodState): boolean => state === "overdue" || state === "expired";

/** What to do first comes first: missed dates, then the nearest date; what needs nothing comes last. */
export function byUrgency<E extends Entry>(entries: readonly E[]): E[] {
  const rank = (entry: E): number => (!isOpen(entry) ? 2 : missed(entry.state) ? 0 : 1);
  return entries.toSorted((a, b) => rank(a) - rank(b) || a.dueAt.getTime() - b.dueAt.getTime());
}

/** Calendar days of a place from `now` until the day by which `at` is called: 0 today, negative once it is past. */
export function daysUntil(at: Date, now: Date, timeZone: string): number {
  return Math.round(
    (Date.parse(lastDayUntil(at, timeZone)) - Date.parse(localDay(now, timeZone))) / 86_400_000,
  );
}
