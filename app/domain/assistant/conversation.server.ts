import { and, asc, desc, eq, inArray, lt, ne, notExists, or, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import type { Db } from "#db/client.server.ts";
import { question } from "#db/schema/assistant.ts";
import { reviewCase } from "#db/schema/cases.ts";
import { person } from "#db/schema/people.ts";
import { ruleSet } from "#db/schema/risk.ts";
import { mayOpen } from "../cases/case.ts";
import { type Actor, allow } from "../people/permission.ts";
import { theRegister } from "../register/ai-system.server.ts";
import { type FactName, type Facts, describeFacts, factNames, factTitles } from "../risk/facts.ts";
import type { Outcome } from "../risk/outcome.ts";
import { notSure } from "./answer.ts";
import { askBack } from "./ask-back.ts";
import { namesIn, ownQuestion } from "./question.server.ts";

export type Conversation = NonNullable<Awaited<ReturnType<typeof questionFor>>>;

/**
 * A question of the actor's own as its page shows it: text, what was understood, verdict, answer, its case, the other
 * turns of its thread and a way to correct each fact. Null when there is none, or it is somebody else's.
 */
export async function questionFor(db: Db, actor: Actor, questionId: string) {
  allow(actor, "question.read", { personId: actor.id });
  const row = await ownQuestion(db, actor, questionId);
  if (!row) return null;
  const [rules] = await db.select({ body: ruleSet.body }).from(ruleSet).where(eq(ruleSet.hash, row.ruleSet));
  if (!rules) throw new Error(`the rule set of question ${row.id} is missing`);
  const register = await theRegister(db);
  const world = { rules: rules.body, context: { ...register, rules: rules.body.rules, groups: [] } };
  const { facts, verdict, answer } = row;
  const turns = await db
    .select({ id: question.id, text: question.text, askedAt: question.askedAt })
    .from(question)
    .where(eq(question.threadId, row.threadId))
    .orderBy(asc(question.askedAt), asc(question.id));
  const system = register.systems.find((s) => s.slug === verdict.systemSlug);
  const choices = { ...register, purposes: rules.body.purposes };
  return {
    id: row.id,
    askedAt: row.askedAt,
    text: turns.find((t) => t.id === row.threadId)?.text ?? row.text,
    turns: turns.filter((t) => t.id !== row.threadId),
    newestId: turns.at(-1)?.id ?? row.id,
    facts: describeFacts(facts, namesIn(world)),
    unknown: factNames
      .filter((f) => facts[f] === null)
      .map((f) => ({ title: factTitles[f], unsure: facts.unsure.includes(f) })),
    verdict,
    answer,
    phrased: row.phrased,
    system: system ? { slug: system.slug, name: system.name, status: system.status } : null,
    correction: askBack(factNames, facts, choices),
    chosen: chosenIn(facts),
    case: row.caseId ? await caseOf(db, row.caseId) : null,
    mayOpen: row.caseId === null && mayOpen(verdict),
    contact: answer.contactId ? await contactOf(db, answer.contactId) : null,
  };
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
  askedAt: Date;
  outcome: Outcome;
  caseId: string | null;
};

/** Questions on one page of the history. */
const pageSize = 20;

/** The actor's own questions, newest first: each thread once, by its latest turn. `next` is the cursor of older ones. */
export async function myQuestions(
  db: Db,
  actor: Actor,
  input: { before?: Date | undefined },
): Promise<{ questions: PastQuestion[]; next: Date | null }> {
  allow(actor, "question.read", { personId: actor.id });
  const later = alias(question, "later");
  const laterTurn = db
    .select({ one: sql`1` })
    .from(later)
    .where(
      and(
        eq(later.threadId, question.threadId),
        ne(later.id, question.id),
        or(
          sql`${later.askedAt} > ${question.askedAt}`,
          and(eq(later.askedAt, question.askedAt), sql`${later.id} > ${question.id}`),
        ),
      ),
    );
  const rows = await db
    .select()
    .from(question)
    .where(
      and(
        eq(question.personId, actor.id),
        input.before ? lt(question.askedAt, input.before) : undefined,
        notExists(laterTurn),
      ),
    )
    .orderBy(desc(question.askedAt), desc(question.id))
    .limit(pageSize + 1);
  const page = rows.slice(0, pageSize);
  const threads = page.map((r) => r.threadId);
  const firsts =
    threads.length > 0
      ? await db
          .select({ id: question.id, text: question.text })
          .from(question)
          .where(inArray(question.id, threads))
      : [];
  const questions = page.map((r) => ({
    id: r.id,
    text: firsts.find((f) => f.id === r.threadId)?.text ?? r.text,
    askedAt: r.askedAt,
    outcome: r.verdict.outcome,
    caseId: r.caseId,
  }));
  return { questions, next: rows.length > pageSize ? (page.at(-1)?.askedAt ?? null) : null };
}
