import { asc, eq } from "drizzle-orm";
import { randomUUID } from "node:crypto";
import type { Db } from "#db/client.server.ts";
import { question } from "#db/schema/assistant.ts";
import type { AuditEntry } from "../audit/event.ts";
import { recordEvents } from "../audit/event.server.ts";
import { isCaseId, mayOpen, opensByPolicy } from "../cases/case.ts";
import { openCase } from "../cases/case.server.ts";
import { recordStatements, statementContext } from "../evidence/statement.server.ts";
import {
  activityTypes,
  buildStatement,
  profile,
  type Statement,
  statementId,
} from "../evidence/statement.ts";
import { type Actor, allow } from "../people/permission.ts";
import { describeFacts } from "../risk/facts.ts";
import { type Verdict, judge } from "../risk/verdict.ts";
import { aboutRules } from "./about-rules.server.ts";
import { excerpt, longestQuestion, longestTitle } from "./answer.ts";
import { answerTo } from "./answer.server.ts";
import { namesIn } from "./answer-translation.ts";
import { answerWords } from "./answer-words.ts";
import { type ChosenFacts, withChoices } from "./ask-back.ts";
import type { Language } from "../content/language.ts";
import { languageOf } from "./language-detection.ts";
import { maskedMessage } from "./known-name.server.ts";
import { maskedIn } from "./masking.ts";
import { type Readers, type Reading, type World, readQuestion, worldOf } from "./reading.server.ts";

export type QuestionRow = typeof question.$inferSelect;

export type Asked =
  { ok: true; questionId: string } | { ok: false; reason: "empty" | "too_long" | "unknown_choice" };

/**
 * Judges a question by the rules in force and stores it with facts, verdict, quoted clauses and the rules that judged
 * it. The text is masked before anything else. Where policy says so (`automaticCases`) a case is opened with it.
 */
export async function ask(
  db: Db,
  actor: Actor,
  input: { text: string },
  deps: Readers,
  now: Date,
): Promise<Asked> {
  allow(actor, "question.ask", { personId: actor.id });
  if (input.text.length > longestQuestion) return { ok: false, reason: "too_long" };
  const world = await worldOf(db, actor, now);
  const text = await maskedMessage(db, input.text, world.context.systems);
  if (text === "") return { ok: false, reason: "empty" };
  // A model takes seconds: it is asked before the transaction begins.
  const reading = await readQuestion({ text }, deps, world);
  const id = randomUUID();
  const turn = { id, threadId: id, text, title: text, language: languageOf(text), watched: true };
  return settle(db, actor, { ...turn, ...reading }, world, now, deps);
}

/**
 * A further turn of a question: the asker's own choices for facts that were missing or misread. Null when the question
 * is not the actor's; `unknown_choice` when nothing was chosen, or a value is on no list.
 */
export async function answerBack(
  db: Db,
  actor: Actor,
  input: { questionId: string; chosen: ChosenFacts },
  now: Date,
  deps: Searching = {},
): Promise<Asked | null> {
  allow(actor, "question.ask", { personId: actor.id });
  const before = await ownQuestion(db, actor, input.questionId);
  if (!before) return null;
  const world = await worldOf(db, actor, now);
  const choices = { ...world.context, purposes: world.rules.purposes };
  const facts = withChoices(before.facts, input.chosen, choices);
  if (!facts) return { ok: false, reason: "unknown_choice" };
  const [first] = await db
    .select({ text: question.text })
    .from(question)
    .where(eq(question.id, before.threadId));
  const said = { ...facts, unsure: [] };
  const { language } = before;
  const words = answerWords[language];
  const turn = {
    id: randomUUID(),
    threadId: before.threadId,
    watched: before.watched,
    language,
    text: describeFacts(said, namesIn(world, language), words.facts)
      .filter((f) => f.fact in input.chosen)
      .map((f) => `${f.title}: ${f.value}`)
      .join(" · "),
    title: first?.text ?? before.text,
  };
  const reading: Reading = { facts, suggestions: {}, reading: null };
  return settle(db, actor, { ...turn, text: turn.text || words.turns.notSure, ...reading }, world, now, deps);
}

/**
 * A further turn with the same facts, judged by the rules, register and policies of now: for an answer that has changed.
 * Null when the question is not the actor's; `superseded` when a later turn of its thread is there.
 */
export async function judgeAgain(
  db: Db,
  actor: Actor,
  input: { questionId: string },
  now: Date,
  deps: Searching = {},
): Promise<Asked | { ok: false; reason: "superseded" } | null> {
  allow(actor, "question.ask", { personId: actor.id });
  const before = await ownQuestion(db, actor, input.questionId);
  if (!before) return null;
  const { threadId, facts, watched, language } = before;
  const turns = await db
    .select({ id: question.id, text: question.text })
    .from(question)
    .where(eq(question.threadId, threadId))
    .orderBy(asc(question.askedAt), asc(question.id));
  if (turns.at(-1)?.id !== before.id) return { ok: false, reason: "superseded" };
  const title = turns.find((turn) => turn.id === threadId)?.text ?? before.text;
  const text = answerWords[language].turns.judgedAgain;
  const turn = { id: randomUUID(), threadId, text, title, language, watched };
  const reading: Reading = { facts, suggestions: {}, reading: null };
  return settle(db, actor, { ...turn, ...reading }, await worldOf(db, actor, now), now, deps);
}

/** A question to be settled: as read or chosen, in its thread. */
export type Turn = Reading & {
  id: string;
  threadId: string;
  text: string;
  title: string;
  /** Of the thread's first question: the choices of later turns are no text to tell it by. */
  language: Language;
  watched: boolean;
};

/** What helps to find passages, where it is at hand. */
export type Searching = Pick<Readers, "embedding">;

/** Judges a turn, answers it and stores both, with a case where policy opens one. */
export async function settle(
  db: Db,
  actor: Actor,
  turn: Turn,
  world: World,
  now: Date,
  { embedding }: Searching = {},
): Promise<Asked> {
  const title = excerpt(turn.title, longestTitle);
  const judged = judge(turn.facts, world.context, world.today);
  // A model behind an endpoint takes its time: the search is over before the transaction begins.
  const { verdict, sources } = await aboutRules(db, judged, title, world, embedding);
  return db.transaction(async (tx) => {
    const { id, threadId, text, language, facts } = turn;
    const automatic = opensByPolicy(verdict, world.rules);
    const opened = automatic
      ? await openCase(tx, { requesterId: actor.id, questionId: id, title, facts, verdict, automatic }, now)
      : null;
    await tx.insert(question).values({
      id,
      threadId,
      personId: actor.id,
      askedAt: now,
      text,
      language,
      masked: maskedIn(text),
      facts,
      verdict,
      answer: await answerTo(tx, { ...turn, title }, verdict, automatic, world, sources),
      ruleSet: world.ruleSet,
      caseId: opened?.caseId ?? null,
      watched: turn.watched,
    });
    const statements = await statementsOf(tx, actor, turn, verdict, world, now);
    await recordStatements(tx, [...statements, ...(opened?.statements ?? [])], now);
    const { outcome, riskClass } = verdict;
    const asked: AuditEntry = {
      type: "question.asked",
      subjectType: "question",
      subjectId: id,
      data: { personId: actor.id, outcome, riskClass },
    };
    await recordEvents(tx, actor, [asked, ...(opened?.entries ?? [])], now);
    return { ok: true, questionId: id };
  });
}

/** That something was asked, and flagged where the risk is high; the question's words stay out of the statement store. */
async function statementsOf(
  tx: Db,
  actor: Actor,
  turn: Turn,
  verdict: Verdict,
  world: World,
  now: Date,
): Promise<Statement[]> {
  const who = await statementContext(tx, actor.id);
  const extension = (name: string): string => `${profile}/extensions/${name}`;
  const about = {
    at: now,
    object: {
      path: ["questions", turn.id],
      type: activityTypes.question,
      name: "Question about a use of AI",
    },
    registration: turn.id,
    extensions: {
      [extension("outcome")]: verdict.outcome,
      [extension("risk-class")]: verdict.riskClass,
      [extension("rules")]: verdict.findings.map((f) => f.rule),
      [extension("rule-set")]: world.ruleSet,
    },
  };
  const grave = verdict.riskClass === "high_risk" || verdict.riskClass === "prohibited";
  return (["asked", ...(grave ? (["flagged"] as const) : [])] as const).map((verb) =>
    buildStatement(who, { ...about, id: statementId(turn.id, verb), verb }),
  );
}

/**
 * Brings a question before a reviewer with the asker's consent. Answers the case, also when there is one already; null
 * when the question is not the actor's; `nothing_to_decide` when the use is permitted, prohibited, or there is none.
 */
export async function openCaseFor(
  db: Db,
  actor: Actor,
  input: { questionId: string },
  now: Date,
): Promise<{ ok: true; caseId: string } | { ok: false; reason: "nothing_to_decide" } | null> {
  return db.transaction(async (tx) => {
    const about = await ownQuestion(tx, actor, input.questionId, true);
    if (!about) return null;
    allow(actor, "case.open", { personId: about.personId });
    if (about.caseId) return { ok: true, caseId: about.caseId } as const;
    if (!mayOpen(about.verdict)) return { ok: false, reason: "nothing_to_decide" } as const;
    const [first] = await tx
      .select({ text: question.text })
      .from(question)
      .where(eq(question.id, about.threadId));
    const { facts, verdict } = about;
    const opened = await openCase(
      tx,
      {
        requesterId: actor.id,
        questionId: about.id,
        title: excerpt(first?.text ?? about.text, longestTitle),
        facts,
        verdict,
        automatic: false,
      },
      now,
    );
    await tx.update(question).set({ caseId: opened.caseId }).where(eq(question.id, about.id));
    await recordStatements(tx, opened.statements, now);
    await recordEvents(tx, actor, opened.entries, now);
    return { ok: true, caseId: opened.caseId } as const;
  });
}

/** A question of the actor's own, or null: what others asked is not theirs to know. */
export async function ownQuestion(
  db: Db,
  actor: Actor,
  questionId: string,
  lock = false,
): Promise<QuestionRow | null> {
  if (!isCaseId(questionId)) return null;
  const query = db.select().from(question).where(eq(question.id, questionId));
  const [row] = await (lock ? query.for("update") : query);
  return row?.personId === actor.id ? row : null;
}
