import { and, asc, count, desc, eq, isNotNull, isNull, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import type { Db } from "#db/client.server.ts";
import { bulkAction, bulkItem } from "#db/schema/board.ts";
import { period, requirement, waiver } from "#db/schema/competence.ts";
import { person } from "#db/schema/people.ts";
import { recordEvents } from "../audit/event.server.ts";
import { type Actor, allow, Forbidden, system } from "../people/permission.ts";
import type { BulkOutcome } from "./bulk.ts";
import { endWaiver, grantWaiver } from "./waiver.server.ts";
import { mayEndWaiver } from "./waiver.ts";

/** Done in one transaction: short, because each holds the end of the audit log until it commits. */
const batch = 50;

type Action = typeof bulkAction.$inferSelect;
type Item = typeof bulkItem.$inferSelect;

/**
 * Works off what was asked for many periods at once; answers how many items it did. A batch is claimed and done in one
 * transaction, so what a kill leaves undone the next run does, and several processes share the work.
 */
export async function workBulkActions(db: Db, clock: () => Date): Promise<number> {
  let worked = 0;
  const open = await db
    .select()
    .from(bulkAction)
    .where(isNull(bulkAction.finishedAt))
    .orderBy(asc(bulkAction.requestedAt), asc(bulkAction.id));
  for (const action of open) {
    for (let done = -1; done !== 0; worked += done) done = await workBatch(db, action, clock());
    await finish(db, action, clock());
  }
  return worked;
}

async function workBatch(db: Db, action: Action, now: Date): Promise<number> {
  return db.transaction(async (tx) => {
    const items = await tx
      .select()
      .from(bulkItem)
      .where(and(eq(bulkItem.actionId, action.id), isNull(bulkItem.outcome)))
      .orderBy(asc(bulkItem.position))
      .limit(batch)
      .for("update", { skipLocked: true });
    const actor = items.length === 0 ? null : await requester(tx, action, now);
    for (const item of items) {
      const came = await workItem(tx, actor, action, item, now);
      await tx
        .update(bulkItem)
        .set({ ...came, at: now })
        .where(and(eq(bulkItem.actionId, action.id), eq(bulkItem.position, item.position)));
    }
    return items.length;
  });
}

/** Who asked for it, with the roles of today; null once they have left. */
async function requester(tx: Db, action: Action, now: Date): Promise<Actor | null> {
  const [row] = await tx.select().from(person).where(eq(person.id, action.requestedBy));
  if (!row || (row.leftOn !== null && row.leftOn <= now.toISOString().slice(0, 10))) return null;
  return { id: row.id, name: row.name, roles: row.roles };
}

type Came = { outcome: BulkOutcome; waiverId?: string };

async function workItem(tx: Db, actor: Actor | null, action: Action, item: Item, now: Date): Promise<Came> {
  if (actor === null) return { outcome: "not_permitted" };
  const { reason, until } = action;
  try {
    if (action.kind === "end_waiver") return await endCounting(tx, actor, item, reason, now);
    const { periodId } = item;
    const result = await grantWaiver(tx, actor, { periodId, reason, until: until ?? "" }, now);
    if (!result?.ok) return { outcome: result?.reason ?? "not_permitted" };
    const [granted] = await tx
      .select({ id: waiver.id })
      .from(waiver)
      .where(and(eq(waiver.periodId, periodId), eq(waiver.grantedAt, now)))
      .orderBy(desc(waiver.until))
      .limit(1);
    return { outcome: "done", ...(granted ? { waiverId: granted.id } : {}) };
  } catch (error) {
    if (!(error instanceof Forbidden)) throw error;
    const [own] = await tx.select().from(period).where(eq(period.id, item.periodId));
    return { outcome: own?.personId === actor.id ? "own" : "not_permitted" };
  }
}

/** Ends the waiver named, or every one of the period that counts. */
async function endCounting(tx: Db, actor: Actor, item: Item, reason: string, now: Date): Promise<Came> {
  const rows = await tx
    .select()
    .from(waiver)
    .where(item.waiverId === null ? eq(waiver.periodId, item.periodId) : eq(waiver.id, item.waiverId))
    .orderBy(asc(waiver.grantedAt));
  const counting = rows.filter((row) => mayEndWaiver(row, now));
  for (const { id } of counting) await endWaiver(tx, actor, { waiverId: id, reason }, now);
  const last = counting.at(-1);
  return last ? { outcome: "done", waiverId: last.id } : { outcome: "ended" };
}

async function finish(db: Db, action: Action, now: Date): Promise<void> {
  await db.transaction(async (tx) => {
    const { id, kind } = action;
    const open = await tx.$count(bulkItem, and(eq(bulkItem.actionId, id), isNull(bulkItem.outcome)));
    // Another process is at the rest of it, or was killed: a later run finishes.
    if (open > 0) return;
    const closed = await tx
      .update(bulkAction)
      .set({ finishedAt: now })
      .where(and(eq(bulkAction.id, id), isNull(bulkAction.finishedAt)))
      .returning();
    if (closed.length === 0) return;
    const { done, refused } = await progressOf(tx, id);
    const data = { kind, done, refused };
    await recordEvents(
      tx,
      system,
      [{ type: "bulk.finished", subjectType: "bulk_action", subjectId: id, data }],
      now,
    );
  });
}

async function progressOf(db: Db, id: string): Promise<{ done: number; refused: number }> {
  const [row] = await db
    .select({
      done: count(sql`case when ${bulkItem.outcome} = 'done' then 1 end`),
      worked: count(bulkItem.outcome),
    })
    .from(bulkItem)
    .where(eq(bulkItem.actionId, id));
  const { done, worked } = row ?? { done: 0, worked: 0 };
  return { done, refused: worked - done };
}

export type BulkView = Pick<
  Action,
  "id" | "kind" | "filter" | "reason" | "until" | "requestedAt" | "finishedAt" | "total" | "undoes"
> & {
  requestedBy: string;
  done: number;
  refused: number;
  /** The action that takes it back. */
  undoneBy: string | null;
  /** The first of those to whom it was not done. */
  refusals: { personId: string; name: string; requirement: string; outcome: BulkOutcome }[];
};

/** How many of those refused a page shows. */
const shownRefusals = 100;

/** An action and how far it is, for those who may ask for such. Null when there is none. */
export async function bulkView(db: Db, actor: Actor, id: string): Promise<BulkView | null> {
  allow(actor, "waiver.grant", {});
  const undo = alias(bulkAction, "undo");
  const [row] = await db
    .select({ action: bulkAction, by: person.name, undoneBy: undo.id })
    .from(bulkAction)
    .innerJoin(person, eq(person.id, bulkAction.requestedBy))
    .leftJoin(undo, eq(undo.undoes, bulkAction.id))
    .where(eq(bulkAction.id, id));
  if (!row) return null;
  const refusals = await db
    .select({
      personId: person.id,
      name: person.name,
      requirement: requirement.title,
      outcome: sql<BulkOutcome>`${bulkItem.outcome}`,
    })
    .from(bulkItem)
    .innerJoin(period, eq(period.id, bulkItem.periodId))
    .innerJoin(person, eq(person.id, period.personId))
    .innerJoin(requirement, eq(requirement.slug, period.requirementSlug))
    .where(and(eq(bulkItem.actionId, id), isNotNull(bulkItem.outcome), sql`${bulkItem.outcome} <> 'done'`))
    .orderBy(asc(bulkItem.position))
    .limit(shownRefusals);
  return {
    ...row.action,
    requestedBy: row.by,
    ...(await progressOf(db, id)),
    undoneBy: row.undoneBy,
    refusals,
  };
}

/** The newest actions, for those who may ask for such. */
export async function bulkActions(db: Db, actor: Actor): Promise<(Action & { by: string })[]> {
  allow(actor, "waiver.grant", {});
  const rows = await db
    .select({ action: bulkAction, by: person.name })
    .from(bulkAction)
    .innerJoin(person, eq(person.id, bulkAction.requestedBy))
    .orderBy(desc(bulkAction.requestedAt), desc(bulkAction.id))
    .limit(50);
  return rows.map(({ action, by }) => ({ ...action, by }));
}
