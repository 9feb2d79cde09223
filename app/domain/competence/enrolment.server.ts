import { and, asc, eq } from "drizzle-orm";
import type { Db } from "#db/client.server.ts";
import { period, requirement } from "#db/schema/competence.ts";
import { moduleById, type ModuleVersion, newestModule } from "../content/publish.server.ts";
import { forReader } from "../content/reader.ts";
import { readerOf } from "../learning/reader.server.ts";
import type { Sitting } from "../evidence/module-statement.ts";
import type { Requirement } from "./requirement.ts";

export type PeriodRow = typeof period.$inferSelect;

/** What a learner works on: the newest period of a requirement, with the module version that counts for it. */
export type Enrolment = {
  requirement: Requirement;
  /** All periods of this person and requirement, oldest first. */
  periods: PeriodRow[];
  period: PeriodRow;
  module: ModuleVersion;
};

/** A person's enrolments, in the order of the requirements; one per requirement ever assigned that still asks, or was met. */
export async function enrolmentsOf(db: Db, personId: string, slug?: string): Promise<Enrolment[]> {
  const rows = await db
    .select({ period, requirement })
    .from(period)
    .innerJoin(requirement, eq(requirement.slug, period.requirementSlug))
    .where(
      and(eq(period.personId, personId), slug === undefined ? undefined : eq(period.requirementSlug, slug)),
    )
    .orderBy(asc(requirement.position), asc(requirement.slug), asc(period.number));
  const groups = new Map<string, typeof rows>();
  for (const row of rows)
    groups.set(row.requirement.slug, [...(groups.get(row.requirement.slug) ?? []), row]);
  const enrolments: Enrolment[] = [];
  for (const group of groups.values()) {
    const last = group.at(-1);
    const ended = last?.requirement.endedOn != null || last?.period.endedAt != null;
    if (!last || (ended && last.period.completedAt === null)) continue;
    const module = last.period.moduleVersionId
      ? await moduleById(db, last.period.moduleVersionId)
      : await newestModule(db, last.requirement.moduleSlug);
    if (!module) throw new Error(`requirement ${last.requirement.slug} has no module`);
    const periods = group.map((row) => row.period);
    const body = forReader(module.body, await readerOf(db, last.period.id));
    enrolments.push({
      requirement: last.requirement.body,
      periods,
      period: last.period,
      module: { ...module, body },
    });
  }
  return enrolments;
}

/** One enrolment; null when the requirement was never assigned to the person. */
export async function enrolmentFor(db: Db, personId: string, slug: string): Promise<Enrolment | null> {
  return (await enrolmentsOf(db, personId, slug))[0] ?? null;
}

/**
 * The same for a write, in the caller's transaction: the period is locked, so that two tabs take turns.
 */
export async function lockedEnrolment(tx: Db, personId: string, slug: string): Promise<Enrolment | null> {
  await tx
    .select({ id: period.id })
    .from(period)
    .where(and(eq(period.personId, personId), eq(period.requirementSlug, slug)))
    .orderBy(asc(period.number))
    .for("update");
  return enrolmentFor(tx, personId, slug);
}

/** What module statements say about the sitting: `sessionId` is the attempt, or the period while reading lessons. */
export function sittingOf(of: Pick<Enrolment, "module">, registration: string, sessionId: string): Sitting {
  const { slug, title, version, language } = of.module.body;
  return { module: { slug, title, version, language }, registration, sessionId };
}
