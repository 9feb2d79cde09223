import { setImmediate } from "node:timers/promises";
import { and, asc, desc, eq, gt, lte, max, sql } from "drizzle-orm";
import type { Db } from "#db/client.server.ts";
import { auditEvent, auditHead, seal, sealKey } from "#db/schema/audit.ts";
import { statement, statementHead } from "#db/schema/lrs.ts";
import { genesisHash } from "./event.ts";
import { merkleTree } from "./merkle.ts";
import {
  eventLeaf,
  firstPrevHash,
  isSealDue,
  type Seal,
  sealLimit,
  type Signer,
  signedSeal,
  statementLeaf,
} from "./seal.ts";

/** A stored statement with every column. */
export type StatementRow = typeof statement.$inferSelect;

/** Rows read at a time: statements may be large. */
const batch = 200;

/** Seals everything new when the newest seal is an hour old. Answers the seals it made. */
export async function sealWhenDue(db: Db, signer: Signer, now: Date): Promise<Seal[]> {
  const newest = await newestSeal(db);
  return isSealDue(newest?.at ?? null, now) ? sealNew(db, signer, now) : [];
}

/**
 * Seals the statements and audit events that no seal covers yet, in as many seals as their number takes; without any, none.
 * Each seal is a transaction of its own. Any number of processes may call it at once: they take turns.
 */
export async function sealNew(db: Db, signer: Signer, now: Date): Promise<Seal[]> {
  // What comes in meanwhile waits for the next time, so that this ends.
  const until = await storeReach(db);
  const seals: Seal[] = [];
  for (;;) {
    const made = await db.transaction((tx) => sealNext(tx, signer, until, now));
    if (made === null) return seals;
    seals.push(made);
  }
}

type Reach = { statementSeq: number; auditSeq: number };

async function sealNext(tx: Db, signer: Signer, until: Reach, now: Date): Promise<Seal | null> {
  await tx.execute(sql`select pg_advisory_xact_lock(7200742003)`);
  const before = await newestSeal(tx);
  const from = before ?? { statementSeq: 0, auditSeq: 0 };
  const tree = merkleTree();
  let { statementSeq, auditSeq } = from;
  for await (const row of statementsBetween(tx, statementSeq, until.statementSeq, sealLimit)) {
    tree.add(statementLeaf(row));
    statementSeq = row.seq;
  }
  for await (const link of eventsBetween(tx, auditSeq, until.auditSeq, sealLimit - tree.size())) {
    tree.add(eventLeaf(link));
    auditSeq = link.seq;
  }
  if (tree.size() === 0) return null;
  const number = (before?.number ?? 0) + 1;
  const root = Buffer.from(tree.root()).toString("hex");
  const prevHash = before?.hash ?? firstPrevHash;
  const made = signedSeal(
    { number, at: now, statementSeq, auditSeq, size: tree.size(), root, prevHash },
    signer,
  );
  await tx
    .insert(sealKey)
    .values({ id: signer.keyId, publicKey: signer.publicKey, firstUsedAt: now })
    .onConflictDoNothing();
  await tx.insert(seal).values(made);
  return made;
}

/** How far the store reaches at one moment. */
export type StoreReach = Reach & {
  /** Number of the newest seal. */
  seals: number;
  /** What the store itself says its last statement and audit event are. */
  recorded: Reach & { auditHash: string };
};

/** The last statement, audit event and seal there are, all of the same moment. */
export function storeReach(db: Db): Promise<StoreReach> {
  return db.transaction(
    async (tx) => {
      const [statements] = await tx.select({ seq: max(statement.seq) }).from(statement);
      const [events] = await tx.select({ seq: max(auditEvent.seq) }).from(auditEvent);
      const [statementEnd] = await tx.select().from(statementHead).where(eq(statementHead.id, 1));
      const [auditEnd] = await tx.select().from(auditHead).where(eq(auditHead.id, 1));
      const newest = await newestSeal(tx);
      return {
        statementSeq: statements?.seq ?? 0,
        auditSeq: events?.seq ?? 0,
        seals: newest?.number ?? 0,
        recorded: {
          statementSeq: statementEnd?.seq ?? 0,
          auditSeq: auditEnd?.seq ?? 0,
          auditHash: auditEnd?.hash ?? genesisHash,
        },
      };
    },
    { isolationLevel: "repeatable read" },
  );
}

/** The seal made last, or null. */
export async function newestSeal(db: Db): Promise<Seal | null> {
  const [row] = await db.select().from(seal).orderBy(desc(seal.number)).limit(1);
  return row ?? null;
}

/** Statements after one `seq` up to another, in order, read in batches; at most `limit` of them. */
export async function* statementsBetween(
  db: Db,
  after: number,
  until: number,
  limit = Infinity,
): AsyncGenerator<StatementRow> {
  let last = after;
  for (let left = limit; left > 0; left -= batch) {
    const rows = await db
      .select()
      .from(statement)
      .where(and(gt(statement.seq, last), lte(statement.seq, until)))
      .orderBy(asc(statement.seq))
      .limit(Math.min(batch, left));
    yield* rows;
    if (rows.length < batch) return;
    // The embedded database answers without a turn of the event loop: let requests in between.
    await setImmediate();
    last = rows.at(-1)?.seq ?? last;
  }
}

/** Audit events after one `seq` up to another, in order, read in batches; at most `limit` of them. */
export async function* eventsBetween(
  db: Db,
  after: number,
  until: number,
  limit = Infinity,
): AsyncGenerator<typeof auditEvent.$inferSelect> {
  let last = after;
  for (let left = limit; left > 0; left -= batch) {
    const rows = await db
      .select()
      .from(auditEvent)
      .where(and(gt(auditEvent.seq, last), lte(auditEvent.seq, until)))
      .orderBy(asc(auditEvent.seq))
      .limit(Math.min(batch, left));
    yield* rows;
    if (rows.length < batch) return;
    // The embedded database answers without a turn of the event loop: let requests in between.
    await setImmediate();
    last = rows.at(-1)?.seq ?? last;
  }
}
