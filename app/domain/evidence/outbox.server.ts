import { and, asc, eq, inArray, isNull } from "drizzle-orm";
import type { Db } from "#db/client.server.ts";
import { lrsTarget, outbox, statement } from "#db/schema/evidence.ts";
import { nextTry, type Send } from "./outbox.ts";
import type { Statement } from "./statement.ts";

/** Statements per request, and requests per target in one run, so that a run ends. */
const batchSize = 50;
const batchesPerRun = 20;
/** How long a claimed batch is left to its claimer; longer than a request may take. */
const leaseMs = 120_000;

/**
 * Delivers what is due to every active target, oldest first; a target's queue waits behind its oldest undelivered
 * statement, so order holds. At least once: after a crash a batch is sent again under the same ids. Answers how many were taken.
 * `random` gives 0..1 for the jitter of the waits.
 */
export async function deliverDue(
  db: Db,
  send: Send,
  now: Date,
  random: () => number = Math.random,
): Promise<number> {
  const targets = await db.select({ name: lrsTarget.name }).from(lrsTarget).where(eq(lrsTarget.active, true));
  const taken = await Promise.all(targets.map(({ name }) => deliverTo(db, name, send, now, random)));
  return taken.reduce((sum, n) => sum + n, 0);
}

type Claimed = { id: number; attempts: number; body: Statement };

async function deliverTo(
  db: Db,
  target: string,
  send: Send,
  now: Date,
  random: () => number,
): Promise<number> {
  let taken = 0;
  for (let i = 0; i < batchesPerRun; i++) {
    const batch = await claim(db, target, now);
    if (batch.length === 0) break;
    // One bad statement makes an LRS refuse its whole batch (xAPI 1.0.3 part 3 §2.1.2), so then each goes alone.
    const whole = await send(
      target,
      batch.map((row) => row.body),
    );
    if (whole.ok) taken += await markDelivered(db, batch, now);
    else if (whole.kind === "unavailable") {
      await markFailed(db, batch, whole, now, random());
      break;
    } else {
      const each = await deliverEach(db, target, batch, send, now, random);
      taken += each.taken;
      if (!each.reachable) break;
    }
  }
  return taken;
}

/** Sends one by one, until the target stops answering: then the rest of the batch is put back. */
async function deliverEach(
  db: Db,
  target: string,
  batch: Claimed[],
  send: Send,
  now: Date,
  random: () => number,
): Promise<{ taken: number; reachable: boolean }> {
  let taken = 0;
  for (const [i, row] of batch.entries()) {
    const sent = await send(target, [row.body]);
    if (sent.ok) taken += await markDelivered(db, [row], now);
    else if (sent.kind === "refused") await markFailed(db, [row], sent, now, 0);
    else {
      await markFailed(db, batch.slice(i), sent, now, random());
      return { taken, reachable: false };
    }
  }
  return { taken, reachable: true };
}

/**
 * Takes the oldest undelivered statements of a target for this process, when they are due. The claim is a lease in the
 * rows and not an open transaction: a slow LRS must not hold locks, or the one session of the embedded engine.
 */
async function claim(db: Db, target: string, now: Date): Promise<Claimed[]> {
  return db.transaction(async (tx) => {
    const [free] = await tx
      .select({ name: lrsTarget.name })
      .from(lrsTarget)
      .where(eq(lrsTarget.name, target))
      .for("update", { skipLocked: true });
    if (!free) return [];
    const rows = await tx
      .select({
        id: outbox.id,
        attempts: outbox.attempts,
        nextTryAt: outbox.nextTryAt,
        body: statement.body,
      })
      .from(outbox)
      .innerJoin(statement, eq(statement.id, outbox.statementId))
      .where(and(eq(outbox.target, target), isNull(outbox.deliveredAt), isNull(outbox.deadAt)))
      .orderBy(asc(outbox.id))
      .limit(batchSize);
    if (!rows[0] || rows[0].nextTryAt > now) return [];
    await tx
      .update(outbox)
      .set({ nextTryAt: new Date(now.getTime() + leaseMs) })
      .where(
        inArray(
          outbox.id,
          rows.map((row) => row.id),
        ),
      );
    return rows;
  });
}

async function markDelivered(db: Db, rows: Claimed[], now: Date): Promise<number> {
  const ids = rows.map((row) => row.id);
  await db.update(outbox).set({ deliveredAt: now, lastError: null }).where(inArray(outbox.id, ids));
  return rows.length;
}

async function markFailed(
  db: Db,
  rows: Claimed[],
  failure: { kind: "refused" | "unavailable"; error: string; retryAfter?: number },
  now: Date,
  jitter: number,
): Promise<void> {
  await db.transaction(async (tx) => {
    for (const row of rows) {
      const attempts = row.attempts + 1;
      const at = nextTry({ ...failure, attempts }, now, jitter);
      await tx
        .update(outbox)
        .set({
          attempts,
          lastError: failure.error.slice(0, 300),
          ...(at ? { nextTryAt: at } : { deadAt: now }),
        })
        .where(eq(outbox.id, row.id));
    }
  });
}
