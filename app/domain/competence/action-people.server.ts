import { and, asc, count, eq, inArray } from "drizzle-orm";
import type { Db } from "#db/client.server.ts";
import { correctiveActionMember } from "#db/schema/actions.ts";
import { person } from "#db/schema/people.ts";
import { type Actor, allow, can, Forbidden, reach } from "../people/permission.ts";
import { type BoardFilter, boardFilter } from "./board.ts";
import { peopleMatching, standingMatching, visiblePeople } from "./board-row.server.ts";
import { narrowedTo } from "./board.server.ts";
import { actionPeopleLimit, type ActionScope, actionScopes } from "./corrective-action.ts";
import { currentRequirements } from "./requirement.server.ts";
import { requirementsAsAt } from "./requirement-as-at.server.ts";

export type Member = { id: string; name: string };

/** Whom an action could be about: all of them, or how many they are where those are more than an action can be about. */
export type Chosen = { members: Member[]; tooMany: number | null };

/**
 * The people of a filter of the board, or those of some ids, whom the actor may see there; nobody for who may open no
 * action about several. Throws Forbidden as the board does.
 */
export async function peopleForAction(
  db: Db,
  actor: Actor,
  of: { filter: BoardFilter } | { ids: readonly string[] },
  now: Date,
): Promise<Chosen> {
  const visible = visiblePeople(actor, "board.read", now);
  if (reach(actor, "action.open") !== "any") return { members: [], tooMany: null };
  const matching =
    "ids" in of
      ? inArray(person.id, [...of.ids])
      : and(
          peopleMatching(of.filter),
          standingMatching(of.filter, narrowedTo(await requirementsAsAt(db, null, now), of.filter), now),
        );
  const members = await db
    .select({ id: person.id, name: person.name })
    .from(person)
    .where(and(visible, matching))
    .orderBy(asc(person.name), asc(person.id))
    .limit(actionPeopleLimit + 1);
  if (members.length <= actionPeopleLimit) return { members, tooMany: null };
  const [all] = await db.select({ n: count() }).from(person).where(and(visible, matching));
  return { members: [], tooMany: all?.n ?? 0 };
}

/** Those an action about several people is about, by name. */
export async function membersOf(db: Db, actionId: string): Promise<Member[]> {
  return db
    .select({ id: person.id, name: person.name })
    .from(correctiveActionMember)
    .innerJoin(person, eq(person.id, correctiveActionMember.personId))
    .where(eq(correctiveActionMember.actionId, actionId))
    .orderBy(asc(person.name), asc(person.id));
}

/** What a new action can be filled in with, for those who may open one: of the person or people named in the address, if any. */
export async function newActionChoices(
  db: Db,
  actor: Actor,
  of: { personId: string | null; board: string | null; ids: readonly string[] },
  now: Date,
): Promise<{
  requirements: { slug: string; title: string }[];
  person: { email: string; name: string } | null;
  people: Chosen;
  suggestions: { email: string; name: string }[];
  scopes: ActionScope[];
  own: string;
}> {
  if (!can(actor, "action.open")) throw new Forbidden("action.open");
  const { personId } = of;
  const [about] = personId === null ? [] : await db.select().from(person).where(eq(person.id, personId));
  if (about) allow(actor, "action.open", { personId: about.id, managerId: about.managerId });
  const ids = [actor.id, ...(about ? [about.id, about.managerId ?? about.id] : [])];
  const known = await db
    .select({ id: person.id, email: person.email, name: person.name })
    .from(person)
    .where(inArray(person.id, ids))
    .orderBy(asc(person.name));
  const people = await chosenPeople(db, actor, of, now);
  const everyone = reach(actor, "action.open") === "any";
  return {
    requirements: (await currentRequirements(db)).map(({ slug, title }) => ({ slug, title })),
    person: about ? { email: about.email, name: about.name } : null,
    suggestions: known.map(({ email, name }) => ({ email, name })),
    people,
    scopes: actionScopes.filter((one) => {
      if (one === "people") return people.members.length > 0;
      return one === "person" || everyone;
    }),
    own: known.find((one) => one.id === actor.id)?.email ?? "",
  };
}

async function chosenPeople(
  db: Db,
  actor: Actor,
  { board, ids }: { board: string | null; ids: readonly string[] },
  now: Date,
): Promise<Chosen> {
  if (ids.length > 0) return peopleForAction(db, actor, { ids }, now);
  if (board === null) return { members: [], tooMany: null };
  const filter = boardFilter.parse(Object.fromEntries(new URLSearchParams(board)));
  return peopleForAction(db, actor, { filter }, now);
}
