import { and, asc, desc, eq, inArray, lt, lte, or, sql } from "drizzle-orm";
import { randomUUID } from "node:crypto";
import { createReadStream, existsSync } from "node:fs";
import { mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import type { Db } from "#db/client.server.ts";
import { packJob } from "#db/schema/pack.ts";
import { person } from "#db/schema/people.ts";
import { recordEvents } from "../audit/event.server.ts";
import type { AuditEntry } from "../audit/event.ts";
import type { Signer } from "../audit/seal.ts";
import { type Actor, can, Forbidden, system } from "../people/permission.ts";
import { buildPack, type Built, type Workshop } from "./build.server.ts";
import { PackFault } from "./part.server.ts";
import { peopleDrawn, proofsDrawn } from "./sample-section.server.ts";
import { isAhead, type PackInput, packScope, type PackScope } from "./scope.ts";
import { mostTries, packDays, type PackStatus } from "./status.ts";

/** What it takes to build packs, with the folder they are kept in. */
export type PackTools = Pick<Workshop, "verifier" | "product" | "reminders"> & { folder: string };

const dayMs = 86_400_000;
/** A build that was not heard of for this long has ended; another process may go on with it. */
const leaseMs = 120_000;
const beatMs = 5_000;

/** Asks for a pack. The worker builds it. */
export async function requestPack(
  db: Db,
  actor: Actor,
  input: PackInput,
  now: Date,
): Promise<{ ok: true; id: string } | { ok: false; reason: "outside" | "future" }> {
  mayMake(actor);
  if (isAhead(input, now)) return { ok: false, reason: "future" };
  const sees = {
    // HR take assessments themselves, and do not see what is right in them.
    keys: can(actor, "audit.read") || actor.scope !== undefined,
    samples: can(actor, "sample.read_all") || can(actor, "audit.read") ? ("all" as const) : ("own" as const),
  };
  const scope = packScope(input, actor.scope ?? null, sees, now);
  if (!scope) return { ok: false, reason: "outside" };
  const id = randomUUID();
  await db.transaction(async (tx) => {
    await tx
      .insert(packJob)
      .values({ id, scope, requestedBy: actor.id, requestedAt: now, status: "waiting" });
    const { departments, requirements, from, until } = scope;
    const data = { departments, requirements, from, until };
    await recordEvents(
      tx,
      actor,
      [{ type: "pack.requested", subjectType: "pack", subjectId: id, data }],
      now,
    );
  });
  return { ok: true, id };
}

function mayMake(actor: Actor): void {
  if (!can(actor, "pack.make") || (actor.roles.includes("external_auditor") && !actor.scope))
    throw new Forbidden("pack.make");
}

/** A pack as a list shows it. */
export type PackRow = {
  id: string;
  scope: PackScope;
  requestedBy: string;
  requestedAt: Date;
  status: PackStatus;
  filesDone: number;
  filesTotal: number | null;
  bytes: number | null;
  sha256: string | null;
  fault: string | null;
  expiresAt: Date | null;
};

/** The packs that were asked for, newest first: one's own, and those of others for auditors and administrators. */
export async function packs(db: Db, actor: Actor): Promise<PackRow[]> {
  mayMake(actor);
  const rows = await db
    .select({ job: packJob, name: person.name })
    .from(packJob)
    .innerJoin(person, eq(person.id, packJob.requestedBy))
    .where(can(actor, "pack.read_all") ? undefined : eq(packJob.requestedBy, actor.id))
    .orderBy(desc(packJob.requestedAt), desc(packJob.id))
    .limit(50);
  return rows.map(({ job, name }) => {
    const { id, scope, requestedAt, status, filesDone, filesTotal, bytes, sha256, fault, expiresAt } = job;
    return {
      id,
      scope,
      requestedBy: name,
      requestedAt,
      status,
      filesDone,
      filesTotal,
      bytes,
      sha256,
      fault,
      expiresAt,
    };
  });
}

async function seen(db: Db, actor: Actor, id: string): Promise<typeof packJob.$inferSelect | null> {
  mayMake(actor);
  const [job] = await db.select().from(packJob).where(eq(packJob.id, id));
  return job && (job.requestedBy === actor.id || can(actor, "pack.read_all")) ? job : null;
}

const fileOf = (folder: string, id: string): string => join(folder, `${id}.zip`);

/** The file of a pack; that it was taken is recorded. Null when there is none (any more), here or at all. */
export async function takePack(
  db: Db,
  actor: Actor,
  id: string,
  folder: string,
  now: Date,
): Promise<{ name: string; bytes: number; stream: AsyncIterable<Uint8Array> } | null> {
  const job = await seen(db, actor, id);
  if (!job || job.status !== "ready" || job.bytes === null || job.sha256 === null) return null;
  const path = fileOf(folder, id);
  if (!existsSync(path)) return null;
  const data = { sha256: job.sha256 };
  await db.transaction((tx) =>
    recordEvents(tx, actor, [{ type: "pack.downloaded", subjectType: "pack", subjectId: id, data }], now),
  );
  const { from, until } = job.scope;
  return {
    name: `audit-pack-${from}-${until}.zip`,
    bytes: job.bytes,
    stream: createReadStream(path) as AsyncIterable<Uint8Array>,
  };
}

/** Deletes the file of a pack; that there was one stays known. Null when there is no such pack. */
export async function deletePack(
  db: Db,
  actor: Actor,
  id: string,
  folder: string,
  now: Date,
): Promise<{ ok: true } | null> {
  const job = await seen(db, actor, id);
  if (!job || !["ready", "failed", "waiting"].includes(job.status)) return null;
  await discard(db, actor, job, folder, now);
  return { ok: true };
}

async function discard(
  db: Db,
  actor: { id: string },
  job: Pick<typeof packJob.$inferSelect, "id" | "sha256">,
  folder: string,
  now: Date,
): Promise<void> {
  await db.transaction(async (tx) => {
    await tx.update(packJob).set({ status: "deleted" }).where(eq(packJob.id, job.id));
    const data = { sha256: job.sha256 };
    await recordEvents(
      tx,
      actor,
      [{ type: "pack.deleted", subjectType: "pack", subjectId: job.id, data }],
      now,
    );
  });
  await rm(fileOf(folder, job.id), { force: true });
  await rm(join(folder, `${job.id}.parts`), { recursive: true, force: true });
}

/** Builds the packs that wait, one after another, and deletes the files whose time is over. Answers how many it built. */
export async function buildPacks(
  db: Db,
  signer: Signer,
  tools: PackTools,
  clock: () => Date,
): Promise<number> {
  const old = await db
    .select({ id: packJob.id, sha256: packJob.sha256 })
    .from(packJob)
    .where(and(inArray(packJob.status, ["ready", "failed"]), lte(packJob.expiresAt, clock())));
  for (const job of old) await discard(db, system, job, tools.folder, clock());
  let built = 0;
  for (let job = await claim(db, clock()); job; job = await claim(db, clock())) {
    await build(db, signer, tools, job, clock);
    built += 1;
  }
  return built;
}

type Job = typeof packJob.$inferSelect;

/** Takes the next pack to build: one that waits, or one whose builder was not heard of for long. */
async function claim(db: Db, now: Date): Promise<Job | null> {
  return db.transaction(async (tx) => {
    const [next] = await tx
      .select()
      .from(packJob)
      .where(
        or(
          eq(packJob.status, "waiting"),
          and(eq(packJob.status, "building"), lt(packJob.buildingUntil, now)),
        ),
      )
      .orderBy(asc(packJob.requestedAt), asc(packJob.id))
      .limit(1)
      .for("update", { skipLocked: true });
    if (!next) return null;
    const given = next.tries >= mostTries;
    const set = given
      ? { status: "failed" as const, fault: "It was begun several times and never ended.", expiresAt: now }
      : {
          status: "building" as const,
          buildingUntil: new Date(now.getTime() + leaseMs),
          tries: next.tries + 1,
        };
    const [job] = await tx.update(packJob).set(set).where(eq(packJob.id, next.id)).returning();
    return given ? null : (job ?? null);
  });
}

async function build(db: Db, signer: Signer, tools: PackTools, job: Job, clock: () => Date): Promise<void> {
  const { id, scope } = job;
  const [who] = await db.select({ name: person.name }).from(person).where(eq(person.id, job.requestedBy));
  await mkdir(tools.folder, { recursive: true, mode: 0o700 });
  let told = { at: 0, done: -1 };
  const progress = async (done: number, total: number): Promise<void> => {
    const now = clock();
    // Often enough to be watched, seldom enough to cost nothing.
    if (now.getTime() - told.at < (done === told.done ? beatMs : 500)) return;
    told = { at: now.getTime(), done };
    const buildingUntil = new Date(now.getTime() + leaseMs);
    await db
      .update(packJob)
      .set({ filesDone: done, filesTotal: total, buildingUntil })
      .where(eq(packJob.id, id));
  };
  try {
    const built = await buildPack(
      db,
      signer,
      {
        id,
        scope,
        requestedBy: { id: job.requestedBy, name: who?.name ?? job.requestedBy },
        madeAt: clock(),
      },
      {
        ...tools,
        folder: join(tools.folder, `${id}.parts`),
        out: fileOf(tools.folder, id),
        progress,
      },
    );
    await finish(db, job, built, clock());
  } catch (error) {
    const now = clock();
    const fault = error instanceof PackFault ? error.message : null;
    const expiresAt = new Date(now.getTime() + packDays * dayMs);
    await db
      .update(packJob)
      .set(
        fault === null
          ? { buildingUntil: new Date(now.getTime() + leaseMs) }
          : { status: "failed", fault, finishedAt: now, expiresAt },
      )
      .where(eq(packJob.id, id));
    // What nobody foresaw is logged by the worker, and tried again when the claim has lapsed.
    if (fault === null) throw error;
  }
}

async function finish(db: Db, job: Job, built: Built, now: Date): Promise<void> {
  const { bytes, sha256, files, people, order } = built;
  await db.transaction(async (tx) => {
    await tx
      .update(packJob)
      .set({
        status: "ready",
        bytes,
        sha256,
        filesDone: files,
        filesTotal: files,
        finishedAt: now,
        expiresAt: new Date(now.getTime() + packDays * dayMs),
      })
      .where(and(eq(packJob.id, job.id), sql`${packJob.status} <> 'deleted'`));
    const read = (await peopleDrawn(tx, order)).map(({ id }): AuditEntry => ({
      type: "record.read",
      subjectType: "person",
      subjectId: id,
      data: { personId: id, through: "pack" },
    }));
    for (const { personId, proof } of await proofsDrawn(tx, order))
      read.push({
        type: "proof.read",
        subjectType: "basis",
        subjectId: proof.id,
        data: { personId, sha256: proof.sha256 },
      });
    const data = { people, files, bytes, sha256 };
    await recordEvents(
      tx,
      { id: job.requestedBy },
      [...read, { type: "pack.built", subjectType: "pack", subjectId: job.id, data }],
      now,
    );
  });
}
