import { and, asc, count, eq, exists, inArray, isNull, not, type SQL, sql } from "drizzle-orm";
import type { Db } from "#db/client.server.ts";
import { period } from "#db/schema/competence.ts";
import { person } from "#db/schema/people.ts";
import { type Actor, allow } from "../people/permission.ts";
import type { BoardFilter } from "./board.ts";
import {
  ofRequirements,
  peopleMatching,
  periodsMatching,
  standingMatching,
  visiblePeople,
} from "./board-row.server.ts";
import { inState, momentSql, standingPeriods } from "./board-state.server.ts";
import { narrowedTo } from "./board.server.ts";
import { bulkPermissions, type ChosenKind } from "./bulk.ts";
import type { PeriodState } from "./period-state.ts";
import { requirementsAsAt } from "./requirement-as-at.server.ts";

/** For whom: the people a filter leaves, or those ticked among them, and the periods of them that a kind is about. */
export type Chosen = {
  kind: ChosenKind;
  filter: BoardFilter;
  personIds: readonly string[];
  /** The requirement that is assigned, for that kind. */
  requirement?: string | undefined;
};

/** What something is done to: a period, or a person who has none yet. */
export type ChosenItem = { periodId: string | null; personId: string | null; name: string; slug: string };

type Choice = {
  /** How many there are to do it to. */
  count: number;
  /** Of people to whom a requirement would be assigned: how many it asks already. */
  already: number;
  /** The first of them by name; null of a requirement that is not there. */
  first: ChosenItem[];
};

/** Everybody and everything that something would be done to, of all whom the actor may see; `limit` of them by name. */
export async function choiceOf(
  db: Db,
  actor: Actor,
  chosen: Chosen,
  limit: number,
  now: Date,
): Promise<Choice> {
  allow(actor, bulkPermissions[chosen.kind], {});
  return chosen.kind === "assign"
    ? peopleToName(db, actor, chosen, limit, now)
    : periodsOf(db, actor, chosen, limit, now);
}

const anyOf = (states: readonly PeriodState[], now: Date): SQL =>
  sql`(${sql.join(
    states.map((state) => inState(state, now)),
    sql` or `,
  )})`;

/** Which standing periods a kind is about. */
function concerned(kind: Exclude<ChosenKind, "assign">, now: Date): SQL {
  switch (kind) {
    case "grant_waiver":
      return sql`(${isNull(period.completedAt)} or ${period.completedAt} > ${momentSql(now)})`;
    case "end_waiver":
      return inState("waived", now);
    case "remind":
      return anyOf(["not_started", "in_progress", "overdue", "expired"], now);
    case "retrain":
      return anyOf(["competent", "expiring"], now);
  }
}

async function periodsOf(
  db: Db,
  actor: Actor,
  { kind, filter, personIds }: Chosen,
  limit: number,
  now: Date,
): Promise<Choice> {
  const requirements = narrowedTo(await requirementsAsAt(db, null, now), filter);
  const where = and(
    visiblePeople(actor, "board.read", now),
    peopleMatching(filter),
    personIds.length === 0 ? undefined : inArray(person.id, [...personIds]),
    ofRequirements(requirements),
    periodsMatching(filter, now),
    kind === "assign" ? undefined : concerned(kind, now),
  );
  const [row] = await db
    .select({ n: count() })
    .from(standingPeriods(null))
    .innerJoin(person, eq(person.id, period.personId))
    .where(where);
  const first = await db
    .select({
      id: sql<string>`${period.id}`,
      name: person.name,
      slug: sql<string>`${period.requirementSlug}`,
    })
    .from(standingPeriods(null))
    .innerJoin(person, eq(person.id, period.personId))
    .where(where)
    .orderBy(asc(person.name), asc(person.id), sql`${period.requirementSlug}`)
    .limit(limit);
  return {
    count: row?.n ?? 0,
    already: 0,
    first: first.map(({ id, ...one }) => ({ ...one, periodId: id, personId: null })),
  };
}

/** The people whom a requirement does not ask yet. */
async function peopleToName(
  db: Db,
  actor: Actor,
  { filter, personIds, requirement }: Chosen,
  limit: number,
  now: Date,
): Promise<Choice> {
  const current = await requirementsAsAt(db, null, now);
  const wanted = current.find((one) => one.slug === requirement);
  if (!wanted) return { count: 0, already: 0, first: [] };
  const matching = and(
    visiblePeople(actor, "board.read", now),
    peopleMatching(filter),
    standingMatching(filter, narrowedTo(current, filter), now),
    personIds.length === 0 ? undefined : inArray(person.id, [...personIds]),
  );
  const asked = exists(
    db
      .select({ one: sql`1` })
      .from(period)
      .where(
        and(
          eq(period.personId, person.id),
          eq(period.requirementSlug, wanted.slug),
          isNull(period.supersededAt),
          isNull(period.endedAt),
        ),
      ),
  );
  const open = and(matching, not(asked));
  const first = await db
    .select({ personId: person.id, name: person.name })
    .from(person)
    .where(open)
    .orderBy(asc(person.name), asc(person.id))
    .limit(limit);
  return {
    count: await db.$count(person, open),
    already: await db.$count(person, and(matching, asked)),
    first: first.map((one) => ({ ...one, periodId: null, slug: wanted.slug })),
  };
}
