import { and, asc, desc, eq, ilike, inArray, isNotNull, isNull, lt, or } from "drizzle-orm";
import type { Db } from "#db/client.server.ts";
import { period, requirement } from "#db/schema/competence.ts";
import { deadLetter, lrsTarget } from "#db/schema/evidence.ts";
import { organisation, person } from "#db/schema/people.ts";
import { recordEvents } from "../audit/event.server.ts";
import { allow, type Actor } from "../people/permission.ts";
import { letterState } from "./dead-letter.ts";
import {
  type Ask,
  type Copied,
  copyState,
  type CopyState,
  copyFindings,
  type Finding,
  mendable,
  strangersIn,
} from "./external-copy.ts";
import { passersOf } from "./forwarding.server.ts";
import type { Gap } from "./reconciliation.ts";
import { gapsOfRecords } from "./reconciliation.server.ts";
import { type RecordStatement, statementsOfRecords } from "./record-statement.server.ts";

/** Records on a page: each is a question to every external LRS. */
const pageSize = 10;
/** Questions to one target under way at once. */
const together = 4;

/** A competence record: where its statements are, and what is missing. */
export type RecordCheck = {
  registration: string;
  personId: string;
  person: string;
  requirement: string;
  completedAt: Date;
  /** Statements of it in this store. */
  statements: number;
  /** What is missing here. */
  gaps: Pick<Gap, "missing" | "of">[];
  copies: {
    target: string;
    /** Null when the target gave no answer; `error` then says why. */
    tone: "good" | "warn" | "bad" | null;
    findings: Finding[];
    error: string | null;
    /** Whether sending again can mend something. */
    mendable: boolean;
  }[];
};

/** Where a page of records starts: after this one. */
export type RecordPlace = { completedAt: Date; registration: string };

/**
 * Completed periods, newest first, a page at a time, each with what is missing here and in every active external LRS, which is
 * asked now. `search` is a person id, or part of a person's name or of a requirement's title.
 */
export async function recordChecks(
  db: Db,
  actor: Actor,
  ask: Ask,
  filter: { search?: string | undefined; after?: RecordPlace | undefined },
): Promise<{ checks: RecordCheck[]; targets: string[]; next: RecordPlace | null }> {
  allow(actor, "evidence.read", {});
  const rows = await recordPage(db, filter);
  const page = rows.slice(0, pageSize);
  const ids = page.map((row) => row.registration);
  const gaps = await gapsOfRecords(db, ids);
  const statements = await statementsOfRecords(db, ids);
  const targets = await db
    .select()
    .from(lrsTarget)
    .where(eq(lrsTarget.active, true))
    .orderBy(asc(lrsTarget.name));
  const asked = await Promise.all(
    targets.map(async (target) => askAbout(ask, target.name, await copiedTo(db, target, statements))),
  );
  const last = page.at(-1);
  return {
    checks: page.map((row) => ({
      ...row,
      statements: statements.get(row.registration)?.length ?? 0,
      gaps: gaps.get(row.registration)?.map(({ missing, of }) => ({ missing, of })) ?? [],
      copies: asked.flatMap((answered) => answered.get(row.registration) ?? []).map(findingsIn),
    })),
    targets: targets.map((target) => target.name),
    next: rows.length > pageSize && last ? last : null,
  };
}

/** A completed period always has its time of completion. */
type RecordRow = RecordPlace & { personId: string; person: string; requirement: string };

async function recordPage(
  db: Db,
  { search, after }: { search?: string | undefined; after?: RecordPlace | undefined },
): Promise<RecordRow[]> {
  const pattern = `%${(search ?? "").replace(/[\\%_]/g, "\\$&")}%`;
  const rows = await db
    .select({
      registration: period.id,
      completedAt: period.completedAt,
      personId: person.id,
      person: person.name,
      requirement: requirement.title,
    })
    .from(period)
    .innerJoin(person, eq(person.id, period.personId))
    .innerJoin(requirement, eq(requirement.slug, period.requirementSlug))
    .where(
      and(
        isNotNull(period.completedAt),
        search
          ? or(eq(person.id, search), ilike(person.name, pattern), ilike(requirement.title, pattern))
          : undefined,
        after
          ? or(
              lt(period.completedAt, after.completedAt),
              and(eq(period.completedAt, after.completedAt), lt(period.id, after.registration)),
            )
          : undefined,
      ),
    )
    .orderBy(desc(period.completedAt), desc(period.id))
    .limit(pageSize + 1);
  return rows.flatMap(({ completedAt, ...row }) => (completedAt ? [{ ...row, completedAt }] : []));
}

type Target = typeof lrsTarget.$inferSelect;
type Own = Copied & Pick<RecordStatement, "seq" | "voidedBy">;

/** The statements of each record with what the outbox knows of their way to the target. */
async function copiedTo(
  db: Db,
  target: Target,
  records: ReadonlyMap<string, RecordStatement[]>,
): Promise<Map<string, Own[]>> {
  const all = [...records.values()].flat();
  const [home] = await db.select({ baseIri: organisation.baseIri }).from(organisation);
  const going = await passersOf(db, target.filter, all, home?.baseIri ?? "");
  const seqs = all.map((row) => row.seq);
  const letters =
    seqs.length === 0
      ? []
      : await db
          .select()
          .from(deadLetter)
          .where(and(eq(deadLetter.target, target.name), inArray(deadLetter.seq, seqs)))
          .orderBy(asc(deadLetter.id));
  const lastLetter = new Map(letters.map((row) => [row.seq, letterState(row)]));
  return new Map(
    [...records].map(([registration, rows]) => [
      registration,
      rows.map(({ seq, id, statement, voidedBy }) => ({
        seq,
        id,
        statement,
        voidedBy,
        voided: voidedBy !== null,
        passes: going.has(seq),
        past: seq <= target.cursor,
        letter: lastLetter.get(seq) ?? null,
      })),
    ]),
  );
}

type Question = { target: string; registration: string; copied: Own[] };
type Answered = Question & { answer: Awaited<ReturnType<Ask>> };

/** Asks a target about each record, some at a time; once it has given no answer it is not asked again. */
async function askAbout(
  ask: Ask,
  target: string,
  copied: ReadonlyMap<string, Own[]>,
): Promise<Map<string, Answered>> {
  const answered = new Map<string, Answered>();
  const silence: { answer?: Awaited<ReturnType<Ask>> } = {};
  const left = copied.entries();
  const worker = async (): Promise<void> => {
    for (const [registration, statements] of left) {
      const question = { target, registration, copied: statements };
      const answer = silence.answer ?? (await askOne(ask, question));
      if (!answer.ok) silence.answer = answer;
      answered.set(registration, { ...question, answer });
    }
  };
  await Promise.all(Array.from({ length: together }, worker));
  return answered;
}

/** Whether a statement is voided there matters only for one that should be there. */
function askOne(ask: Ask, { target, registration, copied }: Question): ReturnType<Ask> {
  const expected = copied.filter((one) => one.passes && one.past);
  return ask(
    target,
    registration,
    expected.map((one) => one.id),
  );
}

function statesIn({ copied, answer }: Answered): (Own & { state: CopyState })[] {
  if (!answer.ok) return [];
  return copied.map((one) => ({ ...one, state: copyState(one, answer.held) }));
}

function findingsIn(one: Answered): RecordCheck["copies"][number] {
  const { target, copied, answer } = one;
  if (!answer.ok) return { target, tone: null, findings: [], error: answer.error, mendable: false };
  const states = statesIn(one).map(({ state }) => state);
  const found = copyFindings(states, strangersIn(answer.held, copied).length);
  return { target, ...found, error: null, mendable: states.some((state) => mendable.includes(state)) };
}

export type Mended =
  | { ok: true; statements: number }
  | { ok: false; reason: "unknown" | "nothing" }
  | { ok: false; reason: "no answer"; error: string };

/**
 * Asks the target what it lacks of a record and puts that in line to be sent once more: what is missing or was refused, and
 * the voiding of what still counts there. Nothing is put in line that is there already.
 */
export async function mendRecord(
  db: Db,
  actor: Actor,
  ask: Ask,
  input: { target: string; registration: string },
  now: Date,
): Promise<Mended> {
  allow(actor, "outbox.manage", {});
  const [target] = await db
    .select()
    .from(lrsTarget)
    .where(and(eq(lrsTarget.name, input.target), eq(lrsTarget.active, true)));
  const [record] = await db
    .select({ id: period.id })
    .from(period)
    .where(and(eq(period.id, input.registration), isNotNull(period.completedAt)));
  if (!target || !record) return { ok: false, reason: "unknown" };
  const copied = await copiedTo(db, target, await statementsOfRecords(db, [record.id]));
  const question = { target: target.name, registration: record.id, copied: copied.get(record.id) ?? [] };
  const answer = await askOne(ask, question);
  if (!answer.ok) return { ok: false, reason: "no answer", error: answer.error };
  const seqs = statesIn({ ...question, answer })
    .filter(({ state }) => mendable.includes(state))
    .map(({ state, seq, voidedBy }) => (state === "not voided there" ? (voidedBy ?? seq) : seq));
  if (seqs.length === 0) return { ok: false, reason: "nothing" };
  await db.transaction(async (tx) => {
    await tx
      .insert(deadLetter)
      .values(seqs.map((seq) => ({ target: target.name, seq, error: null, at: now, retryAt: now })))
      .onConflictDoUpdate({
        target: [deadLetter.target, deadLetter.seq],
        targetWhere: isNull(deadLetter.endedAt),
        set: { retryAt: now },
      });
    const subject = { subjectType: "period", subjectId: record.id };
    const data = { target: target.name, statements: seqs.length };
    await recordEvents(tx, actor, [{ type: "record.resent", ...subject, data }], now);
  });
  return { ok: true, statements: seqs.length };
}
