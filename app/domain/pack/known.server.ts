import { and, asc, gt, inArray, lte, sql, type SQL } from "drizzle-orm";
import type { Db } from "#db/client.server.ts";
import { legacyImport, legacyRecord } from "#db/schema/basis.ts";
import { periodBefore } from "#db/schema/board.ts";
import { period, waiver } from "#db/schema/competence.ts";
import type { PeriodFacts, WaiverFacts } from "../competence/assignment.ts";
import type { EarlierFacts } from "../competence/as-at.ts";
import { lastDayOf } from "../competence/waiver.ts";
import { rowsBy } from "./rows-by.ts";

/*
 * What was known at the end of a scope. A fact with a date of its own and a moment at which it was stored counts from the
 * later of the two; what was stored since is counted in the index.
 */

/** That a cycle had been recorded by a moment, whenever it was completed: those of an earlier system come later. */
export function recordedBy(asAt: Date): SQL {
  const at = sql`${asAt.toISOString()}::timestamptz`;
  return sql`coalesce(${period.recordedAt}, ${period.assignedAt}) <= ${at} and not exists (
    select 1 from ${legacyRecord} join ${legacyImport} on ${legacyImport.id} = ${legacyRecord.importId}
    where ${legacyRecord.periodId} = ${period.id} and ${legacyImport.importedAt} > ${at})`;
}

/** A waiver as it was known: `until` is the moment it ends. */
export type KnownWaiver = WaiverFacts & {
  periodId: string;
  lastDay: string;
  reason: string;
  grantedBy: string;
  ended: { at: Date; by: string | null; reason: string | null } | null;
};

/** The waivers of cycles that were granted by then, oldest first; one that was ended later had not been ended. */
export async function waiversKnown(
  db: Db,
  periodIds: readonly string[],
  asAt: Date,
): Promise<Map<string, KnownWaiver[]>> {
  const all = new Map<string, KnownWaiver[]>();
  if (periodIds.length === 0) return all;
  const rows = await db
    .select()
    .from(waiver)
    .where(and(inArray(waiver.periodId, [...periodIds]), lte(waiver.grantedAt, asAt)))
    .orderBy(asc(waiver.grantedAt), asc(waiver.id));
  for (const { periodId, reason, grantedBy, grantedAt, until, endedAt, endedBy, endReason } of rows) {
    const ended =
      endedAt !== null && endedAt <= asAt ? { at: endedAt, by: endedBy, reason: endReason } : null;
    const lastDay = lastDayOf(until).toISOString().slice(0, 10);
    const one = { periodId, reason, grantedBy, grantedAt, lastDay, ended, until: ended?.at ?? until };
    all.set(periodId, [...(all.get(periodId) ?? []), one]);
  }
  return all;
}

/** The facts of cycles that were replaced since, in the order in which they were. */
export async function replacedSince(
  db: Db,
  periodIds: readonly string[],
  asAt: Date,
): Promise<Map<string, EarlierFacts[]>> {
  if (periodIds.length === 0) return new Map();
  const rows = await db
    .select()
    .from(periodBefore)
    .where(and(inArray(periodBefore.periodId, [...periodIds]), gt(periodBefore.until, asAt)))
    .orderBy(asc(periodBefore.until), asc(periodBefore.id));
  const facts = rows.map(({ id: _id, ...rest }) => rest);
  return rowsBy(facts, (one) => one.periodId);
}

/** What of a cycle may be known only later. */
type Cycle = PeriodFacts & Pick<typeof period.$inferSelect, "recognisedAs" | "endedReason">;

/** A cycle without what came later. */
export function knownAt<P extends Cycle>(row: P, asAt: Date): P {
  const known = (at: Date | null): Date | null => (at !== null && at <= asAt ? at : null);
  const completedAt = known(row.completedAt);
  const endedAt = known(row.endedAt);
  return {
    ...row,
    startedAt: known(row.startedAt),
    completedAt,
    renewFrom: completedAt && row.renewFrom,
    expiresAt: completedAt && row.expiresAt,
    recognisedAs: completedAt && row.recognisedAs,
    supersededAt: known(row.supersededAt),
    endedAt,
    endedReason: endedAt && row.endedReason,
  };
}
