import { and, count, eq, inArray, type SQL, sql } from "drizzle-orm";
import type { Db } from "#db/client.server.ts";
import { period, requirement } from "#db/schema/competence.ts";
import { person } from "#db/schema/people.ts";
import { type StateCounts, stateCounts } from "../competence/board.ts";
import type { PeriodState } from "../competence/period-state.ts";

// Everything that restates `standing` and `periodState` for any date stands in this file; the parity test beside it holds
// it to them. What the rules asked of whom is stored with the periods: where they stopped to ask, the period has an end.

const stamp = (at: Date): SQL => sql`${at.toISOString()}::timestamptz`;

/**
 * The periods that stand at each of the moments, under the name of their table, with the moment's place in the list as
 * `ordinal` and the moment as `at`.
 */
const standingAt = (moments: readonly Date[]): SQL => sql`(
  select distinct on (m.ordinal, p.person_id, p.requirement_slug) p.*, m.ordinal, m.at
  from (values ${sql.join(
    moments.map((at, i) => sql`(${sql.raw(String(i))}, ${stamp(at)})`),
    sql`, `,
  )}) m (ordinal, at)
  join period p on p.assigned_at <= m.at
    and (p.superseded_at is null or p.superseded_at > m.at) and (p.ended_at is null or p.ended_at > m.at)
  order by m.ordinal, p.person_id, p.requirement_slug, p.number) period`;

/** The state of a standing period at its moment. */
const stateAt = sql<PeriodState>`case
  when period.completed_at <= period.at then case
    when period.expires_at <= period.at then 'expired'
    when period.renew_from <= period.at then 'expiring'
    else 'competent' end
  when exists (select 1 from waiver w
    where w.period_id = period.id and w.granted_at <= period.at and coalesce(w.ended_at, w.until) > period.at) then 'waived'
  when period.grace_until <= period.at then case when period.number > 1 then 'expired' else 'overdue' end
  when period.started_at <= period.at then 'in_progress'
  else 'not_started' end`;

/** Which people and requirements are counted; all where left out. */
export type CoverageScope = { people?: SQL | undefined; requirements?: readonly string[] };

const scoped = ({ people, requirements }: CoverageScope): SQL | undefined =>
  and(people, requirements ? inArray(sql`period.requirement_slug`, [...requirements]) : undefined);

/** For each requirement how many stood in each state at each of the moments, in their order; computed from stored facts. */
export async function coverageAt(
  db: Db,
  scope: CoverageScope,
  moments: readonly Date[],
): Promise<Map<string, StateCounts[]>> {
  if (moments.length === 0 || scope.requirements?.length === 0) return new Map();
  const rows = await db
    .select({
      slug: sql<string>`${period.requirementSlug}`,
      ordinal: sql<number>`period.ordinal`.as("ordinal"),
      state: stateAt.as("state"),
      count: count(),
    })
    .from(standingAt(moments))
    .innerJoin(person, eq(person.id, period.personId))
    .innerJoin(requirement, eq(requirement.slug, period.requirementSlug))
    .where(scoped(scope))
    .groupBy(period.requirementSlug, sql`ordinal`, sql`state`);
  const slugs = [...new Set(rows.map((row) => row.slug))];
  return new Map(
    slugs.map((slug) => [
      slug,
      moments.map((_, i) => stateCounts(rows.filter((row) => row.slug === slug && row.ordinal === i))),
    ]),
  );
}

/** How many competences that stand at a moment end within each number of days after it, unless they are renewed. */
export async function expiringWithin(
  db: Db,
  scope: CoverageScope,
  at: Date,
  days: readonly number[],
): Promise<{ days: number; count: number }[]> {
  const rows = await db
    .select({ day: sql<number>`ceil(extract(epoch from period.expires_at - period.at) / 86400)::int` })
    .from(standingAt([at]))
    .innerJoin(person, eq(person.id, period.personId))
    .innerJoin(requirement, eq(requirement.slug, period.requirementSlug))
    .where(and(scoped(scope), sql`${stateAt} in ('competent', 'expiring')`));
  return days.map((limit) => ({ days: limit, count: rows.filter((row) => row.day <= limit).length }));
}

/** Of the people whom one of the requirements asks at a moment: how many there are, and of how many a condition holds. */
export async function peopleAsked(
  db: Db,
  requirements: readonly string[],
  at: Date,
  holds: SQL,
): Promise<{ people: number; holding: number }> {
  if (requirements.length === 0) return { people: 0, holding: 0 };
  const [row] = await db
    .select({
      people: sql<number>`count(distinct ${person.id})::int`,
      holding: sql<number>`count(distinct ${person.id}) filter (where ${holds})::int`,
    })
    .from(standingAt([at]))
    .innerJoin(person, eq(person.id, period.personId))
    .innerJoin(requirement, eq(requirement.slug, period.requirementSlug))
    .where(scoped({ requirements }));
  return row ?? { people: 0, holding: 0 };
}
