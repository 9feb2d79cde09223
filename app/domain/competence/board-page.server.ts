import { and, asc, desc, eq, type SQL, sql } from "drizzle-orm";
import type { Db } from "#db/client.server.ts";
import { period, waiver } from "#db/schema/competence.ts";
import { person } from "#db/schema/people.ts";
import { type AsAt, momentOf } from "./as-at.ts";
import { type BoardCell, type BoardPerson, ofRequirements, peopleFrom } from "./board-row.server.ts";
import { momentSql, standingPeriods, stateSql } from "./board-state.server.ts";
import type { PeriodState } from "./period-state.ts";
import type { Requirement } from "./requirement.ts";

export type Page = { people: BoardPerson[]; next: string | null; previous: string | null };

type Wanted = {
  matching: SQL | undefined;
  requirements: readonly Requirement[];
  at: { after?: string | null; before?: string | null };
  size: number;
  asAt: AsAt | null;
};

/** The manager is the one of today, whatever day is looked back at: what may be opened follows from it. */
const columns = (asAt: AsAt | null) => ({
  id: person.id,
  name: person.name,
  email: person.email,
  department: person.department,
  title: person.title,
  managerId: sql<string | null>`${
    asAt === null ? person.managerId : sql`(select t.manager_id from person t where t.id = ${person.id})`
  }`.as("manager_today"),
});

/**
 * One page of people by (name, id), after or before a person, with their standing periods for the requirements given: one
 * statement. A page before that is not full becomes the first page, as does a page beside nobody.
 */
export async function pageOfBoard(db: Db, wanted: Wanted, now: Date): Promise<Page> {
  const { at, size, asAt } = wanted;
  const anchorId = at.after ?? at.before ?? null;
  const [anchor] =
    anchorId === null
      ? []
      : await db.select(columns(asAt)).from(peopleFrom(asAt)).where(eq(person.id, anchorId));
  const backwards = anchor !== undefined && !at.after;
  const beyond =
    anchor &&
    sql`(${person.name}, ${person.id}) ${sql.raw(backwards ? "<" : ">")} (${anchor.name}, ${anchor.id})`;
  const found = await peopleWithCells(db, wanted, { beyond, backwards }, now);
  if (backwards && found.length <= size) return pageOfBoard(db, { ...wanted, at: {} }, now);
  const more = found.length > size;
  const people = found.slice(0, size);
  if (backwards) people.reverse();
  return {
    people,
    next: backwards || more ? (people.at(-1)?.id ?? null) : null,
    previous: (backwards ? more : anchor !== undefined) ? (people[0]?.id ?? anchorId) : null,
  };
}

/** One more person than the page holds, so that it is known whether another follows. */
async function peopleWithCells(
  db: Db,
  { matching, requirements, size, asAt }: Wanted,
  { beyond, backwards }: { beyond: SQL | undefined; backwards: boolean },
  now: Date,
): Promise<BoardPerson[]> {
  const moment = momentOf(asAt, now);
  const order = backwards ? desc : asc;
  const page = db.$with("page").as(
    db
      .select(columns(asAt))
      .from(peopleFrom(asAt))
      .where(and(matching, beyond))
      .orderBy(order(person.name), order(person.id))
      .limit(size + 1),
  );
  const rows = await db
    .with(page)
    .select({
      id: page.id,
      name: page.name,
      email: page.email,
      department: page.department,
      title: page.title,
      managerId: page.managerId,
      periodId: sql<string | null>`${period.id}`,
      requirement: sql<string>`${period.requirementSlug}`,
      state: sql<PeriodState>`${stateSql(moment)}`,
      dueAt: sql<Date>`${period.dueAt}`.mapWith(period.dueAt),
      completedAt: sql<Date | null>`${period.completedAt}`.mapWith(period.completedAt),
      expiresAt: sql<Date | null>`${period.expiresAt}`.mapWith(period.expiresAt),
      waivedUntil: waivedUntil(moment, asAt),
    })
    .from(page)
    .leftJoin(
      sql`lateral ${standingPeriods(asAt, sql`period.person_id = ${page.id} and ${ofRequirements(requirements)}`)}`,
      sql`true`,
    )
    .orderBy(order(page.name), order(page.id));
  const places = new Map(requirements.map((one, i) => [one.slug, i]));
  const placeOf = (cell: BoardCell): number => places.get(cell.requirement) ?? 0;
  const people = new Map<string, BoardPerson>();
  for (const { id, name, email, department, title, managerId, periodId, ...facts } of rows) {
    const one = people.get(id) ?? { id, name, email, department, title, managerId, cells: [] };
    people.set(id, one);
    if (periodId !== null) one.cells.push({ periodId, ...by(moment, facts) });
  }
  for (const one of people.values()) one.cells.sort((a, b) => placeOf(a) - placeOf(b));
  return [...people.values()];
}

/** Without what came later than the moment of which the page tells. */
function by<F extends Pick<BoardCell, "completedAt" | "expiresAt">>(moment: Date, facts: F): F {
  const done = facts.completedAt !== null && facts.completedAt <= moment;
  return done ? facts : { ...facts, completedAt: null, expiresAt: null };
}

/** SQL twin of `waiverEnd`. What was known then does not know that a waiver was ended later. */
function waivedUntil(at: Date, asAt: AsAt | null): SQL<Date | null> {
  const moment = momentSql(at);
  const end =
    asAt?.known === "then"
      ? sql`case when w.ended_at <= ${moment} then w.ended_at else w.until end`
      : sql`coalesce(w.ended_at, w.until)`;
  return sql<Date | null>`(select max(${end}) from waiver w
    where w.period_id = period.id and w.granted_at <= ${moment} and ${end} > ${moment})`.mapWith(
    waiver.until,
  );
}
