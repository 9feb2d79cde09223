import { and, eq } from "drizzle-orm";
import type { Db } from "#db/client.server.ts";
import { bulkAction, bulkItem } from "#db/schema/board.ts";
import { recordEvents } from "../audit/event.server.ts";
import { type Actor, allow } from "../people/permission.ts";
import { filterQuery, loggedFilter } from "./board.ts";
import { type BulkInput, bulkLimit, bulkPermissions, storedBulk, undoOf } from "./bulk.ts";
import { type Chosen, choiceOf } from "./bulk-choice.server.ts";
import { requirementsAsAt } from "./requirement-as-at.server.ts";

export type Preview = {
  /** To how many periods, or people, it would be done. */
  periods: number;
  /** Of those to whom a requirement would be assigned: how many it asks already. */
  already: number;
  /** The first people of them, by name. */
  first: { name: string; requirement: string }[];
};

const previewed = 8;
const batch = 5000;

/** How many periods something would be done to, and whose the first are; reads, and changes nothing. */
export async function previewBulk(db: Db, actor: Actor, chosen: Chosen, now: Date): Promise<Preview> {
  const { count, already, first } = await choiceOf(db, actor, chosen, previewed, now);
  const titles = new Map((await requirementsAsAt(db, null, now)).map((one) => [one.slug, one.title]));
  return {
    periods: count,
    already,
    first: first.map(({ name, slug }) => ({ name, requirement: titles.get(slug) ?? slug })),
  };
}

/** Whether an action of the id was asked for, so that a form sent twice is known. */
export async function isBulkAction(db: Db, actor: Actor, id: string): Promise<boolean> {
  allow(actor, "waiver.grant", {});
  return (await db.$count(bulkAction, eq(bulkAction.id, id))) > 0;
}

export type BulkRefusal = "none" | "too_many" | "changed";

/**
 * Has something done to many periods, for the schedule to work off. `id` comes from the form, so that sending it twice
 * asks once. Refused when it is no longer as many as the preview said.
 */
export async function startBulk(
  db: Db,
  actor: Actor,
  input: Chosen & { id: string; expected: number; input: BulkInput },
  now: Date,
): Promise<{ ok: true } | { ok: false; reason: BulkRefusal; periods: number }> {
  allow(actor, bulkPermissions[input.kind], {});
  return db.transaction(async (tx) => {
    if ((await tx.$count(bulkAction, eq(bulkAction.id, input.id))) > 0) return { ok: true };
    const { first: rows } = await choiceOf(tx, actor, input, bulkLimit + 1, now);
    const periods = rows.length;
    if (periods === 0) return { ok: false, reason: "none", periods };
    if (periods > bulkLimit) return { ok: false, reason: "too_many", periods };
    if (periods !== input.expected) return { ok: false, reason: "changed", periods };
    const items = rows.map(({ periodId, personId }) => ({ periodId, personId }));
    const action = { id: input.id, ...storedBulk(input.input), filter: filterQuery(input.filter) };
    await writeBulk(tx, actor, action, items, now);
    return { ok: true };
  });
}

/** Takes back what an action did, as an action of its own; each kind has its way back. Null when there is none. */
export async function undoBulk(
  db: Db,
  actor: Actor,
  of: { id: string; undoId: string; reason: string },
  now: Date,
): Promise<{ ok: true } | { ok: false } | null> {
  allow(actor, "waiver.grant", {});
  return db.transaction(async (tx) => {
    const [action] = await tx.select().from(bulkAction).where(eq(bulkAction.id, of.id)).for("update");
    if (!action) return null;
    const kind = undoOf(action.kind);
    if (kind) allow(actor, bulkPermissions[kind], {});
    const [earlier] = await tx.select().from(bulkAction).where(eq(bulkAction.undoes, of.id));
    if (earlier?.id === of.undoId) return { ok: true };
    const items = await tx
      .select({
        periodId: bulkItem.periodId,
        personId: bulkItem.personId,
        waiverId: bulkItem.waiverId,
        noticeId: bulkItem.noticeId,
        openedId: bulkItem.openedId,
        namingId: bulkItem.namingId,
      })
      .from(bulkItem)
      .where(and(eq(bulkItem.actionId, of.id), eq(bulkItem.outcome, "done")))
      .orderBy(bulkItem.position);
    if (earlier || kind === null || action.finishedAt === null || items.length === 0) return { ok: false };
    const { filter, details } = action;
    const undo = { id: of.undoId, kind, filter, reason: of.reason, until: null, details, undoes: of.id };
    await writeBulk(tx, actor, undo, items, now);
    return { ok: true };
  });
}

type NewAction = Omit<typeof bulkAction.$inferInsert, "requestedBy" | "requestedAt" | "total">;
type NewItem = Omit<typeof bulkItem.$inferInsert, "actionId" | "position">;

async function writeBulk(
  tx: Db,
  actor: Actor,
  action: NewAction,
  items: readonly NewItem[],
  now: Date,
): Promise<void> {
  const { id, kind, filter } = action;
  await tx
    .insert(bulkAction)
    .values({ ...action, requestedBy: actor.id, requestedAt: now, total: items.length });
  for (let i = 0; i < items.length; i += batch)
    await tx
      .insert(bulkItem)
      .values(items.slice(i, i + batch).map((item, at) => ({ ...item, actionId: id, position: i + at + 1 })));
  const data = { kind, periods: items.length, filter: loggedFilter(filter) };
  await recordEvents(
    tx,
    actor,
    [{ type: "bulk.started", subjectType: "bulk_action", subjectId: id, data }],
    now,
  );
}
