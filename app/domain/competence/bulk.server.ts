import { and, asc, count, eq, inArray, isNull, type SQL, sql } from "drizzle-orm";
import type { Db } from "#db/client.server.ts";
import { bulkAction, bulkItem } from "#db/schema/board.ts";
import { period } from "#db/schema/competence.ts";
import { person } from "#db/schema/people.ts";
import { recordEvents } from "../audit/event.server.ts";
import { type Actor, allow } from "../people/permission.ts";
import { type BoardFilter, filterQuery, loggedFilter } from "./board.ts";
import { ofRequirements, peopleMatching, periodsMatching, visiblePeople } from "./board-row.server.ts";
import { inState, momentSql, standingPeriods } from "./board-state.server.ts";
import { narrowedTo } from "./board.server.ts";
import { type BulkInput, type BulkKind, bulkLimit } from "./bulk.ts";
import { requirementsAsAt } from "./requirement-as-at.server.ts";

/** Which periods: of the people a filter leaves, or of those ticked among them. */
export type Chosen = { kind: BulkKind; filter: BoardFilter; personIds: readonly string[] };

export type Preview = {
  periods: number;
  /** The first people of them, by name. */
  first: { name: string; requirement: string }[];
};

const previewed = 8;
const batch = 5000;

/** How many periods something would be done to, and whose the first are; reads, and changes nothing. */
export async function previewBulk(db: Db, actor: Actor, chosen: Chosen, now: Date): Promise<Preview> {
  const where = await chosenPeriods(db, actor, chosen, now);
  const [row] = await db
    .select({ n: count() })
    .from(standingPeriods(null))
    .innerJoin(person, eq(person.id, period.personId))
    .where(where);
  const titles = new Map((await requirementsAsAt(db, null, now)).map((one) => [one.slug, one.title]));
  const first = await db
    .select({ name: person.name, slug: sql<string>`${period.requirementSlug}` })
    .from(standingPeriods(null))
    .innerJoin(person, eq(person.id, period.personId))
    .where(where)
    .orderBy(asc(person.name), asc(person.id))
    .limit(previewed);
  return {
    periods: row?.n ?? 0,
    first: first.map(({ name, slug }) => ({ name, requirement: titles.get(slug) ?? slug })),
  };
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
  allow(actor, "waiver.grant", {});
  return db.transaction(async (tx) => {
    if ((await tx.$count(bulkAction, eq(bulkAction.id, input.id))) > 0) return { ok: true };
    const where = await chosenPeriods(tx, actor, input, now);
    const rows = await tx
      .select({ id: sql<string>`${period.id}` })
      .from(standingPeriods(null))
      .innerJoin(person, eq(person.id, period.personId))
      .where(where)
      .orderBy(asc(person.name), asc(person.id), sql`${period.requirementSlug}`)
      .limit(bulkLimit + 1);
    const periods = rows.length;
    if (periods === 0) return { ok: false, reason: "none", periods };
    if (periods > bulkLimit) return { ok: false, reason: "too_many", periods };
    if (periods !== input.expected) return { ok: false, reason: "changed", periods };
    const items = rows.map((row) => ({ periodId: row.id }));
    await writeBulk(tx, actor, { ...input, filter: filterQuery(input.filter), items }, now);
    return { ok: true };
  });
}

/** Takes back what an action did: ends the waivers that it granted, as an action of its own. Null when there is none. */
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
    const [earlier] = await tx.select().from(bulkAction).where(eq(bulkAction.undoes, of.id));
    if (earlier?.id === of.undoId) return { ok: true };
    const items = await tx
      .select({ periodId: bulkItem.periodId, waiverId: bulkItem.waiverId })
      .from(bulkItem)
      .where(and(eq(bulkItem.actionId, of.id), eq(bulkItem.outcome, "done")))
      .orderBy(bulkItem.position);
    if (earlier || action.kind !== "grant_waiver" || action.finishedAt === null || items.length === 0)
      return { ok: false };
    const input: BulkInput = { kind: "end_waiver", reason: of.reason };
    await writeBulk(tx, actor, { id: of.undoId, filter: action.filter, input, items, undoes: of.id }, now);
    return { ok: true };
  });
}

type Written = {
  id: string;
  filter: string;
  input: BulkInput;
  items: { periodId: string; waiverId?: string | null }[];
  undoes?: string;
};

async function writeBulk(tx: Db, actor: Actor, of: Written, now: Date): Promise<void> {
  const { id, filter, input, items, undoes } = of;
  const { kind, reason } = input;
  await tx.insert(bulkAction).values({
    id,
    kind,
    filter,
    reason,
    until: input.kind === "grant_waiver" ? input.until : null,
    requestedBy: actor.id,
    requestedAt: now,
    total: items.length,
    undoes: undoes ?? null,
  });
  for (let i = 0; i < items.length; i += batch)
    await tx.insert(bulkItem).values(
      items.slice(i, i + batch).map(({ periodId, waiverId }, at) => ({
        actionId: id,
        position: i + at + 1,
        periodId,
        waiverId: waiverId ?? null,
      })),
    );
  const data = { kind, periods: items.length, filter: loggedFilter(filter) };
  await recordEvents(
    tx,
    actor,
    [{ type: "bulk.started", subjectType: "bulk_action", subjectId: id, data }],
    now,
  );
}

/** The periods that stand and that something can be done to, of all whom the actor may see. */
async function chosenPeriods(
  db: Db,
  actor: Actor,
  { kind, filter, personIds }: Chosen,
  now: Date,
): Promise<SQL | undefined> {
  allow(actor, "waiver.grant", {});
  const requirements = narrowedTo(await requirementsAsAt(db, null, now), filter);
  return and(
    visiblePeople(actor, "board.read", now),
    peopleMatching(filter),
    personIds.length === 0 ? undefined : inArray(person.id, [...personIds]),
    ofRequirements(requirements),
    periodsMatching(filter, now),
    kind === "end_waiver"
      ? inState("waived", now)
      : sql`(${isNull(period.completedAt)} or ${period.completedAt} > ${momentSql(now)})`,
  );
}
