import { and, asc, eq, gt, inArray, lte, sql, type SQL } from "drizzle-orm";
import type { Db } from "#db/client.server.ts";
import { legacyImport, legacyRecord } from "#db/schema/basis.ts";
import { period, waiver } from "#db/schema/competence.ts";
import { certificate, certificateEnd } from "#db/schema/evidence.ts";
import type { PeriodFacts, WaiverFacts } from "../competence/assignment.ts";
import { lastDayOf } from "../competence/waiver.ts";

/*
 * What was known at the end of a scope. A fact with a date of its own and a moment at which it was stored counts from the
 * later of the two; what was stored since is counted in the index.
 */

/** That a cycle was not brought in from an earlier system after a moment, whenever it was completed there. */
export function notImportedSince(asAt: Date): SQL {
  return sql`not exists (select 1 from ${legacyRecord} join ${legacyImport} on ${legacyImport.id} = ${legacyRecord.importId}
    where ${legacyRecord.periodId} = ${period.id} and ${legacyImport.importedAt} > ${asAt.toISOString()}::timestamptz)`;
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

/** Of cycles whose end was brought forward since: when they would have ended as far as was known then. */
export async function endsKnown(
  db: Db,
  periodIds: readonly string[],
  asAt: Date,
): Promise<Map<string, Date>> {
  const ends = new Map<string, Date>();
  if (periodIds.length === 0) return ends;
  const of = { id: certificate.registration, printed: certificate.expiresAt };
  const later = await db
    .selectDistinct(of)
    .from(certificateEnd)
    .innerJoin(certificate, eq(certificate.id, certificateEnd.certificateId))
    .where(and(inArray(certificate.registration, [...periodIds]), gt(certificateEnd.at, asAt)));
  if (later.length === 0) return ends;
  for (const { id, printed } of later) ends.set(id, printed);
  const earlier = await db
    .select({ id: certificate.registration, endsAt: certificateEnd.endsAt })
    .from(certificateEnd)
    .innerJoin(certificate, eq(certificate.id, certificateEnd.certificateId))
    .where(and(inArray(certificate.registration, [...ends.keys()]), lte(certificateEnd.at, asAt)));
  for (const { id, endsAt } of earlier) {
    const known = ends.get(id);
    if (known && endsAt < known) ends.set(id, endsAt);
  }
  return ends;
}

/** What of a cycle may be known only later. */
type Cycle = PeriodFacts & { recognisedAs: string | null; endedReason: string | null };

/** A cycle without what came later. `end`: when it would have ended, where that was brought forward since. */
export function knownAt<P extends Cycle>(row: P, asAt: Date, end?: Date): P {
  const known = (at: Date | null): Date | null => (at !== null && at <= asAt ? at : null);
  const completedAt = known(row.completedAt);
  const endedAt = known(row.endedAt);
  const { renewFrom, expiresAt } = row;
  // The window moved with the end that it opens before.
  const moved = end && expiresAt ? end.getTime() - expiresAt.getTime() : 0;
  return {
    ...row,
    startedAt: known(row.startedAt),
    completedAt,
    renewFrom: completedAt && renewFrom && new Date(renewFrom.getTime() + moved),
    expiresAt: completedAt && (end ?? expiresAt),
    recognisedAs: completedAt && row.recognisedAs,
    supersededAt: known(row.supersededAt),
    endedAt,
    endedReason: endedAt && row.endedReason,
  };
}
