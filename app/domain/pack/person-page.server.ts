import { and, asc, eq, gt, inArray, isNull, lte, not, or, type SQL, sql } from "drizzle-orm";
import { setImmediate } from "node:timers/promises";
import type { Db } from "#db/client.server.ts";
import { rowsOf } from "#db/client.server.ts";
import { period, requirement } from "#db/schema/competence.ts";
import { person } from "#db/schema/people.ts";
import { type PeriodFacts, periodState, standing, type WaiverFacts } from "../competence/assignment.ts";
import { waiversOf, within } from "../competence/board-row.server.ts";
import type { PeriodState } from "../competence/period-state.ts";
import type { Requirement } from "../competence/requirement.ts";
import { isOutside } from "../people/seat.server.ts";
import type { PackScope } from "./scope.ts";

/** Rows read at a time, and people on one page of a table. */
export const pageSize = 1000;

export type PersonRow = typeof person.$inferSelect;
export type PeriodRow = typeof period.$inferSelect;
type Waiver = WaiverFacts & { reason: string; grantedBy: string };

/** A person with what speaks for them for each requirement in scope, as known at the end of the scope. */
export type Standing = {
  person: PersonRow;
  /** All cycles known then, oldest first. */
  periods: PeriodRow[];
  cells: { requirement: Requirement; period: PeriodRow; state: PeriodState; waivers: Waiver[] }[];
};

/** People in scope: who was there during its time. External auditors are not. */
export function peopleIn(scope: PackScope): SQL | undefined {
  return and(
    not(isOutside),
    lte(person.hiredOn, scope.until),
    or(isNull(person.leftOn), gt(person.leftOn, scope.from)),
    within(scope),
  );
}

/** Where the pages of people begin: after whom. The first begins before all. */
export async function pageStarts(db: Db, scope: PackScope): Promise<string[]> {
  const numbered = sql`select ${person.id} as id, row_number() over (order by ${person.id}) as n from ${person} where ${peopleIn(scope)}`;
  const rows = await db.execute(sql`select id from (${numbered}) p where n % ${pageSize} = 0 order by n`);
  return ["", ...rowsOf<{ id: string }>(rows).map((row) => row.id)];
}

/** The requirements of a scope that were there at its end, those ended since included. */
export async function requirementsIn(
  db: Db,
  scope: PackScope,
): Promise<(Requirement & { endedOn: string | null })[]> {
  const rows = await db
    .select({ body: requirement.body, endedOn: requirement.endedOn })
    .from(requirement)
    .where(
      and(
        or(isNull(requirement.endedOn), gt(requirement.endedOn, scope.from)),
        scope.requirements === null ? undefined : inArray(requirement.slug, scope.requirements),
      ),
    )
    .orderBy(requirement.position, requirement.slug);
  return rows.map(({ body, endedOn }) => ({ ...body, endedOn }));
}

/** One page of people, by id, those after `after`. */
export async function personPage(db: Db, scope: PackScope, after: string): Promise<PersonRow[]> {
  return db
    .select()
    .from(person)
    .where(and(peopleIn(scope), gt(person.id, after)))
    .orderBy(asc(person.id))
    .limit(pageSize);
}

/** Everybody in scope, a page at a time, by id. */
export async function* peoplePages(db: Db, scope: PackScope): AsyncGenerator<PersonRow[]> {
  let after = "";
  for (;;) {
    const rows = await personPage(db, scope, after);
    if (rows.length > 0) yield rows;
    const last = rows.at(-1);
    if (!last || rows.length < pageSize) return;
    // The embedded database answers without a turn of the event loop: let requests in between.
    await setImmediate();
    after = last.id;
  }
}

/** How these people stood at the end of the scope. */
export async function standingsOf(
  db: Db,
  people: readonly PersonRow[],
  scope: PackScope,
  requirements: readonly Requirement[],
): Promise<Standing[]> {
  if (people.length === 0) return [];
  const asAt = new Date(scope.asAt);
  const rows = await db
    .select()
    .from(period)
    .where(
      and(
        inArray(
          period.personId,
          people.map((one) => one.id),
        ),
        lte(period.assignedAt, asAt),
        scope.requirements === null ? undefined : inArray(period.requirementSlug, scope.requirements),
      ),
    )
    .orderBy(period.requirementSlug, period.number);
  const waivers = await waiversOf(
    db,
    rows.map((row) => row.id),
  );
  const byPerson = new Map<string, PeriodRow[]>();
  for (const row of rows) {
    const own = byPerson.get(row.personId);
    if (own) own.push(row);
    else byPerson.set(row.personId, [row]);
  }
  return people.map((one) => {
    const periods = (byPerson.get(one.id) ?? []).map((row) => knownAt(row, asAt));
    const cells = requirements.flatMap((required) => {
      const mine = periods.filter((row) => row.requirementSlug === required.slug);
      const stands = standing(mine, asAt);
      if (!stands) return [];
      const own = (waivers.get(stands.id) ?? []).filter((waiver) => waiver.grantedAt <= asAt);
      return [{ requirement: required, period: stands, state: periodState(stands, own, asAt), waivers: own }];
    });
    return { person: one, periods, cells };
  });
}

/** A period without what came later. */
export function knownAt<P extends PeriodFacts>(row: P, asAt: Date): P {
  const known = (at: Date | null): Date | null => (at !== null && at <= asAt ? at : null);
  const completedAt = known(row.completedAt);
  return {
    ...row,
    startedAt: known(row.startedAt),
    completedAt,
    renewFrom: completedAt && row.renewFrom,
    expiresAt: completedAt && row.expiresAt,
    supersededAt: known(row.supersededAt),
    endedAt: known(row.endedAt),
  };
}

/** Whether a cycle has to do with the time of the scope: it had not been left behind before it began. */
export function concerns(scope: PackScope): SQL | undefined {
  return and(
    lte(period.assignedAt, new Date(scope.asAt)),
    or(isNull(period.supersededAt), gt(period.supersededAt, new Date(`${scope.from}T00:00:00Z`))),
    scope.requirements === null ? undefined : inArray(period.requirementSlug, scope.requirements),
  );
}

/** The ids of the periods of a scope, read in pages, by period id. */
export async function periodIdsIn(db: Db, scope: PackScope): Promise<Set<string>> {
  const ids = new Set<string>();
  let after = "00000000-0000-0000-0000-000000000000";
  for (;;) {
    const rows = await db
      .select({ id: period.id })
      .from(period)
      .innerJoin(person, eq(person.id, period.personId))
      .where(and(peopleIn(scope), concerns(scope), gt(period.id, after)))
      .orderBy(asc(period.id))
      .limit(10_000);
    for (const { id } of rows) ids.add(id);
    const last = rows.at(-1);
    if (!last) return ids;
    after = last.id;
    await setImmediate();
  }
}
