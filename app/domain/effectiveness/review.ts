import { z } from "zod";
import type { ConcernKind } from "../assistant/concern.ts";
import type { RiskClass } from "../register/terms.ts";
import type { StateCounts } from "../competence/board.ts";
import type { Outcome } from "./outcome.ts";
import { type Verdict } from "./verdict.ts";

/** A figure of the period under review, and of the period of the same length before it. */
export type Compared<T = number> = { now: T; before: T };

/** Coverage of one requirement at the end of a day. */
export type CoveragePoint = { on: string; counts: StateCounts };

/** Everything a management review looks at, as numbers. Days are UTC; `until` is the last day that counts. */
export type ReviewFigures = {
  from: string;
  until: string;
  requirements: { slug: string; title: string; series: CoveragePoint[]; compared: Compared<StateCounts> }[];
  /** Competence that ends within so many days after `until`, unless it is renewed. */
  expiring: { days: number; count: number }[];
  completions: Compared;
  firstAttempts: Compared<{ passed: number; n: number }>;
  evaluations: {
    decided: {
      id: string;
      number: number;
      title: string;
      outcome: Outcome;
      verdict: Verdict;
      late: boolean;
    }[];
    running: number;
    due: number;
  };
  cases: {
    opened: Compared;
    decided: Compared;
    /** From opening to decision; null where none was decided. */
    medianHours: Compared<number | null>;
    open: number;
    overdue: number;
    /** Of the cases opened, by risk class. */
    byClass: { riskClass: RiskClass; count: number }[];
  };
  /** Absent in reviews that were recorded before it was counted. */
  actions?: {
    opened: Compared;
    closed: Compared;
    open: number;
    overdue: number;
    /** Of the open ones those that earlier reviews decided (ISO/IEC 42001 9.3.2 a). */
    ofReviews: number;
  };
  concerns: { reported: Compared; byKind: { kind: ConcernKind; count: number }[]; open: number };
  /** Of each policy: the people who must know it and those who have acknowledged the version that counts. */
  acknowledgements: { slug: string; title: string; version: string; people: number; acknowledged: number }[];
  audit: {
    events: Compared;
    links: number;
    sealedUntil: number;
    /** Null while the chain was not walked for this report. */
    check: { links: number; broken: number | null } | null;
  };
};

const isDay = z.iso.date();
const dayMs = 86_400_000;
const dayOf = (at: Date): string => at.toISOString().slice(0, 10);

/** The longest period under review, in days. */
export const longestReview = 731;

/**
 * The period an address asks for; without a readable one the 90 days that end today. Never after today, never upside down.
 */
export function reviewSpan(
  asked: { from: string | null; until: string | null },
  today: string,
): { from: string; until: string } {
  const wished = isDay.safeParse(asked.until).data ?? today;
  const until = wished > today ? today : wished;
  const usual = dayOf(new Date(Date.parse(until) - 89 * dayMs));
  const from = isDay.safeParse(asked.from).data ?? usual;
  const first = dayOf(new Date(Date.parse(until) - (longestReview - 1) * dayMs));
  if (from > until) return { from: usual, until };
  return { from: from < first ? first : from, until };
}

/** Whether an address asks for a period that ends before it begins: another is shown then. */
export const isUpsideDown = ({ from, until }: { from: string | null; until: string | null }): boolean =>
  isDay.safeParse(from).success && isDay.safeParse(until).success && (from ?? "") > (until ?? "");

/** Moments of a period and of the one before it: each from its first, up to and without its last. */
export function momentsOf(span: { from: string; until: string }): { start: Date; end: Date; before: Date } {
  const start = new Date(`${span.from}T00:00:00Z`);
  const end = new Date(Date.parse(`${span.until}T00:00:00Z`) + dayMs);
  return { start, end, before: new Date(start.getTime() - (end.getTime() - start.getTime())) };
}

/**
 * The days at whose end coverage is shown: the last day before the period, the last of each month in it, and its last.
 * A period of less than two months is shown by weeks.
 */
export function seriesDays(span: { from: string; until: string }): string[] {
  const { start, end } = momentsOf(span);
  const first = dayOf(new Date(start.getTime() - dayMs));
  const days = new Set([first]);
  const weekly = end.getTime() - start.getTime() < 62 * dayMs;
  for (let at = start.getTime(); at < end.getTime(); at += dayMs) {
    const last = new Date(at + dayMs).getUTCDate() === 1;
    const week = ((at - start.getTime()) / dayMs) % 7 === 6;
    if (weekly ? week : last) days.add(dayOf(new Date(at)));
  }
  days.add(span.until);
  return [...days].toSorted();
}

/** The middle of values; of two in the middle their mean. Null without any. */
export function medianOf(values: readonly number[]): number | null {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle];
  if (upper === undefined) return null;
  return sorted.length % 2 === 1 ? upper : (upper + (sorted[middle - 1] ?? upper)) / 2;
}

const note = (longest: number) => z.string().trim().max(longest, "Write at most 4000 letters.").default("");

/** Inputs and outputs of a review that are not figures (ISO/IEC 42001 9.3.2 and 9.3.3). */
export type ReviewMinutes = {
  /** Roles rather than names, as the sample minutes of the standard have it. */
  attendees: string;
  /** What changed outside and inside that bears on the management system. */
  changes: string;
  decisions: string;
  /** `number`: of the corrective action that was opened for it; absent in reviews recorded before there was one. */
  actions: { what: string; ownerId: string; owner: string; on: string; id?: string; number?: number }[];
};

export const longestActions = 5;

/** What whoever records a review sends; the three lists of actions run side by side, empty lines count for nothing. */
export const reviewForm = z
  .object({
    heldOn: z.iso.date("Enter a date."),
    attendees: z
      .string()
      .trim()
      .min(3, "Say in which roles people took part.")
      .max(1000, "Write at most 1000 letters."),
    changes: note(4000),
    decisions: z
      .string()
      .trim()
      .min(3, "Say what was decided, even if it is that nothing needs to change.")
      .max(4000, "Write at most 4000 letters."),
    what: z.array(z.string().trim().max(500, "Write at most 500 letters.")).max(longestActions).default([]),
    ownerId: z.array(z.string()).max(longestActions).default([]),
    on: z
      .array(z.union([z.literal(""), z.iso.date("Enter a date.")]))
      .max(longestActions)
      .default([]),
  })
  .transform(({ what, ownerId, on, ...rest }) => ({
    ...rest,
    actions: what.flatMap((text, i) =>
      text === "" ? [] : [{ what: text, ownerId: ownerId[i] ?? "", on: on[i] ?? "" }],
    ),
  }))
  .refine((one) => one.actions.every((action) => action.ownerId !== "" && action.on !== ""), {
    path: ["what"],
    message: "Give each action an owner and a day.",
  })
  .refine((one) => one.actions.every(({ on }) => on === "" || on >= one.heldOn), {
    path: ["what"],
    message: "Give each action a day on or after that of the review.",
  });
export type ReviewForm = z.infer<typeof reviewForm>;

export const recordRefusals = {
  future: "A review is recorded once it was held. Enter today or an earlier day.",
  owner: "Choose somebody who is still here as the owner of each action.",
} as const;
export type RecordRefusal = keyof typeof recordRefusals;
