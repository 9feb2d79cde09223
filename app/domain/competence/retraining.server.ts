import { and, eq, inArray, isNotNull, isNull, or, sql } from "drizzle-orm";
import { randomUUID } from "node:crypto";
import type { Db } from "#db/client.server.ts";
import { period, requirement } from "#db/schema/competence.ts";
import { policyVersion } from "#db/schema/content.ts";
import { person } from "#db/schema/people.ts";
import { retraining } from "#db/schema/requirements.ts";
import type { AuditEntry } from "../audit/event.ts";
import { recordEvents } from "../audit/event.server.ts";
import { newestModule } from "../content/publish.server.ts";
import { type Actor, allow, system } from "../people/permission.ts";
import { openPeriods } from "./assignment.server.ts";
import { affected, bringForward } from "./early-end.server.ts";
import type { Some } from "./plan.ts";
import type { RetrainingCause } from "./retraining.ts";
import { some } from "./requirement-edit.server.ts";
import type { Trigger } from "./requirement.ts";

export type Retraining = {
  requirement: string;
  personIds: readonly string[];
  cause: RetrainingCause;
  reason: string;
  dueDays: number;
  /** Given where several calls are one asking. */
  id?: string;
};

/**
 * Asks people for a training again, in the caller's transaction: their competence counts for `dueDays` more at most and
 * the next period opens at once, due then. Who has not proven it yet, or falls under it no more, is asked nothing new.
 * Answers whom it asks, and the audit entries to record.
 */
export async function retrain(
  tx: Db,
  actor: Actor,
  input: Retraining,
  now: Date,
): Promise<{ personIds: string[]; entries: AuditEntry[] }> {
  const { requirement: slug, personIds, cause, reason, dueDays } = input;
  const found = await affected(tx, { slug, dueDays }, now, { lock: true, personIds });
  const asked = [...new Set(found.filter((row) => row.stands && row.asked).map((row) => row.personId))];
  // With the period in which it was proven, where a later one carries the competence on: it holds the certificate.
  const rows = found.filter((row) => row.stands && asked.includes(row.personId));
  if (asked.length === 0) return { personIds: [], entries: [] };
  const id = input.id ?? randomUUID();
  await tx
    .insert(retraining)
    .values({ id, requirementSlug: slug, cause, reason, dueDays, author: actor.id, at: now })
    .onConflictDoNothing();
  const forward = await bringForward(tx, rows, { retrainingId: id }, now);
  const opened = await openPeriods(tx, asked, now, { slug, cause, retrainingId: id });
  // A renewal that was open already is asked for this cause from now on.
  await tx
    .update(period)
    .set({ retrainingId: id })
    .where(
      and(
        eq(period.requirementSlug, slug),
        sql`${period.personId} = any(${sql.param(asked)}::text[])`,
        isNull(period.completedAt),
        isNull(period.endedAt),
      ),
    );
  const data = { slug, cause, people: asked.length, dueDays };
  const entry: AuditEntry = {
    type: "requirement.retrained",
    subjectType: "requirement",
    subjectId: slug,
    data,
  };
  return { personIds: asked, entries: [...forward, ...opened, entry] };
}

/** Of whom to ask: everybody who falls under it, those of a department, or people named. */
export type Whom = { department?: string | undefined; personIds?: readonly string[] | undefined };

/**
 * What asking again would do. `unproven` have the training before them already, the competence of `ending` ends by then
 * anyway, and `outside` were named although the requirement asks nothing of them.
 */
export type RetrainingEffect = { asked: Some; unproven: Some; ending: Some; outside: Some };

/** Counts whom asking again would reach; reads, and changes nothing. */
export async function effectOfRetraining(
  db: Db,
  actor: Actor,
  input: { requirement: string; dueDays: number } & Whom,
  now: Date,
): Promise<RetrainingEffect> {
  allow(actor, "requirement.manage", {});
  const under = await peopleUnder(db, input.requirement, input);
  const ids = [...new Set(under.map((row) => row.personId))];
  const { requirement: slug, dueDays } = input;
  const rows = ids.length === 0 ? [] : await affected(db, { slug, dueDays }, now, { personIds: ids });
  const asked = new Set(rows.filter((row) => row.stands && row.asked).map((row) => row.personId));
  const proven = new Set(
    under
      .filter((row) => row.completedAt !== null && (row.expiresAt === null || row.expiresAt > now))
      .map((row) => row.personId),
  );
  const rest = ids.filter((id) => !asked.has(id));
  return {
    asked: await some(db, [...asked]),
    unproven: await some(
      db,
      rest.filter((id) => !proven.has(id)),
    ),
    ending: await some(
      db,
      rest.filter((id) => proven.has(id)),
    ),
    outside: await some(
      db,
      [...new Set(input.personIds ?? [])].filter((id) => !ids.includes(id)),
    ),
  };
}

/** Asks for the training again, for HR. Null when there is no such requirement, or it has ended. */
export async function askAgain(
  db: Db,
  actor: Actor,
  input: { requirement: string; cause: RetrainingCause; reason: string; dueDays: number } & Whom,
  now: Date,
): Promise<{ asked: number } | null> {
  allow(actor, "requirement.manage", {});
  return db.transaction(async (tx) => {
    const [known] = await tx
      .select({ slug: requirement.slug })
      .from(requirement)
      .where(and(eq(requirement.slug, input.requirement), isNull(requirement.endedOn)));
    if (!known) return null;
    const { requirement: slug, cause, reason, dueDays } = input;
    const personIds = [...new Set((await peopleUnder(tx, slug, input)).map((row) => row.personId))];
    if (personIds.length === 0) return { asked: 0 };
    const done = await retrain(tx, actor, { requirement: slug, personIds, cause, reason, dueDays }, now);
    await recordEvents(tx, actor, done.entries, now);
    return { asked: done.personIds.length };
  });
}

/** Those with periods that are open or count, narrowed. */
async function peopleUnder(
  db: Db,
  slug: string,
  { department, personIds }: Whom,
): Promise<{ personId: string; completedAt: Date | null; expiresAt: Date | null }[]> {
  return db
    .select({ personId: period.personId, completedAt: period.completedAt, expiresAt: period.expiresAt })
    .from(period)
    .innerJoin(person, eq(person.id, period.personId))
    .where(
      and(
        eq(period.requirementSlug, slug),
        isNull(period.supersededAt),
        isNull(period.endedAt),
        department === undefined ? undefined : eq(person.department, department),
        personIds === undefined ? undefined : inArray(person.id, [...personIds]),
      ),
    );
}

/** The requirements that a trigger calls again by itself, in the caller's transaction. */
async function triggeredBy(tx: Db, trigger: Trigger) {
  const rows = await tx
    .select({ body: requirement.body })
    .from(requirement)
    .where(isNull(requirement.endedOn));
  return rows.map((row) => row.body).filter((body) => body.triggers?.includes(trigger));
}

/**
 * Asks again where a requirement says that a material revision of a policy calls for it and its module has that policy
 * acknowledged. The first version of a policy revises nothing. Answers the audit entries to record.
 */
export async function retrainForPolicies(
  tx: Db,
  policyVersionIds: readonly string[],
  now: Date,
): Promise<AuditEntry[]> {
  if (policyVersionIds.length === 0) return [];
  const revised = await tx
    .select({ slug: policyVersion.slug, version: policyVersion.version, material: policyVersion.material })
    .from(policyVersion)
    .where(inArray(policyVersion.id, [...policyVersionIds]));
  const entries: AuditEntry[] = [];
  for (const body of await triggeredBy(tx, "material_policy")) {
    const module = await newestModule(tx, body.module);
    for (const { slug, version, material } of revised) {
      const concerns = material && module?.body.acknowledges.includes(slug);
      if (!concerns || (await tx.$count(policyVersion, eq(policyVersion.slug, slug))) < 2) continue;
      const people = (await peopleUnder(tx, body.slug, {})).map((row) => row.personId);
      if (people.length === 0) continue;
      const { entries: more } = await retrain(
        tx,
        system,
        {
          requirement: body.slug,
          personIds: [...new Set(people)],
          cause: "material_policy",
          reason: `${slug} ${version}`,
          dueDays: body.dueDays,
        },
        now,
      );
      entries.push(...more);
    }
  }
  return entries;
}

/** Asks one person again after a retention check that was not passed, where the requirement says so. */
export async function retrainAfterRetention(
  tx: Db,
  of: { personId: string; registration: string; attemptId: string },
  now: Date,
): Promise<AuditEntry[]> {
  const [row] = await tx
    .select({ body: requirement.body })
    .from(period)
    .innerJoin(requirement, eq(requirement.slug, period.requirementSlug))
    .where(and(eq(period.id, of.registration), isNull(requirement.endedOn), isNotNull(period.completedAt)));
  if (!row?.body.triggers?.includes("retention")) return [];
  const { slug, dueDays } = row.body;
  const input = {
    requirement: slug,
    personIds: [of.personId],
    cause: "retention",
    reason: of.attemptId,
    dueDays,
  } as const;
  return (await retrain(tx, system, input, now)).entries;
}

/** The people meant by names, e-mail addresses or ids, and those that mean nobody or more than one. */
export async function peopleCalled(
  db: Db,
  actor: Actor,
  words: readonly string[],
): Promise<{ ids: string[]; unknown: string[] }> {
  allow(actor, "requirement.manage", {});
  const asked = words.map((word) => word.trim()).filter(Boolean);
  const lower = [...new Set(asked.map((word) => word.toLowerCase()))];
  if (lower.length === 0) return { ids: [], unknown: [] };
  const rows = await db
    .select({ id: person.id, name: person.name, email: person.email })
    .from(person)
    .where(
      or(inArray(person.id, lower), inArray(person.email, lower), inArray(sql`lower(${person.name})`, lower)),
    );
  const meant = (word: string) => {
    const same = word.toLowerCase();
    return rows.filter(({ id, name, email }) => [id, email, name.toLowerCase()].includes(same));
  };
  return {
    ids: asked.flatMap((word) => (meant(word).length === 1 ? meant(word).map((row) => row.id) : [])),
    unknown: asked.filter((word) => meant(word).length !== 1),
  };
}
