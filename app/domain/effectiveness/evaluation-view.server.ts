import { asc, desc, eq, inArray } from "drizzle-orm";
import type { Db } from "#db/client.server.ts";
import { requirement } from "#db/schema/competence.ts";
import {
  evaluation,
  evaluationCriterion,
  evaluationResult,
  evaluationVerdict,
} from "#db/schema/effectiveness.ts";
import { answer, attempt } from "#db/schema/learning.ts";
import { person } from "#db/schema/people.ts";
import { type Actor, allow, can } from "../people/permission.ts";
import { type Criterion, type EvaluationState, evaluationState, evaluationStates } from "./criterion.ts";
import type { CriterionRow } from "./evaluation.server.ts";
import { factsFor } from "./evaluation-facts.server.ts";
import { judgedBy } from "./evaluation-result.server.ts";
import type { Outcome } from "./outcome.ts";
import { type EvaluationFacts, type Result, resultOf, windowOf } from "./result.ts";
import { type ItemStatistics, itemStatistics, smallestGroup } from "./statistics.ts";
import { type ConcludeRefusal, mayConclude, type Verdict } from "./verdict.ts";

export type EvaluationLine = {
  id: string;
  number: number;
  criterion: Criterion;
  /** Title of the requirement. */
  requirement: string;
  state: EvaluationState;
  /** A version was fixed after the start. */
  late: boolean;
  evaluator: string;
  outcome: Outcome | null;
  verdict: Verdict | null;
};

/** All evaluations by their state, in it the next decision first and the newest verdict first. */
export async function evaluations(db: Db, actor: Actor, now: Date): Promise<EvaluationLine[]> {
  allow(actor, "effectiveness.read", {});
  const today = now.toISOString().slice(0, 10);
  const rows = await db
    .selectDistinctOn([evaluationCriterion.evaluationId], {
      id: evaluation.id,
      number: evaluation.number,
      row: evaluationCriterion,
      requirement: requirement.title,
      outcome: evaluationResult.outcome,
      verdict: evaluationVerdict.verdict,
    })
    .from(evaluationCriterion)
    .innerJoin(evaluation, eq(evaluation.id, evaluationCriterion.evaluationId))
    .innerJoin(requirement, eq(requirement.slug, evaluationCriterion.requirementSlug))
    .leftJoin(evaluationResult, eq(evaluationResult.evaluationId, evaluation.id))
    .leftJoin(evaluationVerdict, eq(evaluationVerdict.evaluationId, evaluation.id))
    .orderBy(evaluationCriterion.evaluationId, desc(evaluationCriterion.version));
  const names = await namesOf(
    db,
    rows.map((one) => one.row.body.evaluatorId),
  );
  return rows
    .map(({ row, verdict, ...one }) => ({
      ...one,
      verdict,
      criterion: row.body,
      late: row.afterStart,
      evaluator: names(row.body.evaluatorId),
      state: evaluationState({ ...row.body, lockedAt: row.lockedAt, decided: verdict !== null }, today),
    }))
    .toSorted(
      (a, b) =>
        evaluationStates.indexOf(a.state) - evaluationStates.indexOf(b.state) ||
        (a.state === "decided" ? -1 : 1) * (a.criterion.decisionOn < b.criterion.decisionOn ? -1 : 1) ||
        a.number - b.number,
    );
}

export type EvaluationFile = {
  id: string;
  number: number;
  state: EvaluationState;
  requirement: string;
  criterion: Criterion;
  evaluator: string;
  /** Oldest first. */
  versions: (Pick<CriterionRow, "version" | "reason" | "writtenAt" | "lockedAt" | "sha256" | "afterStart"> & {
    author: string;
  })[];
  late: boolean;
  /** How many people have taken what so far: all that is shown before the result. */
  flow: Result["flow"];
  /** `again`: whether the same facts still give the same result. */
  result: { body: Result; computedAt: Date; version: number; again: boolean } | null;
  /** The items of the first assessments in the window, once there is a result; those asked of few are left out. */
  items: ItemStatistics[];
  verdict:
    (typeof evaluationVerdict.$inferSelect & { evaluator: string; followUpOwner: string | null }) | null;
  mayWrite: boolean;
  /** Why the reader may not conclude; true where they may; null where it is not theirs to. */
  concluding: true | ConcludeRefusal | null;
};

/** An evaluation with all that is known of it to the reader; null where there is none. */
export async function evaluationFile(
  db: Db,
  actor: Actor,
  id: string,
  now: Date,
): Promise<EvaluationFile | null> {
  allow(actor, "effectiveness.read", {});
  const rows = await db
    .select({ number: evaluation.number, row: evaluationCriterion, requirement: requirement.title })
    .from(evaluationCriterion)
    .innerJoin(evaluation, eq(evaluation.id, evaluationCriterion.evaluationId))
    .innerJoin(requirement, eq(requirement.slug, evaluationCriterion.requirementSlug))
    .where(eq(evaluation.id, id))
    .orderBy(asc(evaluationCriterion.version));
  const newest = rows.at(-1);
  if (!newest) return null;
  const criterion = newest.row.body;
  const [result] = await db.select().from(evaluationResult).where(eq(evaluationResult.evaluationId, id));
  const [verdict] = await db.select().from(evaluationVerdict).where(eq(evaluationVerdict.evaluationId, id));
  const names = await namesOf(db, [
    criterion.evaluatorId,
    ...rows.map((one) => one.row.authorId),
    ...(verdict ? [verdict.evaluatorId, verdict.followUpOwnerId ?? ""] : []),
  ]);
  const facts = await factsFor(db, criterion);
  const live = resultOf(criterion, facts);
  const today = now.toISOString().slice(0, 10);
  const owner = verdict?.followUpOwnerId ?? null;
  return {
    id,
    number: newest.number,
    state: evaluationState(
      { ...criterion, lockedAt: newest.row.lockedAt, decided: verdict !== undefined },
      today,
    ),
    requirement: newest.requirement,
    criterion,
    evaluator: names(criterion.evaluatorId),
    versions: rows.map(({ row }) => ({
      version: row.version,
      reason: row.reason,
      writtenAt: row.writtenAt,
      lockedAt: row.lockedAt,
      sha256: row.sha256,
      afterStart: row.afterStart,
      author: names(row.authorId),
    })),
    late: newest.row.afterStart,
    flow: result?.body.flow ?? live.flow,
    result: result
      ? {
          body: result.body,
          computedAt: result.computedAt,
          version: result.criterionVersion,
          again: live.data.sha256 === result.body.data.sha256,
        }
      : null,
    items: result ? await itemsOf(db, criterion, facts) : [],
    verdict: verdict
      ? {
          ...verdict,
          evaluator: names(verdict.evaluatorId),
          followUpOwner: owner === null ? null : names(owner),
        }
      : null,
    mayWrite: can(actor, "effectiveness.manage") && result === undefined,
    concluding: await concludingFor(db, actor, id, today),
  };
}

async function concludingFor(
  db: Db,
  actor: Actor,
  id: string,
  today: string,
): Promise<EvaluationFile["concluding"]> {
  if (!can(actor, "effectiveness.conclude")) return null;
  const allowed = mayConclude(actor.id, await judgedBy(db, id, today), "not_determinable");
  return allowed.ok ? true : allowed.reason;
}

async function itemsOf(db: Db, criterion: Criterion, facts: EvaluationFacts): Promise<ItemStatistics[]> {
  const { from } = windowOf(criterion);
  const ids = facts.attempts
    .filter((one) => one.submittedAt >= from && (one.kind === "assessment" || one.kind === "refresher"))
    .map((one) => one.id);
  if (ids.length === 0) return [];
  const forms = await db
    .select({ id: attempt.id, form: attempt.form })
    .from(attempt)
    .where(inArray(attempt.id, ids));
  const marks = await db
    .select({ attemptId: answer.attemptId, position: answer.position, score: answer.score })
    .from(answer)
    .where(inArray(answer.attemptId, ids));
  const scores = new Map(marks.map((one) => [`${one.attemptId}/${one.position}`, one.score ?? 0]));
  return itemStatistics(
    forms.map(({ id, form }) =>
      form.items.map((entry, i) => ({ item: entry.item, score: scores.get(`${id}/${i}`) ?? 0 })),
    ),
  ).filter((one) => one.n >= smallestGroup);
}

async function namesOf(db: Db, ids: readonly string[]): Promise<(id: string) => string> {
  const wanted = [...new Set(ids)].filter((id) => id !== "");
  if (wanted.length === 0) return (id) => id;
  const rows = await db
    .select({ id: person.id, name: person.name })
    .from(person)
    .where(inArray(person.id, wanted));
  const known = new Map(rows.map((row) => [row.id, row.name]));
  return (id) => known.get(id) ?? id;
}
