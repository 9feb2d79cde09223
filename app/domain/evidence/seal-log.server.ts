import { asc, desc, lt } from "drizzle-orm";
import type { Db } from "#db/client.server.ts";
import { seal, sealKey } from "#db/schema/audit.ts";
import { recordEvents } from "../audit/event.server.ts";
import { evidenceLines, sealsUpTo } from "../audit/evidence-file.server.ts";
import { type ProofOutcome, proveStatement } from "../audit/proof.server.ts";
import { newestSeal, storeReach } from "../audit/seal.server.ts";
import { type Seal, sealFault, sequenceFault, statementLeaf } from "../audit/seal.ts";
import { allow, type Actor, can } from "../people/permission.ts";
import { holdsKey } from "./answer-key.ts";

const pageSize = 10;

/** A seal with how much it covers. */
export type SealLogEntry = Seal & { statements: number; events: number };

/** Seals, newest first, a page at a time: those before number `before`. */
export async function sealPage(
  db: Db,
  actor: Actor,
  before?: number,
): Promise<{ seals: SealLogEntry[]; next: number | null }> {
  allow(actor, "audit.read", {});
  const rows = await db
    .select()
    .from(seal)
    .where(before === undefined ? undefined : lt(seal.number, before))
    .orderBy(desc(seal.number))
    .limit(pageSize + 1);
  const seals = rows.slice(0, pageSize).map((row, i) => {
    const events = row.auditSeq - (rows[i + 1]?.auditSeq ?? 0);
    return { ...row, events, statements: row.size - events };
  });
  return { seals, next: rows.length > pageSize ? (seals.at(-1)?.number ?? null) : null };
}

/** How many statements and audit events no seal covers yet. */
export async function unsealed(db: Db, actor: Actor): Promise<{ statements: number; events: number }> {
  allow(actor, "audit.read", {});
  const [reach, newest] = [await storeReach(db), await newestSeal(db)];
  return {
    statements: Math.max(0, reach.statementSeq - (newest?.statementSeq ?? 0)),
    events: Math.max(0, reach.auditSeq - (newest?.auditSeq ?? 0)),
  };
}

/** Checks hash, signature and sequence of every seal, not what they cover. Answers how many hold and the first fault, in a sentence. */
export async function sealVerification(
  db: Db,
  actor: Actor,
): Promise<{ seals: number; fault: string | null }> {
  allow(actor, "audit.read", {});
  const keys = new Map((await db.select().from(sealKey)).map((key) => [key.id, key.publicKey]));
  let before: Seal | null = null;
  let seals = 0;
  for await (const one of sealsUpTo(db, Number.MAX_SAFE_INTEGER)) {
    const fault = sealFault(one, keys) ?? sequenceFault(one, before);
    if (fault) return { seals, fault };
    before = one;
    seals += 1;
  }
  return { seals, fault: null };
}

/** The public keys that seals were signed with, in PEM, the newest last, each with its fingerprint. Empty before the first seal. */
export async function sealKeys(db: Db, actor: Actor): Promise<string> {
  allow(actor, "audit.read", {});
  const keys = await db.select().from(sealKey).orderBy(asc(sealKey.firstUsedAt), asc(sealKey.id));
  return keys
    .map(
      ({ id, publicKey, firstUsedAt }) =>
        `SHA-256 fingerprint ${id}, in use since ${firstUsedAt.toISOString()}\n${publicKey}`,
    )
    .join("\n");
}

/**
 * All evidence as JSON lines, for whoever verifies it elsewhere. It holds the answers people gave and those that were right,
 * so it is for auditors and administrators, and that it was taken is an audit event.
 */
export async function exportEvidence(db: Db, actor: Actor, now: Date): Promise<AsyncGenerator<string>> {
  allow(actor, "audit.read", {});
  await db.transaction(async (tx) => {
    const { statementSeq: statements, auditSeq: events, seals } = await storeReach(tx);
    const data = { statements, events, seals };
    await recordEvents(
      tx,
      actor,
      [{ type: "evidence.exported", subjectType: "organisation", subjectId: "1", data }],
      now,
    );
  });
  return evidenceText(db, now, withheldFrom(actor));
}

/** The statements whose text a reader is not shown: those that tell keys, which administrators alone may read. */
function withheldFrom(actor: Actor): (body: string) => boolean {
  return can(actor, "evidence.read_keys", {}) ? () => false : holdsKey;
}

/** Evidence as the lines of a file; statements that `withheld` names as their hash alone. */
export async function* evidenceText(
  db: Db,
  now: Date,
  withheld?: (body: string) => boolean,
): AsyncGenerator<string> {
  for await (const line of evidenceLines(db, now, withheld)) yield `${JSON.stringify(line)}\n`;
}

/** The proof that one statement is sealed; of one whose text the reader is not shown, by its hash. */
export async function statementProof(db: Db, actor: Actor, id: string): Promise<ProofOutcome> {
  allow(actor, "audit.read", {});
  const outcome = await proveStatement(db, id);
  const { seq, body } = outcome.ok ? outcome.proof.statement : {};
  if (!outcome.ok || seq === undefined || body === undefined || !withheldFrom(actor)(body)) return outcome;
  const leaf = Buffer.from(statementLeaf({ seq, id, body })).toString("hex");
  return { ok: true, proof: { ...outcome.proof, statement: { seq, id, leaf } } };
}
