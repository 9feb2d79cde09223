import {
  and,
  arrayContains,
  arrayOverlaps,
  asc,
  desc,
  eq,
  gt,
  ilike,
  inArray,
  isNull,
  or,
  type SQL,
  sql,
} from "drizzle-orm";
import type { Db } from "#db/client.server.ts";
import { period, waiver } from "#db/schema/competence.ts";
import { person } from "#db/schema/people.ts";
import { type Actor, Forbidden, type Permission, reach } from "../people/permission.ts";
import { periodState, standing, waiverEnd, type WaiverFacts } from "./assignment.ts";
import { type PeriodState } from "./period-state.ts";
import type { BoardFilter } from "./board.ts";
import { applies, type Requirement } from "./requirement.ts";

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
  cells: BoardCell[];
};

/** Whom the actor may see: nobody who has left; managers see their direct reports. Throws Forbidden for others. */
export function visiblePeople(actor: Actor, permission: Permission, now: Date): SQL | undefined {
  const far = reach(actor, permission);
  if (far === null || far === "own") throw new Forbidden(permission);
  return and(
    or(isNull(person.leftOn), gt(person.leftOn, dayOf(now))),
    far === "team" ? eq(person.managerId, actor.id) : undefined,
  );
}

/** The part of a filter that is about the person. */
export function peopleMatching(filter: BoardFilter): SQL | undefined {
  const { department, audience, q } = filter;
  const part = q === null ? null : `%${q.replace(/[\\%_]/g, "\\$&")}%`;
  return and(
    department === null ? undefined : eq(person.department, department),
    audience === null ? undefined : arrayContains(person.audiences, [audience]),
    part === null ? undefined : or(ilike(person.name, part), ilike(person.email, part)),
  );
}

/** The part of a filter that is about a standing period of the person, for one of the requirements given. */
export function standingMatching(
  filter: BoardFilter,
  requirements: readonly Requirement[],
  now: Date,
): SQL | undefined {
  if (filter.requirement === null && filter.status === null) return undefined;
  const conditions = and(
    eq(period.personId, person.id),
    counted(requirements),
    filter.status === null ? undefined : sql`${stateSql(now)} = ${filter.status}`,
  );
  return sql`exists (select 1 from ${standingPeriods} where ${conditions})`;
}

/** SQL twin of `periodState` for a row of `period`, which no query may rename. */
export function stateSql(now: Date): SQL<PeriodState> {
  const at = momentSql(now);
  return sql<PeriodState>`case
    when ${period.completedAt} <= ${at} then case
      when ${period.expiresAt} <= ${at} then 'expired'
      when ${period.renewFrom} <= ${at} then 'expiring'
      else 'competent' end
    when exists (select 1 from waiver w
      where w.period_id = period.id and w.granted_at <= ${at} and coalesce(w.ended_at, w.until) > ${at}) then 'waived'
    when ${period.graceUntil} <= ${at} then case when ${period.number} > 1 then 'expired' else 'overdue' end
    when ${period.startedAt} <= ${at} then 'in_progress'
    else 'not_started' end`;
}

/**
 * The periods that stand, under the name of their table: SQL twin of `standing`, for the present, because earlier
 * periods are superseded as they are left behind.
 */
export const standingPeriods: SQL = sql`(
  select distinct on (person_id, requirement_slug) * from period where superseded_at is null
  order by person_id, requirement_slug, number) period`;

/** That one of the requirements, all in force, asks the period of its person; twin of `applies`. */
export function counted(requirements: readonly Requirement[]): SQL | undefined {
  const asks = requirements.map(({ slug, audiences, people = [] }) =>
    and(
      eq(period.requirementSlug, slug),
      or(
        audiences.length > 0 ? arrayOverlaps(person.audiences, audiences) : undefined,
        people.length > 0 ? inArray(person.id, people) : undefined,
        sql`false`,
      ),
    ),
  );
  return or(sql`false`, ...asks);
}

type Page = { rows: Omit<BoardPerson, "cells">[]; next: string | null; previous: string | null };
const columns = {
  id: person.id,
  name: person.name,
  email: person.email,
  department: person.department,
  title: person.title,
};

/** One page of people by (name, id), after or before a person. A page before that is not full becomes the first page. */
export async function pageOfPeople(
  db: Db,
  matching: SQL | undefined,
  at: { after?: string | null; before?: string | null },
  size: number,
): Promise<Page> {
  const anchorId = at.after ?? at.before ?? null;
  const [anchor] =
    anchorId === null ? [] : await db.select(columns).from(person).where(eq(person.id, anchorId));
  const backwards = anchor !== undefined && !at.after;
  const beyond =
    anchor &&
    sql`(${person.name}, ${person.id}) ${sql.raw(backwards ? "<" : ">")} (${anchor.name}, ${anchor.id})`;
  const order = backwards ? [desc(person.name), desc(person.id)] : [asc(person.name), asc(person.id)];
  const found = await db
    .select(columns)
    .from(person)
    .where(and(matching, beyond))
    .orderBy(...order)
    .limit(size + 1);
  if (backwards && found.length <= size) {
    const first = await pageOfPeople(db, matching, {}, size);
    return first;
  }
  const more = found.length > size;
  const rows = found.slice(0, size);
  if (backwards) rows.reverse();
  return {
    rows,
    next: backwards || more ? (rows.at(-1)?.id ?? null) : null,
    previous: (backwards ? more : anchor !== undefined) ? (rows[0]?.id ?? anchorId) : null,
  };
}

/** The people with their standing periods for the requirements given, by the rules. */
export async function withCells(
  db: Db,
  rows: Page["rows"],
  requirements: readonly Requirement[],
  now: Date,
): Promise<BoardPerson[]> {
  const ids = rows.map((row) => row.id);
  if (ids.length === 0) return [];
  const periods = await db
    .select({ period, audiences: person.audiences, leftOn: person.leftOn })
    .from(period)
    .innerJoin(person, eq(person.id, period.personId))
    .where(and(inArray(period.personId, ids), isNull(period.supersededAt)));
  const waivers = await waiversOf(
    db,
    periods.map((p) => p.period.id),
  );
  const ofPerson = new Map<string, typeof periods>();
  for (const p of periods) ofPerson.set(p.period.personId, [...(ofPerson.get(p.period.personId) ?? []), p]);
  return rows.map((row) => {
    const periodsOf = ofPerson.get(row.id) ?? [];
    const cells = requirements.flatMap((one): BoardCell[] => {
      const mine = periodsOf.filter(
        (p) => p.period.requirementSlug === one.slug && applies(one, { ...p, id: row.id }, dayOf(now)),
      );
      const stands = standing(
        mine.map((p) => p.period),
        now,
      );
      if (stands === null) return [];
      const { id, dueAt, completedAt, expiresAt } = stands;
      const own = waivers.get(id) ?? [];
      const state = periodState(stands, own, now);
      const waivedUntil = waiverEnd(own, now);
      return [{ periodId: id, requirement: one.slug, state, dueAt, completedAt, expiresAt, waivedUntil }];
    });
    return { ...row, cells };
  });
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

/** A moment as a parameter that both drivers take. */
function momentSql(at: Date): SQL {
  return sql`${at.toISOString()}::timestamptz`;
}

/** YYYY-MM-DD in UTC. */
export const dayOf = (at: Date): string => at.toISOString().slice(0, 10);
