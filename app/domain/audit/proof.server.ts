import { asc, eq, gte, lt, desc } from "drizzle-orm";
import type { Db } from "#db/client.server.ts";
import { seal, sealKey } from "#db/schema/audit.ts";
import { statement } from "#db/schema/lrs.ts";
import { lineOfSeal } from "./evidence-file.ts";
import { inclusionPath } from "./merkle.ts";
import { checkProof, type StatementProof } from "./proof.ts";
import { eventLeaf, type Seal, statementLeaf } from "./seal.ts";
import { eventsBetween, statementsBetween } from "./seal.server.ts";

/** What came of asking for a proof; a fault is one sentence on what in the store does not hold. */
export type ProofOutcome =
  | { ok: true; proof: StatementProof }
  | { ok: false; reason: "unknown" | "unsealed" }
  | { ok: false; reason: "damaged"; fault: string };

/** Makes the proof that one statement is covered by its seal, and checks it before it is handed out. */
export async function proveStatement(db: Db, id: string): Promise<ProofOutcome> {
  const [row] = await db.select().from(statement).where(eq(statement.id, id));
  if (!row) return { ok: false, reason: "unknown" };
  const [covering] = await db
    .select({ seal, publicKey: sealKey.publicKey })
    .from(seal)
    .leftJoin(sealKey, eq(sealKey.id, seal.keyId))
    .where(gte(seal.statementSeq, row.seq))
    .orderBy(asc(seal.number))
    .limit(1);
  if (!covering) return { ok: false, reason: "unsealed" };
  const { leaves, index } = await leavesOf(db, covering.seal, row.seq);
  if (index < 0)
    return { ok: false, reason: "damaged", fault: `The seals around statement ${id} leave it out.` };
  const { seq, body } = row;
  const proof: StatementProof = {
    kind: "clause7-proof",
    version: 1,
    statement: { seq, id: row.id, body },
    index,
    path: inclusionPath(leaves, index).map((step) => Buffer.from(step).toString("hex")),
    seal: lineOfSeal(covering.seal),
    publicKey: covering.publicKey ?? "",
  };
  const checked = checkProof(proof);
  return checked.ok ? { ok: true, proof } : { ok: false, reason: "damaged", fault: checked.fault };
}

/** The leaves under a seal, and the place of one statement among them. */
async function leavesOf(
  db: Db,
  of: Seal,
  statementSeq: number,
): Promise<{ leaves: Uint8Array[]; index: number }> {
  const [before] = await db
    .select()
    .from(seal)
    .where(lt(seal.number, of.number))
    .orderBy(desc(seal.number))
    .limit(1);
  const leaves: Uint8Array[] = [];
  let index = -1;
  for await (const row of statementsBetween(db, before?.statementSeq ?? 0, of.statementSeq)) {
    if (row.seq === statementSeq) index = leaves.length;
    leaves.push(statementLeaf(row));
  }
  for await (const link of eventsBetween(db, before?.auditSeq ?? 0, of.auditSeq))
    leaves.push(eventLeaf(link));
  return { leaves, index };
}
