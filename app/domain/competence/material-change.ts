import type { Requirement } from "./requirement.ts";

const day = 86_400_000;

/** The dates of a competence that a change of its module bears on. */
export type CompetenceDates = { completedAt: Date; expiresAt: Date; renewFrom: Date };

/**
 * What a change of the module at `changedAt` leaves of a competence in an earlier version of it. Editorial: everything. Material: it counts for
 * the days that a newly assigned person has, from the change or, where the person was in the middle of the earlier version,
 * from its completion; renewal opens at once. Nothing is ever prolonged, and what had ended by then stays as it was.
 */
export function afterChange(
  change: "material" | "editorial",
  requirement: Pick<Requirement, "dueDays">,
  competence: CompetenceDates,
  changedAt: Date,
): Pick<CompetenceDates, "expiresAt" | "renewFrom"> {
  const { completedAt, expiresAt, renewFrom } = competence;
  if (change === "editorial" || expiresAt <= changedAt) return { expiresAt, renewFrom };
  const from = completedAt > changedAt ? completedAt : changedAt;
  const until = new Date(from.getTime() + requirement.dueDays * day);
  return { expiresAt: earlier(expiresAt, until), renewFrom: earlier(renewFrom, from) };
}

function earlier(a: Date, b: Date): Date {
  return a < b ? a : b;
}
