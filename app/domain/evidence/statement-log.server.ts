import { and, desc, eq, ilike, inArray, lt, not, or, type SQL, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import { type Db, rowsOf } from "#db/client.server.ts";
import { period } from "#db/schema/competence.ts";
import { lrsCredential, statement, voiding } from "#db/schema/lrs.ts";
import { organisation, person } from "#db/schema/people.ts";
import { identityOf } from "../lrs/agent.ts";
import { keyOf, type PostingKind, postingKinds } from "../lrs/posting.ts";
import { allow, type Actor, can } from "../people/permission.ts";
import { withoutKeys } from "./answer-key.ts";
import { laidOut } from "./json-layout.ts";
import { ownAuthority } from "./statement.ts";
import { type StatementFilter, uuidOf, verbId } from "./statement-filter.ts";
import { statementLine, verbText } from "./statement-line.ts";
import { ownStatementsOf } from "./record-statement.server.ts";

/** A stored statement as people read it. */
export type StatementEntry = {
  /** Position in the store; the key of paging. */
  seq: number;
  id: string;
  line: string;
  at: Date;
  stored: Date;
  /** The statement that voided this one. */
  voidedBy: string | null;
  /** Null when it is too long to be read here. */
  parts: StatementParts | null;
};

export type StatementParts = {
  /** In a word or two. */
  verb: string;
  verbId: string;
  /** The activity or the statement that it is about; null for anything else. */
  activity: string | null;
  reference: string | null;
  registration: string | null;
  /** The client that it was received from; null for the product's own. */
  client: StatementClient | null;
  /** Laid out in lines; without answer keys for who may not read them. Null when it is too long to be shown here. */
  json: string | null;
};

export type StatementClient = { key: string; name: string };

const pageSize = 50;

/** Characters of a statement: up to which it is read here, and up to which its JSON is shown. */
type Lengths = { read: number; shown: number };

/** A list stays small whatever clients send: longer statements are shown on a page of their own. */
const inList: Lengths = { read: 100_000, shown: 10_000 };
/** Longer ones still are left to programs. */
const onPage: Lengths = { read: 1_000_000, shown: 1_000_000 };

/**
 * Stored statements that meet the filter, newest first, a page at a time: those before `before`; voided ones too. Where a
 * person or an id fits nobody and nothing, nothing is found. `clients` are all that statements may have been received from.
 */
export async function statementPage(
  db: Db,
  actor: Actor,
  filter: StatementFilter,
  before: number | null,
): Promise<{ entries: StatementEntry[]; next: number | null; clients: StatementClient[] }> {
  allow(actor, "evidence.read", {});
  const reader = await readerOf(db, actor);
  const clients = [...reader.clients].map(([key, name]) => ({ key, name }));
  const keys = await keysOf(db, filter, reader.baseIri);
  const range = await rangeOf(db, filter, before);
  if (keys === null || range === null) return { entries: [], next: null, clients };
  const places = await newestPlaces(db, await rarestFirst(db, keys), range);
  const page = places.slice(0, pageSize);
  const entries = await entriesAt(db, reader, page, inList);
  return { entries, next: places.length > pageSize ? (page.at(-1) ?? null) : null, clients };
}

/** One statement, voided or not; null when there is none with this id. */
export async function statementEntry(db: Db, actor: Actor, id: string): Promise<StatementEntry | null> {
  allow(actor, "evidence.read", {});
  const [row] = await db.select({ seq: statement.seq }).from(statement).where(eq(statement.id, id));
  if (!row) return null;
  const [entry] = await entriesAt(db, await readerOf(db, actor), [row.seq], onPage);
  return entry ?? null;
}

/**
 * The statements of the product behind one period, oldest first, for those who may read the person's record. Null when
 * there is no such period.
 */
export async function statementsBehind(
  db: Db,
  actor: Actor,
  registration: string,
): Promise<StatementEntry[] | null> {
  const [holder] = await db
    .select({ personId: person.id, managerId: person.managerId })
    .from(period)
    .innerJoin(person, eq(person.id, period.personId))
    .where(eq(period.id, registration));
  if (!holder) return null;
  allow(actor, "record.read", holder);
  const own = (await ownStatementsOf(db, [registration])).get(registration) ?? [];
  const entries = await entriesAt(
    db,
    await readerOf(db, actor),
    own.map(({ seq }) => seq),
    onPage,
  );
  return entries.toReversed();
}

/** What is looked up once for all statements of an answer. */
type Reader = { baseIri: string; clients: ReadonlyMap<string, string>; mayReadKeys: boolean };

async function readerOf(db: Db, actor: Actor): Promise<Reader> {
  const [row] = await db.select({ baseIri: organisation.baseIri }).from(organisation);
  const clients = await db
    .select({ key: lrsCredential.key, name: lrsCredential.name })
    .from(lrsCredential)
    .orderBy(lrsCredential.name, lrsCredential.key);
  return {
    baseIri: row?.baseIri ?? "",
    clients: new Map(clients.map(({ key, name }) => [key, name])),
    mayReadKeys: can(actor, "evidence.read_keys", {}),
  };
}

/** Statements under any of the keys. */
type KeyFilter = { kind: PostingKind; keys: string[] };

/** What the statements are found by, or null when it fits nobody and nothing. */
async function keysOf(db: Db, filter: StatementFilter, baseIri: string): Promise<KeyFilter[] | null> {
  const { person, verb, activity, registration, from } = filter;
  const found: KeyFilter[] = [];
  const accountKey = (name: string): string =>
    keyOf(identityOf({ account: { homePage: baseIri, name } }) ?? "");
  if (registration !== null) {
    const uuid = uuidOf(registration);
    if (uuid === null) return null;
    found.push({ kind: postingKinds.registration, keys: [keyOf(uuid)] });
  }
  if (person !== null) {
    const pseudonyms = await pseudonymsOf(db, person);
    if (pseudonyms.length === 0) return null;
    found.push({ kind: postingKinds.agent, keys: pseudonyms.map(accountKey) });
  }
  if (activity !== null) found.push({ kind: postingKinds.activity, keys: [keyOf(activity)] });
  if (verb !== null) found.push({ kind: postingKinds.verb, keys: [keyOf(verbId(verb))] });
  if (from !== null) {
    const name = from === "own" ? ownAuthority(baseIri).account.name : from;
    found.push({ kind: postingKinds.authority, keys: [accountKey(name)] });
  }
  return found;
}

async function pseudonymsOf(db: Db, text: string): Promise<string[]> {
  const pattern = `%${text.replace(/[\\%_]/g, "\\$&")}%`;
  const rows = await db
    .select({ pseudonym: person.pseudonym })
    .from(person)
    .where(or(eq(person.id, text), ilike(person.name, pattern)));
  // The identity map may have been erased while the evidence is held.
  const uuid = uuidOf(text);
  return [...rows.map((row) => row.pseudonym), ...(uuid === null ? [] : [uuid])];
}

/** Places strictly between `after` and `before`. */
type Range = { after: number; before: number };

const dayLength = 86_400_000;

/** The places to look at, or null when there is no statement with the id. */
async function rangeOf(db: Db, filter: StatementFilter, before: number | null): Promise<Range | null> {
  const range = { after: 0, before: before ?? Number.MAX_SAFE_INTEGER };
  if (filter.since !== null) range.after = await lastBefore(db, new Date(filter.since));
  if (filter.until !== null) {
    const end = await lastBefore(db, new Date(new Date(filter.until).getTime() + dayLength));
    range.before = Math.min(range.before, end + 1);
  }
  if (filter.id === null) return range;
  const id = uuidOf(filter.id);
  if (id === null) return null;
  const [row] = await db.select({ seq: statement.seq }).from(statement).where(eq(statement.id, id));
  if (!row) return null;
  return { after: Math.max(range.after, row.seq - 1), before: Math.min(range.before, row.seq + 1) };
}

/** The last place stored before a moment; `stored` never decreases along `seq`. */
async function lastBefore(db: Db, moment: Date): Promise<number> {
  const [row] = await db
    .select({ seq: statement.seq })
    .from(statement)
    .where(lt(statement.stored, moment))
    .orderBy(desc(statement.stored), desc(statement.seq))
    .limit(1);
  return row?.seq ?? 0;
}

/** How far keys are counted to learn which filter is the rarest. */
const countedTo = 1000;

/** The filters with the one first that the fewest statements meet: it leads the walk, the others only check. */
async function rarestFirst(db: Db, filters: readonly KeyFilter[]): Promise<KeyFilter[]> {
  if (filters.length < 2) return [...filters];
  const counted: { filter: KeyFilter; n: number }[] = [];
  for (const filter of filters) {
    const [row] = rowsOf<{ n: number }>(
      await db.execute(sql`
        select count(*)::int as n from (
          select 1 from posting where kind = ${filter.kind} and key = any(${arrayOf(filter.keys)}) limit ${countedTo}
        ) as counted`),
    );
    counted.push({ filter, n: row?.n ?? 0 });
  }
  return counted.toSorted((a, b) => a.n - b.n).map(({ filter }) => filter);
}

/**
 * The newest places of one page and one more. A statement is found by what it holds itself (`via` is its own place), not by
 * what it refers to. Each key of the leading filter is one walk of the index, cut at the page.
 */
async function newestPlaces(db: Db, filters: readonly KeyFilter[], range: Range): Promise<number[]> {
  const [lead, ...checks] = filters;
  const limit = pageSize + 1;
  if (!lead) {
    const rows = await db
      .select({ seq: statement.seq })
      .from(statement)
      .where(sql`${statement.seq} > ${range.after} and ${statement.seq} < ${range.before}`)
      .orderBy(desc(statement.seq))
      .limit(limit);
    return rows.map((row) => row.seq);
  }
  const checked = checks.map(
    (check) => sql` and exists (select 1 from posting q where q.kind = ${check.kind}
      and q.key = any(${arrayOf(check.keys)}) and q.seq = p.seq and q.via = p.seq)`,
  );
  const rows = await db.execute(sql`
    select distinct w.seq::float8 as seq from unnest(${arrayOf(lead.keys)}) as k(key) cross join lateral (
      select p.seq from posting p
      where p.kind = ${lead.kind} and p.key = k.key and p.via = p.seq
        and p.seq > ${range.after} and p.seq < ${range.before}${sql.join(checked)}
      order by p.seq desc limit ${limit}) as w
    order by seq desc limit ${limit}`);
  return rowsOf<{ seq: number }>(rows).map((row) => row.seq);
}

/** UUIDs as one parameter, however many. */
function arrayOf(keys: readonly string[]): SQL {
  return sql`${`{${keys.join()}}`}::uuid[]`;
}

/** The statements at these places, newest first, told to a reader. */
async function entriesAt(
  db: Db,
  reader: Reader,
  places: readonly number[],
  lengths: Lengths,
): Promise<StatementEntry[]> {
  if (places.length === 0) return [];
  const voider = alias(statement, "voider");
  const rows = await db
    .select({
      seq: statement.seq,
      id: statement.id,
      stored: statement.stored,
      size: statement.size,
      body: sql<string | null>`case when ${statement.size} <= ${lengths.read} then ${statement.body} end`,
      voidedBy: voider.id,
    })
    .from(statement)
    // A voiding statement cannot itself be voided (xAPI 1.0.3 part 2 §2.3.2).
    .leftJoin(voiding, and(eq(voiding.targetId, statement.id), not(statement.voiding)))
    .leftJoin(voider, eq(voider.seq, voiding.seq))
    .where(inArray(statement.seq, [...places]))
    .orderBy(desc(statement.seq));
  const values = rows.map(({ body }) => (body === null ? null : (JSON.parse(body) as Value)));
  const nameOf = await namesOf(
    db,
    values.flatMap((value) => pseudonymIn(value?.actor, reader.baseIri) ?? []),
  );
  return rows.map(({ body, size, ...row }, i) => {
    const value = values[i];
    if (body === null || !value)
      return { ...row, line: `A statement of ${size} characters`, at: row.stored, parts: null };
    return {
      ...row,
      line: statementLine(value, nameOf(pseudonymIn(value.actor, reader.baseIri))),
      at: momentOf(value.timestamp) ?? row.stored,
      parts: {
        ...partsOf(value, reader),
        json: size > lengths.shown ? null : laidOut(reader.mayReadKeys ? body : withoutKeys(body)),
      },
    };
  });
}

/** A time of ISO 8601, which has ways of writing that are not read here; null for those. */
function momentOf(text: string): Date | null {
  const moment = new Date(text);
  return Number.isNaN(moment.getTime()) ? null : moment;
}

/** What is read of a stored statement: the store holds valid ones only. */
type Value = {
  actor: unknown;
  verb: { id: string };
  object: { objectType?: string; id?: string };
  context?: { registration?: string };
  timestamp: string;
  authority?: unknown;
};

function partsOf(value: Value, reader: Reader): Omit<StatementParts, "json"> {
  const { verb, object, context, authority } = value;
  const { objectType = "Activity", id = null } = object;
  return {
    verb: verbText(verb),
    verbId: verb.id,
    activity: objectType === "Activity" ? id : null,
    reference: objectType === "StatementRef" ? id : null,
    registration: context?.registration ?? null,
    client: clientOf(authority, reader),
  };
}

/** The account name under this organisation's prefix, which may be a pseudonym; else null. */
function pseudonymIn(agent: unknown, baseIri: string): string | null {
  if (agent === null || typeof agent !== "object" || !("account" in agent)) return null;
  const { homePage, name } = agent.account as { homePage?: unknown; name?: unknown };
  return homePage === baseIri && typeof name === "string" ? uuidOf(name) : null;
}

/** The client that an authority is of, or null for the product itself. */
function clientOf(authority: unknown, { baseIri, clients }: Reader): StatementClient | null {
  const own = identityOf(ownAuthority(baseIri));
  if (authority === undefined || identityOf(authority) === own) return null;
  const { account, name } = authority as { account?: { name?: unknown }; name?: unknown };
  const key = String(account?.name ?? "");
  return { key, name: clients.get(key) ?? String(name ?? "A client no longer known here") };
}

/** Names behind pseudonyms. The identity map may have been erased while the evidence is held. */
async function namesOf(
  db: Db,
  pseudonyms: readonly string[],
): Promise<(pseudonym: string | null) => string | null> {
  const rows =
    pseudonyms.length === 0
      ? []
      : await db
          .select({ pseudonym: person.pseudonym, name: person.name })
          .from(person)
          .where(inArray(person.pseudonym, [...new Set(pseudonyms)]));
  const names = new Map(rows.map((row) => [row.pseudonym, row.name]));
  return (pseudonym) =>
    pseudonym === null ? null : (names.get(pseudonym) ?? "Someone no longer known here");
}
