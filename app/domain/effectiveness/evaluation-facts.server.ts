import {
  and,
  arrayOverlaps,
  avg,
  eq,
  gt,
  gte,
  inArray,
  isNotNull,
  isNull,
  lt,
  or,
  type SQL,
} from "drizzle-orm";
import type { Db } from "#db/client.server.ts";
import { period } from "#db/schema/competence.ts";
import { concern } from "#db/schema/concerns.ts";
import { attempt, practice, practiceAnswer } from "#db/schema/learning.ts";
import { person } from "#db/schema/people.ts";
import { periodState, standing } from "../competence/assignment.ts";
import { waiversOf } from "../competence/board-row.server.ts";
import { peopleAsOf } from "../people/person-version.server.ts";
import type { Criterion, Measure } from "./criterion.ts";
import { type EvaluationFacts, windowOf } from "./result.ts";

/**
 * The stored facts that a criterion is about, as they were when the decision date began, with the departments and audiences
 * that were known then.
 */
export async function factsFor(db: Db, criterion: Criterion): Promise<EvaluationFacts> {
  const { from, until } = windowOf(criterion);
  const { measure } = criterion;
  const rows = await db
    .select({ period, department: person.department, leftOn: person.leftOn })
    .from(period)
    .innerJoin(peopleOf(criterion), eq(person.id, period.personId))
    .where(aboutOf(criterion))
    .orderBy(period.personId, period.number);
  const people = new Map(rows.map((row) => [row.period.personId, row.department]));
  return {
    people: [...people].map(([id, department]) => ({ id, department })),
    attempts: measure === "concern_rate" ? [] : await attemptsOf(db, criterion),
    standings: measure === "overdue_share" ? await standingsOf(db, rows, until) : [],
    concerns: measure === "concern_rate" ? await concernsIn(db, from, until) : [],
    practices: byAttempts(measure) ? await practicesOf(db, criterion) : [],
  };
}

/** People as they were known when the decision date began. */
function peopleOf(criterion: Criterion): typeof person {
  const at = new Date(windowOf(criterion).until.getTime() - 1);
  return peopleAsOf({ day: at.toISOString().slice(0, 10), at, known: "then" });
}

/** The periods a criterion is about, with their people. */
function aboutOf(criterion: Criterion): SQL | undefined {
  const { audiences, departments, measure, startsOn } = criterion;
  return and(
    // Concerns are the organisation's: see `measureDefinitions`.
    measure === "concern_rate" ? undefined : eq(period.requirementSlug, criterion.requirement),
    lt(period.assignedAt, windowOf(criterion).until),
    or(isNull(person.leftOn), gt(person.leftOn, startsOn)),
    audiences.length > 0 ? arrayOverlaps(person.audiences, audiences) : undefined,
    departments.length > 0 ? inArray(person.department, departments) : undefined,
  );
}

async function attemptsOf(db: Db, criterion: Criterion): Promise<EvaluationFacts["attempts"]> {
  const { id, personId, registration, kind, score, passed, submittedAt } = attempt;
  const rows = await db
    .select({ id, personId, registration, kind, score, passed, submittedAt })
    .from(attempt)
    .innerJoin(period, eq(period.id, registration))
    .innerJoin(peopleOf(criterion), eq(person.id, period.personId))
    .where(and(aboutOf(criterion), isNotNull(submittedAt), lt(submittedAt, windowOf(criterion).until)))
    .orderBy(submittedAt, id);
  return rows.flatMap((row) =>
    row.submittedAt === null ? [] : [{ ...row, score: row.score ?? 0, submittedAt: row.submittedAt }],
  );
}

/** Whether a measure is about what people answered. */
const byAttempts = (measure: Measure): boolean => measure !== "overdue_share" && measure !== "concern_rate";

async function practicesOf(db: Db, criterion: Criterion): Promise<EvaluationFacts["practices"]> {
  const { id, personId, day, completedAt } = practice;
  const rows = await db
    .select({ personId, day, completedAt, score: avg(practiceAnswer.score).mapWith(Number) })
    .from(practice)
    .innerJoin(practiceAnswer, eq(practiceAnswer.practiceId, id))
    .innerJoin(period, eq(period.id, practice.registration))
    .innerJoin(peopleOf(criterion), eq(person.id, period.personId))
    .where(and(aboutOf(criterion), isNotNull(completedAt), lt(completedAt, windowOf(criterion).until)))
    .groupBy(id)
    .orderBy(completedAt, id);
  return rows.flatMap(({ completedAt: at, ...row }) => (at === null ? [] : [{ ...row, completedAt: at }]));
}

async function standingsOf(
  db: Db,
  rows: readonly { period: typeof period.$inferSelect; leftOn: string | null }[],
  at: Date,
): Promise<EvaluationFacts["standings"]> {
  const day = at.toISOString().slice(0, 10);
  const by = new Map<string, (typeof period.$inferSelect)[]>();
  for (const { period: one, leftOn } of rows)
    if (leftOn === null || leftOn > day) by.set(one.personId, [...(by.get(one.personId) ?? []), one]);
  const waivers = await waiversOf(
    db,
    [...by.values()].flat().map((one) => one.id),
  );
  return [...by].flatMap(([personId, periods]) => {
    const stands = standing(periods, at);
    return stands ? [{ personId, state: periodState(stands, waivers.get(stands.id) ?? [], at) }] : [];
  });
}

async function concernsIn(db: Db, from: Date, until: Date): Promise<string[]> {
  const rows = await db
    .select({ id: concern.id })
    .from(concern)
    .where(and(gte(concern.at, from), lt(concern.at, until)))
    .orderBy(concern.id);
  return rows.map((row) => row.id);
}

/** How many facts of the measure there are since the start: what somebody could have looked at. */
export function factsSinceStart(criterion: Criterion, facts: EvaluationFacts): number {
  const { from } = windowOf(criterion);
  if (criterion.measure === "concern_rate") return facts.concerns.length;
  return facts.attempts.filter((one) => one.submittedAt >= from).length;
}
