import { and, asc, eq, inArray, isNull, sql } from "drizzle-orm";
import type { Db } from "#db/client.server.ts";
import { period, requirement } from "#db/schema/competence.ts";
import { person } from "#db/schema/people.ts";
import { leave } from "#db/schema/requirements.ts";
import { type Actor, allow } from "../people/permission.ts";
import { keepFacts } from "./earlier-facts.server.ts";
import { isLive } from "./plan.ts";
import { daysBetween, openDates } from "./recurrence.ts";

/**
 * Reckons the due dates of a person's open periods anew from the days they were given and all leave there is, in the
 * caller's transaction; answers the periods whose dates moved. The end of a competence does not move: leave excuses a late renewal, it proves nothing.
 */
export async function putOff(tx: Db, personId: string, now: Date): Promise<string[]> {
  const moved: string[] = [];
  const [who] = await tx.select().from(person).where(eq(person.id, personId));
  if (!who) return moved;
  const leaves = await tx
    .select({ from: leave.from, until: leave.until })
    .from(leave)
    .where(and(eq(leave.personId, personId), isNull(leave.withdrawnAt)));
  const periods = await tx
    .select()
    .from(period)
    .where(eq(period.personId, personId))
    .orderBy(asc(period.number))
    .for("update");
  for (const one of periods) {
    if (!isLive(one) || one.completedAt !== null) continue;
    const before = periods.find(
      (p) => p.requirementSlug === one.requirementSlug && p.number === one.number - 1,
    );
    const { assignedAt, dueAt, graceUntil } = one;
    // Not kept for periods opened before there was leave: their dates still say it.
    const dueDays = one.dueDays ?? daysBetween(assignedAt, dueAt, who.timeZone);
    const graceDays = one.graceDays ?? daysBetween(dueAt, graceUntil, who.timeZone);
    const endsWith = renews(one) ? (before?.expiresAt ?? null) : null;
    const dates = openDates({ assignedAt, dueDays, graceDays, endsWith }, who.timeZone, leaves);
    if (dates.dueAt.getTime() === dueAt.getTime() && dates.graceUntil.getTime() === graceUntil.getTime())
      continue;
    await keepFacts(tx, eq(period.id, one.id), now);
    await tx
      .update(period)
      .set({ ...dates, dueDays, graceDays })
      .where(eq(period.id, one.id));
    moved.push(one.id);
  }
  return moved;
}

/** Whether a period was opened because the competence before it ends. */
function renews(one: typeof period.$inferSelect): boolean {
  const { openedBy, retrainingId, number, dueAt, graceUntil } = one;
  if (openedBy === null) return number > 1 && dueAt.getTime() === graceUntil.getTime();
  return openedBy === "schedule" || openedBy === "material_content" || retrainingId !== null;
}

/** What was assigned here before the import is due, at the earliest, when the imported competence ends. */
export async function putOffFirst(
  tx: Db,
  of: { personId: string; requirement: string },
  now: Date,
): Promise<void> {
  const ends = sql`(select max(e.expires_at) from period e
    where e.person_id = ${of.personId} and e.requirement_slug = ${of.requirement} and e.recognised_as = 'legacy')`;
  const which = sql`period.person_id = ${of.personId} and period.requirement_slug = ${of.requirement}
    and period.completed_at is null and period.superseded_at is null and period.ended_at is null
    and ${ends} > ${now.toISOString()}::timestamptz
    and (period.due_at < ${ends} or period.grace_until < ${ends})`;
  await keepFacts(tx, which, now);
  await tx.execute(sql`
    update period set due_at = greatest(due_at, ${ends}), grace_until = greatest(grace_until, ${ends}),
      due_days = null, grace_days = null
    where ${which}`);
}

/** What is now due when, of the periods of a person whose dates leave moved. */
export async function movedDates(
  db: Db,
  actor: Actor,
  personId: string,
  ids: readonly string[],
): Promise<{ title: string; dueAt: Date }[]> {
  allow(actor, "person.edit", { personId });
  if (ids.length === 0) return [];
  return db
    .select({ title: requirement.title, dueAt: period.dueAt })
    .from(period)
    .innerJoin(requirement, eq(requirement.slug, period.requirementSlug))
    .where(and(eq(period.personId, personId), inArray(period.id, [...ids])))
    .orderBy(asc(period.dueAt), asc(requirement.title));
}
