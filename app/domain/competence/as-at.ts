import { z } from "zod";
import { type PeriodFacts, supersession } from "./assignment.ts";

/** What a look back may know: what was recorded by then, or all that is recorded by now about then. */
export const knowledges = ["then", "now"] as const;
export type Knowledge = (typeof knowledges)[number];

/** A day that is looked back at: its last moment, and what may be known of it. */
export type AsAt = { day: string; at: Date; known: Knowledge };

/** Read from an address, so anything unreadable is the present. */
export const asAtQuery = z.object({
  at: z.iso.date().nullable().catch(null).default(null),
  known: z.enum(knowledges).catch("then").default("then"),
});

/** The day to look back at; null for today and for days to come, which are the present. Days are days of UTC. */
export function asAtOf(query: z.infer<typeof asAtQuery>, now: Date): AsAt | null {
  const { at: day, known } = query;
  if (day === null || day >= now.toISOString().slice(0, 10)) return null;
  return { day, at: new Date(`${day}T23:59:59.999Z`), known };
}

/** The moment of which a page tells, given what it looks back at. */
export const momentOf = (asAt: AsAt | null, now: Date): Date => asAt?.at ?? now;

/** As a part of an address; nothing for the present. */
export function asAtParams(asAt: AsAt | null): Record<string, string> {
  return asAt === null ? {} : { at: asAt.day, known: asAt.known };
}

/** Facts that were replaced, with the moment until which they were what was known. */
export type EarlierFacts = Pick<
  PeriodFacts,
  | "dueAt"
  | "graceUntil"
  | "startedAt"
  | "completedAt"
  | "renewFrom"
  | "expiresAt"
  | "supersededAt"
  | "endedAt"
> & { until: Date };

/** A period with what is known of its recording. `before` in the order in which it was replaced. */
export type RecordedPeriod = PeriodFacts & {
  /** Null where it was recorded as it was assigned. */
  recordedAt: Date | null;
  before: readonly EarlierFacts[];
};

/**
 * The periods of one person for one requirement that had begun by a day, with the facts that may be known of it. What
 * was known then never changes: facts recorded later add nothing to it and take nothing away. Where the next period has
 * taken over by the rule, it says so even if that was stored later; and of then only where that next one was known.
 */
export function periodsAsAt<P extends RecordedPeriod>(
  periods: readonly P[],
  { at, known }: Pick<AsAt, "at" | "known">,
): P[] {
  const begun = periods
    .filter((one) => one.assignedAt <= at)
    .filter((one) => known === "now" || (one.recordedAt ?? one.assignedAt) <= at)
    .map((one) => (known === "now" ? one : withFactsOf(one, at)));
  return begun.map((one) => {
    const next = begun.find((other) => other.number === one.number + 1);
    const left = next ? supersession(one, next, at) : null;
    return { ...one, supersededAt: known === "now" ? earlier(one.supersededAt, left) : left };
  });
}

function withFactsOf<P extends RecordedPeriod>(period: P, at: Date): P {
  const facts = period.before.find((one) => one.until > at);
  if (!facts) return period;
  const { until: _, ...rest } = facts;
  return { ...period, ...rest };
}

function earlier(a: Date | null, b: Date | null): Date | null {
  if (a === null || b === null) return a ?? b;
  return a < b ? a : b;
}
