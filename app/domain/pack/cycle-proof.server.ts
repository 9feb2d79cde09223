import { and, asc, eq, inArray, isNull, lte, or } from "drizzle-orm";
import type { Db } from "#db/client.server.ts";
import { certificate, certificateRevocation } from "#db/schema/evidence.ts";
import { attempt } from "#db/schema/learning.ts";
import { decides } from "../learning/attempt-kind.ts";
import type { Value } from "./page.ts";

/** The certificates of cycles, with what revoked them by then. */
export async function certificateRows(db: Db, periodIds: readonly string[], asAt: Date): Promise<Value[][]> {
  if (periodIds.length === 0) return [];
  const rows = await db
    .select({ certificate, revoked: certificateRevocation })
    .from(certificate)
    .leftJoin(
      certificateRevocation,
      and(
        eq(certificateRevocation.certificateId, certificate.id),
        lte(certificateRevocation.revokedAt, asAt),
      ),
    )
    .where(
      and(
        inArray(certificate.registration, [...periodIds]),
        lte(certificate.issuedAt, asAt),
        or(isNull(certificateRevocation.revokedAt), lte(certificateRevocation.revokedAt, asAt)),
      ),
    )
    .orderBy(asc(certificate.personId), asc(certificate.issuedAt), asc(certificate.id));
  return rows.map(({ certificate: one, revoked }) => [
    one.id,
    one.code,
    one.registration,
    one.personId,
    one.holderName,
    one.title,
    one.moduleVersion,
    one.scorePercent,
    one.issuedAt,
    one.expiresAt,
    revoked?.revokedAt,
    revoked?.reason,
  ]);
}

/** The attempts at assessments in cycles, without their forms, which are large. */
export async function attemptRows(db: Db, periodIds: readonly string[], asAt: Date): Promise<Value[][]> {
  if (periodIds.length === 0) return [];
  const { id, registration, personId, kind, number, startedAt, submittedAt, score, passed } = attempt;
  const rows = await db
    .select({ id, registration, personId, kind, number, startedAt, submittedAt, score, passed })
    .from(attempt)
    .where(and(inArray(registration, [...periodIds]), lte(startedAt, asAt)))
    .orderBy(asc(registration), asc(startedAt), asc(number));
  return rows
    .filter((one) => decides(one.kind))
    .map((a) => {
      const done = a.submittedAt !== null && a.submittedAt <= asAt;
      const percents = done && a.score !== null ? Math.round(a.score * 100) : null;
      const row: Value[] = [a.id, a.registration, a.personId, a.number, a.startedAt];
      return [...row, done ? a.submittedAt : null, percents, done ? a.passed : null];
    });
}
