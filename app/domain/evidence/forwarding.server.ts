import { and, asc, eq, gt, inArray, isNull, lte } from "drizzle-orm";
import type { Db } from "#db/client.server.ts";
import { deadLetter } from "#db/schema/evidence.ts";
import { attachment, statement } from "#db/schema/lrs.ts";
import { type Draft, draftOf, endOfScan, type Outgoing } from "./forwarding.ts";
import { isOwn, passes, passesVoiding, type StoredStatement, type TargetFilter } from "./outbox.ts";

/** Statements read at a time, and their characters: what a process holds in memory for a target. */
const scanRows = 500;
const scanCharacters = 4_000_000;

/** The next stretch of the store: what of it goes to the target, and where it ends. Null when there is nothing new. */
export async function scanFrom(
  db: Db,
  target: { name: string; filter: TargetFilter; cursor: number },
  baseIri: string,
): Promise<{ drafts: Draft[]; end: number } | null> {
  const sizes = await db
    .select({ seq: statement.seq, size: statement.size })
    .from(statement)
    .where(gt(statement.seq, target.cursor))
    .orderBy(asc(statement.seq))
    .limit(scanRows);
  const end = endOfScan(sizes, scanCharacters);
  if (end === null) return null;
  const rows = await db
    .select({ seq: statement.seq, id: statement.id, voiding: statement.voiding, body: statement.body })
    .from(statement)
    .where(and(gt(statement.seq, target.cursor), lte(statement.seq, end)))
    .orderBy(asc(statement.seq));
  const read = rows.map((row) => {
    const parsed = JSON.parse(row.body) as StoredStatement;
    return { ...row, statement: parsed, own: isOwn(parsed, baseIri) };
  });
  const going = await passersOf(db, target.filter, read, baseIri);
  const dropped = await droppedBetween(db, target, end);
  const drafts = read
    .filter((row) => going.has(row.seq) && !dropped.has(row.seq))
    .map((row) => draftOf(row, row.statement));
  return { drafts, end };
}

/** Places of those statements that go to a target of this filter. */
export async function passersOf(
  db: Db,
  filter: TargetFilter,
  rows: readonly { seq: number; voiding: boolean; statement: StoredStatement; own: boolean }[],
  baseIri: string,
): Promise<Set<number>> {
  const voided = await statementsById(
    db,
    rows.flatMap((row) => (row.voiding ? (row.statement.object.id ?? []) : [])),
  );
  const goes = (row: (typeof rows)[number]): boolean => {
    if (!row.voiding) return passes(filter, row.statement, row.own);
    const voidedOne = voided.get(row.statement.object.id?.toLowerCase() ?? "");
    return passesVoiding(
      filter,
      row,
      voidedOne ? { statement: voidedOne, own: isOwn(voidedOne, baseIri) } : null,
    );
  };
  return new Set(rows.filter(goes).map((row) => row.seq));
}

async function statementsById(db: Db, ids: string[]): Promise<Map<string, StoredStatement>> {
  if (ids.length === 0) return new Map();
  const rows = await db
    .select({ id: statement.id, body: statement.body })
    .from(statement)
    .where(inArray(statement.id, ids));
  return new Map(rows.map((row) => [row.id, JSON.parse(row.body) as StoredStatement]));
}

/** What an administrator once decided not to send there is not sent when the cursor comes by again. */
async function droppedBetween(
  db: Db,
  target: { name: string; cursor: number },
  end: number,
): Promise<Set<number>> {
  const rows = await db
    .select({ seq: deadLetter.seq })
    .from(deadLetter)
    .where(
      and(
        eq(deadLetter.target, target.name),
        eq(deadLetter.outcome, "dropped"),
        gt(deadLetter.seq, target.cursor),
        lte(deadLetter.seq, end),
      ),
    );
  return new Set(rows.map((row) => row.seq));
}

/** What was asked to be sent to a target once more, by `now`. */
export async function lettersDue(db: Db, target: string, now: Date): Promise<Draft[]> {
  const due = and(eq(deadLetter.target, target), isNull(deadLetter.endedAt), lte(deadLetter.retryAt, now));
  const letters = await db
    .select({ seq: statement.seq, size: statement.size })
    .from(deadLetter)
    .innerJoin(statement, eq(statement.seq, deadLetter.seq))
    .where(due)
    .orderBy(asc(deadLetter.seq))
    .limit(scanRows);
  const end = endOfScan(letters, scanCharacters);
  if (end === null) return [];
  const seqs = letters.map((letter) => letter.seq).filter((seq) => seq <= end);
  const rows = await db
    .select({ seq: statement.seq, id: statement.id, body: statement.body })
    .from(statement)
    .where(inArray(statement.seq, seqs))
    .orderBy(asc(statement.seq));
  return rows.map((row) => draftOf(row, JSON.parse(row.body) as StoredStatement));
}

/** Drafts as they are sent: with the contents of their attachments, where this store has them. */
export async function loaded(db: Db, drafts: readonly Draft[]): Promise<Outgoing[]> {
  const wanted = drafts.flatMap((draft) => draft.enclosed.map((one) => one.sha2.toLowerCase()));
  const rows =
    wanted.length === 0 ? [] : await db.select().from(attachment).where(inArray(attachment.sha2, wanted));
  const contents = new Map(rows.map((row) => [row.sha2, row.content]));
  return drafts.map(({ id, text, version, enclosed }) => ({
    id,
    text,
    version,
    attachments: enclosed.flatMap(({ sha2, contentType }) => {
      const content = contents.get(sha2.toLowerCase());
      return content ? [{ sha2, contentType, content }] : [];
    }),
  }));
}
