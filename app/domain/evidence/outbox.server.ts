import { and, eq, inArray, isNull, lte, or, sql } from "drizzle-orm";
import type { PgUpdateSetSource } from "drizzle-orm/pg-core";
import type { Db } from "#db/client.server.ts";
import { deadLetter, lrsTarget } from "#db/schema/evidence.ts";
import { organisation } from "#db/schema/people.ts";
import { type Draft, requestsOf, type Send } from "./forwarding.ts";
import { lettersDue, loaded, scanFrom } from "./forwarding.server.ts";
import { nextTry, type Sent } from "./outbox.ts";

/** Statements per request. */
const requestSize = 50;
/** Reads per target in one run, so that a run ends. */
const scansPerRun = 20;
/** How long a process that says nothing more keeps its target; a request ends well within it. */
const leaseMs = 120_000;
/** An answer's first line tells what is wrong; an LRS may send a page. */
const longestError = 300;

/**
 * Forwards what is due to every active target, in the order of the store: the statement table is the queue, and a target's
 * cursor its place in it. At least once: what was sent and not yet noted when a process dies is sent again under the same ids.
 * Answers how many statements were taken. `random` gives 0..1 for the jitter of the waits.
 */
export async function deliverDue(
  db: Db,
  send: Send,
  clock: () => Date,
  random: () => number = Math.random,
): Promise<number> {
  const due = and(eq(lrsTarget.active, true), lte(lrsTarget.nextTryAt, clock()));
  const targets = await db.select({ name: lrsTarget.name }).from(lrsTarget).where(due);
  const [home] = await db.select({ baseIri: organisation.baseIri }).from(organisation);
  const runs = await Promise.allSettled(
    targets.map(async ({ name }) => {
      const lease = await claim(db, name, clock());
      if (!lease) return 0;
      return deliver({ db, send, clock, random, lease, baseIri: home?.baseIri ?? "", taken: 0 });
    }),
  );
  for (const run of runs) if (run.status === "rejected") throw run.reason;
  return runs.reduce((sum, run) => sum + (run.status === "fulfilled" ? run.value : 0), 0);
}

/** A target that this process alone sends to until then, as it was last read or written. */
type Lease = Pick<typeof lrsTarget.$inferSelect, "name" | "filter" | "cursor" | "attempts"> & { until: Date };

type Run = {
  db: Db;
  send: Send;
  clock: () => Date;
  random: () => number;
  /** Prefix of this organisation's ids. */
  baseIri: string;
  lease: Lease;
  /** Statements the target took in this run. */
  taken: number;
};

/** A lease in the row and not an open transaction: a slow LRS must not hold locks, or the one session of the embedded engine. */
async function claim(db: Db, name: string, now: Date): Promise<Lease | null> {
  const until = new Date(now.getTime() + leaseMs);
  const free = db
    .select({ name: lrsTarget.name })
    .from(lrsTarget)
    .where(
      and(
        eq(lrsTarget.name, name),
        eq(lrsTarget.active, true),
        lte(lrsTarget.nextTryAt, now),
        or(isNull(lrsTarget.sendingUntil), lte(lrsTarget.sendingUntil, now)),
      ),
    )
    .for("update", { skipLocked: true });
  const [row] = await db
    .update(lrsTarget)
    .set({ sendingUntil: until })
    .where(eq(lrsTarget.name, sql`(${free})`))
    .returning();
  return row ? { ...row, until } : null;
}

/**
 * Writes to the row of the leased target and prolongs the lease. False when the row is no longer as this process knows it (the
 * lease ran out, an administrator set another filter): what was sent is then sent again, and nothing is passed over.
 */
async function keep(run: Run, tx: Db, set: PgUpdateSetSource<typeof lrsTarget>): Promise<boolean> {
  const { lease } = run;
  const until = new Date(run.clock().getTime() + leaseMs);
  const rows = await tx
    .update(lrsTarget)
    .set({ ...set, sendingUntil: until })
    .where(
      and(
        eq(lrsTarget.name, lease.name),
        eq(lrsTarget.sendingUntil, lease.until),
        eq(lrsTarget.cursor, lease.cursor),
        eq(lrsTarget.filter, lease.filter),
      ),
    )
    .returning({ cursor: lrsTarget.cursor, attempts: lrsTarget.attempts });
  if (!rows[0]) return false;
  run.lease = { ...lease, ...rows[0], until };
  return true;
}

async function deliver(run: Run): Promise<number> {
  const letters = await lettersDue(run.db, run.lease.name, run.clock());
  // What is sent once more goes apart from the cursor.
  if (await sendInOrder(run, letters, () => run.lease.cursor)) await forward(run);
  const { name, until } = run.lease;
  await run.db
    .update(lrsTarget)
    .set({ sendingUntil: null })
    .where(and(eq(lrsTarget.name, name), eq(lrsTarget.sendingUntil, until)));
  return run.taken;
}

async function forward(run: Run): Promise<void> {
  for (let scans = 0; scans < scansPerRun; scans++) {
    const scan = await scanFrom(run.db, run.lease, run.baseIri);
    if (!scan) return;
    if (!(await sendInOrder(run, scan.drafts, (last) => last.seq))) return;
    const rest = run.lease.cursor < scan.end;
    if (rest && !(await keep(run, run.db, { cursor: scan.end }))) return;
  }
}

/**
 * Sends statements, in their order. One bad statement makes an LRS refuse its whole request (xAPI 1.0.3 part 3 §2.1.2), so then
 * each goes alone. `cursorAfter` tells where the target's cursor stands once a statement is done with. False when nothing more
 * may be sent in this run.
 */
async function sendInOrder(
  run: Run,
  drafts: readonly Draft[],
  cursorAfter: (last: Draft) => number,
  together = requestSize,
): Promise<boolean> {
  for (const request of requestsOf(drafts, together)) {
    const [first] = request;
    const last = request.at(-1);
    if (!first || !last) continue;
    const sent = await run.send(run.lease.name, await loaded(run.db, request));
    const goOn = sent.ok
      ? await noteTaken(run, request, cursorAfter(last))
      : sent.kind === "unavailable"
        ? await notePause(run, sent)
        : request.length > 1
          ? await sendInOrder(run, request, cursorAfter, 1)
          : await noteRefused(run, first, sent.error, cursorAfter(first));
    if (!goOn) return false;
  }
  return true;
}

async function noteTaken(run: Run, taken: readonly Draft[], cursor: number): Promise<boolean> {
  const now = run.clock();
  const kept = await run.db.transaction(async (tx) => {
    const delivered = sql`${lrsTarget.delivered} + ${taken.length}`;
    const state = { cursor, delivered, attempts: 0, lastError: null, lastDeliveredAt: now };
    if (!(await keep(run, tx, state))) return false;
    await tx
      .update(deadLetter)
      .set({ outcome: "delivered", endedAt: now, retryAt: null })
      .where(
        and(
          eq(deadLetter.target, run.lease.name),
          inArray(
            deadLetter.seq,
            taken.map((draft) => draft.seq),
          ),
          isNull(deadLetter.endedAt),
        ),
      );
    return true;
  });
  if (kept) run.taken += taken.length;
  return kept;
}

/** Sets a statement aside that the target will not take as it is; the queue goes on behind it. */
async function noteRefused(run: Run, draft: Draft, error: string, cursor: number): Promise<boolean> {
  return run.db.transaction(async (tx) => {
    // A refusal is an answer: whatever kept the target away before is over.
    if (!(await keep(run, tx, { cursor, attempts: 0, lastError: null }))) return false;
    const letter = { error: error.slice(0, longestError), retryAt: null };
    await tx
      .insert(deadLetter)
      .values({ ...letter, target: run.lease.name, seq: draft.seq, at: run.clock(), attempts: 1 })
      .onConflictDoUpdate({
        target: [deadLetter.target, deadLetter.seq],
        targetWhere: isNull(deadLetter.endedAt),
        set: { ...letter, attempts: sql`${deadLetter.attempts} + 1` },
      });
    return true;
  });
}

/** Lets the target rest until its next try, and others have it. Always false: nothing more is sent in this run. */
async function notePause(run: Run, failure: Sent & { ok: false }): Promise<false> {
  const { name, until } = run.lease;
  const attempts = run.lease.attempts + 1;
  await run.db
    .update(lrsTarget)
    .set({
      attempts,
      nextTryAt: nextTry({ ...failure, attempts }, run.clock(), run.random()),
      lastError: failure.error.slice(0, longestError),
      sendingUntil: null,
    })
    .where(and(eq(lrsTarget.name, name), eq(lrsTarget.sendingUntil, until)));
  return false;
}
