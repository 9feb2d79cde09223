import { and, asc, desc, eq, ilike, inArray, lt, or } from "drizzle-orm";
import type { Db } from "#db/client.server.ts";
import { period } from "#db/schema/competence.ts";
import { statement } from "#db/schema/evidence.ts";
import { person } from "#db/schema/people.ts";
import { allow, type Actor } from "../people/permission.ts";
import { type Statement, type VerbName, verbs } from "./statement.ts";
import { statementLine, verbName } from "./statement-line.ts";

/** A stored statement as people read it. */
export type StatementEntry = {
  /** Position in the store; the key of paging. */
  seq: number;
  id: string;
  verb: VerbName | null;
  line: string;
  at: Date;
  stored: Date;
  body: Statement;
};

const pageSize = 50;

/**
 * Stored statements, newest first, a page at a time: those before `before`. `person` is a person id or part of a name;
 * when it fits nobody, nothing is found.
 */
export async function statementPage(
  db: Db,
  actor: Actor,
  filter: { verb?: VerbName | undefined; person?: string | undefined; before?: number | undefined },
): Promise<{ entries: StatementEntry[]; next: number | null }> {
  allow(actor, "evidence.read", {});
  const rows = await entries(db)
    .where(
      and(
        filter.verb ? eq(statement.verb, verbs[filter.verb]) : undefined,
        filter.person ? inArray(statement.actor, pseudonymsOf(db, filter.person)) : undefined,
        filter.before ? lt(statement.seq, filter.before) : undefined,
      ),
    )
    .orderBy(desc(statement.seq))
    .limit(pageSize + 1);
  const page = rows.slice(0, pageSize);
  return { entries: page.map(entryOf), next: rows.length > pageSize ? (page.at(-1)?.seq ?? null) : null };
}

/** The statements behind one period, oldest first, for those who may read the person's record. Null when there is no such period. */
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
  const rows = await entries(db).where(eq(statement.registration, registration)).orderBy(asc(statement.seq));
  return rows.map(entryOf);
}

function pseudonymsOf(db: Db, text: string) {
  const pattern = `%${text.replace(/[\\%_]/g, "\\$&")}%`;
  return db
    .select({ pseudonym: person.pseudonym })
    .from(person)
    .where(or(eq(person.id, text), ilike(person.name, pattern)));
}

function entries(db: Db) {
  return db
    .select({
      seq: statement.seq,
      id: statement.id,
      verb: statement.verb,
      stored: statement.stored,
      body: statement.body,
      name: person.name,
    })
    .from(statement)
    .leftJoin(person, eq(person.pseudonym, statement.actor))
    .$dynamic();
}

function entryOf(row: Awaited<ReturnType<typeof entries>>[number]): StatementEntry {
  const { seq, id, stored, body } = row;
  return {
    seq,
    id,
    verb: verbName(row.verb),
    // The identity map may have been erased while the evidence is held.
    line: statementLine(body, row.name ?? "Someone no longer known here"),
    at: new Date(body.timestamp),
    stored,
    body,
  };
}
