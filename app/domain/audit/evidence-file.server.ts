import { and, asc, gt, lte } from "drizzle-orm";
import type { Db } from "#db/client.server.ts";
import { seal, sealKey } from "#db/schema/audit.ts";
import { attachment } from "#db/schema/lrs.ts";
import {
  type EvidenceLine,
  evidenceCheck,
  type EvidenceReport,
  isHashOf,
  lineOfSeal,
} from "./evidence-file.ts";
import { eventsBetween, statementsBetween, storeReach } from "./seal.server.ts";
import { type Seal, statementLeaf } from "./seal.ts";

/**
 * All evidence as it stands at this moment, line by line: what is stored meanwhile is left out. Reads in batches, so that it
 * takes the same memory at any size. Statements that `withheld` names stand there as their hash alone.
 */
export async function* evidenceLines(
  db: Db,
  now: Date,
  withheld: (body: string) => boolean = () => false,
): AsyncGenerator<EvidenceLine> {
  const until = await storeReach(db);
  yield { kind: "clause7-evidence", version: 1, at: now.toISOString() };
  for (const { id, publicKey } of await db
    .select()
    .from(sealKey)
    .orderBy(asc(sealKey.firstUsedAt), asc(sealKey.id)))
    yield { kind: "key", id, publicKey };
  let from: Reach = { statementSeq: lowest, auditSeq: lowest };
  for await (const one of sealsUpTo(db, until.seals)) {
    yield* between(db, from, one, withheld);
    yield lineOfSeal(one);
    from = one;
  }
  yield* between(db, from, until, withheld);
  yield { kind: "end", ...until.recorded };
}

type Reach = { statementSeq: number; auditSeq: number };

async function* between(
  db: Db,
  from: Reach,
  to: Reach,
  withheld: (body: string) => boolean,
): AsyncGenerator<EvidenceLine> {
  for await (const row of statementsBetween(db, from.statementSeq, to.statementSeq))
    yield withheld(row.body)
      ? {
          kind: "leaf",
          seq: row.seq,
          hash: Buffer.from(statementLeaf(row)).toString("hex"),
          withheld: "answer key",
        }
      : { kind: "statement", ...row, stored: row.stored.toISOString() };
  for await (const link of eventsBetween(db, from.auditSeq, to.auditSeq))
    yield { kind: "event", ...link, at: link.at.toISOString() };
}

/** Seals in order, read in batches. */
export async function* sealsUpTo(db: Db, last: number): AsyncGenerator<Seal> {
  let after = lowest;
  for (;;) {
    const rows = await db
      .select()
      .from(seal)
      .where(and(gt(seal.number, after), lte(seal.number, last)))
      .orderBy(asc(seal.number))
      .limit(sealBatch);
    yield* rows;
    const end = rows.at(-1);
    if (!end) return;
    after = end.number;
  }
}

const sealBatch = 500;

/** Below every number: a row put in before the first one is to be seen, too. */
const lowest = Number.MIN_SAFE_INTEGER;

/**
 * Checks the whole store: every statement, event and seal, and that every attachment is what the statements name it by.
 * `trusted` as in {@link evidenceCheck}.
 */
export async function verifyStore(
  db: Db,
  now: Date,
  trusted?: ReadonlyMap<string, string>,
): Promise<EvidenceReport> {
  const check = evidenceCheck(trusted);
  for await (const line of evidenceLines(db, now)) if (!check.take(line)) break;
  const report = check.report();
  return { ...report, fault: report.fault ?? (await attachmentFault(db)) };
}

/** The first attachment whose content is not what its hash says, in a sentence, or null. One at a time: they may be large. */
async function attachmentFault(db: Db): Promise<string | null> {
  let after = "";
  for (;;) {
    const [row] = await db
      .select()
      .from(attachment)
      .where(gt(attachment.sha2, after))
      .orderBy(asc(attachment.sha2))
      .limit(1);
    if (!row) return null;
    if (!isHashOf(row.sha2, row.content))
      return `Attachment ${row.sha2} was changed: its content has another hash.`;
    after = row.sha2;
  }
}
