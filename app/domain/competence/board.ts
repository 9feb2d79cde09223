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

/** How many days ahead the board looks for what expires or is due. */
export const horizons = ["30", "60", "90"] as const;
export type Horizon = (typeof horizons)[number];
const horizon = z.enum(horizons).nullable().catch(null).default(null);

/** What the board is narrowed to. Read from an address, so anything unreadable narrows nothing. */
export const boardFilter = z.object({
  department: choice.default(null),
  audience: choice.default(null),
  location: choice.default(null),
  employment: choice.default(null),
  /** Name or e-mail address of the manager whose direct reports are shown. */
  manager: choice.default(null),
  requirement: choice.default(null),
  status: z.enum(periodStates).nullable().catch(null).default(null),
  /** Competence that counts and ends within so many days. */
  expiring: horizon,
  /** What is not completed, and due within so many days. */
  due: horizon,
  /** Part of a name or e-mail address. */
  q: choice.default(null),
  /** For managers: everyone below them rather than their direct reports. */
  team: z.enum(["below"]).nullable().catch(null).default(null),
});
export type BoardFilter = z.infer<typeof boardFilter>;

/** A filter and the person beside whom a page begins or ends. */
export const boardPlace = boardFilter.extend({ after: choice.default(null), before: choice.default(null) });

/** Whether anything is left out. */
export const isNarrowed = (filter: BoardFilter): boolean => filterQuery({ ...filter, team: null }) !== "";

/** Whether a filter asks for something of a period besides its requirement. */
export const asksOfPeriods = ({ status, expiring, due }: BoardFilter): boolean =>
  status !== null || expiring !== null || due !== null;

/** The filter as an address part, for links; empty when nothing is narrowed. */
export function filterQuery(filter: BoardFilter): string {
  const given = Object.entries(filter).filter((entry): entry is [string, string] => entry[1] !== null);
  return new URLSearchParams(given).toString();
}

export type StateCounts = Record<PeriodState, number>;

/** A filter as the audit log keeps it: that somebody was looked for, and not whom, since nothing can be taken out of it. */
export function loggedFilter(query: string): string {
  const logged = new URLSearchParams(query);
  if (logged.has("q")) logged.set("q", "…");
  return logged.toString();
}

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

type Standing = { state: PeriodState; dueAt: Date; expiresAt: Date | null };

/** What most needs doing of several, and the date that says so; null where nothing does. */
export function nextNeed<C extends Standing>(cells: readonly C[]): C | null {
  const urgency = (cell: C): number => ["expired", "overdue"].indexOf(cell.state);
  const needing = cells.filter(({ state }) => state !== "competent" && state !== "waived");
  const sorted = needing.toSorted(
    (a, b) => Number(urgency(b) >= 0) - Number(urgency(a) >= 0) || dateOf(a).getTime() - dateOf(b).getTime(),
  );
  return sorted[0] ?? null;
}

const dateOf = ({ dueAt, expiresAt }: Standing): Date => expiresAt ?? dueAt;
