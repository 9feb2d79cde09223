import { and, asc, desc, eq, inArray } from "drizzle-orm";
import type { Db } from "#db/client.server.ts";
import { type bulkAction, bulkItem } from "#db/schema/board.ts";
import { period, waiver } from "#db/schema/competence.ts";
import { recordEvents } from "../audit/event.server.ts";
import { statementId } from "../evidence/statement.ts";
import { type Actor, can, Forbidden } from "../people/permission.ts";
import { type BulkKind, type BulkOutcome, bulkPermissions } from "./bulk.ts";
import { endNaming, nameForRequirement } from "./naming.server.ts";
import { askReminder, callReminderBack } from "./remind.server.ts";
import { retrain } from "./retraining.server.ts";
import { withdrawRetraining } from "./retraining-undo.server.ts";
import { lastDayOf, mayEndWaiver } from "./waiver.ts";
import { endWaiver, grantWaiver } from "./waiver.server.ts";

export type Action = typeof bulkAction.$inferSelect;
export type Item = typeof bulkItem.$inferSelect;

/** What came of an item, and what it made. */
export type Came = { outcome: BulkOutcome } & Partial<
  Pick<Item, "waiverId" | "noticeId" | "openedId" | "namingId">
>;

type Work = { actor: Actor; action: Action; now: Date };
type One = (tx: Db, item: Item, work: Work) => Promise<Came>;

/** Does some items of an action, in the caller's transaction; answers what came of each, in their order. */
export async function doItems(
  tx: Db,
  actor: Actor | null,
  action: Action,
  items: readonly Item[],
  now: Date,
): Promise<Came[]> {
  if (actor === null || !can(actor, bulkPermissions[action.kind], {}))
    return items.map(() => ({ outcome: "not_permitted" }));
  const work = { actor, action, now };
  if (action.kind === "retrain") return retrainAll(tx, items, work);
  if (action.kind === "assign") return nameAll(tx, items, work);
  const one = oneByOne[action.kind];
  const all: Came[] = [];
  for (const item of items) all.push(await permitted(tx, one, item, work));
  return all;
}

async function permitted(tx: Db, one: One, item: Item, work: Work): Promise<Came> {
  try {
    return await one(tx, item, work);
  } catch (error) {
    if (!(error instanceof Forbidden)) throw error;
    const [of] = item.periodId
      ? await tx.select({ personId: period.personId }).from(period).where(eq(period.id, item.periodId))
      : [item];
    return { outcome: of?.personId === work.actor.id ? "own" : "not_permitted" };
  }
}

const oneByOne: Record<Exclude<BulkKind, "retrain" | "assign">, One> = {
  async grant_waiver(tx, { periodId }, { actor, action, now }) {
    if (periodId === null) return { outcome: "not_permitted" };
    const { reason, until } = action;
    const result = await grantWaiver(tx, actor, { periodId, reason, until: until ?? "" }, now);
    if (!result?.ok) return { outcome: result?.reason ?? "not_permitted" };
    const waiverId = await grantedAt(tx, periodId, now);
    return { outcome: "done", waiverId };
  },

  /** Ends the waiver named, or every one of the period that counts. */
  async end_waiver(tx, { periodId, waiverId }, { actor, action: { reason }, now }) {
    if (periodId === null) return { outcome: "not_permitted" };
    const rows = await tx
      .select()
      .from(waiver)
      .where(waiverId === null ? eq(waiver.periodId, periodId) : eq(waiver.id, waiverId))
      .orderBy(asc(waiver.grantedAt));
    const counting = rows.filter((row) => mayEndWaiver(row, now));
    for (const { id } of counting) await endWaiver(tx, actor, { waiverId: id, reason }, now);
    const last = counting.at(-1);
    return last ? { outcome: "done", waiverId: last.id } : { outcome: "ended" };
  },

  /** Grants what an action ended again, for its former reason until its former end. */
  async regrant_waiver(tx, { periodId, waiverId }, { actor, now }) {
    if (periodId === null || waiverId === null) return { outcome: "nothing_left" };
    const [last] = await tx.select().from(waiver).where(eq(waiver.id, waiverId));
    if (!last?.endedAt) return { outcome: "nothing_left" };
    const ended = await tx
      .select()
      .from(waiver)
      .where(and(eq(waiver.periodId, periodId), eq(waiver.endedAt, last.endedAt)))
      .orderBy(asc(waiver.until));
    let outcome: BulkOutcome = "nothing_left";
    for (const { reason, until: end } of ended) {
      const until = lastDayOf(end).toISOString().slice(0, 10);
      const result = await grantWaiver(tx, actor, { periodId, reason, until }, now);
      outcome = result?.ok ? "done" : (result?.reason ?? "not_permitted");
    }
    return outcome === "done" ? { outcome, waiverId: await grantedAt(tx, periodId, now) } : { outcome };
  },

  async remind(tx, { periodId }, { actor, action, now }) {
    if (periodId === null) return { outcome: "not_permitted" };
    const result = await askReminder(tx, actor, { periodId, askId: action.id }, now);
    if (result?.ok) return { outcome: "done", noticeId: result.noticeId };
    return { outcome: result?.reason ?? "not_permitted" };
  },

  async call_back(tx, { noticeId }, { actor, now }) {
    const result = noticeId === null ? null : await callReminderBack(tx, actor, noticeId, now);
    return { outcome: result?.ok ? "done" : (result?.reason ?? "nothing_left") };
  },

  async withdraw_retraining(tx, { periodId, openedId }, { actor, action: { undoes }, now }) {
    if (periodId === null || undoes === null) return { outcome: "nothing_left" };
    const [before] = await tx
      .select({ at: bulkItem.at, slug: period.requirementSlug })
      .from(bulkItem)
      .innerJoin(period, eq(period.id, bulkItem.periodId))
      .where(and(eq(bulkItem.actionId, undoes), eq(bulkItem.periodId, periodId)));
    if (!before?.at) return { outcome: "nothing_left" };
    const retrainingId = askingId(undoes, before.slug);
    const of = { periodId, at: before.at, retrainingId, openedId };
    const result = await withdrawRetraining(tx, actor, of, now);
    return { outcome: result?.ok ? "done" : (result?.reason ?? "nothing_left") };
  },

  async withdraw_assignment(tx, { namingId }, { actor, action: { reason }, now }) {
    const result = namingId === null ? null : await endNaming(tx, actor, { namingId, reason }, now);
    return { outcome: result?.ok ? "done" : (result?.reason ?? "nothing_left") };
  },
};

/** The waiver of a period that was granted at a moment and lasts longest. */
async function grantedAt(tx: Db, periodId: string, now: Date): Promise<string | null> {
  const [granted] = await tx
    .select({ id: waiver.id })
    .from(waiver)
    .where(and(eq(waiver.periodId, periodId), eq(waiver.grantedAt, now)))
    .orderBy(desc(waiver.until))
    .limit(1);
  return granted?.id ?? null;
}

/** All that one action asks of a requirement is one asking, however many batches it takes. */
const askingId = (actionId: string, slug: string): string => statementId(`${actionId}/${slug}`, "asked");

/** Asks again requirement by requirement: one event says whom of a batch, as when HR asks on the requirement's page. */
async function retrainAll(tx: Db, items: readonly Item[], { actor, action, now }: Work): Promise<Came[]> {
  const { cause = "hr", dueDays = 1 } = action.details ?? {};
  const ids = items.flatMap((item) => item.periodId ?? []);
  const rows = await tx.select().from(period).where(inArray(period.id, ids));
  const byId = new Map(rows.map((row) => [row.id, row]));
  const opened = new Map<string, string | null>();
  for (const requirement of new Set(rows.map((row) => row.requirementSlug))) {
    const personIds = rows.flatMap((row) => (row.requirementSlug === requirement ? [row.personId] : []));
    const id = askingId(action.id, requirement);
    const input = { requirement, personIds, cause, reason: action.reason, dueDays, id };
    const done = await retrain(tx, actor, input, now);
    await recordEvents(tx, actor, done.entries, now);
    for (const personId of done.personIds) opened.set(`${requirement} ${personId}`, null);
    const made = done.entries.flatMap((entry) => (entry.type === "period.assigned" ? [entry] : []));
    for (const { subjectId, data } of made) opened.set(`${requirement} ${data.personId}`, subjectId);
  }
  return items.map(({ periodId }) => {
    const row = byId.get(periodId ?? "");
    const openedId = row && opened.get(`${row.requirementSlug} ${row.personId}`);
    return openedId === undefined ? { outcome: "unproven" } : { outcome: "done", openedId };
  });
}

async function nameAll(tx: Db, items: readonly Item[], { actor, action, now }: Work): Promise<Came[]> {
  const { requirement = "", lastDay = null } = action.details ?? {};
  const personIds = items.flatMap((item) => item.personId ?? []);
  const input = { requirement, personIds, reason: action.reason, lastDay };
  const named = await nameForRequirement(tx, actor, input, now);
  return items.map(({ personId }) => {
    const came = named.get(personId ?? "");
    if (came?.ok) return { outcome: "done", namingId: came.namingId };
    return { outcome: came?.reason ?? "not_permitted" };
  });
}
