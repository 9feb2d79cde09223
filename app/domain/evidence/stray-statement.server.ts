import { and, desc, eq, inArray, isNotNull, lt } from "drizzle-orm";
import type { Db } from "#db/client.server.ts";
import { period } from "#db/schema/competence.ts";
import { posting, statement, voiding } from "#db/schema/lrs.ts";
import { organisation } from "#db/schema/people.ts";
import { keyOf, postingKinds } from "../lrs/posting.ts";
import { allow, type Actor } from "../people/permission.ts";
import { isOwn, type StoredStatement } from "./outbox.ts";
import { verbs } from "./statement.ts";
import { linesFor } from "./statement-line.server.ts";

const pageSize = 20;
/** Statements read at a time, and reads for one page: a page that finds nothing still ends. */
const batch = 200;
const batchesPerPage = 10;

/** A statement of ours that says somebody passed or completed what no completed period knows. */
export type StrayStatement = { seq: number; id: string; line: string; stored: Date };

/**
 * Statements that this product wrote of a pass or a completion and that no record stands behind, newest first: those before
 * `before`. `next` leads on, also when nothing was found among those that one page looks at.
 */
export async function strayStatements(
  db: Db,
  actor: Actor,
  before?: number,
): Promise<{ strays: StrayStatement[]; next: number | null }> {
  allow(actor, "evidence.read", {});
  const strays: StrayStatement[] = [];
  let place = before;
  for (let reads = 0; reads < batchesPerPage; reads++) {
    const seqs = await outcomesBefore(db, place);
    const found = await straysAmong(db, seqs);
    const room = pageSize - strays.length;
    strays.push(...found.slice(0, room));
    if (found.length > room) return { strays, next: strays.at(-1)?.seq ?? null };
    place = seqs.at(-1);
    if (seqs.length < batch || place === undefined) return { strays, next: null };
  }
  return { strays, next: place ?? null };
}

/** Places of the next statements that somebody passed or completed. Each verb is one walk down the index. */
async function outcomesBefore(db: Db, before?: number): Promise<number[]> {
  const walks = await Promise.all(
    [verbs.passed, verbs.completed].map((verb) =>
      db
        .select({ seq: posting.seq })
        .from(posting)
        .where(
          and(
            eq(posting.kind, postingKinds.verb),
            eq(posting.key, keyOf(verb)),
            eq(posting.via, posting.seq),
            before === undefined ? undefined : lt(posting.seq, before),
          ),
        )
        .orderBy(desc(posting.seq))
        .limit(batch),
    ),
  );
  const seqs = walks.flat().map((row) => row.seq);
  return seqs.toSorted((a, b) => b - a).slice(0, batch);
}

async function straysAmong(db: Db, seqs: number[]): Promise<StrayStatement[]> {
  if (seqs.length === 0) return [];
  const [home] = await db.select({ baseIri: organisation.baseIri }).from(organisation);
  const rows = await db
    .select({
      seq: statement.seq,
      id: statement.id,
      stored: statement.stored,
      body: statement.body,
      voidedBy: voiding.seq,
    })
    .from(statement)
    .leftJoin(voiding, eq(voiding.targetId, statement.id))
    .where(inArray(statement.seq, seqs))
    .orderBy(desc(statement.seq));
  const own = rows
    .map(({ body, ...row }) => ({ ...row, statement: JSON.parse(body) as StoredStatement }))
    .filter((row) => row.voidedBy === null && isOwn(row.statement, home?.baseIri ?? ""));
  const recorded = await completedAmong(
    db,
    own.flatMap((row) => registrationOf(row.statement) ?? []),
  );
  const strays = own.filter((row) => !recorded.has(registrationOf(row.statement) ?? ""));
  const lines = await linesFor(
    db,
    strays.map((row) => row.statement),
  );
  return strays.map(({ seq, id, stored }) => ({ seq, id, stored, line: lines.get(id) ?? id }));
}

function registrationOf(statement: StoredStatement): string | undefined {
  return statement.context?.registration?.toLowerCase();
}

async function completedAmong(db: Db, registrations: string[]): Promise<Set<string>> {
  if (registrations.length === 0) return new Set();
  const rows = await db
    .select({ id: period.id })
    .from(period)
    .where(and(inArray(period.id, registrations), isNotNull(period.completedAt)));
  return new Set(rows.map((row) => row.id));
}
