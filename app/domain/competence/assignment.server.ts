import { and, asc, eq, gt, inArray, isNotNull, isNull, lte, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import { randomUUID } from "node:crypto";
import { type Db, rowsOf } from "#db/client.server.ts";
import { period } from "#db/schema/competence.ts";
import { person } from "#db/schema/people.ts";
import type { AuditEntry } from "../audit/event.ts";
import { recordEvents } from "../audit/event.server.ts";
import { type Actor, allow, system } from "../people/permission.ts";
import { endReasons, type HeldPeriod, type OpenedBy, type PlannedEnd, planPeriods } from "./plan.ts";
import { requirementsInForce } from "./requirement.server.ts";
import { subjectsOf } from "./subject.server.ts";

/** People planned in one go: keeps transactions short and inserts under the 65,535 parameters of a statement. */
export const batch = 1000;

export type RuleRun = { opened: number; ended: number };

/**
 * Runs the rules again for all people or those named, of all requirements or one: opens every period that is missing and ends those that nothing
 * asks any more. Repeating, or running twice at once, does nothing twice (unique index on person, requirement, number; an
 * end is written once). One transaction per batch of people: what a kill leaves undone, the next run does.
 */
export async function assignRequirements(
  db: Db,
  actor: Actor,
  input: { personIds?: readonly string[]; slug?: string; cause?: OpenedBy },
  now: Date,
): Promise<RuleRun> {
  allow(actor, "period.assign", {});
  const done = { opened: 0, ended: 0 };
  const add = ({ opened, ended }: RuleRun): void => {
    done.opened += opened;
    done.ended += ended;
  };
  const { personIds, ...options } = input;
  const run = async (ids: readonly string[]): Promise<void> =>
    add(await runRules(db, actor, ids, now, options));
  if (personIds === undefined) await forAllPeople(db, run);
  else for (let i = 0; i < personIds.length; i += batch) await run(personIds.slice(i, i + batch));
  return done;
}

/** Calls `work` with the ids of all people, a batch at a time, in order. */
export async function forAllPeople(db: Db, work: (ids: string[]) => Promise<void>): Promise<void> {
  for (let last = ""; ;) {
    const people = await db
      .select({ id: person.id })
      .from(person)
      .where(gt(person.id, last))
      .orderBy(asc(person.id))
      .limit(batch);
    const ids = people.map((p) => p.id);
    if (ids.length > 0) await work(ids);
    const end = ids.at(-1);
    if (end === undefined || ids.length < batch) return;
    last = end;
  }
}

/**
 * The turn of certification cycles, for the schedule: opens the next period where renewal has come, and lets it take
 * over where the earlier has ended. How late it runs does not alter anyone's state. Answers how many of each.
 */
export async function openDuePeriods(db: Db, now: Date): Promise<{ opened: number; superseded: number }> {
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
          isNull(period.endedAt),
          isNotNull(period.completedAt),
          lte(period.renewFrom, now),
          isNull(next.id),
          gt(period.personId, last),
        ),
      )
      .orderBy(period.personId)
      .limit(batch);
    const ids = due.map((p) => p.personId);
    opened += (await runRules(db, system, ids, now)).opened;
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
    where p.superseded_at is null and p.ended_at is null
      and n.person_id = p.person_id and n.requirement_slug = p.requirement_slug and n.number = p.number + 1
      and (n.completed_at <= ${at} or (p.expires_at <= ${at} and n.assigned_at <= ${at}))
      ${of.personId === undefined ? sql`` : sql`and p.person_id = ${of.personId}`}
      ${of.requirementSlug === undefined ? sql`` : sql`and p.requirement_slug = ${of.requirementSlug}`}
    returning p.id`);
  return rowsOf(rows).length;
}

/** Opens and ends what the rules ask of some people, in a transaction of its own; answers how many of each. */
async function runRules(
  db: Db,
  actor: Actor,
  personIds: readonly string[],
  now: Date,
  options: RunOptions = {},
): Promise<RuleRun> {
  if (personIds.length === 0) return { opened: 0, ended: 0 };
  return db.transaction(async (tx) => {
    const entries = await ruleEntries(tx, personIds, now, options);
    await recordEvents(tx, actor, entries, now);
    return runOf(entries);
  });
}

const runOf = (entries: readonly AuditEntry[]): RuleRun => ({
  opened: entries.filter((entry) => entry.type === "period.assigned").length,
  ended: entries.filter((entry) => entry.type === "period.ended").length,
});

/** What a run of the rules is narrowed to, and what called for it. */
export type RunOptions = { slug?: string; cause?: OpenedBy; retrainingId?: string };

/**
 * Opens and ends every period as the rules ask of these people, in the caller's transaction; answers the audit entries
 * to record.
 */
export async function openPeriods(
  tx: Db,
  personIds: readonly string[],
  now: Date,
  options: RunOptions = {},
): Promise<AuditEntry[]> {
  const ids = personIds.toSorted();
  const entries: AuditEntry[] = [];
  for (let i = 0; i < ids.length; i += batch)
    entries.push(...(await ruleEntries(tx, ids.slice(i, i + batch), now, options)));
  return entries;
}

async function ruleEntries(
  tx: Db,
  personIds: readonly string[],
  now: Date,
  { slug, cause, retrainingId }: RunOptions,
): Promise<AuditEntry[]> {
  // Read here, not once for all batches: an edit between two batches counts for the later ones.
  const versions = await requirementsInForce(tx);
  const requirements = versions.map((one) => one.body);
  const versionOf = new Map(versions.map((one) => [one.body.slug, one.versionId]));
  // One order for all who open periods at once, so that they wait for each other rather than deadlock.
  const people = await subjectsOf(tx, personIds, now);
  const held = await heldPeriods(tx, personIds, slug);
  const asked = slug === undefined ? requirements : requirements.filter((one) => one.slug === slug);
  const plans = people.map((one) => ({
    id: one.id,
    ...planPeriods(asked, one, held.get(one.id) ?? [], now, cause),
  }));
  const rows = plans.flatMap(({ id: personId, open }) =>
    open.map((planned) => ({
      id: randomUUID(),
      personId,
      ...planned,
      requirementVersionId: versionOf.get(planned.requirementSlug) ?? null,
      retrainingId: retrainingId ?? null,
    })),
  );
  const entries = await endPlanned(
    tx,
    plans.flatMap((plan) => plan.end),
    now,
  );
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

/** The periods that planning looks at, by person. */
export async function heldPeriods(
  db: Db,
  personIds: readonly string[],
  slug?: string,
): Promise<Map<string, HeldPeriod[]>> {
  const rows = await db
    .select({
      personId: period.personId,
      id: period.id,
      requirementSlug: period.requirementSlug,
      number: period.number,
      moduleVersionId: period.moduleVersionId,
      startedAt: period.startedAt,
      completedAt: period.completedAt,
      renewFrom: period.renewFrom,
      expiresAt: period.expiresAt,
      supersededAt: period.supersededAt,
      endedAt: period.endedAt,
      anchorOn: period.anchorOn,
      carriedFrom: period.carriedFrom,
    })
    .from(period)
    .where(
      and(
        sql`${period.personId} = any(${sql.param([...personIds])}::text[])`,
        slug === undefined ? undefined : eq(period.requirementSlug, slug),
      ),
    );
  const ofPerson = new Map<string, HeldPeriod[]>();
  for (const { personId, ...held } of rows) {
    const own = ofPerson.get(personId);
    if (own) own.push(held);
    else ofPerson.set(personId, [held]);
  }
  return ofPerson;
}

/** Writes once where a requirement asks no more. What another run ended in the meantime stays as that wrote it. */
async function endPlanned(tx: Db, ends: readonly PlannedEnd[], now: Date): Promise<AuditEntry[]> {
  const entries: AuditEntry[] = [];
  for (const reason of endReasons) {
    const ids = ends.filter((one) => one.reason === reason).map((one) => one.id);
    for (let i = 0; i < ids.length; i += batch) {
      const ended = await tx
        .update(period)
        .set({ endedAt: now, endedReason: reason })
        .where(and(inArray(period.id, ids.slice(i, i + batch)), isNull(period.endedAt)))
        .returning();
      entries.push(
        ...ended.map(({ id, personId, requirementSlug, number }): AuditEntry => ({
          type: "period.ended",
          subjectType: "period",
          subjectId: id,
          data: { personId, requirement: requirementSlug, number, reason },
        })),
      );
    }
  }
  return entries;
}

function assigned(row: typeof period.$inferSelect): AuditEntry {
  const { personId, requirementSlug, number, dueAt, openedBy, carriedFrom } = row;
  const data = {
    personId,
    requirement: requirementSlug,
    number,
    dueAt: dueAt.toISOString(),
    ...(openedBy === null ? {} : { openedBy }),
    ...(carriedFrom === null ? {} : { carriedFrom }),
  };
  return { type: "period.assigned", subjectType: "period", subjectId: row.id, data };
}
