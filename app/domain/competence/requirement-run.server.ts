import { and, asc, desc, eq, gt, gte, isNull, ne, or, sql } from "drizzle-orm";
import { randomUUID } from "node:crypto";
import type { Db } from "#db/client.server.ts";
import { period } from "#db/schema/competence.ts";
import { person } from "#db/schema/people.ts";
import { requirementRun } from "#db/schema/requirement-run.ts";
import type { AuditEntry } from "../audit/event.ts";
import { recordEvents } from "../audit/event.server.ts";
import { batch, openPeriods } from "./assignment.server.ts";
import { progressOf, type RunProgress } from "./requirement-run.ts";

/** What the trial said: to how many people it would be assigned, and for how many it would end. */
export type Expected = { assigned: number; ended: number };

type Begun = { slug: string; versionId: string; requestedBy: string; expected: Expected | null };

/**
 * Has a version applied to everybody by the schedule, in the caller's transaction. What an earlier version still had to
 * do is left to it: everybody is gone through anew.
 */
export async function beginRun(tx: Db, begun: Begun, now: Date): Promise<string> {
  const id = randomUUID();
  const { slug: requirementSlug, versionId, requestedBy, expected } = begun;
  await tx.insert(requirementRun).values({
    id,
    requirementSlug,
    versionId,
    requestedBy,
    requestedAt: now,
    total: await tx.$count(person),
    expectedAssigned: expected?.assigned ?? null,
    expectedEnded: expected?.ended ?? null,
  });
  await tx
    .update(requirementRun)
    .set({ finishedAt: now, overtakenBy: id })
    .where(
      and(
        eq(requirementRun.requirementSlug, requirementSlug),
        isNull(requirementRun.finishedAt),
        ne(requirementRun.id, id),
      ),
    );
  return id;
}

/**
 * Applies what is to be applied, oldest first; answers how many people it went through. A batch, its events and how far
 * it came are one transaction, so what a kill leaves undone the next run does, and nothing is counted twice.
 */
export async function workRequirementRuns(db: Db, clock: () => Date, size = batch): Promise<number> {
  let worked = 0;
  const open = await db
    .select({ id: requirementRun.id })
    .from(requirementRun)
    .where(isNull(requirementRun.finishedAt))
    .orderBy(asc(requirementRun.requestedAt), asc(requirementRun.id));
  for (const { id } of open)
    for (let people = await workBatch(db, id, size, clock()); people !== null;) {
      worked += people;
      people = await workBatch(db, id, size, clock());
    }
  return worked;
}

/** Null when nothing is left of it, or another process is at it. */
async function workBatch(db: Db, id: string, size: number, now: Date): Promise<number | null> {
  return db.transaction(async (tx) => {
    const [run] = await tx
      .select()
      .from(requirementRun)
      .where(and(eq(requirementRun.id, id), isNull(requirementRun.finishedAt)))
      .for("update", { skipLocked: true });
    if (!run) return null;
    const { requirementSlug: slug, requestedBy } = run;
    const people = await tx
      .select({ id: person.id })
      .from(person)
      .where(gt(person.id, run.reached))
      .orderBy(asc(person.id))
      .limit(size);
    const entries = await openPeriods(
      tx,
      people.map((one) => one.id),
      now,
      { slug },
    );
    const isLast = people.length < size;
    const so = sums(run, progressOf(entries, people.length));
    const [after] = await tx
      .update(requirementRun)
      .set({
        reached: people.at(-1)?.id ?? run.reached,
        ...so,
        ...(isLast ? await outcomeOf(tx, run) : {}),
        finishedAt: isLast ? now : null,
      })
      .where(eq(requirementRun.id, id))
      .returning();
    const applied = isLast && after ? [appliedEvent(after)] : [];
    await recordEvents(tx, { id: requestedBy }, [...entries, ...applied], now);
    return people.length;
  });
}

/**
 * What came of it for everybody since it was asked for, whoever did it: a start of the product and the hourly run of the
 * rules apply the version as well.
 */
async function outcomeOf(
  tx: Db,
  { requirementSlug: slug, versionId, requestedAt }: typeof requirementRun.$inferSelect,
): Promise<Omit<RunProgress, "people">> {
  const isOpened = and(eq(period.requirementVersionId, versionId), gte(period.assignedAt, requestedAt));
  const isEnded = gte(period.endedAt, requestedAt);
  const assigned = and(isOpened, or(isNull(period.openedBy), ne(period.openedBy, "schedule")));
  const [row] = await tx
    .select({
      opened: sql<number>`count(*) filter (where ${isOpened})::int`,
      ended: sql<number>`count(*) filter (where ${isEnded})::int`,
      assignedPeople: sql<number>`count(distinct ${period.personId}) filter (where ${assigned})::int`,
      endedPeople: sql<number>`count(distinct ${period.personId}) filter (where ${isEnded})::int`,
    })
    .from(period)
    .where(and(eq(period.requirementSlug, slug), or(isOpened, isEnded)));
  return row ?? { opened: 0, ended: 0, assignedPeople: 0, endedPeople: 0 };
}

function appliedEvent(run: typeof requirementRun.$inferSelect): AuditEntry {
  const { requirementSlug: slug, people, opened, ended } = run;
  const data = { slug, people, opened, ended };
  return { type: "requirement.applied", subjectType: "requirement", subjectId: slug, data };
}

function sums(run: RunProgress, added: RunProgress): RunProgress {
  return {
    people: run.people + added.people,
    opened: run.opened + added.opened,
    ended: run.ended + added.ended,
    assignedPeople: run.assignedPeople + added.assignedPeople,
    endedPeople: run.endedPeople + added.endedPeople,
  };
}

export type RunView = typeof requirementRun.$inferSelect & {
  /** The number of the version that it applies. */
  version: number;
};

/** The newest application of a requirement by the schedule; null where there was none. */
export async function newestRun(db: Db, slug: string): Promise<RunView | null> {
  const [row] = await db
    .select({
      run: requirementRun,
      version: sql<number>`(select v.number from requirement_version v where v.id = ${requirementRun.versionId})`,
    })
    .from(requirementRun)
    .where(eq(requirementRun.requirementSlug, slug))
    .orderBy(desc(requirementRun.requestedAt), desc(requirementRun.id))
    .limit(1);
  return row ? { ...row.run, version: row.version } : null;
}
