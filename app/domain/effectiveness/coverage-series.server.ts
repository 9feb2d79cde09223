import { and, eq, inArray, type SQL, sql } from "drizzle-orm";
import type { Db } from "#db/client.server.ts";
import { period, requirement } from "#db/schema/competence.ts";
import { person } from "#db/schema/people.ts";
import { momentSql } from "../competence/board-state.server.ts";
import type { StateCounts } from "../competence/board.ts";
import { type Cohort, endingUntil, statesAt } from "../competence/cohort.ts";
import { cohortsOf } from "../competence/cohort.server.ts";

// For any date, from stored facts. What the rules asked of whom is stored with the periods: where they stopped to ask, the
// period has an end.

/** Which people and requirements are counted; all where left out. */
export type CoverageScope = { people?: SQL | undefined; requirements?: readonly string[] };

/** Cohorts as seen at some moments, which are put in order, each once. */
async function seenAt(
  db: Db,
  scope: CoverageScope,
  moments: readonly Date[],
): Promise<{ cohorts: Cohort[]; inOrder: Date[]; placeIn: (moment: Date) => number }> {
  const times = [...new Set(moments.map((one) => one.getTime()))].toSorted((a, b) => a - b);
  const inOrder = times.map((time) => new Date(time));
  const all = async (): Promise<string[]> =>
    (await db.select({ slug: requirement.slug }).from(requirement)).map((row) => row.slug);
  const slugs = scope.requirements ?? (await all());
  const cohorts = await cohortsOf(db, slugs, { matching: scope.people }, inOrder);
  return { cohorts, inOrder, placeIn: (moment) => times.indexOf(moment.getTime()) };
}

type Expiring = { days: number; count: number }[];

/**
 * For each requirement how many stood in each state at each of the moments, in the order of the moments; and of those who
 * were competent at one moment, how many competences end within each number of days after it, unless they are renewed.
 * One statement reads both.
 */
export async function coverageAndExpiring(
  db: Db,
  scope: CoverageScope,
  moments: readonly Date[],
  { at, days }: { at: Date; days: readonly number[] },
): Promise<{ states: Map<string, StateCounts[]>; expiring: Expiring }> {
  const ends = days.map((limit) => new Date(at.getTime() + limit * 86_400_000));
  const { cohorts, inOrder, placeIn } = await seenAt(db, scope, [...moments, at, ...ends]);
  const ending = endingUntil(cohorts, ends.map(placeIn), placeIn(at));
  const states = [...statesAt(cohorts, inOrder)].map(([slug, counts]): [string, StateCounts[]] => [
    slug,
    moments.flatMap((moment) => counts[placeIn(moment)] ?? []),
  ]);
  return {
    states: new Map(states),
    expiring: days.map((limit, i) => ({ days: limit, count: ending[i] ?? 0 })),
  };
}

/** The states alone. */
export async function coverageAt(
  db: Db,
  scope: CoverageScope,
  moments: readonly Date[],
): Promise<Map<string, StateCounts[]>> {
  const [at] = moments;
  if (!at) return new Map();
  return (await coverageAndExpiring(db, scope, moments, { at, days: [] })).states;
}

/** What expires alone. */
export async function expiringWithin(
  db: Db,
  scope: CoverageScope,
  at: Date,
  days: readonly number[],
): Promise<Expiring> {
  return (await coverageAndExpiring(db, scope, [], { at, days })).expiring;
}

/** Of the people whom one of the requirements asks at a moment: how many there are, and of how many a condition holds. */
export async function peopleAsked(
  db: Db,
  requirements: readonly string[],
  at: Date,
  holds: SQL,
): Promise<{ people: number; holding: number }> {
  if (requirements.length === 0) return { people: 0, holding: 0 };
  const moment = momentSql(at);
  // Where several of one requirement have begun and not ended, one of them stands: which one does not matter here.
  const asked = db
    .select({ one: sql`1` })
    .from(period)
    .where(
      and(
        eq(period.personId, person.id),
        inArray(period.requirementSlug, [...requirements]),
        sql`${period.assignedAt} <= ${moment}`,
        sql`(${period.supersededAt} is null or ${period.supersededAt} > ${moment})`,
        sql`(${period.endedAt} is null or ${period.endedAt} > ${moment})`,
      ),
    );
  const [row] = await db
    .select({
      people: sql<number>`count(*)::int`,
      holding: sql<number>`count(*) filter (where ${holds})::int`,
    })
    .from(person)
    .where(sql`exists ${asked}`);
  return row ?? { people: 0, holding: 0 };
}
