import { stringify } from "csv-stringify/sync";
import { and, count, eq, type SQL, sql } from "drizzle-orm";
import type { Db } from "#db/client.server.ts";
import { period } from "#db/schema/competence.ts";
import { person } from "#db/schema/people.ts";
import { recordEvents } from "../audit/event.server.ts";
import type { Actor } from "../people/permission.ts";
import { coversRequirement } from "../people/seat.ts";
import { periodStateNames, type PeriodState } from "./period-state.ts";
import { type BoardFilter, filterQuery, type StateCounts, stateCounts } from "./board.ts";
import {
  type BoardCell,
  type BoardPerson,
  dayOf,
  ofRequirements,
  pageOfPeople,
  peopleMatching,
  standingMatching,
  standingPeriods,
  stateSql,
  visiblePeople,
  withCells,
} from "./board-row.server.ts";
import { inForce as isInForce, type Requirement } from "./requirement.ts";
import { currentRequirements } from "./requirement.server.ts";

export const boardPageSize = 25;

type Titled = { slug: string; title: string };
export type Board = {
  requirements: Titled[];
  /** Everything a filter can name. */
  choices: { requirements: Titled[]; departments: string[]; audiences: string[] };
  people: BoardPerson[];
  /** All who match, on whatever page. */
  total: number;
  /** Ids for `after` and `before` of the neighbouring pages. */
  next: string | null;
  previous: string | null;
  /** Per requirement, for the filter without its status: how many stand in each state. */
  summary: (Titled & { counts: StateCounts })[];
};

/**
 * People × requirements with the state of each, a page at a time by (name, id). Managers see their direct reports
 * only. Throws Forbidden for those who may see nobody. An unknown `after` or `before` gives the first page.
 */
export async function board(
  db: Db,
  actor: Actor,
  input: { filter: BoardFilter; after?: string | null; before?: string | null },
  now: Date,
): Promise<Board> {
  const visible = visiblePeople(actor, "board.read", now);
  const { filter } = input;
  const current = (await inForce(db, now)).filter((one) => coversRequirement(actor.scope, one.slug));
  const shown = narrowed(current, filter);
  const people = and(visible, peopleMatching(filter));
  const matching = and(people, standingMatching(filter, shown, now));
  const [total] = await db.select({ n: count() }).from(person).where(matching);
  const rows = await countStates(db, people, shown, now);
  const page = await pageOfPeople(db, matching, input, boardPageSize);
  if (actor.scope) await recordReads(db, actor, page.rows, now);
  return {
    requirements: shown.map(titled),
    choices: { requirements: current.map(titled), ...(await choicesOf(db, visible)) },
    people: await withCells(db, page.rows, shown, now),
    total: total?.n ?? 0,
    next: page.next,
    previous: page.previous,
    summary: shown.map((one) => ({
      ...titled(one),
      counts: stateCounts(rows.filter((row) => row.slug === one.slug)),
    })),
  };
}

/**
 * The board as CSV (RFC 4180, with a byte order mark for spreadsheets), one row for each person and requirement that
 * match. Texts that a spreadsheet would take for formulas are quoted. Who exported what is recorded.
 */
export async function boardCsv(db: Db, actor: Actor, filter: BoardFilter, now: Date): Promise<string> {
  const visible = visiblePeople(actor, "board.export", now);
  return db.transaction(async (tx) => {
    const shown = narrowed(await inForce(tx, now), filter);
    const matching = and(visible, peopleMatching(filter), standingMatching(filter, shown, now));
    const titles = new Map(shown.map((one) => [one.slug, one.title]));
    const options = { escape_formulas: true, record_delimiter: "windows" } as const;
    const parts = [stringify([csvHead], { ...options, bom: true })];
    let written = 0;
    let after: string | null = null;
    do {
      const page = await pageOfPeople(tx, matching, { after }, 1000);
      const people = await withCells(tx, page.rows, shown, now);
      const lines = people.flatMap((one) =>
        one.cells
          .filter((cell) => filter.status === null || cell.state === filter.status)
          .map((cell) => csvLine(one, cell, titles)),
      );
      parts.push(stringify(lines, options));
      written += lines.length;
      after = page.next;
    } while (after !== null);
    const data = { rows: written, filter: filterQuery(filter) };
    await recordEvents(
      tx,
      actor,
      [{ type: "board.exported", subjectType: "board", subjectId: "board", data }],
      now,
    );
    return parts.join("");
  });
}

/** What an outsider reads of people is recorded wherever they read it. */
async function recordReads(
  db: Db,
  actor: Actor,
  people: readonly { id: string }[],
  now: Date,
): Promise<void> {
  const entries = people.map(({ id }) => ({
    type: "record.read" as const,
    subjectType: "person",
    subjectId: id,
    data: { personId: id, through: "board" as const },
  }));
  await db.transaction((tx) => recordEvents(tx, actor, entries, now));
}

const csvHead = [
  "Person id",
  "Name",
  "E-mail",
  "Department",
  "Title",
  "Requirement",
  "Status",
  "Due (UTC)",
  "Completed (UTC)",
  "Expires (UTC)",
];

function csvLine(one: BoardPerson, cell: BoardCell, titles: Map<string, string>): (string | null)[] {
  const { id, name, email, department, title } = one;
  const times = [cell.dueAt, cell.completedAt, cell.expiresAt].map((at) => at?.toISOString() ?? null);
  const what = titles.get(cell.requirement) ?? cell.requirement;
  return [id, name, email, department, title, what, periodStateNames[cell.state], ...times];
}

const titled = ({ slug, title }: Requirement): Titled => ({ slug, title });

async function inForce(db: Db, now: Date): Promise<Requirement[]> {
  return (await currentRequirements(db)).filter((one) => isInForce(one, dayOf(now)));
}

const narrowed = (requirements: readonly Requirement[], filter: BoardFilter): Requirement[] =>
  requirements.filter((one) => filter.requirement === null || one.slug === filter.requirement);

/** How many people stand in each state of each requirement. */
export async function countStates(
  db: Db,
  people: SQL | undefined,
  requirements: readonly Requirement[],
  now: Date,
): Promise<{ slug: string; state: PeriodState; count: number }[]> {
  return db
    .select({
      slug: sql<string>`${period.requirementSlug}`,
      state: stateSql(now).as("state"),
      count: count(),
    })
    .from(standingPeriods)
    .innerJoin(person, eq(person.id, period.personId))
    .where(and(people, ofRequirements(requirements)))
    .groupBy(period.requirementSlug, sql`state`);
}

async function choicesOf(
  db: Db,
  visible: SQL | undefined,
): Promise<{ departments: string[]; audiences: string[] }> {
  const rows = await db
    .selectDistinct({ department: person.department, audiences: person.audiences })
    .from(person)
    .where(visible);
  const sorted = (names: string[]): string[] => [...new Set(names)].toSorted();
  return {
    departments: sorted(rows.map((row) => row.department)),
    audiences: sorted(rows.flatMap((row) => row.audiences)),
  };
}
