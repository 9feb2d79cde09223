import { and, asc, eq, getTableColumns, gt, inArray, isNull, lte, not, or, type SQL, sql } from "drizzle-orm";
import { setImmediate } from "node:timers/promises";
import type { Db } from "#db/client.server.ts";
import { rowsOf } from "#db/client.server.ts";
import { period } from "#db/schema/competence.ts";
import { person } from "#db/schema/people.ts";
import { periodsAsAt } from "../competence/as-at.ts";
import { periodState, standing } from "../competence/assignment.ts";
import { within } from "../competence/board-row.server.ts";
import type { PeriodState } from "../competence/period-state.ts";
import type { Requirement } from "../competence/requirement.ts";
import { peopleAsOf } from "../people/person-version.server.ts";
import { isOutside } from "../people/seat.server.ts";
import { knownAt, type KnownWaiver, recordedBy, replacedSince, waiversKnown } from "./known.server.ts";
import { rowsBy } from "./rows-by.ts";
import type { PackScope } from "./scope.ts";

/** People on one page of a table. */
export const pageSize = 1000;
/** People read at a time, with all their cycles: as many as are let go again before memory grows by them. */
const readSize = 200;

export type PersonRow = typeof person.$inferSelect;
export type PeriodRow = typeof period.$inferSelect;

/** A person with what speaks for them for each requirement in scope, as known at the end of the scope. */
export type Standing = {
  person: PersonRow;
  /** All cycles known then, oldest first. */
  periods: PeriodRow[];
  cells: { requirement: Requirement; period: PeriodRow; state: PeriodState; waivers: KnownWaiver[] }[];
};

/** People as they were known at the end of the scope, to be read in the place of `person`. */
export function peopleKnown(scope: PackScope): typeof person {
  return peopleAsOf({ day: scope.asAt.slice(0, 10), at: new Date(scope.asAt), known: "then" });
}

/** Of people, those in scope: who was there during its time. External auditors are not. */
export function inScope(scope: PackScope): SQL | undefined {
  return and(
    not(isOutside),
    lte(person.hiredOn, scope.until),
    or(isNull(person.leftOn), gt(person.leftOn, scope.from)),
    within(scope),
  );
}

/** That somebody of `person` is in scope, by what was known at its end. */
export function peopleIn(scope: PackScope): SQL {
  return sql`${person.id} in (select person.id from ${peopleKnown(scope)} where ${inScope(scope)})`;
}

/** Where the pages of people begin: after whom. The first begins before all. */
export async function pageStarts(db: Db, scope: PackScope): Promise<string[]> {
  const numbered = sql`select ${person.id} as id, row_number() over (order by ${person.id}) as n from ${peopleKnown(scope)} where ${inScope(scope)}`;
  const rows = await db.execute(sql`select id from (${numbered}) p where n % ${pageSize} = 0 order by n`);
  return ["", ...rowsOf<{ id: string }>(rows).map((row) => row.id)];
}

/** Everybody in scope by id, some at a time: those after `after`, `most` at most. */
export async function* peoplePages(
  db: Db,
  scope: PackScope,
  after = "",
  most = Infinity,
): AsyncGenerator<PersonRow[]> {
  let last = after;
  for (let left = most; left > 0; left -= readSize) {
    const size = Math.min(readSize, left);
    const rows = await db
      .select(getTableColumns(person))
      .from(peopleKnown(scope))
      .where(and(inScope(scope), gt(person.id, last)))
      .orderBy(asc(person.id))
      .limit(size);
    if (rows.length > 0) yield rows;
    if (rows.length < size) return;
    // The embedded database answers without a turn of the event loop: let requests in between.
    await setImmediate();
    last = rows.at(-1)?.id ?? last;
  }
}

/** How these people stood at the end of the scope, by what was known then. */
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
        recordedBy(asAt),
        scope.requirements === null ? undefined : inArray(period.requirementSlug, scope.requirements),
      ),
    )
    .orderBy(period.requirementSlug, period.number);
  const ids = rows.map((row) => row.id);
  const waivers = await waiversKnown(db, ids, asAt);
  const replaced = await replacedSince(db, ids, asAt);
  const byPerson = rowsBy(rows, (row) => row.personId);
  return people.map((one) => {
    const cycles = (byPerson.get(one.id) ?? []).map((row) => ({
      ...row,
      before: replaced.get(row.id) ?? [],
    }));
    const periods = [...rowsBy(cycles, (row) => row.requirementSlug).values()]
      .flatMap((own) => periodsAsAt(own, { at: asAt, known: "then" }))
      .map(({ before: _before, ...row }) => knownAt(row, asAt));
    const cells = requirements.flatMap((required) => {
      const mine = periods.filter((row) => row.requirementSlug === required.slug);
      const stands = standing(mine, asAt);
      if (!stands) return [];
      const own = waivers.get(stands.id) ?? [];
      return [{ requirement: required, period: stands, state: periodState(stands, own, asAt), waivers: own }];
    });
    return { person: one, periods, cells };
  });
}

/** Whether a cycle has to do with the time of the scope: it had not been left behind before it began. */
export function concerns(scope: PackScope): SQL | undefined {
  return and(
    lte(period.assignedAt, new Date(scope.asAt)),
    recordedBy(new Date(scope.asAt)),
    or(isNull(period.supersededAt), gt(period.supersededAt, new Date(`${scope.from}T00:00:00Z`))),
    scope.requirements === null ? undefined : inArray(period.requirementSlug, scope.requirements),
  );
}

/** Which of these are periods of the scope. */
export async function periodsWithin(
  db: Db,
  scope: PackScope,
  ids: readonly (string | null)[],
): Promise<Set<string>> {
  const asked = [...new Set(ids)].filter((id) => id !== null && isUuid.test(id)) as string[];
  if (asked.length === 0) return new Set();
  const rows = await db
    .select({ id: period.id })
    .from(period)
    .innerJoin(person, eq(person.id, period.personId))
    .where(and(inArray(period.id, asked), peopleIn(scope), concerns(scope)));
  return new Set(rows.map((row) => row.id));
}

/** What is no UUID cannot be asked for; what others say may hold anything. */
const isUuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Which of these are people of the scope. */
export async function peopleWithin(
  db: Db,
  scope: PackScope,
  ids: readonly (string | null)[],
): Promise<Set<string>> {
  const asked = [...new Set(ids)].filter((id) => id !== null);
  if (asked.length === 0) return new Set();
  const rows = await db
    .select({ id: person.id })
    .from(person)
    .where(and(inArray(person.id, asked), peopleIn(scope)));
  return new Set(rows.map((row) => row.id));
}

/** Names people of the scope by name and id, and everybody else by their id alone. */
export async function namesIn(
  db: Db,
  scope: PackScope,
  ids: readonly (string | null)[],
): Promise<(id: string | null) => string | null> {
  const asked = [...new Set(ids)].filter((id) => id !== null);
  const rows =
    asked.length === 0
      ? []
      : await db
          .select({ id: person.id, name: person.name })
          .from(peopleKnown(scope))
          .where(and(inArray(person.id, asked), inScope(scope)));
  const names = new Map(rows.map(({ id, name }) => [id, `${name} (${id})`]));
  return (id) => (id === null ? null : (names.get(id) ?? id));
}
