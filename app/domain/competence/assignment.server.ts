import { and, asc, eq, gt, inArray, isNotNull, isNull, lte, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import { randomUUID } from "node:crypto";
import { type Db, rowsOf } from "#db/client.server.ts";
import { period } from "#db/schema/competence.ts";
import { person } from "#db/schema/people.ts";
import type { AuditEntry } from "../audit/event.ts";
import { recordEvents } from "../audit/event.server.ts";
import { type Actor, allow, system } from "../people/permission.ts";
import { planPeriods } from "./assignment.ts";
import type { Requirement } from "./requirement.ts";
import { currentRequirements } from "./requirement.server.ts";

/** People planned in one go: keeps transactions short and inserts under the 65,535 parameters of a statement. */
const batch = 1000;

/**
 * Opens every period that is missing, for all people or those named; answers how many. Repeating or running twice at
 * once opens nothing twice (unique index on person, requirement, number). One transaction per batch of people.
 */
export async function assignRequirements(
  db: Db,
  actor: Actor,
  input: { personIds?: readonly string[] },
  now: Date,
): Promise<number> {
  allow(actor, "period.assign", {});
  const requirements = await currentRequirements(db);
  let opened = 0;
  if (input.personIds) {
    for (let i = 0; i < input.personIds.length; i += batch)
      opened += await openPlanned(db, actor, requirements, input.personIds.slice(i, i + batch), now);
    return opened;
  }
  for (let last = ""; ;) {
    const people = await db
      .select({ id: person.id })
      .from(person)
      .where(gt(person.id, last))
      .orderBy(asc(person.id))
      .limit(batch);
    const ids = people.map((p) => p.id);
    opened += await openPlanned(db, actor, requirements, ids, now);
    const end = ids.at(-1);
    if (end === undefined || ids.length < batch) return opened;
    last = end;
  }
}

/**
 * The turn of certification cycles, for the schedule: opens the next period where renewal has come, and lets it take
 * over where the earlier has ended. How late it runs does not alter anyone's state. Answers how many of each.
 */
export async function openDuePeriods(db: Db, now: Date): Promise<{ opened: number; superseded: number }> {
  const requirements = await currentRequirements(db);
  const next = alias(period, "next");
  let opened = 0;
  for (let last = ""; ;) {
    const due = await db
      .selectDistinct({ personId: period.personId })
      .from(period)
      .leftJoin(
        next,
        and(
          eq(next.personId, period.personId),
          eq(next.requirementSlug, period.requirementSlug),
          eq(next.number, sql`${period.number} + 1`),
        ),
      )
      .where(
        and(
          isNull(period.supersededAt),
          isNotNull(period.completedAt),
          lte(period.renewFrom, now),
          isNull(next.id),
          gt(period.personId, last),
        ),
      )
      .orderBy(period.personId)
      .limit(batch);
    const ids = due.map((p) => p.personId);
    opened += await openPlanned(db, system, requirements, ids, now);
    const end = ids.at(-1);
    if (end === undefined || ids.length < batch) break;
    last = end;
  }
  return { opened, superseded: await closeSuperseded(db, {}, now) };
}

/**
 * Stores where a next period has taken over from the earlier one; answers how many. Whoever completes a period calls
 * it for that person in the same transaction. SQL twin of `supersession`.
 */
export async function closeSuperseded(
  tx: Db,
  of: { personId?: string; requirementSlug?: string },
  now: Date,
): Promise<number> {
  const at = sql`${now.toISOString()}::timestamptz`;
  const rows = await tx.execute(sql`
    update period p
    set superseded_at = least(n.completed_at, greatest(p.expires_at, n.assigned_at))
    from period n
    where p.superseded_at is null
      and n.person_id = p.person_id and n.requirement_slug = p.requirement_slug and n.number = p.number + 1
      and (n.completed_at <= ${at} or (p.expires_at <= ${at} and n.assigned_at <= ${at}))
      ${of.personId === undefined ? sql`` : sql`and p.person_id = ${of.personId}`}
      ${of.requirementSlug === undefined ? sql`` : sql`and p.requirement_slug = ${of.requirementSlug}`}
    returning p.id`);
  return rowsOf(rows).length;
}

async function openPlanned(
  db: Db,
  actor: Actor,
  requirements: readonly Requirement[],
  personIds: readonly string[],
  now: Date,
): Promise<number> {
  if (personIds.length === 0) return 0;
  return db.transaction(async (tx) => {
    const entries = await opened(tx, requirements, personIds, now);
    await recordEvents(tx, actor, entries, now);
    return entries.length;
  });
}

/** Opens every period that these people miss, in the caller's transaction; answers the audit entries to record. */
export async function openPeriods(tx: Db, personIds: readonly string[], now: Date): Promise<AuditEntry[]> {
  const requirements = await currentRequirements(tx);
  const ids = personIds.toSorted();
  const entries: AuditEntry[] = [];
  for (let i = 0; i < ids.length; i += batch)
    entries.push(...(await opened(tx, requirements, ids.slice(i, i + batch), now)));
  return entries;
}

async function opened(
  tx: Db,
  requirements: readonly Requirement[],
  personIds: readonly string[],
  now: Date,
): Promise<AuditEntry[]> {
  const people = await tx
    .select({ id: person.id, audiences: person.audiences, leftOn: person.leftOn })
    .from(person)
    .where(inArray(person.id, [...personIds]))
    // One order for all who open periods at once, so that they wait for each other rather than deadlock.
    .orderBy(asc(person.id));
  const existing = await tx
    .select({
      personId: period.personId,
      requirementSlug: period.requirementSlug,
      number: period.number,
      completedAt: period.completedAt,
      renewFrom: period.renewFrom,
      expiresAt: period.expiresAt,
    })
    .from(period)
    .where(inArray(period.personId, [...personIds]));
  const periodsOf = new Map<string, typeof existing>();
  for (const p of existing) periodsOf.set(p.personId, [...(periodsOf.get(p.personId) ?? []), p]);
  const rows = people.flatMap((one) =>
    planPeriods(requirements, one, periodsOf.get(one.id) ?? [], now).map((planned) => ({
      id: randomUUID(),
      personId: one.id,
      ...planned,
    })),
  );
  const entries: AuditEntry[] = [];
  for (let i = 0; i < rows.length; i += batch) {
    const made = await tx
      .insert(period)
      .values(rows.slice(i, i + batch))
      .onConflictDoNothing()
      .returning();
    entries.push(...made.map(assigned));
  }
  return entries;
}

function assigned(row: typeof period.$inferSelect): AuditEntry {
  const { personId, requirementSlug, number, dueAt } = row;
  const data = { personId, requirement: requirementSlug, number, dueAt: dueAt.toISOString() };
  return { type: "period.assigned", subjectType: "period", subjectId: row.id, data };
}
