import { and, asc, eq, gt, inArray, isNull, or, sql } from "drizzle-orm";
import { randomUUID } from "node:crypto";
import { setImmediate as othersFirst } from "node:timers/promises";
import type { Db } from "#db/client.server.ts";
import { question, questionNotice } from "#db/schema/assistant.ts";
import { person } from "#db/schema/people.ts";
import type { AuditEntry } from "../audit/event.ts";
import { recordEvents } from "../audit/event.server.ts";
import { system } from "../people/permission.ts";
import { groupsOf } from "../register/approval.ts";
import type { Outcome } from "../risk/outcome.ts";
import { judge } from "../risk/verdict.ts";
import { verdictIn } from "./answer-translation.ts";
import { answerWords } from "./answer-words.ts";
import type { Passage } from "./citation.ts";
import { changeHash, changesSince } from "./notice.ts";
import { type World, worldFor } from "./reading.server.ts";
import { passagesById, passagesNamed } from "./retrieval.server.ts";
import { isNewestTurn } from "./thread.server.ts";

/** Answers judged in one go: the embedded database and the event loop are free again after a fraction of a second. */
const batch = 100;

/**
 * Judges the newest turn of every watched thread of active people by what holds at `now`, and leaves a notice where the
 * answer would be another. The same change is told once; a notice that no longer holds goes. Questions are never changed.
 * Answers how many notices are new.
 */
export async function noticeChangedAnswers(db: Db, now: Date): Promise<number> {
  const world = await worldFor(db, [], now);
  let told = 0;
  for (let last: string | null = null; ;) {
    const answers = await watchedAnswers(db, last, world.today);
    told += await noticeChanged(db, answers, world, now);
    const end = answers.at(-1);
    if (!end || answers.length < batch) return told;
    last = end.id;
    await othersFirst();
  }
}

type Watched = Awaited<ReturnType<typeof watchedAnswers>>[number];

function watchedAnswers(db: Db, after: string | null, today: string) {
  return db
    .select({
      id: question.id,
      personId: question.personId,
      facts: question.facts,
      verdict: question.verdict,
      answer: question.answer,
      language: question.language,
      audiences: person.audiences,
    })
    .from(question)
    .innerJoin(person, eq(person.id, question.personId))
    .where(
      and(
        eq(question.watched, true),
        after === null ? undefined : gt(question.id, after),
        or(isNull(person.leftOn), gt(person.leftOn, today)),
        isNewestTurn(db),
      ),
    )
    .orderBy(asc(question.id))
    .limit(batch);
}

async function noticeChanged(db: Db, answers: readonly Watched[], world: World, now: Date): Promise<number> {
  const found = await findChanges(db, answers, world);
  if (found.length === 0 && !(await anyNoticeOf(db, answers))) return 0;
  return db.transaction(async (tx) => {
    // New ones first: an insert waits for whoever holds the question, and must hold no notice they may want meanwhile.
    const told = found.length > 0 ? await insertNotices(tx, found, now) : [];
    await dropOutdated(tx, answers, found);
    const entries: AuditEntry[] = told.map(({ questionId, personId, before, after }) => ({
      type: "question.answer_changed",
      subjectType: "question",
      subjectId: questionId,
      data: { personId, before, after },
    }));
    await recordEvents(tx, system, entries, now);
    return told.length;
  });
}

type Change = Pick<
  typeof questionNotice.$inferInsert,
  "questionId" | "personId" | "before" | "after" | "verdictHash" | "changes"
>;

async function findChanges(db: Db, answers: readonly Watched[], world: World): Promise<Change[]> {
  const quotes = answers.flatMap((a) => a.answer.quotes);
  const refs = [...new Set(quotes.map((q) => `${q.policySlug}#${q.number}`))];
  const clauses = await passagesNamed(db, refs, world.today);
  const quoted = await passagesById(db, [...new Set(quotes.map((q) => q.clauseId))]);
  return answers.flatMap((about) => {
    const { changes, english, after } = changeOf(about, world, clauses, quoted);
    if (changes.length === 0) return [];
    const { id: questionId, personId } = about;
    const before = about.verdict.outcome;
    return [{ questionId, personId, before, after, verdictHash: changeHash(english), changes }];
  });
}

/** The changes in the question's language, and in English, by which a change is known whatever it is told in. */
function changeOf(
  { personId, audiences, facts, verdict: before, answer, language }: Watched,
  { context, rules, today }: World,
  clauses: readonly Passage[],
  quoted: readonly Passage[],
): { changes: string[]; english: string[]; after: Outcome } {
  const groups = groupsOf({ id: personId, audiences });
  const judged = judge(facts, { ...context, groups }, today);
  // Whether a question about the rules is answered is a matter of its sources, which are compared below.
  const verdict = before.matter === "rules" ? { ...judged, outcome: before.outcome } : judged;
  const textOf = (clauseId: string): string => quoted.find((p) => p.clauseId === clauseId)?.text ?? "";
  const quotes = answer.quotes.map((q) => ({ ...q, clauseText: textOf(q.clauseId) }));
  const { systems, approvals } = context;
  const english = changesSince({ verdict: before, quotes }, { verdict, systems, approvals, clauses });
  const changes = changesSince(
    { verdict: verdictIn(before, rules, language), quotes },
    { verdict: verdictIn(verdict, rules, language), systems, approvals, clauses },
    answerWords[language],
  );
  return { changes, english, after: verdict.outcome };
}

async function anyNoticeOf(db: Db, answers: readonly Watched[]): Promise<boolean> {
  if (answers.length === 0) return false;
  const rows = await db
    .select({ id: questionNotice.id })
    .from(questionNotice)
    .where(inArray(questionNotice.questionId, idsOf(answers)))
    .limit(1);
  return rows.length > 0;
}

/** What was told of these answers and is no longer so: changed further, or changed back. */
async function dropOutdated(tx: Db, answers: readonly Watched[], found: readonly Change[]): Promise<void> {
  const holds = found.map((f) =>
    and(eq(questionNotice.questionId, f.questionId), eq(questionNotice.verdictHash, f.verdictHash)),
  );
  const outdated = holds.length > 0 ? sql`not (${or(...holds)})` : undefined;
  await tx.delete(questionNotice).where(and(inArray(questionNotice.questionId, idsOf(answers)), outdated));
}

function insertNotices(tx: Db, found: readonly Change[], now: Date): Promise<Change[]> {
  return tx
    .insert(questionNotice)
    .values(found.map((change) => ({ ...change, id: randomUUID(), at: now, seenAt: null })))
    .onConflictDoNothing()
    .returning();
}

const idsOf = (answers: readonly Watched[]): string[] => answers.map((a) => a.id);
