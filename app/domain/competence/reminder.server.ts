import {
  and,
  arrayContains,
  asc,
  desc,
  eq,
  gt,
  gte,
  inArray,
  isNotNull,
  isNull,
  lt,
  lte,
  or,
  type SQL,
  sql,
} from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import type { Db } from "#db/client.server.ts";
import { notice } from "#db/schema/communication.ts";
import { period, requirement } from "#db/schema/competence.ts";
import { practice } from "#db/schema/learning.ts";
import { person } from "#db/schema/people.ts";
import { recordEvents } from "../audit/event.server.ts";
import { mailSettings } from "../communication/switch-link.server.ts";
import { duePractice, practiceDays } from "../learning/practice.ts";
import { system } from "../people/permission.ts";
import type { WaiverFacts } from "./assignment.ts";
import { dayOf, waiversOf } from "./board-row.server.ts";
import { openAcknowledgements } from "./acknowledgement-duty.server.ts";
import { heldUntil } from "./held.ts";
import {
  acknowledgementAsPeriod,
  acknowledgementSubject,
  dueStep,
  isOpen,
  noticesOf,
  type PlannedNotice,
  type Reminders,
} from "./reminder.ts";
import type { Requirement } from "./requirement.ts";

const day = 86_400_000;
/** People looked at in one go: keeps reads under the 65,535 parameters of a statement. */
const batch = 1000;

const present = (now: Date): SQL | undefined => or(isNull(person.leftOn), gt(person.leftOn, dayOf(now)));

/** A period with the person and the requirement it is about. */
export type PeriodSubject = {
  period: typeof period.$inferSelect;
  requirement: Requirement;
  person: { id: string; name: string; managerId: string | null; timeZone: string };
  waivers: readonly WaiverFacts[];
  /** Until when the competence before it counts, or counted; null where there is none. */
  held: Date | null;
};

/** That nothing proven before a period, as by an earlier system, still counts without its renewal having come. */
const notShielded = (now: Date): SQL => sql`not exists (
  select 1 from period e
  where e.person_id = ${period.personId} and e.requirement_slug = ${period.requirementSlug}
    and e.number < ${period.number} and e.superseded_at is null and e.ended_at is null
    and e.completed_at is not null and e.renew_from > ${now.toISOString()}::timestamptz)`;

/**
 * The periods matching a condition that are still asked, of people who are here: the one place where reminders learn what
 * there is to remind of.
 */
export async function periodSubjects(
  db: Db,
  condition: SQL | undefined,
  now: Date,
): Promise<PeriodSubject[]> {
  const rows = await db
    .select({ period, requirement: requirement.body, person })
    .from(period)
    .innerJoin(person, eq(person.id, period.personId))
    .innerJoin(requirement, eq(requirement.slug, period.requirementSlug))
    .where(
      and(isNull(period.supersededAt), isNull(period.endedAt), present(now), notShielded(now), condition),
    )
    .orderBy(asc(requirement.position), asc(period.id));
  const ids = rows.map((row) => row.period.id);
  const waivers = await waiversOf(db, ids);
  const held = await heldBefore(db, ids);
  return rows.map((row) => {
    const { id, name, managerId, timeZone } = row.person;
    return {
      ...row,
      person: { id, name, managerId, timeZone },
      waivers: waivers.get(row.period.id) ?? [],
      held: held.get(row.period.id) ?? null,
    };
  });
}

/** Until when the competence before each of some periods counts, or counted, where there is one. */
async function heldBefore(db: Db, ids: readonly string[]): Promise<Map<string, Date>> {
  const found = new Map<string, Date>();
  const earlier = alias(period, "earlier");
  for (let i = 0; i < ids.length; i += 10 * batch) {
    const rows = await db
      .selectDistinctOn([period.id], {
        id: period.id,
        completedAt: earlier.completedAt,
        expiresAt: earlier.expiresAt,
        supersededAt: earlier.supersededAt,
        endedAt: earlier.endedAt,
      })
      .from(period)
      .innerJoin(
        earlier,
        and(
          eq(earlier.personId, period.personId),
          eq(earlier.requirementSlug, period.requirementSlug),
          lt(earlier.number, period.number),
        ),
      )
      .where(inArray(period.id, ids.slice(i, i + 10 * batch)))
      .orderBy(period.id, desc(earlier.number));
    for (const { id, ...cycle } of rows) {
      const until = heldUntil(cycle);
      if (until) found.set(id, until);
    }
  }
  return found;
}

/** Whether a subject still asks something of its person. */
export const isOpenSubject = (of: PeriodSubject, now: Date): boolean => isOpen(of.period, of.waivers, now);

/** Everybody in HR who is here. */
export async function hrPeople(db: Db, now: Date): Promise<string[]> {
  const rows = await db
    .select({ id: person.id })
    .from(person)
    .where(and(arrayContains(person.roles, ["hr"]), present(now)))
    .orderBy(person.id);
  return rows.map((row) => row.id);
}

/**
 * The notices whose time has come by `now` and that nobody was told yet, for all people or those from one id on; answers them
 * by batches of people, so that a large organisation need not stand in memory.
 */
export async function* duePlan(db: Db, reminders: Reminders, now: Date): AsyncGenerator<PlannedNotice[]> {
  const hr = await hrPeople(db, now);
  for (let last = ""; ;) {
    const people = await db
      .select({ id: person.id })
      .from(person)
      .where(and(gt(person.id, last), present(now)))
      .orderBy(asc(person.id))
      .limit(batch);
    const ids = people.map((one) => one.id);
    const end = ids.at(-1);
    if (end === undefined) return;
    yield [
      ...(await trainingNotices(db, reminders, ids, hr, now)),
      ...(await policyNotices(db, reminders, ids, hr, now)),
      ...(await practiceNotices(db, reminders, ids, now)),
    ];
    if (ids.length < batch) return;
    last = end;
  }
}

async function trainingNotices(
  db: Db,
  reminders: Reminders,
  ids: readonly string[],
  hr: readonly string[],
  now: Date,
): Promise<PlannedNotice[]> {
  const open = and(inArray(period.personId, [...ids]), isNull(period.completedAt));
  const subjects = await periodSubjects(db, open, now);
  const told = await toldOf(db, idsOf(subjects));
  const managers = await managersOf(
    db,
    subjects.map((one) => one.person.id),
    now,
  );
  return subjects.flatMap((one) => {
    const step = dueStep(reminders, one.period, one.held, one.waivers, told.get(one.period.id) ?? [], now);
    if (!step) return [];
    const personId = one.person.id;
    const managerId = managers.get(personId) ?? null;
    return noticesOf(step, { subjectId: one.period.id, topic: "training", personId, managerId, hr });
  });
}

async function policyNotices(
  db: Db,
  reminders: Reminders,
  ids: readonly string[],
  hr: readonly string[],
  now: Date,
): Promise<PlannedNotice[]> {
  const asked = await openAcknowledgements(db, now, ids);
  const told = await toldOf(db, asked.map(acknowledgementSubject));
  const managers = await managersOf(
    db,
    asked.map((one) => one.personId),
    now,
  );
  const ladder = { first: reminders.policy, renewal: [] };
  return asked.flatMap((one) => {
    const subjectId = acknowledgementSubject(one);
    const step = dueStep(ladder, acknowledgementAsPeriod(one), null, [], told.get(subjectId) ?? [], now);
    if (!step) return [];
    const managerId = managers.get(one.personId) ?? null;
    return noticesOf(step, { subjectId, topic: "policy", personId: one.personId, managerId, hr });
  });
}

/** The managers, where they are here, of some people. */
async function managersOf(db: Db, personIds: readonly string[], now: Date): Promise<Map<string, string>> {
  if (personIds.length === 0) return new Map();
  const rows = await db
    .select({ id: person.id, managerId: person.managerId })
    .from(person)
    .where(and(inArray(person.id, [...new Set(personIds)]), isNotNull(person.managerId)));
  const here = await thoseHere(
    db,
    rows.flatMap((row) => row.managerId ?? []),
    now,
  );
  return new Map(
    rows.flatMap(({ id, managerId }) =>
      managerId !== null && managerId !== id && here.has(managerId) ? [[id, managerId]] : [],
    ),
  );
}

async function practiceNotices(
  db: Db,
  reminders: Reminders,
  ids: readonly string[],
  now: Date,
): Promise<PlannedNotice[]> {
  const oldest = Math.max(...practiceDays) + reminders.practiceDays;
  const completed = and(
    inArray(period.personId, [...ids]),
    gte(period.completedAt, new Date(now.getTime() - oldest * day)),
    lte(period.completedAt, now),
  );
  const subjects = await periodSubjects(db, completed, now);
  const told = await toldOf(db, idsOf(subjects));
  const done = await practisedDays(db, subjects);
  return subjects.flatMap(({ period: row }): PlannedNotice[] => {
    const due = duePractice(row, done.get(row.id) ?? [], now);
    if (!due || now.getTime() - due.since.getTime() > reminders.practiceDays * day) return [];
    const step = practiceStep(due.day);
    if (told.get(row.id)?.includes(step)) return [];
    return [{ recipientId: row.personId, topic: "practice", subjectId: row.id, step, optional: true }];
  });
}

/** The name of the notice of a practice. */
export const practiceStep = (days: number): string => `practice-${days}`;

/** The days of practices that were answered in full, by period; of a period that carries a competence on, since it was reached. */
export async function practisedDays(
  db: Db,
  subjects: readonly PeriodSubject[],
): Promise<Map<string, number[]>> {
  if (subjects.length === 0) return new Map();
  const root = sql<string>`coalesce(${period.carriedFrom}, ${period.id})`;
  const people = [...new Set(subjects.map((one) => one.period.personId))];
  const rows = await db
    .select({ root, day: practice.day })
    .from(practice)
    .innerJoin(period, eq(period.id, practice.registration))
    .where(and(inArray(practice.personId, people), isNotNull(practice.completedAt)));
  const days = grouped(rows.map((row) => [row.root, row.day]));
  return new Map(subjects.map(({ period: row }) => [row.id, days.get(row.carriedFrom ?? row.id) ?? []]));
}

const idsOf = (subjects: readonly PeriodSubject[]): string[] => subjects.map((one) => one.period.id);

/** The steps that were told, by what they are about. */
async function toldOf(db: Db, ids: readonly string[]): Promise<Map<string, string[]>> {
  if (ids.length === 0) return new Map();
  const rows = await db
    .selectDistinct({ id: notice.subjectId, step: notice.step })
    .from(notice)
    .where(inArray(notice.subjectId, [...ids]));
  return grouped(rows.map((row) => [row.id, row.step]));
}

async function thoseHere(db: Db, ids: readonly string[], now: Date): Promise<Set<string>> {
  if (ids.length === 0) return new Set();
  const rows = await db
    .select({ id: person.id })
    .from(person)
    .where(and(inArray(person.id, [...new Set(ids)]), present(now)));
  return new Set(rows.map((row) => row.id));
}

function grouped<T>(pairs: readonly [string, T][]): Map<string, T[]> {
  const all = new Map<string, T[]>();
  for (const [key, value] of pairs) all.set(key, [...(all.get(key) ?? []), value]);
  return all;
}

/**
 * Writes down what is to be told by `now`, each once (unique index on period, step and recipient), for the schedule; answers
 * how many notices are new. Writes nothing while reminders are switched off.
 */
export async function planReminders(db: Db, reminders: Reminders, now: Date): Promise<number> {
  if (!(await mailSettings(db)).reminders) return 0;
  let written = 0;
  for await (const planned of duePlan(db, reminders, now)) {
    if (planned.length === 0) continue;
    written += await db.transaction(async (tx) => {
      let fresh = 0;
      for (let i = 0; i < planned.length; i += batch) {
        const rows = planned.slice(i, i + batch).map((one) => ({ ...one, createdAt: now }));
        const made = await tx.insert(notice).values(rows).onConflictDoNothing().returning({ id: notice.id });
        fresh += made.length;
      }
      const entry = {
        type: "reminders.planned",
        subjectType: "reminders",
        subjectId: "reminders",
        data: { notices: fresh },
      } as const;
      await recordEvents(tx, system, fresh > 0 ? [entry] : [], now);
      return fresh;
    });
  }
  return written;
}
