import { and, asc, eq, inArray, isNotNull, or, sql } from "drizzle-orm";
import type { Db } from "#db/client.server.ts";
import { auditEvent } from "#db/schema/audit.ts";
import { certificate, certificateRevocation } from "#db/schema/evidence.ts";
import { hashOfWords } from "./audit-words.ts";

/** An event of the audit log that keeps details of a person, or words about them, whatever is erased. */
export type KeptEvent = { seq: number; type: string };

/**
 * The events that an erasure of a person leaves details of them in: what was changed of them (as department or place), and
 * reasons of revocations from before these were kept out of the log.
 */
export async function keptEventsAbout(db: Db, personId: string): Promise<KeptEvent[]> {
  const { seq, type, subjectType, subjectId, data } = auditEvent;
  const own = db
    .select({ id: sql<string>`${certificate.id}::text` })
    .from(certificate)
    .where(eq(certificate.personId, personId));
  return db
    .select({ seq, type })
    .from(auditEvent)
    .where(
      or(
        and(eq(subjectType, "person"), eq(subjectId, personId), eq(type, "person.changed")),
        and(
          eq(subjectType, "certificate"),
          inArray(subjectId, own),
          eq(type, "certificate.revoked"),
          sql`${data}->>'reason' is not null`,
        ),
      ),
    )
    .orderBy(asc(seq));
}

/**
 * The certificates whose reason of revocation is not the one that was recorded. Reasons that were erased, and those from before
 * events carried their hash, are left out.
 */
export async function changedReasons(db: Db): Promise<string[]> {
  const rows = await db
    .select({
      id: certificateRevocation.certificateId,
      reason: certificateRevocation.reason,
      salt: certificateRevocation.reasonSalt,
      hash: sql<string | null>`${auditEvent.data}->>'reasonHash'`,
    })
    .from(certificateRevocation)
    .leftJoin(
      auditEvent,
      and(
        eq(auditEvent.subjectType, "certificate"),
        eq(auditEvent.subjectId, sql`${certificateRevocation.certificateId}::text`),
        eq(auditEvent.type, "certificate.revoked"),
      ),
    )
    .where(isNotNull(certificateRevocation.reasonSalt));
  return rows
    .filter(({ reason, salt, hash }) => salt !== null && hashOfWords(salt, reason) !== hash)
    .map((row) => row.id);
}
