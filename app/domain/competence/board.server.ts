import { and, count, sql, type SQL } from "drizzle-orm";
import { type Db, rowsOf } from "#db/client.server.ts";
import { period } from "#db/schema/competence.ts";
import { person } from "#db/schema/people.ts";
import { recordEvents } from "../audit/event.server.ts";
import { type Actor, reach } from "../people/permission.ts";
import { coversRequirement } from "../people/seat.ts";
import { type AsAt, momentOf } from "./as-at.ts";
import { asksOfPeriods, type BoardFilter, type StateCounts, stateCounts } from "./board.ts";
import { pageOfBoard } from "./board-page.server.ts";
import {
  type BoardPerson,
  ofRequirements,
  peopleFrom,
  peopleMatching,
  standingMatching,
  visiblePeople,
} from "./board-row.server.ts";
import { standingPeriods, statePlaceSql } from "./board-state.server.ts";
import { type PeriodState, periodStates } from "./period-state.ts";
import type { Requirement } from "./requirement.ts";
import { requirementsAsAt } from "./requirement-as-at.server.ts";
import { inTurn } from "./turn.server.ts";

export const boardPageSize = 25;

/** Up to so many people who match are counted one by one. */
export const countedPeople = 10_000;

export type Titled = { slug: string; title: string };
export type Choices = {
  requirements: Titled[];
  departments: string[];
  audiences: string[];
  locations: string[];
  employments: string[];
};
export type Board = {
  requirements: Titled[];
  /** Everything a filter can name. */
  choices: Choices;
  people: BoardPerson[];
  /** All who match, on whatever page. */
  total: number;
  /** Whether there are more than `total`. */
  more: boolean;
  /** Ids for `after` and `before` of the neighbouring pages. */
  next: string | null;
  previous: string | null;
  /** Per requirement, for the filter without what it asks of periods: how many stand in each state. */
  summary: (Titled & { counts: StateCounts })[];
};

/**
 * People × requirements with the state of each, a page at a time by (name, id), of now or as at a day of the past.
 * Managers see their direct reports, or everyone below them. Throws Forbidden for those who may see nobody. An unknown `after` or `before`
 * gives the first page.
 */
export async function board(
  db: Db,
  actor: Actor,
  input: { filter: BoardFilter; after?: string | null; before?: string | null; asAt?: AsAt | null },
  now: Date,
): Promise<Board> {
  const { filter, asAt = null } = input;
  const visible = visiblePeople(actor, "board.read", now, asAt, filter.team);
  const current = (await requirementsAsAt(db, asAt, now)).filter((one) =>
    coversRequirement(actor.scope, one.slug),
  );
  const shown = narrowedTo(current, filter);
  const asked = peopleMatching(filter, asAt);
  const seen =
    reach(actor, "board.read") !== "any"
      ? { visible: undefined, matching: and(visible, asked) }
      : { visible, matching: asked };
  const matching = and(visible, asked, standingMatching(filter, shown, now, asAt));
  const rows = await inTurn(() => countStates(db, seen, shown, asAt, now));
  const wanted = { matching, requirements: shown, at: input, size: boardPageSize, asAt };
  const page = await pageOfBoard(db, wanted, now);
  if (actor.scope) await recordReads(db, actor, page.people, now);
  return {
    requirements: shown.map(titled),
    choices: { requirements: current.map(titled), ...(await choicesOf(db, visible, asAt)) },
    ...page,
    ...(await totalOf(db, { matching, asAt }, filter, rows)),
    summary: shown.map((one) => ({
      ...titled(one),
      counts: stateCounts(rows.filter((row) => row.slug === one.slug)),
    })),
  };
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

const titled = ({ slug, title }: Requirement): Titled => ({ slug, title });

/** The requirements that a filter leaves. */
export const narrowedTo = (requirements: readonly Requirement[], filter: BoardFilter): Requirement[] =>
  requirements.filter((one) => filter.requirement === null || one.slug === filter.requirement);

type Counted = { slug: string; state: PeriodState; count: number };

/**
 * How many stand in each state, of the people given. Where a filter leaves everybody, people need not be looked up: an
 * index of what stands answers alone, and the few who are not seen are taken out. Else it goes from person to person.
 * States are counted by the time asked, so nothing has to be kept up to date as time passes.
 */
export async function countStates(
  db: Db,
  { visible, matching }: { visible: SQL | undefined; matching: SQL | undefined },
  requirements: readonly Requirement[],
  asAt: AsAt | null,
  now: Date,
): Promise<Counted[]> {
  if (requirements.length === 0) return [];
  const place = statePlaceSql(momentOf(asAt, now));
  const seen = visible && sql`where ${ofSeen(visible, asAt)}`;
  // A statement for each requirement, as branches of one: the index gives each in the order of people without sorting,
  // and PostgreSQL shares branches out among its workers.
  const branches = requirements.map(
    ({ slug }) =>
      sql`select ${slug}::text as slug, ${place} as place
        from ${standingPeriods(asAt, sql`requirement_slug = ${slug}`)} ${seen ?? sql``}`,
  );
  const ofOne = sql`period.person_id = person.id and ${ofRequirements(requirements)}`;
  const source =
    matching === undefined
      ? sql.join(branches, sql` union all `)
      : sql`select ${period.requirementSlug} as slug, ${place} as place
          from ${peopleFrom(asAt)} cross join lateral ${standingPeriods(asAt, ofOne)} where ${and(visible, matching)}`;
  const rows = await db.execute(
    sql`select slug, place, count(*)::int as count from (${source}) stands group by slug, place`,
  );
  return rowsOf<{ slug: string; place: number; count: number }>(rows).flatMap(
    ({ slug, place: at, count }) => {
      const state = periodStates[at];
      return state ? [{ slug, state, count }] : [];
    },
  );
}

/** That a period is of somebody who is seen. Few of today are not; of a past day it may be anybody. */
const ofSeen = (visible: SQL, asAt: AsAt | null): SQL =>
  asAt === null
    ? sql`not exists (select 1 from person where person.id = period.person_id and not (${visible}))`
    : sql`period.person_id in (select person.id from ${peopleFrom(asAt)} where ${visible})`;

/**
 * How many people match. Of one requirement each has one period that stands, so the counts say it; of states in any
 * requirement people are counted until it is clear that they are many.
 */
async function totalOf(
  db: Db,
  { matching, asAt }: { matching: SQL | undefined; asAt: AsAt | null },
  filter: BoardFilter,
  counted: readonly Counted[],
): Promise<{ total: number; more: boolean }> {
  const { requirement, status, expiring, due } = filter;
  if (requirement !== null && expiring === null && due === null) {
    const those = counted.filter((row) => status === null || row.state === status);
    return { total: those.reduce((sum, row) => sum + row.count, 0), more: false };
  }
  const some = db
    .select({ one: sql`1`.as("one") })
    .from(peopleFrom(asAt))
    .where(matching)
    .$dynamic();
  const [row] = await db
    .select({ n: count() })
    .from((asksOfPeriods(filter) ? some.limit(countedPeople + 1) : some).as("some"));
  const n = row?.n ?? 0;
  const more = asksOfPeriods(filter) && n > countedPeople;
  return { total: more ? countedPeople : n, more };
}

async function choicesOf(
  db: Db,
  visible: SQL | undefined,
  asAt: AsAt | null,
): Promise<Omit<Choices, "requirements">> {
  const rows = await db
    .selectDistinct({
      department: person.department,
      audiences: person.audiences,
      location: person.location,
      employment: person.employmentType,
    })
    .from(peopleFrom(asAt))
    .where(visible);
  const sorted = (names: string[]): string[] => [...new Set(names)].toSorted();
  return {
    departments: sorted(rows.map((row) => row.department)),
    audiences: sorted(rows.flatMap((row) => row.audiences)),
    locations: sorted(rows.map((row) => row.location)),
    employments: sorted(rows.map((row) => row.employment)),
  };
}
