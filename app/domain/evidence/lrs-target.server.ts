import { and, asc, eq, isNotNull, isNull, or, sql } from "drizzle-orm";
import { type Db, rowsOf } from "#db/client.server.ts";
import { lrsTarget, outbox, statement } from "#db/schema/evidence.ts";
import type { AuditEntry } from "../audit/event.ts";
import { recordEvents } from "../audit/event.server.ts";
import { allow, type Actor, system } from "../people/permission.ts";

/**
 * Makes the stored targets those of the configuration. A target that is new, or back again, also gets every statement
 * already stored that it lacks; one no longer configured is kept but rests.
 */
export async function syncTargets(
  db: Db,
  targets: readonly { name: string; endpoint: string }[],
  now: Date,
): Promise<void> {
  await db.transaction(async (tx) => {
    // Statements being written while a target appears would reach neither the back-fill nor its outbox.
    await tx.execute(sql`lock table ${statement} in share row exclusive mode`);
    const known = await tx.select().from(lrsTarget);
    const events: AuditEntry[] = [];
    for (const { name, endpoint } of targets) {
      const before = known.find((t) => t.name === name);
      if (before?.active && before.endpoint === endpoint) continue;
      await tx
        .insert(lrsTarget)
        .values({ name, endpoint, active: true, addedAt: now })
        .onConflictDoUpdate({ target: lrsTarget.name, set: { endpoint, active: true } });
      if (before?.active) continue;
      const backfilled = await backfill(tx, name, now);
      events.push({
        type: "lrs_target.added",
        subjectType: "lrs_target",
        subjectId: name,
        data: { endpoint, backfilled },
      });
    }
    const resting = known.filter((t) => t.active && !targets.some((c) => c.name === t.name));
    for (const { name } of resting) {
      await tx.update(lrsTarget).set({ active: false }).where(eq(lrsTarget.name, name));
    }
    await recordEvents(tx, system, events, now);
  });
}

async function backfill(tx: Db, target: string, now: Date): Promise<number> {
  const result = await tx.execute(sql`
    with added as (
      insert into outbox (target, statement_id, next_try_at)
      select ${target}, s.id, ${now.toISOString()}::timestamptz from statement s order by s.seq
      on conflict do nothing returning 1)
    select count(*)::int as added from added`);
  return rowsOf<{ added: number }>(result)[0]?.added ?? 0;
}

/** The state of one external LRS. */
export type Backlog = {
  target: string;
  endpoint: string;
  active: boolean;
  waiting: number;
  dead: number;
  /** When the oldest waiting statement was stored. */
  oldest: Date | null;
  nextTryAt: Date | null;
  lastDeliveredAt: Date | null;
  lastError: string | null;
};

/** Every target with what waits for it and what went wrong last. */
export async function backlog(db: Db, actor: Actor): Promise<Backlog[]> {
  allow(actor, "evidence.read", {});
  const targets = await db.select().from(lrsTarget).orderBy(asc(lrsTarget.name));
  return Promise.all(targets.map((target) => backlogOf(db, target)));
}

async function backlogOf(db: Db, target: typeof lrsTarget.$inferSelect): Promise<Backlog> {
  const mine = eq(outbox.target, target.name);
  const waiting = and(mine, isNull(outbox.deliveredAt), isNull(outbox.deadAt));
  const [counts] = await db
    .select({
      waiting: sql<number>`count(*) filter (where ${outbox.deadAt} is null)::int`,
      dead: sql<number>`count(*) filter (where ${outbox.deadAt} is not null)::int`,
    })
    .from(outbox)
    .where(and(mine, isNull(outbox.deliveredAt)));
  const [first] = await db
    .select({ oldest: statement.stored, nextTryAt: outbox.nextTryAt })
    .from(outbox)
    .innerJoin(statement, eq(statement.id, outbox.statementId))
    .where(waiting)
    .orderBy(asc(outbox.id))
    .limit(1);
  const [delivered] = await db
    .select({ at: outbox.deliveredAt })
    .from(outbox)
    .where(and(mine, isNotNull(outbox.deliveredAt)))
    .orderBy(sql`${outbox.deliveredAt} desc`)
    .limit(1);
  const [failure] = await db
    .select({ error: outbox.lastError })
    .from(outbox)
    .where(and(mine, isNull(outbox.deliveredAt), isNotNull(outbox.lastError)))
    .orderBy(sql`${outbox.deadAt} desc nulls last`, asc(outbox.id))
    .limit(1);
  return {
    target: target.name,
    endpoint: target.endpoint,
    active: target.active,
    waiting: counts?.waiting ?? 0,
    dead: counts?.dead ?? 0,
    oldest: first?.oldest ?? null,
    nextTryAt: first?.nextTryAt ?? null,
    lastDeliveredAt: delivered?.at ?? null,
    lastError: failure?.error ?? null,
  };
}

/** Puts what was given up on, and what is waiting for its next try, in line again at once. */
export async function replay(
  db: Db,
  actor: Actor,
  target: string,
  now: Date,
): Promise<{ ok: true; rows: number } | { ok: false; reason: "unknown" }> {
  allow(actor, "outbox.manage", {});
  return db.transaction(async (tx) => {
    const [known] = await tx.select().from(lrsTarget).where(eq(lrsTarget.name, target));
    if (!known) return { ok: false, reason: "unknown" };
    const again = await tx
      .update(outbox)
      .set({ deadAt: null, attempts: 0, nextTryAt: now })
      .where(
        and(
          eq(outbox.target, target),
          isNull(outbox.deliveredAt),
          or(isNotNull(outbox.deadAt), sql`${outbox.attempts} > 0`),
        ),
      )
      .returning({ id: outbox.id });
    await recordEvents(
      tx,
      actor,
      [
        {
          type: "outbox.replayed",
          subjectType: "lrs_target",
          subjectId: target,
          data: { target, rows: again.length },
        },
      ],
      now,
    );
    return { ok: true, rows: again.length };
  });
}
