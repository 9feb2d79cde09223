import { z } from "zod";
import { counts } from "./assignment.ts";
import { type PeriodState, periodStates } from "./period-state.ts";

const choice = z
  .string()
  .trim()
  .max(100)
  // PostgreSQL texts cannot hold it.
  .refine((v) => !v.includes("\0"))
  .transform((v) => v || null)
  .nullable()
  .catch(null);

/** What the board is narrowed to. Read from an address, so anything unreadable narrows nothing. */
export const boardFilter = z.object({
  department: choice.default(null),
  audience: choice.default(null),
  requirement: choice.default(null),
  status: z.enum(periodStates).nullable().catch(null).default(null),
  /** Part of a name or e-mail address. */
  q: choice.default(null),
});
export type BoardFilter = z.infer<typeof boardFilter>;

/** A filter and the person beside whom a page begins or ends. */
export const boardPlace = boardFilter.extend({ after: choice.default(null), before: choice.default(null) });

/** Whether anything is left out. */
export const isNarrowed = (filter: BoardFilter): boolean => filterQuery(filter) !== "";

/** The filter as an address part, for links and for the audit log; empty when nothing is narrowed. */
export function filterQuery(filter: BoardFilter): string {
  const given = Object.entries(filter).filter((entry): entry is [string, string] => entry[1] !== null);
  return new URLSearchParams(given).toString();
}

export type StateCounts = Record<PeriodState, number>;

/** How many stand in each state, with zero where nobody does. */
export function stateCounts(rows: readonly { state: PeriodState; count: number }[]): StateCounts {
  const all = Object.fromEntries(periodStates.map((state) => [state, 0])) as StateCounts;
  for (const { state, count } of rows) all[state] += count;
  return all;
}

/**
 * Share of those who must be competent now and are, 0..1; null when nobody must. Who is waived is not counted either
 * way, and who is still within the time given counts as not yet competent.
 */
export function coverage(of: StateCounts): number | null {
  const total = periodStates.reduce((sum, state) => sum + of[state], 0) - of.waived;
  if (total === 0) return null;
  return periodStates.filter(counts).reduce((sum, state) => sum + of[state], 0) / total;
}
