import { and, asc, eq, getTableColumns, gt, inArray, isNull, lte, or } from "drizzle-orm";
import type { Db } from "#db/client.server.ts";
import { periodBefore } from "#db/schema/board.ts";
import { period, requirement, waiver } from "#db/schema/competence.ts";
import { policyVersion } from "#db/schema/content.ts";
import { person } from "#db/schema/people.ts";
import { acknowledgement } from "#db/schema/policies.ts";
import { aiSystem } from "#db/schema/register.ts";
import { personSystem } from "#db/schema/requirements.ts";
import { recordEvents } from "../audit/event.server.ts";
import { type Actor, allow } from "../people/permission.ts";
import type { PersonFacts } from "../people/person-version.ts";
import { peopleAsOf } from "../people/person-version.server.ts";
import { type AsAt, type EarlierFacts, periodsAsAt } from "./as-at.ts";
import { periodState, standing, waiverEnd } from "./assignment.ts";
import type { PeriodState } from "./period-state.ts";
import type { SystemRole } from "./person-details.ts";

export type RecordAsAt = {
  /** By the name of today where they were not known that day. */
  person: { id: string; name: string };
  details: DetailsAsAt | null;
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

/** What is known of a person on a day. */
export type DetailsAsAt = Pick<
  PersonFacts,
  | "department"
  | "title"
  | "location"
  | "employmentType"
  | "computerShare"
  | "audiences"
  | "roles"
  | "hiredOn"
  | "leftOn"
> & { manager: string | null; systems: { name: string; role: SystemRole }[] };

/**
 * Who a person was and where they stood on a day of the past, by what was known then or is known now. Opening somebody else's record is
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
    const then = await detailsAsAt(tx, personId, asAt);
    return {
      person: { id: who.id, name: then?.name ?? who.name },
      details: then?.details ?? null,
      requirements,
      acknowledgements,
    };
  });
}

/** The person of a day; null where nobody knew of them, or they had not come. */
async function detailsAsAt(
  db: Db,
  personId: string,
  asAt: AsAt,
): Promise<{ name: string; details: DetailsAsAt } | null> {
  const [row] = await db
    .select(getTableColumns(person))
    .from(peopleAsOf(asAt))
    .where(and(eq(person.id, personId), lte(person.hiredOn, asAt.day)));
  if (!row) return null;
  const [manager] =
    row.managerId === null
      ? []
      : await db.select({ name: person.name }).from(peopleAsOf(asAt)).where(eq(person.id, row.managerId));
  const systems = await db
    .selectDistinct({ name: aiSystem.name, role: personSystem.role })
    .from(personSystem)
    .innerJoin(aiSystem, eq(aiSystem.slug, personSystem.systemSlug))
    .where(
      and(
        eq(personSystem.personId, personId),
        lte(personSystem.from, asAt.day),
        or(isNull(personSystem.until), gt(personSystem.until, asAt.day)),
        asAt.known === "then" ? lte(personSystem.recordedAt, asAt.at) : undefined,
      ),
    )
    .orderBy(aiSystem.name, personSystem.role);
  const { name, department, title, location, employmentType, computerShare } = row;
  const { audiences, roles, hiredOn, leftOn } = row;
  const details = { department, title, location, employmentType, computerShare, audiences, roles };
  return {
    name,
    details: { ...details, hiredOn, leftOn, manager: manager?.name ?? row.managerId, systems },
  };
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
