import { and, asc, eq, inArray, lte } from "drizzle-orm";
import type { Db } from "#db/client.server.ts";
import { periodBefore } from "#db/schema/board.ts";
import { period, requirement, waiver } from "#db/schema/competence.ts";
import { policyVersion } from "#db/schema/content.ts";
import { person } from "#db/schema/people.ts";
import { acknowledgement } from "#db/schema/policies.ts";
import { recordEvents } from "../audit/event.server.ts";
import { type Actor, allow } from "../people/permission.ts";
import { type AsAt, type EarlierFacts, periodsAsAt } from "./as-at.ts";
import { periodState, standing, waiverEnd } from "./assignment.ts";
import type { PeriodState } from "./period-state.ts";

export type RecordAsAt = {
  person: { id: string; name: string };
  requirements: {
    slug: string;
    title: string;
    number: number;
    state: PeriodState;
    dueAt: Date;
    completedAt: Date | null;
    expiresAt: Date | null;
    waivedUntil: Date | null;
  }[];
  acknowledgements: { slug: string; title: string; version: string; at: Date }[];
};

/**
 * Where a person stood on a day of the past, by what was known then or is known now. Opening somebody else's record is
 * itself recorded. Null when there is no such person.
 */
export async function recordAsAt(
  db: Db,
  actor: Actor,
  personId: string,
  asAt: AsAt,
  now: Date,
): Promise<RecordAsAt | null> {
  const [who] = await db.select().from(person).where(eq(person.id, personId));
  allow(actor, "record.read", { personId, managerId: who?.managerId ?? null });
  if (!who) return null;
  return db.transaction(async (tx) => {
    const rows = await tx
      .select({ period, title: requirement.title })
      .from(period)
      .innerJoin(requirement, eq(requirement.slug, period.requirementSlug))
      .where(eq(period.personId, personId))
      .orderBy(asc(requirement.position), asc(requirement.slug), asc(period.number));
    const ids = rows.map((row) => row.period.id);
    const before = await earlierFacts(tx, ids);
    const waivers =
      ids.length === 0 ? [] : await tx.select().from(waiver).where(inArray(waiver.periodId, ids));
    const slugs = [...new Set(rows.map((row) => row.period.requirementSlug))];
    const requirements = slugs.flatMap((slug): RecordAsAt["requirements"] => {
      const own = rows.filter((row) => row.period.requirementSlug === slug);
      const periods = own.map((row) => ({ ...row.period, before: before.get(row.period.id) ?? [] }));
      const stands = standing(periodsAsAt(periods, asAt), asAt.at);
      if (!stands) return [];
      const exempt = waivers
        .filter((one) => one.periodId === stands.id)
        .map(({ grantedAt, until, endedAt }) => {
          const ended = endedAt !== null && (asAt.known === "now" || endedAt <= asAt.at);
          return { grantedAt, until: ended ? endedAt : until };
        });
      const done = stands.completedAt !== null && stands.completedAt <= asAt.at;
      const { number, dueAt } = stands;
      return [
        {
          slug,
          title: own[0]?.title ?? slug,
          number,
          state: periodState(stands, exempt, asAt.at),
          dueAt,
          completedAt: done ? stands.completedAt : null,
          expiresAt: done ? stands.expiresAt : null,
          waivedUntil: waiverEnd(exempt, asAt.at),
        },
      ];
    });
    const acknowledgements = await tx
      .select({
        slug: policyVersion.slug,
        title: policyVersion.title,
        version: policyVersion.version,
        at: acknowledgement.at,
      })
      .from(acknowledgement)
      .innerJoin(policyVersion, eq(policyVersion.id, acknowledgement.policyVersionId))
      .where(and(eq(acknowledgement.personId, personId), lte(acknowledgement.at, asAt.at)))
      .orderBy(asc(acknowledgement.at));
    if (actor.id !== personId)
      await recordEvents(
        tx,
        actor,
        [{ type: "record.read", subjectType: "person", subjectId: personId, data: { personId } }],
        now,
      );
    return { person: { id: who.id, name: who.name }, requirements, acknowledgements };
  });
}

/** What periods said before dates of them were moved, in the order in which they were. */
export async function earlierFacts(
  db: Db,
  periodIds: readonly string[],
): Promise<Map<string, EarlierFacts[]>> {
  const all = new Map<string, EarlierFacts[]>();
  if (periodIds.length === 0) return all;
  const rows = await db
    .select()
    .from(periodBefore)
    .where(inArray(periodBefore.periodId, [...periodIds]))
    .orderBy(asc(periodBefore.until), asc(periodBefore.id));
  for (const { id: _, periodId, ...facts } of rows) all.set(periodId, [...(all.get(periodId) ?? []), facts]);
  return all;
}
