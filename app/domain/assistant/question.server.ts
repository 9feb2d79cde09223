import { eq } from "drizzle-orm";
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
import { purposeName } from "../risk/rule-set.ts";
import { type Verdict, judge } from "../risk/verdict.ts";
import { type Model, longestQuestion } from "./answer.ts";
import { answerTo } from "./answer.server.ts";
import { type ChosenFacts, withChoices } from "./ask-back.ts";
import { masked, maskedIn } from "./masking.ts";
import { type Reading, type World, readQuestion, worldOf } from "./reading.server.ts";

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
  deps: { model: Pick<Model, "name" | "extract"> | null },
  now: Date,
): Promise<Asked> {
  allow(actor, "question.ask", { personId: actor.id });
  if (input.text.length > longestQuestion) return { ok: false, reason: "too_long" };
  const text = masked(input.text.replaceAll("\0", "").trim());
  if (text === "") return { ok: false, reason: "empty" };
  const world = await worldOf(db, actor, now);
  // A model takes seconds: it is asked before the transaction begins.
  const reading = await readQuestion(text, deps.model, world);
  const id = randomUUID();
  return settle(db, actor, { id, threadId: id, text, title: text, ...reading }, world, now);
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
  const turn = {
    id: randomUUID(),
    threadId: before.threadId,
    text: describeFacts(said, namesIn(world))
      .filter((f) => f.fact in input.chosen)
      .map((f) => `${f.title}: ${f.value}`)
      .join(" · "),
    title: first?.text ?? before.text,
  };
  const reading: Reading = { facts, suggestions: {}, reading: null };
  return settle(db, actor, { ...turn, text: turn.text || "Not sure", ...reading }, world, now);
}

type Turn = Reading & { id: string; threadId: string; text: string; title: string };

function settle(db: Db, actor: Actor, turn: Turn, world: World, now: Date): Promise<Asked> {
  return db.transaction(async (tx) => {
    const { id, threadId, text, facts } = turn;
    const verdict = judge(facts, world.context, world.today);
    const automatic = opensByPolicy(verdict, world.rules);
    const opened = automatic
      ? await openCase(
          tx,
          { requesterId: actor.id, questionId: id, title: turn.title, facts, verdict, automatic },
          now,
        )
      : null;
    await tx.insert(question).values({
      id,
      threadId,
      personId: actor.id,
      askedAt: now,
      text,
      language: "en",
      masked: maskedIn(text),
      facts,
      verdict,
      answer: await answerTo(tx, turn, verdict, automatic, world),
      ruleSet: world.ruleSet,
      caseId: opened?.caseId ?? null,
      watched: true,
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
 * when the question is not the actor's; `cleared` when the use is permitted and there is nothing to decide.
 */
export async function openCaseFor(
  db: Db,
  actor: Actor,
  input: { questionId: string },
  now: Date,
): Promise<{ ok: true; caseId: string } | { ok: false; reason: "cleared" } | null> {
  return db.transaction(async (tx) => {
    const about = await ownQuestion(tx, actor, input.questionId, true);
    if (!about) return null;
    allow(actor, "case.open", { personId: about.personId });
    if (about.caseId) return { ok: true, caseId: about.caseId } as const;
    if (!mayOpen(about.verdict)) return { ok: false, reason: "cleared" } as const;
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
        title: first?.text ?? about.text,
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

/** Names of tools and purposes as people read them. */
export function namesIn(world: Pick<World, "context" | "rules">): Parameters<typeof describeFacts>[1] {
  return {
    system: (slug) => world.context.systems.find((s) => s.slug === slug)?.name ?? slug,
    purpose: (slug) => purposeName(world.rules.purposes, slug),
  };
}
