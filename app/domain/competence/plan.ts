import { daysBetween, type Leave, openDates } from "./recurrence.ts";
import { applies, type Requirement } from "./requirement.ts";
import { type RetrainingCause, retrainingCauses } from "./retraining.ts";
import type { Subject } from "./rule.ts";

/** Why a requirement stopped asking a period of a person. */
export const endReasons = ["left", "requirement_ended", "does_not_apply"] as const;
export type EndReason = (typeof endReasons)[number];

export const endReasonNames: Record<EndReason, string> = {
  left: "the person left",
  requirement_ended: "the requirement has ended",
  does_not_apply: "the requirement no longer asks it of the person",
};

/** What opens a period: a rule that asks for the first time or again, being named, joining, time, or training asked again. */
export type OpenedBy = "schedule" | "joined" | "rule" | "named" | RetrainingCause;

/** A person as planning sees them. */
export type Planned = Subject & { timeZone: string; leaves: readonly Leave[] };

/** What planning needs of a stored period. */
export type HeldPeriod = {
  id: string;
  requirementSlug: string;
  number: number;
  moduleVersionId: string | null;
  startedAt: Date | null;
  completedAt: Date | null;
  renewFrom: Date | null;
  expiresAt: Date | null;
  supersededAt: Date | null;
  endedAt: Date | null;
  anchorOn: string | null;
  /** The period in which the competence was proven, where that is an earlier one. */
  carriedFrom: string | null;
};

type Competence = Pick<
  HeldPeriod,
  "moduleVersionId" | "startedAt" | "completedAt" | "renewFrom" | "expiresAt" | "anchorOn"
>;

export type PlannedPeriod = {
  requirementSlug: string;
  number: number;
  assignedAt: Date;
  dueAt: Date;
  graceUntil: Date;
  dueDays: number;
  graceDays: number;
  openedBy: OpenedBy;
  carriedFrom: string | null;
} & Partial<Competence>;

export type PlannedEnd = { id: string; requirementSlug: string; reason: EndReason };

/** Names of the first few of a number of people. */
export type Some = { count: number; first: { id: string; name: string }[] };

/** What a requirement would do if it were applied: to whom it opens a period, whose it ends, and whose it leaves. */
export type RuleEffect = { assign: Some; end: Some; leave: Some };

/**
 * What the rules ask for at `now` of one person who has these periods: those to open and those to end. One that the
 * requirement asks for the first time, or again, opens the next cycle; where a competence proven before still counts,
 * the cycle carries it on. Where it asks no more, what stands ends, and the record stays. `requirements` are those that
 * have not ended. Planning again plans nothing more.
 */
export function planPeriods(
  requirements: readonly Requirement[],
  person: Planned,
  periods: readonly HeldPeriod[],
  now: Date,
  cause: OpenedBy = "rule",
): { open: PlannedPeriod[]; end: PlannedEnd[] } {
  const today = now.toISOString().slice(0, 10);
  const asking = requirements.filter((requirement) => applies(requirement, person, today));
  const asks = new Set(asking.map((one) => one.slug));
  const exists = new Set(requirements.map((one) => one.slug));
  const end = periods
    .filter((p) => isLive(p) && !asks.has(p.requirementSlug))
    .map(({ id, requirementSlug }): PlannedEnd => {
      const left = person.leftOn !== null && person.leftOn <= today;
      const reason = left ? "left" : exists.has(requirementSlug) ? "does_not_apply" : "requirement_ended";
      return { id, requirementSlug, reason };
    });
  const open = asking.flatMap((requirement) => {
    const own = periods
      .filter((p) => p.requirementSlug === requirement.slug)
      .toSorted((a, b) => a.number - b.number);
    return planFor(requirement, person, own, now, cause);
  });
  return { open, end };
}

/** Whether a period may still speak for the person: neither left behind nor ended. */
export const isLive = (p: { supersededAt: Date | null; endedAt: Date | null }): boolean =>
  p.supersededAt === null && p.endedAt === null;

function planFor(
  requirement: Requirement,
  person: Planned,
  own: readonly HeldPeriod[],
  now: Date,
  cause: OpenedBy,
): PlannedPeriod[] {
  const { slug, dueDays, graceDays } = requirement;
  const newest = own.at(-1);
  const number = (newest?.number ?? 0) + 1;
  const fresh = (n: number, days: { dueDays: number; graceDays: number }, endsWith: Date | null = null) => ({
    requirementSlug: slug,
    number: n,
    assignedAt: now,
    ...days,
    ...openDates({ assignedAt: now, ...days, endsWith }, person.timeZone, person.leaves),
    carriedFrom: null,
  });
  if (newest && isLive(newest)) return renewal(newest, number);
  const kept = own.findLast(
    (p) => p.endedAt !== null && p.supersededAt === null && p.expiresAt !== null && p.expiresAt > now,
  );
  if (!kept) return [{ ...fresh(number, { dueDays, graceDays }), openedBy: cause }];
  const { moduleVersionId, startedAt, completedAt, renewFrom, expiresAt, anchorOn } = kept;
  const competence = { moduleVersionId, startedAt, completedAt, renewFrom, expiresAt, anchorOn };
  const carriedFrom = kept.carriedFrom ?? kept.id;
  const carried = { ...fresh(number, { dueDays, graceDays }), ...competence, carriedFrom, openedBy: cause };
  return [carried, ...renewal(carried, number + 1)];

  /** A renewal has no grace: grace may excuse a late start but cannot bridge a gap in competence (7.2 d). */
  function renewal(
    of: Pick<HeldPeriod, "completedAt" | "renewFrom" | "expiresAt">,
    next: number,
  ): PlannedPeriod[] {
    const { completedAt, renewFrom, expiresAt } = of;
    if (completedAt === null || renewFrom === null || expiresAt === null || renewFrom > now) return [];
    const days = { dueDays: daysBetween(now, expiresAt, person.timeZone), graceDays: 0 };
    const openedBy = retrainingCauses.find((one) => one === cause) ?? "schedule";
    return [{ ...fresh(next, days, expiresAt), openedBy }];
  }
}
