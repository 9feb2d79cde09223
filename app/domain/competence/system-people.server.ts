import { and, asc, count, eq, gt, inArray, isNull, lte, or, type SQL } from "drizzle-orm";
import { randomUUID } from "node:crypto";
import type { Db } from "#db/client.server.ts";
import { person } from "#db/schema/people.ts";
import { aiSystem } from "#db/schema/register.ts";
import { personSystem } from "#db/schema/requirements.ts";
import type { AuditEntry } from "../audit/event.ts";
import { recordEvents } from "../audit/event.server.ts";
import { type Actor, allow, can } from "../people/permission.ts";
import { openPeriods } from "./assignment.server.ts";
import { dayOf } from "./board-row.server.ts";
import type { SystemRole } from "./person-details.ts";
import { addedAtOnce, dayAfter, type SystemPeopleInput } from "./system-people.ts";

const shown = 200;

export type SystemPeople = {
  name: string;
  usable: boolean;
  /** How many use it and how many oversee it, by what is recorded; the register's own overseers besides. */
  counts: Record<SystemRole, number>;
  /** The first of them by name. */
  people: {
    id: string;
    personId: string;
    name: string;
    department: string;
    role: SystemRole;
    from: string;
    /** The first day on which it no longer holds. */
    until: string | null;
    mayEnd: boolean;
  }[];
  /** Overseers whom the register entry names: changed there. */
  named: { id: string; name: string }[];
  departments: string[];
  mayAdd: boolean;
};

const holdsOn = (today: string): SQL | undefined =>
  and(lte(personSystem.from, today), or(isNull(personSystem.until), gt(personSystem.until, today)));

/** Who uses and who oversees a system today; null when there is no such system. */
export async function systemPeople(
  db: Db,
  actor: Actor,
  slug: string,
  now: Date,
): Promise<SystemPeople | null> {
  allow(actor, "requirement.read", {});
  const [system] = await db.select().from(aiSystem).where(eq(aiSystem.slug, slug));
  if (!system) return null;
  const today = dayOf(now);
  const these = and(
    eq(personSystem.systemSlug, slug),
    holdsOn(today),
    or(isNull(person.leftOn), gt(person.leftOn, today)),
  );
  const sums = await db
    .select({ role: personSystem.role, n: count() })
    .from(personSystem)
    .innerJoin(person, eq(person.id, personSystem.personId))
    .where(these)
    .groupBy(personSystem.role);
  const people = await db
    .select({
      id: personSystem.id,
      personId: person.id,
      name: person.name,
      department: person.department,
      role: personSystem.role,
      from: personSystem.from,
      until: personSystem.until,
    })
    .from(personSystem)
    .innerJoin(person, eq(person.id, personSystem.personId))
    .where(these)
    .orderBy(asc(person.name), asc(person.id), asc(personSystem.role))
    .limit(shown);
  const named = await db
    .select({ id: person.id, name: person.name })
    .from(person)
    .where(inArray(person.id, ["", ...system.body.overseers]))
    .orderBy(asc(person.name));
  const departments = await db
    .selectDistinct({ department: person.department })
    .from(person)
    .where(or(isNull(person.leftOn), gt(person.leftOn, today)))
    .orderBy(asc(person.department));
  const usable = system.status !== "retired" && system.status !== "rejected";
  const number = (role: SystemRole): number => sums.find((one) => one.role === role)?.n ?? 0;
  return {
    name: system.name,
    usable,
    counts: { uses: number("uses"), oversees: number("oversees") },
    people: people.map((one) => ({ ...one, mayEnd: can(actor, "person.edit", { personId: one.personId }) })),
    named,
    departments: departments.map((row) => row.department),
    mayAdd: usable && can(actor, "person.edit"),
  };
}

export type SystemPeopleRefusal = "not_in_use" | "past" | "nobody" | "too_many";
export type SystemPeopleAdded = {
  added: number;
  /** Of whom it was recorded already. */
  already: number;
  /** Nobody decides about themselves. */
  own: boolean;
  /** Addresses that nobody here has. */
  unknown: string[];
  opened: number;
  ended: number;
};

/**
 * Records that several people use or oversee a system from today, and runs the rules again for them, in one transaction.
 * Who is recorded already stays as they are. Null when there is no such system.
 */
export async function addSystemPeople(
  db: Db,
  actor: Actor,
  slug: string,
  input: SystemPeopleInput,
  now: Date,
): Promise<
  ({ ok: true } & SystemPeopleAdded) | { ok: false; reason: SystemPeopleRefusal; count: number } | null
> {
  allow(actor, "person.edit", {});
  const { role, lastDay, emails } = input;
  const today = dayOf(now);
  return db.transaction(async (tx) => {
    const [system] = await tx.select().from(aiSystem).where(eq(aiSystem.slug, slug));
    if (!system) return null;
    const refuse = (reason: SystemPeopleRefusal, n = 0) => ({ ok: false, reason, count: n }) as const;
    if (system.status === "retired" || system.status === "rejected") return refuse("not_in_use");
    if (lastDay !== null && lastDay < today) return refuse("past");
    const found = await tx
      .select({ id: person.id, email: person.email })
      .from(person)
      .where(
        and(
          emails.length > 0 ? inArray(person.email, emails) : eq(person.department, input.department),
          or(isNull(person.leftOn), gt(person.leftOn, today)),
        ),
      )
      .orderBy(asc(person.id))
      .for("update");
    const known = new Set(found.map((one) => one.email));
    const unknown = emails.filter((one) => !known.has(one));
    const others = found.filter((one) => can(actor, "person.edit", { personId: one.id }));
    if (found.length === 0) return refuse("nobody");
    if (others.length > addedAtOnce) return refuse("too_many", others.length);
    const held = await tx
      .select({ personId: personSystem.personId })
      .from(personSystem)
      .where(and(eq(personSystem.systemSlug, slug), eq(personSystem.role, role), holdsOn(today)));
    const have = new Set(held.map((one) => one.personId));
    const fresh = others.filter((one) => !have.has(one.id));
    const until = lastDay === null ? null : dayAfter(lastDay);
    const ids = fresh.map((one) => one.id);
    if (ids.length > 0)
      await tx.insert(personSystem).values(
        ids.map((personId) => ({
          id: randomUUID(),
          personId,
          systemSlug: slug,
          role,
          from: today,
          until,
          recordedBy: actor.id,
          recordedAt: now,
        })),
      );
    const entries = ids.map((personId): AuditEntry => {
      const data = { personId, system: slug, role, ...(lastDay === null ? {} : { lastDay }) };
      return { type: "person.system_added", subjectType: "person", subjectId: personId, data };
    });
    const follow = await openPeriods(tx, ids, now, { cause: "system" });
    await recordEvents(tx, actor, [...entries, ...follow], now);
    const number = (type: string): number => follow.filter((one) => one.type === type).length;
    return {
      ok: true,
      added: ids.length,
      already: others.length - ids.length,
      own: others.length < found.length,
      unknown,
      opened: number("period.assigned"),
      ended: number("period.ended"),
    } as const;
  });
}
