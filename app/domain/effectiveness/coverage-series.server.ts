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

async function cohortsIn(db: Db, scope: CoverageScope, moments: readonly Date[]): Promise<Cohort[]> {
  const all = async (): Promise<string[]> =>
    (await db.select({ slug: requirement.slug }).from(requirement)).map((row) => row.slug);
  return cohortsOf(db, scope.requirements ?? (await all()), { matching: scope.people }, moments);
}

/** For each requirement how many stood in each state at each of the moments, in the order of the moments. */
export async function coverageAt(
  db: Db,
  scope: CoverageScope,
  moments: readonly Date[],
): Promise<Map<string, StateCounts[]>> {
  const times = [...new Set(moments.map((one) => one.getTime()))].toSorted((a, b) => a - b);
  const inOrder = times.map((time) => new Date(time));
  const states = statesAt(await cohortsIn(db, scope, inOrder), inOrder);
  const places = moments.map((one) => times.indexOf(one.getTime()));
  return new Map([...states].map(([slug, counts]) => [slug, places.flatMap((place) => counts[place] ?? [])]));
}

/** How many competences that stand at a moment end within each number of days after it, unless they are renewed. */
export async function expiringWithin(
  db: Db,
  scope: CoverageScope,
  at: Date,
  days: readonly number[],
): Promise<{ days: number; count: number }[]> {
  const limits = days.toSorted((a, b) => a - b);
  const moments = [at, ...limits.map((limit) => new Date(at.getTime() + limit * 86_400_000))];
  const cohorts = await cohortsIn(db, scope, moments);
  return days.map((limit) => {
    const [count = 0] = endingUntil(cohorts, [limits.indexOf(limit) + 1], 0);
    return { days: limit, count };
  });
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
