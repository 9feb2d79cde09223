import { and, asc, count, desc, eq, isNotNull, isNull, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import type { Db } from "#db/client.server.ts";
import { bulkAction, bulkItem } from "#db/schema/board.ts";
import { period, requirement } from "#db/schema/competence.ts";
import { person } from "#db/schema/people.ts";
import { recordEvents } from "../audit/event.server.ts";
import { type Actor, allow, system } from "../people/permission.ts";
import type { BulkOutcome } from "./bulk.ts";
import { type Action, doItems } from "./bulk-item.server.ts";

/** Done in one transaction: short, because each holds the end of the audit log until it commits. */
const batch = 50;

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
    const came = await doItems(tx, actor, action, items, now);
    for (const [i, { position }] of items.entries())
      await tx
        .update(bulkItem)
        .set({ ...came[i], at: now })
        .where(and(eq(bulkItem.actionId, action.id), eq(bulkItem.position, position)));
    return items.length;
  });
}

/** Who asked for it, with the roles of today; null once they have left. */
async function requester(tx: Db, action: Action, now: Date): Promise<Actor | null> {
  const [row] = await tx.select().from(person).where(eq(person.id, action.requestedBy));
  if (!row || (row.leftOn !== null && row.leftOn <= now.toISOString().slice(0, 10))) return null;
  return { id: row.id, name: row.name, roles: row.roles };
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
  | "id"
  | "kind"
  | "filter"
  | "reason"
  | "until"
  | "details"
  | "requestedAt"
  | "finishedAt"
  | "total"
  | "undoes"
> & {
  /** Title of the requirement that is assigned. */
  assigned: string | null;
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
  const slug = row.action.details?.requirement ?? null;
  const [assigned] = await db
    .select({ title: requirement.title })
    .from(requirement)
    .where(eq(requirement.slug, slug ?? ""));
  const refusals = await db
    .select({
      personId: person.id,
      name: person.name,
      requirement: sql<string>`coalesce(${requirement.title}, '')`,
      outcome: sql<BulkOutcome>`${bulkItem.outcome}`,
    })
    .from(bulkItem)
    .leftJoin(period, eq(period.id, bulkItem.periodId))
    .innerJoin(person, eq(person.id, sql`coalesce(${bulkItem.personId}, ${period.personId})`))
    .leftJoin(requirement, eq(requirement.slug, sql`coalesce(${period.requirementSlug}, ${slug})`))
    .where(and(eq(bulkItem.actionId, id), isNotNull(bulkItem.outcome), sql`${bulkItem.outcome} <> 'done'`))
    .orderBy(asc(bulkItem.position))
    .limit(shownRefusals);
  return {
    ...row.action,
    assigned: assigned?.title ?? null,
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
