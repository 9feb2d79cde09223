import { and, asc, eq, ne, or, sql } from "drizzle-orm";
import { randomUUID } from "node:crypto";
import type { Db } from "#db/client.server.ts";
import { savedView } from "#db/schema/board.ts";
import { person } from "#db/schema/people.ts";
import { recordEvents } from "../audit/event.server.ts";
import { type Actor, Forbidden, reach } from "../people/permission.ts";
import { keptQuery, type SavedViewRefusal, viewLimit } from "./saved-view.ts";

export type SavedView = {
  id: string;
  name: string;
  query: string;
  shared: boolean;
  opens: boolean;
  own: boolean;
  owner: string;
};

/** The views a reader of the board has: the own ones, then those shared, which are for those who see everybody. */
export async function viewsFor(db: Db, actor: Actor): Promise<SavedView[]> {
  readsBoard(actor);
  const everybody = reach(actor, "board.read") === "any";
  const own = eq(savedView.ownerId, actor.id);
  const rows = await db
    .select({ view: savedView, owner: person.name })
    .from(savedView)
    .innerJoin(person, eq(person.id, savedView.ownerId))
    .where(everybody ? or(own, eq(savedView.shared, true)) : own)
    .orderBy(sql`${savedView.ownerId} <> ${actor.id}`, asc(sql`lower(${savedView.name})`), asc(savedView.id));
  return rows.map(({ view: { id, name, query, shared, opens, ownerId }, owner }) => {
    const mine = ownerId === actor.id;
    return { id, name, query, shared, opens: mine && opens, own: mine, owner };
  });
}

type Input = { name: string; shared: boolean; opens: boolean };
type Result = { ok: true; id: string } | { ok: false; reason: SavedViewRefusal };

/** Keeps a filter under a name of the actor's own. Where the board opens with it, it does so with no other. */
export async function saveView(
  db: Db,
  actor: Actor,
  input: Input & { query: string },
  now: Date,
): Promise<Result> {
  readsBoard(actor);
  return db.transaction(async (tx) => {
    await lockOwner(tx, actor);
    if ((await tx.$count(savedView, eq(savedView.ownerId, actor.id))) >= viewLimit)
      return { ok: false, reason: "limit" };
    if (await isTaken(tx, actor, input.name)) return { ok: false, reason: "taken" };
    if (input.opens) await opensNone(tx, actor);
    const id = randomUUID();
    const { name, opens } = input;
    const shared = input.shared && mayShare(actor);
    const row = { id, ownerId: actor.id, name, query: keptQuery(input.query), shared, opens, createdAt: now };
    await tx.insert(savedView).values(row);
    await recordEvents(
      tx,
      actor,
      [{ type: "view.saved", subjectType: "saved_view", subjectId: id, data: { shared } }],
      now,
    );
    return { ok: true, id };
  });
}

/** Changes name, sharing and whether the board opens with it. Null when the actor has no such view. */
export async function changeView(
  db: Db,
  actor: Actor,
  input: Input & { id: string },
  now: Date,
): Promise<Result | null> {
  readsBoard(actor);
  return db.transaction(async (tx) => {
    await lockOwner(tx, actor);
    const { id, name, opens } = input;
    const mine = and(eq(savedView.id, id), eq(savedView.ownerId, actor.id));
    if ((await tx.$count(savedView, mine)) === 0) return null;
    if (await isTaken(tx, actor, name, id)) return { ok: false, reason: "taken" };
    if (opens) await opensNone(tx, actor);
    const shared = input.shared && mayShare(actor);
    await tx.update(savedView).set({ name, shared, opens }).where(mine);
    await recordEvents(
      tx,
      actor,
      [{ type: "view.saved", subjectType: "saved_view", subjectId: id, data: { shared } }],
      now,
    );
    return { ok: true, id };
  });
}

/** Deletes a view of the actor's own. Null when there is none. */
export async function deleteView(db: Db, actor: Actor, id: string, now: Date): Promise<true | null> {
  readsBoard(actor);
  return db.transaction(async (tx) => {
    const [gone] = await tx
      .delete(savedView)
      .where(and(eq(savedView.id, id), eq(savedView.ownerId, actor.id)))
      .returning();
    if (!gone) return null;
    const data = { shared: gone.shared };
    await recordEvents(
      tx,
      actor,
      [{ type: "view.deleted", subjectType: "saved_view", subjectId: id, data }],
      now,
    );
    return true;
  });
}

/** Only those who see everybody share: what a manager narrows to means little to others. */
export const mayShare = (actor: Actor): boolean => reach(actor, "board.read") === "any";

/** Views are kept by those who have a board of their own: a seat of an auditor from outside has none. */
function readsBoard(actor: Actor): void {
  const far = reach(actor, "board.read");
  if (far !== "any" && far !== "team") throw new Forbidden("board.read");
}

/** Two forms sent at once wait for each other rather than meet in an index. */
async function lockOwner(tx: Db, actor: Actor): Promise<void> {
  await tx.select({ id: person.id }).from(person).where(eq(person.id, actor.id)).for("update");
}

async function isTaken(tx: Db, actor: Actor, name: string, but?: string): Promise<boolean> {
  const same = and(
    eq(savedView.ownerId, actor.id),
    sql`lower(${savedView.name}) = lower(${name})`,
    but === undefined ? undefined : ne(savedView.id, but),
  );
  return (await tx.$count(savedView, same)) > 0;
}

async function opensNone(tx: Db, actor: Actor): Promise<void> {
  await tx.update(savedView).set({ opens: false }).where(eq(savedView.ownerId, actor.id));
}
