import { and, asc, desc, eq, gt, isNull, sql } from "drizzle-orm";
import type { Db } from "#db/client.server.ts";
import { deadLetter, lrsTarget } from "#db/schema/evidence.ts";
import { statement } from "#db/schema/lrs.ts";
import type { AuditEntry } from "../audit/event.ts";
import { recordEvents } from "../audit/event.server.ts";
import { allow, type Actor, system } from "../people/permission.ts";
import { everything, type TargetFilter } from "./outbox.ts";

/**
 * Makes the stored targets those of the configuration. A new target starts before the first statement, so that the whole past
 * goes there; one no longer configured is kept but rests, and goes on from its cursor when it is back.
 */
export async function syncTargets(
  db: Db,
  targets: readonly { name: string; endpoint: string }[],
  now: Date,
): Promise<void> {
  await db.transaction(async (tx) => {
    // Several processes start at once; each target is added, and recorded as added, once.
    await tx.execute(sql`lock table ${lrsTarget} in share row exclusive mode`);
    const known = await tx.select().from(lrsTarget);
    const head = await lastSeq(tx);
    const events: AuditEntry[] = [];
    for (const { name, endpoint } of targets) {
      const before = known.find((t) => t.name === name);
      if (before?.active && before.endpoint === endpoint) continue;
      await tx
        .insert(lrsTarget)
        .values({ ...aNewTarget(now), name, endpoint })
        .onConflictDoUpdate({ target: lrsTarget.name, set: { endpoint, active: true } });
      if (before?.active) continue;
      events.push({
        type: "lrs_target.added",
        subjectType: "lrs_target",
        subjectId: name,
        data: { endpoint, backfilled: head - (before?.cursor ?? 0) },
      });
    }
    const resting = known.filter((t) => t.active && !targets.some((c) => c.name === t.name));
    for (const { name } of resting)
      await tx.update(lrsTarget).set({ active: false }).where(eq(lrsTarget.name, name));
    await recordEvents(tx, system, events, now);
  });
}

function aNewTarget(now: Date) {
  return {
    active: true,
    addedAt: now,
    filter: everything,
    cursor: 0,
    attempts: 0,
    nextTryAt: now,
    delivered: 0,
  };
}

async function lastSeq(db: Db): Promise<number> {
  const [last] = await db
    .select({ seq: statement.seq })
    .from(statement)
    .orderBy(desc(statement.seq))
    .limit(1);
  return last?.seq ?? 0;
}

/** The state of one external LRS. */
export type TargetState = {
  target: string;
  endpoint: string;
  active: boolean;
  filter: TargetFilter;
  /** Statements behind the cursor; those that the filter leaves out are counted until their turn. */
  waiting: number;
  /** When the oldest of them was stored. */
  oldest: Date | null;
  /** Statements taken so far; one that was sent again counts again. */
  delivered: number;
  /** Statements it refused. */
  refused: number;
  /** Statements that are to be sent once more. */
  again: number;
  /** What it said of the last one it refused. */
  refusal: string | null;
  /** Failures in a row. */
  attempts: number;
  nextTryAt: Date;
  lastDeliveredAt: Date | null;
  /** Why it could not be reached. */
  lastError: string | null;
};

/** Every target with what waits for it, what it refused and what went wrong last. */
export async function targetStates(db: Db, actor: Actor): Promise<TargetState[]> {
  allow(actor, "evidence.read", {});
  const targets = await db.select().from(lrsTarget).orderBy(asc(lrsTarget.name));
  const head = await lastSeq(db);
  return Promise.all(targets.map((target) => stateOf(db, target, head)));
}

async function stateOf(db: Db, target: typeof lrsTarget.$inferSelect, head: number): Promise<TargetState> {
  const open = and(eq(deadLetter.target, target.name), isNull(deadLetter.endedAt));
  const [letters] = await db
    .select({
      refused: sql<number>`count(*) filter (where ${deadLetter.retryAt} is null)::int`,
      again: sql<number>`count(*) filter (where ${deadLetter.retryAt} is not null)::int`,
    })
    .from(deadLetter)
    .where(open);
  const [newest] = await db
    .select({ error: deadLetter.error })
    .from(deadLetter)
    .where(and(open, isNull(deadLetter.retryAt)))
    .orderBy(desc(deadLetter.id))
    .limit(1);
  const [oldest] = await db
    .select({ stored: statement.stored })
    .from(statement)
    .where(gt(statement.seq, target.cursor))
    .orderBy(asc(statement.seq))
    .limit(1);
  const { name, endpoint, active, filter, delivered, attempts, nextTryAt, lastDeliveredAt, lastError } =
    target;
  return {
    target: name,
    endpoint,
    active,
    filter,
    waiting: Math.max(0, head - target.cursor),
    oldest: oldest?.stored ?? null,
    delivered,
    refused: letters?.refused ?? 0,
    again: letters?.again ?? 0,
    refusal: newest?.error ?? null,
    attempts,
    nextTryAt,
    lastDeliveredAt,
    lastError,
  };
}

/** Has a target tried at once that waits for its next try. Who is sending already is not disturbed. */
export async function sendNow(
  db: Db,
  actor: Actor,
  target: string,
  now: Date,
): Promise<{ ok: true } | { ok: false; reason: "unknown" }> {
  allow(actor, "outbox.manage", {});
  return db.transaction(async (tx) => {
    const [row] = await tx
      .update(lrsTarget)
      .set({ nextTryAt: now })
      .where(eq(lrsTarget.name, target))
      .returning({ cursor: lrsTarget.cursor });
    if (!row) return { ok: false, reason: "unknown" };
    const data = { target, rows: Math.max(0, (await lastSeq(tx)) - row.cursor) };
    const subject = { subjectType: "lrs_target", subjectId: target };
    await recordEvents(tx, actor, [{ type: "outbox.replayed", ...subject, data }], now);
    return { ok: true };
  });
}

/**
 * Chooses what a target gets from its cursor on. With `again` the cursor goes back to the start, so that it also gets what
 * stands before: what it has already it takes for known by its id.
 */
export async function setTargetFilter(
  db: Db,
  actor: Actor,
  input: { target: string; filter: TargetFilter; again: boolean },
  now: Date,
): Promise<{ ok: true } | { ok: false; reason: "unknown" }> {
  allow(actor, "outbox.manage", {});
  const { target, filter, again } = input;
  return db.transaction(async (tx) => {
    const rows = await tx
      .update(lrsTarget)
      .set({ filter, ...(again ? { cursor: 0 } : {}) })
      .where(eq(lrsTarget.name, target))
      .returning({ name: lrsTarget.name });
    if (rows.length === 0) return { ok: false, reason: "unknown" };
    const subject = { subjectType: "lrs_target", subjectId: target };
    const event = { type: "lrs_target.filter_set", ...subject, data: { ...filter, again } } as const;
    await recordEvents(tx, actor, [event], now);
    return { ok: true };
  });
}
