import { type SQL, sql } from "drizzle-orm";
import { type Db, rowsOf } from "#db/client.server.ts";
import { attachment } from "#db/schema/lrs.ts";
import { postingKinds } from "./posting.ts";
import { storeLock } from "./statement-store.server.ts";
import type { KeyFilter, StatementFilter } from "./statement-query.ts";

/** Characters of statements in one page: a page of huge statements ends early and has a `more` link. */
const largestPageSize = 16_000_000;

export type StoredStatement = { seq: number; id: string; stored: Date; body: string };

/**
 * The moment through which every statement that is or will ever be stored before it can be read
 * (X-Experience-API-Consistent-Through, xAPI 1.0.3 part 3 §2.1.3): now when nobody is writing, else the last commit. Ask
 * before reading the statements.
 */
export async function consistentThrough(db: Db): Promise<Date> {
  const [row] = rowsOf<{ through: number }>(
    await db.execute(sql`
      select (extract(epoch from case when pg_try_advisory_xact_lock_shared(${storeLock}::bigint)
        then greatest(stored, date_trunc('milliseconds', clock_timestamp())) else stored end) * 1000)::float8 as through
      from statement_head where id = 1`),
  );
  return new Date(Math.round(row?.through ?? 0));
}

/** One statement by its id; `voided` asks for it among the voided only, else it is found among the others only. */
export async function statementById(
  db: Db,
  id: string,
  options: { voided: boolean; authorityKey: string | null },
): Promise<StoredStatement | null> {
  const [row] = rowsOf<Row>(
    await db.execute(sql`
      select s.seq::float8 as seq, s.id, s.body, (extract(epoch from s.stored) * 1000)::float8 as stored
      from statement s where s.id = ${id}::uuid and ${options.voided ? sql`not ${standing}` : standing}
        and ${ownedBy(options.authorityKey, sql`s.seq`)}`),
  );
  return row ? storedOf(row) : null;
}

type Row = { seq: number; id: string; body: string; stored: number };

const storedOf = (row: Row): StoredStatement => ({ ...row, stored: new Date(Math.round(row.stored)) });

/**
 * Not voided by anybody who may. A voiding statement stands whatever refers to it (xAPI 1.0.3 part 2 §2.3.2). Asked here and
 * not when it is stored, because it may arrive before its target.
 */
const standing = sql`(s.voiding or not exists (
  select 1 from voiding v where v.target_id = s.id and (v.authority is null or exists (
    select 1 from posting m where m.kind = ${postingKinds.authority} and m.key = v.authority
      and m.seq = s.seq and m.via = s.seq))))`;

/**
 * Ends a subquery that is looked up for each row. Without it a planner that has no statistics yet makes it a join, which
 * reads all there is of the key once more for every row.
 */
const perRow = sql.raw("offset 0");

/** Stored by the client with this authority itself, not merely found through one of its statements. */
function ownedBy(authorityKey: string | null, seq: SQL): SQL {
  if (authorityKey === null) return sql`true`;
  return sql`exists (select 1 from posting m where m.kind = ${postingKinds.authority} and m.key = ${authorityKey}::uuid
    and m.seq = ${seq} and m.via = ${seq} ${perRow})`;
}

/**
 * A page of the statements that meet the filter and stand, in the order of storing, after the place `after`; and whether
 * there are more. Reads no more of the index than the page needs, however large the store.
 */
export async function statementPage(
  db: Db,
  filter: StatementFilter,
  options: { after: number | null; authorityKey: string | null },
): Promise<{ statements: StoredStatement[]; more: boolean }> {
  const range = await rangeOf(db, filter, options.after);
  const keys = await rarestFirst(db, filter.keys);
  const statements: StoredStatement[] = [];
  let size = 0;
  // Where voided statements stand close together, wider steps get past them.
  for (let width = 1; ; width = Math.min(2 * width, widest)) {
    const wanted = Math.max(filter.limit - statements.length + 1, width);
    const places = await nextPlaces(db, keys, range, filter.ascending, wanted, options.authorityKey);
    const rows = await bodiesAt(db, places, filter.ascending, largestPageSize - size);
    for (const row of rows.found) {
      if (statements.length === filter.limit) return { statements, more: true };
      statements.push(row);
      size += row.body.length;
    }
    if (rows.cut || size >= largestPageSize) return { statements, more: true };
    const last = places.at(-1);
    if (places.length < wanted || last === undefined) return { statements, more: false };
    if (filter.ascending) range.from = last;
    else range.to = last;
  }
}

/** Places of one step at most. */
const widest = 4096;

/** Places strictly between `from` and `to`. */
type Range = { from: number; to: number };

async function rangeOf(db: Db, filter: StatementFilter, after: number | null): Promise<Range> {
  const range = { from: 0, to: Number.MAX_SAFE_INTEGER };
  if (filter.since !== null) range.from = await placeAt(db, filter.since);
  if (filter.until !== null) range.to = (await placeAt(db, filter.until)) + 1;
  if (after !== null && filter.ascending) range.from = Math.max(range.from, after);
  if (after !== null && !filter.ascending) range.to = Math.min(range.to, after);
  return range;
}

/** The last place stored at or before a moment; `stored` never decreases along `seq`. */
async function placeAt(db: Db, time: number): Promise<number> {
  // Beyond what PostgreSQL's calendar and ISO 8601 have in common there are no statements.
  const moment = new Date(Math.min(Math.max(time, -62_135_596_800_000), 253_402_300_799_999)).toISOString();
  const [row] = rowsOf<{ seq: number }>(
    await db.execute(sql`
      select seq::float8 as seq from statement where stored <= ${moment}::timestamptz
      order by stored desc, seq desc limit 1`),
  );
  return row?.seq ?? 0;
}

/** How far a key is counted to learn which of several is the rarest. */
const countedTo = 1000;

/** The filters with the one first that the fewest statements meet: it leads the walk, the others only check. */
async function rarestFirst(db: Db, keys: readonly KeyFilter[]): Promise<KeyFilter[]> {
  if (keys.length < 2) return [...keys];
  const counted = await Promise.all(
    keys.map(async (filter) => ({ filter, n: await frequencyOf(db, filter) })),
  );
  return counted.toSorted((a, b) => a.n - b.n).map(({ filter }) => filter);
}

async function frequencyOf(db: Db, { kinds, key }: KeyFilter): Promise<number> {
  // The range that excludes nothing keeps a planner without statistics from gathering all there are before it counts one.
  const walks = kinds.map(
    (kind) => sql`(select count(*)::int from (
      select 1 from posting where kind = ${kind} and key = ${key}::uuid and seq > 0 limit ${countedTo}) as counted)`,
  );
  const [row] = rowsOf<{ n: number }>(await db.execute(sql`select ${sql.join(walks, sql` + `)} as n`));
  return row?.n ?? 0;
}

/**
 * The next places that meet all filters. A statement that refers to another meets them when the other does: all through the
 * same statement, hence the same `via` (xAPI 1.0.3 part 3 §2.1.3, Filter Conditions for StatementRefs).
 */
async function nextPlaces(
  db: Db,
  keys: readonly KeyFilter[],
  range: Range,
  ascending: boolean,
  limit: number,
  authorityKey: string | null,
): Promise<number[]> {
  const order = sql.raw(ascending ? "asc" : "desc");
  const [lead, ...checks] = keys;
  if (!lead && authorityKey !== null) {
    const rows = await db.execute(sql`
      select m.seq::float8 as seq from posting m
      where m.kind = ${postingKinds.authority} and m.key = ${authorityKey}::uuid and m.via = m.seq
        and m.seq > ${range.from} and m.seq < ${range.to}
      order by m.seq ${order} limit ${limit}`);
    return rowsOf<{ seq: number }>(rows).map((row) => row.seq);
  }
  if (!lead) {
    const rows = await db.execute(sql`
      select s.seq::float8 as seq from statement s
      where s.seq > ${range.from} and s.seq < ${range.to}
      order by s.seq ${order} limit ${limit}`);
    return rowsOf<{ seq: number }>(rows).map((row) => row.seq);
  }
  const checked = checks.map(
    (c) => sql` and exists (select 1 from posting q
      where q.kind in ${c.kinds} and q.key = ${c.key}::uuid and q.seq = p.seq and q.via = p.via ${perRow})`,
  );
  // One walk of the index per kind, each cut at the limit, so that the union stays as small as the page.
  const walks = lead.kinds.map(
    (kind) => sql`(select distinct p.seq from posting p
      where p.kind = ${kind} and p.key = ${lead.key}::uuid and p.seq > ${range.from} and p.seq < ${range.to}
        and ${ownedBy(authorityKey, sql`p.seq`)}${sql.join(checked)}
      order by p.seq ${order} limit ${limit})`,
  );
  const rows = await db.execute(sql`
    select seq::float8 as seq from (${sql.join(walks, sql` union `)}) as u order by u.seq ${order} limit ${limit}`);
  return rowsOf<{ seq: number }>(rows).map((row) => row.seq);
}

/** The statements at these places that stand, as many as fit into `budget` characters but at least one. */
async function bodiesAt(
  db: Db,
  places: readonly number[],
  ascending: boolean,
  budget: number,
): Promise<{ found: StoredStatement[]; cut: boolean }> {
  if (places.length === 0) return { found: [], cut: false };
  const order = sql.raw(ascending ? "asc" : "desc");
  const rows = rowsOf<Row & { whole: number }>(
    await db.execute(sql`
      select seq::float8 as seq, id, body, (extract(epoch from stored) * 1000)::float8 as stored, whole::int as whole
      from (
        select s.*, sum(s.size) over (order by s.seq ${order}) - s.size as before, count(*) over () as whole
        from statement s where s.seq = any(${`{${places.join()}}`}::bigint[]) and ${standing}) as fit
      where before < ${budget} order by seq ${order}`),
  );
  return { found: rows.map(storedOf), cut: rows.length < (rows[0]?.whole ?? 0) };
}

/** Contents of attachments by their SHA-2; those the store holds. The hashes are hexadecimal digits. */
export async function attachmentsBySha2(db: Db, hashes: readonly string[]): Promise<Map<string, Uint8Array>> {
  if (hashes.length === 0) return new Map();
  const rows = await db.select().from(attachment).where(isAnyOf(hashes));
  return new Map(rows.map((row) => [row.sha2, row.content]));
}

/** As {@link attachmentsBySha2}, the length of each in bytes. */
export async function attachmentSizes(db: Db, hashes: readonly string[]): Promise<Map<string, number>> {
  if (hashes.length === 0) return new Map();
  const size = sql<number>`length(${attachment.content})`;
  const rows = await db.select({ sha2: attachment.sha2, size }).from(attachment).where(isAnyOf(hashes));
  return new Map(rows.map((row) => [row.sha2, row.size]));
}

/** One parameter, whatever the number of hashes. */
const isAnyOf = (hashes: readonly string[]): SQL =>
  sql`${attachment.sha2} = any(${`{${hashes.join()}}`}::text[])`;
