import { and, desc, eq, lt, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import type { Db } from "#db/client.server.ts";
import { auditEvent } from "#db/schema/audit.ts";
import { person } from "#db/schema/people.ts";
import { allow, type Actor } from "../people/permission.ts";
import { type ReadPlace, readPlaces } from "./read-log.ts";

const pageSize = 50;

/** That somebody read of somebody. */
export type Reading = {
  seq: number;
  at: Date;
  reader: string;
  readerId: string;
  subject: string;
  subjectId: string;
  place: ReadPlace;
};

/**
 * Who has read whose record, newest first, a page at a time: those before event `before`. Of one person for that person, of all
 * for administrators. What people read of themselves is not recorded.
 */
export async function readings(
  db: Db,
  actor: Actor,
  of: { personId: string | null },
  before?: number,
): Promise<{ readings: Reading[]; next: number | null }> {
  allow(actor, "reads.read", { personId: of.personId });
  const reader = alias(person, "reader");
  const rows = await db
    .select({
      seq: auditEvent.seq,
      at: auditEvent.at,
      readerId: auditEvent.actorId,
      reader: reader.name,
      subjectId: auditEvent.subjectId,
      subject: person.name,
      through: sql<string | null>`${auditEvent.data}->>'through'`,
    })
    .from(auditEvent)
    .leftJoin(reader, eq(reader.id, auditEvent.actorId))
    .leftJoin(person, eq(person.id, auditEvent.subjectId))
    .where(
      and(
        eq(auditEvent.type, "record.read"),
        eq(auditEvent.subjectType, "person"),
        of.personId === null ? undefined : eq(auditEvent.subjectId, of.personId),
        before === undefined ? undefined : lt(auditEvent.seq, before),
      ),
    )
    .orderBy(desc(auditEvent.seq))
    .limit(pageSize + 1);
  const page = rows.slice(0, pageSize).map(({ through, ...row }): Reading => ({
    ...row,
    reader: row.reader ?? row.readerId,
    subject: row.subject ?? row.subjectId,
    place: readPlaces.find((one) => one === through) ?? "record",
  }));
  return { readings: page, next: rows.length > pageSize ? (page.at(-1)?.seq ?? null) : null };
}
