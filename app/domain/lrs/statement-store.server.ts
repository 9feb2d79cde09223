import { type SQL, sql } from "drizzle-orm";
import { type Db, rowsOf, sqlState } from "#db/client.server.ts";
import { attachment } from "#db/schema/lrs.ts";
import { mergedDefinition } from "./activity.ts";
import { keyOf, postingKinds } from "./posting.ts";
import { referenceClosure, type StoredReference } from "./reference.server.ts";
import {
  bodyOf,
  decideBatches,
  type Outcome,
  type PreparedBatch,
  type PreparedStatement,
} from "./statement-batch.ts";
import { sameStatement } from "./statement-comparison.ts";

/** Key of the advisory lock that the writer of the store holds until it commits. */
export const storeLock = 7_200_742_003;

/** How often a transaction that lost a race with others is tried in all. */
const mostTries = 6;

/** What became of batches, and the moment through which the store was complete when they were committed. */
export type Stored = { outcomes: Outcome[]; through: Date };

/**
 * Stores batches in one transaction and answers what became of each, in order. A batch is stored whole or, when it
 * conflicts with what is stored, not at all; the others are not touched by that. Transactions that PostgreSQL gave up in a
 * deadlock or a serialization failure are tried again.
 */
export async function storeBatches(db: Db, batches: readonly PreparedBatch[], now: Date): Promise<Stored> {
  for (let tries = 1; ; tries++) {
    try {
      return await db.transaction((tx) => storeWithin(tx, batches, now));
    } catch (error) {
      const state = sqlState(error);
      if ((state !== "40P01" && state !== "40001") || tries === mostTries) throw error;
    }
  }
}

/**
 * As {@link storeBatches}, inside the caller's transaction. From here on until it ends the caller is the store's only
 * writer: that is what makes `seq` and `stored` follow the commits, and every reference meet its target.
 */
export async function storeWithin(tx: Db, batches: readonly PreparedBatch[], now: Date): Promise<Stored> {
  await tx.execute(sql.raw(`select pg_advisory_xact_lock(${storeLock})`));
  // A query of its own after the lock was had, so that it sees all that was committed before.
  const before = await standingBefore(tx, batches, now);
  const { outcomes, fresh, attachments } = decideBatches(batches, before.known, sameStatement);
  if (fresh.length > 0) await insert(tx, fresh, before);
  // A command has 65,535 parameters at most, and here each attachment has two.
  for (let i = 0; i < attachments.length; i += 1000)
    await tx
      .insert(attachment)
      .values(attachments.slice(i, i + 1000).map(({ sha2, content }) => ({ sha2, content })))
      .onConflictDoNothing();
  return { outcomes, through: new Date(fresh.length > 0 ? before.stored : before.last) };
}

/** What of the store the new statements have to do with. */
type Before = {
  /** The last `seq` given. */
  seq: number;
  /** When the last transaction was stored. */
  last: number;
  /** When this transaction is stored: later than any before it, and not behind the clock. */
  stored: string;
  /** Bodies by id, of the ids that were sent. */
  known: Map<string, string>;
  /** Statements whose object refers to one of these ids already. */
  referring: StoredReference[];
  /** Descriptions by key, of the activities that are defined anew. */
  activities: Map<string, string>;
};

async function standingBefore(tx: Db, batches: readonly PreparedBatch[], now: Date): Promise<Before> {
  const statements = batches.flatMap((batch) => batch.statements);
  const given = statements.filter((s) => s.given).map((s) => s.id);
  const defined = new Set(statements.flatMap((s) => s.activities).map((activity) => activity.key));
  const [row] = rowsOf<Record<"head" | "known" | "referring" | "activities", string>>(
    await tx.execute(sql`
      select
        (select json_build_array(seq, extract(epoch from stored) * 1000, extract(epoch from greatest(
          date_trunc('milliseconds', clock_timestamp()), ${now.toISOString()}::timestamptz, stored + interval '1 millisecond'
          )) * 1000)::text from statement_head where id = 1) as head,
        (select json_agg(json_build_array(id, body))::text from statement
          where id = any(${arrayOf(given)}::uuid[])) as known,
        (select json_agg(json_build_array(p.seq, p.key))::text from unnest(${arrayOf(given.map(keyOf))}::uuid[]) as sent (key),
          lateral (select seq, key from posting
            where kind = ${sql.raw(String(postingKinds.reference))} and key = sent.key offset 0) as p) as referring,
        (select json_agg(json_build_array(key, definition))::text from activity
          where key = any(${arrayOf([...defined])}::uuid[])) as activities`),
  );
  if (!row?.head) throw new Error("the head of the statement store is missing");
  const [seq, last, stored] = JSON.parse(row.head) as [number, number, number];
  return {
    seq,
    last: Math.round(last),
    stored: new Date(Math.round(stored)).toISOString(),
    known: new Map(pairsOf<[string, string]>(row.known)),
    referring: pairsOf<[number, string]>(row.referring).map(([at, key]) => ({ seq: at, key })),
    activities: new Map(pairsOf<[string, string]>(row.activities)),
  };
}

function pairsOf<T>(json: string | null): T[] {
  return json === null ? [] : (JSON.parse(json) as T[]);
}

/** All rows of new statements in one command: a round trip costs more than the rows. */
async function insert(tx: Db, fresh: readonly PreparedStatement[], before: Before): Promise<void> {
  const { stored } = before;
  const placed = fresh.map((statement, i) => ({
    statement,
    seq: before.seq + 1 + i,
    body: bodyOf(statement, stored),
  }));
  const own = placed.flatMap(({ statement, seq }) =>
    statement.postings.map(({ kind, key }) => ({ kind, key, seq, via: seq })),
  );
  // In the order of the index, where neighbours share a page.
  const postings = [...own, ...(await referenceClosure(tx, placed, before.referring))].toSorted(
    (a, b) => a.kind - b.kind || (a.key < b.key ? -1 : a.key > b.key ? 1 : a.seq - b.seq),
  );
  const voidings = placed.flatMap(({ statement, seq }) =>
    statement.voiding && statement.reference
      ? [{ target: statement.reference, seq, authority: voidableAuthority(statement) }]
      : [],
  );
  const activities = changedActivities(fresh, before.activities);
  await tx.execute(sql`
    with added as (
      insert into statement (seq, id, stored, voiding, size, body)
      select seq, id, ${stored}::timestamptz, voiding, size, body from unnest(
        ${arrayOf(placed.map((p) => p.seq))}::bigint[], ${arrayOf(placed.map((p) => p.statement.id))}::uuid[],
        ${arrayOf(placed.map((p) => p.statement.voiding))}::boolean[],
        ${arrayOf(placed.map((p) => p.body.length))}::integer[], ${jsonArrayOf(placed.map((p) => p.body))}
      ) as row (seq, id, voiding, size, body)
    ), found_by as (
      insert into posting (kind, key, seq, via)
      select * from unnest(
        ${arrayOf(postings.map((r) => r.kind))}::smallint[], ${arrayOf(postings.map((r) => r.key))}::uuid[],
        ${arrayOf(postings.map((r) => r.seq))}::bigint[], ${arrayOf(postings.map((r) => r.via))}::bigint[])
      on conflict do nothing
    ), voids as (
      insert into voiding (target_id, seq, authority)
      select * from unnest(
        ${arrayOf(voidings.map((r) => r.target))}::uuid[], ${arrayOf(voidings.map((r) => r.seq))}::bigint[],
        ${arrayOf(voidings.map((r) => r.authority ?? "null"))}::uuid[])
    ), describes as (
      insert into activity (key, definition)
      select * from unnest(${arrayOf(activities.map((a) => a.key))}::uuid[], ${jsonArrayOf(activities.map((a) => a.definition))})
      on conflict (key) do update set definition = excluded.definition
    )
    update statement_head set seq = ${before.seq + placed.length}, stored = ${stored}::timestamptz where id = 1`);
}

/** The authority whose statements alone a voiding statement may void, as what it is found by; null: anybody's. */
function voidableAuthority({ voidsOwnOnly, postings }: PreparedStatement): string | null {
  if (!voidsOwnOnly) return null;
  const own = postings.find(({ kind }) => kind === postingKinds.authority);
  if (!own) throw new Error("a statement without an authority would void those of all");
  return own.key;
}

/** What the statements add to the one description of each activity; sorted, so that writers meet in the same order. */
function changedActivities(
  fresh: readonly PreparedStatement[],
  stored: ReadonlyMap<string, string>,
): { key: string; definition: string }[] {
  const merged = new Map<string, string>();
  const told = new Map<string, string>();
  for (const { key, text } of fresh.flatMap((s) => s.activities)) {
    // Most statements repeat what is known, or what the one before them said.
    if (text === (merged.get(key) ?? stored.get(key)) || text === told.get(key)) continue;
    told.set(key, text);
    merged.set(key, mergedDefinition(merged.get(key) ?? stored.get(key) ?? null, text));
  }
  return [...merged]
    .filter(([key, definition]) => definition !== stored.get(key))
    .map(([key, definition]) => ({ key, definition }))
    .toSorted((a, b) => (a.key < b.key ? -1 : 1));
}

/** An array literal: one parameter a column whatever the number of rows, and the same on both drivers. No value needs quotes. */
function arrayOf(values: readonly (string | number | boolean)[]): string {
  return `{${values.join()}}`;
}

/** JSON texts as an array of text. They hold no control character unescaped (RFC 8259 §7), so one of these may part them. */
function jsonArrayOf(texts: readonly string[]): SQL {
  return sql`string_to_array(${texts.join("\u001f")}, ${"\u001f"})`;
}
