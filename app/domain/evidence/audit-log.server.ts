import { desc, eq, lt } from "drizzle-orm";
import type { Db } from "#db/client.server.ts";
import { auditEvent } from "#db/schema/audit.ts";
import { person } from "#db/schema/people.ts";
import { verifyChain } from "../audit/event.server.ts";
import type { AuditLink } from "../audit/event.ts";
import { allow, type Actor, system } from "../people/permission.ts";
import { eventName } from "./audit-log.ts";

const pageSize = 50;

export type AuditLogEntry = AuditLink & {
  actorName: string;
  /** What happened, in words. */
  what: string;
};

/** Events of the audit chain, newest first, a page at a time: those before `before`. */
export async function auditPage(
  db: Db,
  actor: Actor,
  before?: number,
): Promise<{ entries: AuditLogEntry[]; next: number | null }> {
  allow(actor, "audit.read", {});
  const rows = await db
    .select({ link: auditEvent, name: person.name })
    .from(auditEvent)
    .leftJoin(person, eq(person.id, auditEvent.actorId))
    .where(before === undefined ? undefined : lt(auditEvent.seq, before))
    .orderBy(desc(auditEvent.seq))
    .limit(pageSize + 1);
  const page = rows.slice(0, pageSize).map(({ link, name }) => ({
    ...link,
    what: eventName(link.type),
    actorName: name ?? (link.actorId === system.id ? system.name : link.actorId),
  }));
  return { entries: page, next: rows.length > pageSize ? (page.at(-1)?.seq ?? null) : null };
}

/** Walks the whole chain; answers how many links hold and the first that does not. */
export async function auditVerification(
  db: Db,
  actor: Actor,
): Promise<{ links: number; broken: number | null }> {
  allow(actor, "audit.read", {});
  return verifyChain(db);
}
