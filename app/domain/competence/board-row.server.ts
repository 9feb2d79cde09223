import { and, arrayContains, eq, gt, ilike, inArray, isNull, lte, not, or, type SQL, sql } from "drizzle-orm";
import type { Db } from "#db/client.server.ts";
import { period, waiver } from "#db/schema/competence.ts";
import { person } from "#db/schema/people.ts";
import { type Actor, Forbidden, type Permission, reach } from "../people/permission.ts";
import type { Scope } from "../people/seat.ts";
import { peopleAsOf } from "../people/person-version.server.ts";
import { isOutside } from "../people/seat.server.ts";
import { type AsAt, momentOf } from "./as-at.ts";
import type { WaiverFacts } from "./assignment.ts";
import { asksOfPeriods, type BoardFilter } from "./board.ts";
import { dueWithin, expiresWithin, inState, standingPeriods, standsNow } from "./board-state.server.ts";
import type { PeriodState } from "./period-state.ts";
import type { Requirement } from "./requirement.ts";

export type BoardCell = {
  periodId: string;
  requirement: string;
  state: PeriodState;
  dueAt: Date;
  completedAt: Date | null;
  expiresAt: Date | null;
  /** When the waiver ends that counts now; null without one. */
  waivedUntil: Date | null;
};
export type BoardPerson = {
  id: string;
  name: string;
  email: string;
  department: string;
  title: string;
  /** Where they are: days of theirs are days there. */
  timeZone: string;
  managerId: string | null;
  cells: BoardCell[];
};

/**
 * What a query about people takes them from: of the present the table alone, of a day of the past people as they may be
 * known of it, under the same name.
 */
export const peopleFrom = (asAt: AsAt | null): typeof person => (asAt === null ? person : peopleAsOf(asAt));

/**
 * Whom the actor may see: those who worked here on the day, no external auditors; managers see their direct reports of
 * today, or everyone below them today where that is asked, and a seat those it covered on the day. Throws Forbidden for
 * others.
 *
 * Below the direct reports a manager sees where people stand, and no more: who leads managers answers for whether all of
 * them are competent, while attempts, answers and reasons on a record are for the person, their own manager and HR (GDPR
 * Art. 5(1)(c)). So the record page stays with direct reports (see `can`).
 */
export function visiblePeople(
  actor: Actor,
  permission: Permission,
  now: Date,
  asAt: AsAt | null = null,
  team: BoardFilter["team"] = null,
): SQL | undefined {
  const far = reach(actor, permission);
  if (far === null || far === "own" || (far === "scope" && !actor.scope)) throw new Forbidden(permission);
  return and(
    or(isNull(person.leftOn), gt(person.leftOn, asAt?.day ?? dayOf(now))),
    not(isOutside),
    asAt === null ? undefined : lte(person.hiredOn, asAt.day),
    far === "team" ? (team === "below" ? below(actor.id) : reportsOf(actor.id, asAt)) : undefined,
    far === "scope" ? within(actor.scope) : undefined,
  );
}

/** Who is somebody's report today, whatever day is looked back at: whose they were gives nobody a right. */
function reportsOf(managerId: string, asAt: AsAt | null): SQL {
  if (asAt === null) return eq(person.managerId, managerId);
  return sql`${person.id} in (select t.id from person t where t.manager_id = ${managerId})`;
}

/**
 * Everyone below a manager, through managers who have left too. Each is found once, so a circle of managers ends; whoever
 * stands in one is not below themselves.
 */
function below(managerId: string): SQL {
  return sql`${person.id} in (
    with recursive below(id) as (
      select t.id from person t where t.manager_id = ${managerId}
      union
      select t.id from person t join below b on t.manager_id = b.id)
    select id from below where id <> ${managerId})`;
}

/** The people that a scope covers: of its departments, and with a period of its requirements. */
export function within(scope: Scope | undefined): SQL | undefined {
  const { departments = null, requirements = null } = scope ?? {};
  return and(
    departments === null ? undefined : inArray(person.department, [...departments]),
    requirements === null
      ? undefined
      : sql`exists (select 1 from period p where p.person_id = ${person.id}
          and ${inArray(sql`p.requirement_slug`, [...requirements])})`,
  );
}

/** The part of a filter that is about the person, on the day. */
export function peopleMatching(filter: BoardFilter, asAt: AsAt | null = null): SQL | undefined {
  const { department, audience, location, employment, manager, q } = filter;
  const managers = asAt === null ? sql`person m` : peopleAsOf(asAt, "m");
  const part = q === null ? null : `%${q.replace(/[\\%_]/g, "\\$&")}%`;
  return and(
    department === null ? undefined : eq(person.department, department),
    audience === null ? undefined : arrayContains(person.audiences, [audience]),
    location === null ? undefined : eq(person.location, location),
    employment === null ? undefined : eq(person.employmentType, employment),
    manager === null
      ? undefined
      : sql`${person.managerId} in (select m.id from ${managers} where m.name = ${manager} or m.email = ${manager.toLowerCase()})`,
    part === null ? undefined : or(ilike(person.name, part), ilike(person.email, part)),
  );
}

/** The part of a filter that is about a standing period of the person, for one of the requirements given. */
export function standingMatching(
  filter: BoardFilter,
  requirements: readonly Requirement[],
  now: Date,
  asAt: AsAt | null = null,
): SQL | undefined {
  if (filter.requirement === null && !asksOfPeriods(filter)) return undefined;
  const conditions = and(
    eq(period.personId, person.id),
    ofRequirements(requirements),
    periodsMatching(filter, momentOf(asAt, now)),
  );
  return asAt === null
    ? sql`exists (select 1 from period where ${conditions} and ${standsNow})`
    : sql`exists (select 1 from ${standingPeriods(asAt, sql`period.person_id = ${person.id}`)} where ${conditions})`;
}

/** What a filter asks of a period besides its requirement. */
export function periodsMatching({ status, expiring, due }: BoardFilter, at: Date): SQL | undefined {
  return and(
    status === null ? undefined : inState(status, at),
    expiring === null ? undefined : expiresWithin(Number(expiring), at),
    due === null ? undefined : dueWithin(Number(due), at),
  );
}

/** That a period is of one of the requirements. */
export function ofRequirements(requirements: readonly Requirement[]): SQL {
  return inArray(
    period.requirementSlug,
    requirements.map((one) => one.slug),
  );
}

/** A waiver as its readers see it: `until` is when it ends, or has been ended. */
export type WaiverRow = WaiverFacts & {
  id: string;
  reason: string;
  grantedBy: string;
  ended: { at: Date; by: string; reason: string } | null;
};

/** The waivers of periods, by period id. */
export async function waiversOf(db: Db, periodIds: readonly string[]): Promise<Map<string, WaiverRow[]>> {
  const all = new Map<string, WaiverRow[]>();
  if (periodIds.length === 0) return all;
  const rows = await db
    .select()
    .from(waiver)
    .where(inArray(waiver.periodId, [...periodIds]))
    .orderBy(waiver.grantedAt);
  for (const { id, periodId, reason, grantedBy, grantedAt, until, ...end } of rows) {
    const ended =
      end.endedAt === null ? null : { at: end.endedAt, by: end.endedBy ?? "", reason: end.endReason ?? "" };
    const row = { id, reason, grantedBy, grantedAt, until: ended?.at ?? until, ended };
    all.set(periodId, [...(all.get(periodId) ?? []), row]);
  }
  return all;
}

/** YYYY-MM-DD in UTC. */
export const dayOf = (at: Date): string => at.toISOString().slice(0, 10);
