import { asc, eq, gt } from "drizzle-orm";
import type { Db } from "#db/client.server.ts";
import { auditEvent, auditHead } from "#db/schema/audit.ts";
import { type AuditEntry, type AuditLink, brokenLink, genesisHash, linkHash } from "./event.ts";

/**
 * Appends events to the hash chain, in the caller's transaction and as its last beat:
 * the head row stays locked until commit, so writers line up and `seq` has no gaps.
 */
export async function recordEvents(
  tx: Db,
  actor: { id: string },
  entries: readonly AuditEntry[],
  now: Date,
): Promise<void> {
  if (entries.length === 0) return;
  await tx.insert(auditHead).values({ id: 1, seq: 0, hash: genesisHash }).onConflictDoNothing();
  const [head] = await tx.select().from(auditHead).where(eq(auditHead.id, 1)).for("update");
  if (!head) throw new Error("audit head is missing");
  let last = { seq: head.seq, hash: head.hash };
  const rows: AuditLink[] = entries.map((entry) => {
    const fields = { ...entry, seq: last.seq + 1, at: now, actorId: actor.id, prevHash: last.hash };
    const row = { ...fields, hash: linkHash(fields) };
    last = row;
    return row;
  });
  for (let i = 0; i < rows.length; i += 1000) await tx.insert(auditEvent).values(rows.slice(i, i + 1000));
  await tx.update(auditHead).set({ seq: last.seq, hash: last.hash }).where(eq(auditHead.id, 1));
}

/** Walks the whole chain in batches; answers how many links hold and the first broken one. */
export async function verifyChain(db: Db): Promise<{ links: number; broken: number | null }> {
  let last = { seq: 0, hash: genesisHash };
  for (;;) {
    const links = await db
      .select()
      .from(auditEvent)
      .where(gt(auditEvent.seq, last.seq))
      .orderBy(asc(auditEvent.seq))
      .limit(1000);
    const broken = brokenLink(links, last);
    if (broken) return { links: broken.seq - 1, broken: broken.seq };
    const end = links.at(-1);
    if (!end) break;
    last = end;
  }
  const [head] = await db.select().from(auditHead).where(eq(auditHead.id, 1));
  const cut = head !== undefined && (head.seq !== last.seq || head.hash !== last.hash);
  return { links: last.seq, broken: cut ? last.seq + 1 : null };
}
