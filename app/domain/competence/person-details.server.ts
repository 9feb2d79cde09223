import { and, asc, desc, eq, gt, gte, isNull, lte, or } from "drizzle-orm";
import { randomUUID } from "node:crypto";
import type { Db } from "#db/client.server.ts";
import { person } from "#db/schema/people.ts";
import { aiSystem } from "#db/schema/register.ts";
import { leave, personSystem } from "#db/schema/requirements.ts";
import type { AuditEntry } from "../audit/event.ts";
import { recordEvents } from "../audit/event.server.ts";
import type { PersonRow } from "../people/import.ts";
import { importPeople } from "../people/import.server.ts";
import { type Actor, allow } from "../people/permission.ts";
import { recordChanges } from "../people/person-version.server.ts";
import { openPeriods } from "./assignment.server.ts";
import { putOff } from "./leave.server.ts";
import {
  changesOf,
  type DayRefusal,
  dayRefusal,
  type DetailsInput,
  type LeaveInput,
  type LeaveKind,
  type SystemRole,
} from "./person-details.ts";
import { systemInUse } from "./subject.server.ts";

const dayOf = (at: Date): string => at.toISOString().slice(0, 10);

const sorted = (names: readonly string[]): string[] => [...new Set(names)].toSorted();

type Leave = { id: string; kind: LeaveKind; from: string; until: string };
type Refused = { refused: DayRefusal } | { overlaps: Omit<Leave, "id"> };
type Changed = {
  changed: number;
  opened: number;
  ended: number;
  refused?: DayRefusal;
  /** Leave that is recorded already for some of the days. */
  overlaps?: Omit<Leave, "id">;
  /** Periods whose due dates leave moved. */
  moved?: string[];
};

/**
 * Changes what rules go by of a person and runs them again for that person, in one transaction (ISO/IEC 42001 7.2 a).
 * What was known before is kept; `from` is the first day of which the change is true, today where none is named, and rules
 * ask from today in any case. Answers how many periods that opened and ended; null when there is no such person.
 */
export async function changePerson(
  db: Db,
  actor: Actor,
  input: { personId: string; details: DetailsInput; from?: string | null },
  now: Date,
): Promise<Changed | null> {
  const { personId, details } = input;
  const from = input.from ?? dayOf(now);
  return onPerson(db, actor, personId, now, "rule", async (tx, before) => {
    const refused = dayRefusal(from, before.hiredOn, dayOf(now));
    if (refused) return { refused };
    const changes = changesOf(before, details);
    if (Object.keys(changes).length === 0) return null;
    await tx.update(person).set(details).where(eq(person.id, personId));
    const change = { personId, before, after: { ...before, ...details }, from };
    await recordChanges(tx, [change], actor.id, now);
    return {
      type: "person.changed",
      subjectType: "person",
      subjectId: personId,
      data: { personId, changes, ...(from < dayOf(now) ? { from } : {}) },
    };
  });
}

/** Records that a person uses or oversees a system from today. Null when there is no such person or system in use. */
export async function addSystem(
  db: Db,
  actor: Actor,
  input: { personId: string; system: string; role: SystemRole },
  now: Date,
): ReturnType<typeof changePerson> {
  const { personId, system: systemSlug, role } = input;
  return onPerson(db, actor, personId, now, "system", async (tx) => {
    const [known] = await tx
      .select()
      .from(aiSystem)
      .where(and(eq(aiSystem.slug, systemSlug), systemInUse));
    const held = await systemsOf(tx, personId, now);
    if (!known || held.some((one) => one.slug === systemSlug && one.role === role)) return null;
    const row = { id: randomUUID(), personId, systemSlug, role, from: dayOf(now), until: null };
    await tx.insert(personSystem).values({ ...row, recordedBy: actor.id, recordedAt: now });
    const data = { personId, system: systemSlug, role };
    return { type: "person.system_added", subjectType: "person", subjectId: personId, data };
  });
}

/** Ends today that a person uses or oversees a system. */
export async function endSystem(
  db: Db,
  actor: Actor,
  input: { personId: string; id: string },
  now: Date,
): ReturnType<typeof changePerson> {
  const { personId, id } = input;
  return onPerson(db, actor, personId, now, "system", async (tx) => {
    const [row] = await tx
      .update(personSystem)
      .set({ until: dayOf(now) })
      .where(
        and(
          eq(personSystem.id, id),
          eq(personSystem.personId, personId),
          or(isNull(personSystem.until), gt(personSystem.until, dayOf(now))),
        ),
      )
      .returning();
    if (!row) return null;
    const data = { personId, system: row.systemSlug, role: row.role };
    return { type: "person.system_ended", subjectType: "person", subjectId: personId, data };
  });
}

/**
 * Records leave: what is open is due later by the days of it that fall into its time. Refused where other leave has some of
 * its days: a day counts once, and twice the same is a form sent twice.
 */
export async function recordLeave(
  db: Db,
  actor: Actor,
  input: { personId: string } & LeaveInput,
  now: Date,
): ReturnType<typeof changePerson> {
  const { personId, from, until, kind } = input;
  return onPerson(db, actor, personId, now, "rule", async (tx) => {
    const [overlaps] = await tx
      .select({ kind: leave.kind, from: leave.from, until: leave.until })
      .from(leave)
      .where(
        and(
          eq(leave.personId, personId),
          isNull(leave.withdrawnAt),
          lte(leave.from, until),
          gte(leave.until, from),
        ),
      )
      .orderBy(asc(leave.from))
      .limit(1);
    if (overlaps) return { overlaps };
    await tx
      .insert(leave)
      .values({ id: randomUUID(), personId, from, until, kind, recordedBy: actor.id, recordedAt: now });
    return {
      type: "leave.recorded",
      subjectType: "person",
      subjectId: personId,
      data: { personId, from, until },
    };
  });
}

/** Withdraws leave that was recorded: dates are reckoned as if it had never been. */
export async function withdrawLeave(
  db: Db,
  actor: Actor,
  input: { personId: string; id: string },
  now: Date,
): ReturnType<typeof changePerson> {
  const { personId, id } = input;
  return onPerson(db, actor, personId, now, "rule", async (tx) => {
    const [row] = await tx
      .update(leave)
      .set({ withdrawnAt: now })
      .where(and(eq(leave.id, id), eq(leave.personId, personId), isNull(leave.withdrawnAt)))
      .returning();
    if (!row) return null;
    const { from, until } = row;
    return {
      type: "leave.withdrawn",
      subjectType: "person",
      subjectId: personId,
      data: { personId, from, until },
    };
  });
}

/** One change of a person, what follows from it by the rules, and the record of both, in one transaction. */
async function onPerson(
  db: Db,
  actor: Actor,
  personId: string,
  now: Date,
  cause: "rule" | "system",
  change: (tx: Db, before: typeof person.$inferSelect) => Promise<AuditEntry | Refused | null>,
): Promise<Changed | null> {
  allow(actor, "person.edit", { personId });
  return db.transaction(async (tx) => {
    const [before] = await tx.select().from(person).where(eq(person.id, personId)).for("update");
    if (!before) return null;
    const entry = await change(tx, before);
    if (!entry) return { changed: 0, opened: 0, ended: 0 };
    if (!("type" in entry)) return { changed: 0, opened: 0, ended: 0, ...entry };
    const follow = await openPeriods(tx, [personId], now, { cause });
    const isLeave = entry.type === "leave.recorded" || entry.type === "leave.withdrawn";
    const moved = isLeave ? { moved: await putOff(tx, personId, now) } : {};
    await recordEvents(tx, actor, [entry, ...follow], now);
    const count = (type: string): number => follow.filter((one) => one.type === type).length;
    return { changed: 1, opened: count("period.assigned"), ended: count("period.ended"), ...moved };
  });
}

/** Takes a people file over and runs the rules again for all who are in it, in one transaction. */
export async function importAndAssign(
  db: Db,
  actor: Actor,
  rows: readonly PersonRow[],
  now: Date,
): Promise<{ created: number; changed: number; opened: number; ended: number }> {
  allow(actor, "period.assign", {});
  return db.transaction(async (tx) => {
    const entry = await importPeople(tx, rows, actor, now);
    const ids = rows.map((row) => row.id);
    const follow = await openPeriods(tx, ids, now, { cause: "joined" });
    await recordEvents(tx, actor, [entry, ...follow], now);
    const count = (type: string): number => follow.filter((one) => one.type === type).length;
    const { created, changed } = entry.data as { created: number; changed: number };
    return { created, changed, opened: count("period.assigned"), ended: count("period.ended") };
  });
}

type HeldSystem = { id: string; slug: string; name: string; role: SystemRole; from: string };

async function systemsOf(db: Db, personId: string, now: Date): Promise<HeldSystem[]> {
  return db
    .select({
      id: personSystem.id,
      slug: personSystem.systemSlug,
      name: aiSystem.name,
      role: personSystem.role,
      from: personSystem.from,
    })
    .from(personSystem)
    .innerJoin(aiSystem, eq(aiSystem.slug, personSystem.systemSlug))
    .where(
      and(
        eq(personSystem.personId, personId),
        or(isNull(personSystem.until), gt(personSystem.until, dayOf(now))),
      ),
    )
    .orderBy(asc(aiSystem.name), asc(personSystem.role));
}

export type PersonDetails = {
  person: { id: string; name: string } & DetailsInput;
  systems: HeldSystem[];
  /** Systems whose register entry names the person as overseer: changed there. */
  named: string[];
  leaves: Leave[];
  choices: {
    systems: { slug: string; name: string }[];
    audiences: string[];
    departments: string[];
    locations: string[];
  };
};

/** What HR edits of a person; null when there is no such person. */
export async function personDetails(
  db: Db,
  actor: Actor,
  personId: string,
  now: Date,
): Promise<PersonDetails | null> {
  allow(actor, "person.edit", { personId });
  const [row] = await db.select().from(person).where(eq(person.id, personId));
  if (!row) return null;
  const { id, name, department, location, employmentType, computerShare, audiences, leftOn } = row;
  const inUse = await db
    .select({ slug: aiSystem.slug, name: aiSystem.name, body: aiSystem.body })
    .from(aiSystem)
    .where(systemInUse)
    .orderBy(asc(aiSystem.name));
  const everybody = await db
    .selectDistinct({
      audiences: person.audiences,
      department: person.department,
      location: person.location,
    })
    .from(person);
  const leaves = await db
    .select({ id: leave.id, kind: leave.kind, from: leave.from, until: leave.until })
    .from(leave)
    .where(and(eq(leave.personId, personId), isNull(leave.withdrawnAt)))
    .orderBy(desc(leave.from));
  return {
    person: { id, name, department, location, employmentType, computerShare, audiences, leftOn },
    systems: await systemsOf(db, personId, now),
    named: inUse.filter(({ body }) => body.overseers.includes(personId)).map((one) => one.name),
    leaves,
    choices: {
      systems: inUse.map(({ slug, name: title }) => ({ slug, name: title })),
      audiences: sorted(everybody.flatMap((one) => one.audiences)),
      departments: sorted(everybody.map((one) => one.department)),
      locations: sorted(everybody.map((one) => one.location)),
    },
  };
}
