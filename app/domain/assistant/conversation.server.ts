import { and, asc, desc, eq, exists, ilike, inArray, lt, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import type { Db } from "#db/client.server.ts";
import { question } from "#db/schema/assistant.ts";
import { reviewCase } from "#db/schema/cases.ts";
import { person } from "#db/schema/people.ts";
import { ruleSet } from "#db/schema/risk.ts";
import type { Language } from "../content/language.ts";
import { isCaseId, mayOpen } from "../cases/case.ts";
import { type Actor, allow, can } from "../people/permission.ts";
import { theRegister } from "../register/ai-system.server.ts";
import { type FactName, type Facts, describeFacts, factNames } from "../risk/facts.ts";
import type { Outcome } from "../risk/outcome.ts";
import { longestInLists, notSure } from "./answer.ts";
import { conditionsIn, namesIn, purposesIn, verdictIn } from "./answer-translation.ts";
import { answerWords } from "./answer-words.ts";
import { askBack } from "./ask-back.ts";
import { storedFailure } from "./model-failure.ts";
import { sharesOf } from "./share.server.ts";
import { isNewestTurn } from "./thread.server.ts";

export type Conversation = NonNullable<Awaited<ReturnType<typeof questionFor>>>;

/**
 * A question as its page shows it, in the language it was asked in: text, what was understood, verdict, answer, its case, the other turns of its thread
 * and a way to correct each fact. A colleague whom the asker lets in reads the answer alone. Null when there is none, or
 * it is not the actor's to read.
 */
export async function questionFor(db: Db, actor: Actor, questionId: string) {
  allow(actor, "question.read", { personId: actor.id });
  const found = await readable(db, actor, questionId);
  if (!found) return null;
  const { row, asker, shares } = found;
  const mine = row.personId === actor.id;
  const [rules] = await db.select({ body: ruleSet.body }).from(ruleSet).where(eq(ruleSet.hash, row.ruleSet));
  if (!rules) throw new Error(`the rule set of question ${row.id} is missing`);
  const register = await theRegister(db);
  const world = { rules: rules.body, context: { ...register, rules: rules.body.rules, groups: [] } };
  const { facts, verdict, answer, language } = row;
  const words = answerWords[language];
  const turns = await turnsOf(db, row.threadId);
  const first = turns.find((t) => t.id === row.threadId);
  const system = register.systems.find((s) => s.slug === verdict.systemSlug);
  const choices = { ...register, purposes: purposesIn(rules.body, language) };
  return {
    id: row.id,
    viewer: mine ? ("asker" as const) : ("colleague" as const),
    asker,
    watched: row.watched,
    /** Who else may read it; only the asker is told. */
    shares: mine ? shares : [],
    askedAt: row.askedAt,
    /** The whole of what was said in this turn. */
    said: row.text,
    masked: row.masked,
    /** How the thread began; in full where this turn is the first. */
    text: row.id === row.threadId ? row.text : (first?.text ?? row.text),
    thread: turns,
    turns: turns.filter((t) => t.id !== row.threadId),
    newestId: turns.at(-1)?.id ?? row.id,
    language,
    facts: describeFacts(facts, namesIn(world, language), words.facts),
    /** Purposes that the text may mean besides those found. */
    suspected: facts.suspected
      .filter((s) => !facts.purposes?.value.includes(s.purpose))
      .map((s) => ({ name: namesIn(world, language).purpose(s.purpose), words: s.words })),
    /** Tools with which the use is permitted where none was named. */
    tools: verdict.tools.map((slug) => ({ slug, name: namesIn(world, language).system(slug) })),
    unknown: factNames
      .filter((f) => facts[f] === null)
      .map((f) => ({ title: words.facts.titles[f], unsure: facts.unsure.includes(f) })),
    verdict: verdictIn(verdict, rules.body, language),
    /** Those of the register stand in the register's own words. */
    conditions: conditionsIn(verdict, rules.body, language),
    answer: {
      ...answer,
      reading: answer.reading && { ...answer.reading, failed: storedFailure(answer.reading.failed) },
    },
    phrased: row.phrased,
    system: system ? { slug: system.slug, name: system.name, status: system.status } : null,
    correction: mine ? askBack(factNames, facts, choices, words) : [],
    chosen: chosenIn(facts),
    case: mine && row.caseId ? await caseOf(db, row.caseId) : null,
    mayOpen: mine && row.caseId === null && mayOpen(verdict),
    contact: answer.contactId ? await contactOf(db, answer.contactId) : null,
  };
}

/** All turns of a thread, oldest first, each with the beginning of its text. */
function turnsOf(db: Db, threadId: string) {
  return db
    .select({
      id: question.id,
      text: beginning,
      askedAt: question.askedAt,
      outcome: sql<Outcome>`${question.verdict} ->> 'outcome'`,
    })
    .from(question)
    .where(eq(question.threadId, threadId))
    .orderBy(asc(question.askedAt), asc(question.id));
}

const beginning = sql<string>`left(${question.text}, ${longestInLists})`;

async function readable(db: Db, actor: Actor, questionId: string) {
  if (!isCaseId(questionId)) return null;
  const [found] = await db
    .select({ row: question, asker: person.name })
    .from(question)
    .innerJoin(person, eq(person.id, question.personId))
    .where(eq(question.id, questionId));
  if (!found) return null;
  const shares = await sharesOf(db, found.row.threadId);
  const { personId } = found.row;
  const sharedWith = shares.map((share) => share.personId);
  return can(actor, "question.read", { personId, sharedWith }) ? { ...found, shares } : null;
}

/** The facts as the values of their choices, to be preselected in a form. */
function chosenIn(facts: Facts): Record<FactName, string[]> {
  const values = factNames.map((fact) => {
    const known = facts[fact];
    return [fact, known ? [known.value].flat() : facts.unsure.includes(fact) ? [notSure] : []] as const;
  });
  return Object.fromEntries(values) as Record<FactName, string[]>;
}

async function caseOf(db: Db, id: string) {
  const [row] = await db
    .select({
      id: reviewCase.id,
      number: reviewCase.number,
      status: reviewCase.status,
      decision: reviewCase.decision,
      automatic: reviewCase.automatic,
      dueAt: reviewCase.dueAt,
    })
    .from(reviewCase)
    .where(eq(reviewCase.id, id));
  return row ?? null;
}

async function contactOf(db: Db, id: string) {
  const [row] = await db
    .select({ name: person.name, title: person.title, email: person.email })
    .from(person)
    .where(eq(person.id, id));
  return row ?? null;
}

export type PastQuestion = {
  id: string;
  text: string;
  language: Language;
  askedAt: Date;
  outcome: Outcome;
  caseId: string | null;
};

/** Questions on one page of the history. */
const pageSize = 20;

/** What of the history is shown: an empty value narrows nothing. */
export type HistoryFilter = { before?: Date | undefined; search?: string; outcome?: Outcome | "" };

/**
 * The actor's own questions, newest first: each thread once, by its latest turn; those that contain the text searched
 * for in any turn, however it is capitalised. `next` is the cursor of older ones.
 */
export async function myQuestions(
  db: Db,
  actor: Actor,
  { before, search = "", outcome = "" }: HistoryFilter,
): Promise<{ questions: PastQuestion[]; next: Date | null }> {
  allow(actor, "question.read", { personId: actor.id });
  const rows = await db
    .select({
      id: question.id,
      threadId: question.threadId,
      text: beginning,
      language: question.language,
      askedAt: question.askedAt,
      outcome: sql<Outcome>`${question.verdict} ->> 'outcome'`,
      caseId: question.caseId,
    })
    .from(question)
    .where(
      and(
        eq(question.personId, actor.id),
        before ? lt(question.askedAt, before) : undefined,
        search.trim() === "" ? undefined : saidInThread(db, search.trim()),
        outcome === "" ? undefined : sql`${question.verdict} ->> 'outcome' = ${outcome}`,
        isNewestTurn(db),
      ),
    )
    .orderBy(desc(question.askedAt), desc(question.id))
    .limit(pageSize + 1);
  const page = rows.slice(0, pageSize);
  const threads = page.map((r) => r.threadId);
  const firsts =
    threads.length > 0
      ? await db
          .select({ id: question.id, text: beginning })
          .from(question)
          .where(inArray(question.id, threads))
      : [];
  const questions = page.map((r) => ({
    id: r.id,
    text: firsts.find((f) => f.id === r.threadId)?.text ?? r.text,
    language: r.language,
    askedAt: r.askedAt,
    outcome: r.outcome,
    caseId: r.caseId,
  }));
  return { questions, next: rows.length > pageSize ? (page.at(-1)?.askedAt ?? null) : null };
}

/** Holds for threads in which a turn contains the text. */
function saidInThread(db: Db, search: string) {
  const turn = alias(question, "turn");
  return exists(
    db
      .select({ one: sql`1` })
      .from(turn)
      .where(
        and(eq(turn.threadId, question.threadId), ilike(turn.text, `%${search.replace(/[\\%_]/g, "\\$&")}%`)),
      ),
  );
}
