import { and, desc, eq, isNull } from "drizzle-orm";
import { randomUUID } from "node:crypto";
import type { Db } from "#db/client.server.ts";
import { accommodation } from "#db/schema/learning.ts";
import { person } from "#db/schema/people.ts";
import { recordEvents } from "../audit/event.server.ts";
import { type Actor, allow, can } from "../people/permission.ts";

export type Accommodation = typeof accommodation.$inferSelect;

/** By how much a person's time limits are multiplied; null: no limit. 1 without an accommodation. */
export async function timeFactorOf(db: Db, personId: string): Promise<number | null> {
  const current = await standing(db, personId);
  return current ? current.timeFactor : 1;
}

/**
 * The accommodation that stands for a person, for themselves and those who may decide it; null for everybody else and
 * where there is none. Its reason may touch on health, so nobody else reads it.
 */
export async function accommodationFor(
  db: Db,
  actor: Actor,
  personId: string,
): Promise<Accommodation | null> {
  if (actor.id !== personId && !can(actor, "accommodation.grant", { personId })) return null;
  return standing(db, personId);
}

/** The person an accommodation would be for; null when there is none. Throws `Forbidden` for who may not decide it. */
export async function mayAccommodate(
  db: Db,
  actor: Actor,
  personId: string,
): Promise<{ id: string; name: string } | null> {
  const [row] = await db
    .select({ id: person.id, name: person.name })
    .from(person)
    .where(eq(person.id, personId));
  allow(actor, "accommodation.grant", { personId: row?.id ?? null });
  return row ?? null;
}

/**
 * Gives a person more time in assessments, or no limit, with a reason; it holds for attempts begun from now on and takes
 * the place of an earlier one. Null when there is no such person.
 */
export async function grantAccommodation(
  db: Db,
  actor: Actor,
  input: { personId: string; timeFactor: number | null; reason: string },
  now: Date,
): Promise<{ ok: true } | null> {
  return db.transaction(async (tx) => {
    const { personId, timeFactor } = input;
    const known = await lockedPerson(tx, personId);
    allow(actor, "accommodation.grant", { personId: known ? personId : null });
    if (!known) return null;
    await end(tx, actor, personId, now);
    const id = randomUUID();
    await tx.insert(accommodation).values({ ...input, id, grantedBy: actor.id, grantedAt: now });
    const data = { personId, timeFactor };
    await recordEvents(
      tx,
      actor,
      [{ type: "accommodation.granted", subjectType: "person", subjectId: personId, data }],
      now,
    );
    return { ok: true };
  });
}

/** Ends a person's accommodation; attempts already begun keep their time. Refused where there is none. Null: no such person. */
export async function endAccommodation(
  db: Db,
  actor: Actor,
  input: { personId: string },
  now: Date,
): Promise<{ ok: true } | { ok: false; reason: "none" } | null> {
  return db.transaction(async (tx) => {
    const { personId } = input;
    const known = await lockedPerson(tx, personId);
    allow(actor, "accommodation.grant", { personId: known ? personId : null });
    if (!known) return null;
    if (!(await end(tx, actor, personId, now))) return { ok: false, reason: "none" };
    await recordEvents(
      tx,
      actor,
      [{ type: "accommodation.ended", subjectType: "person", subjectId: personId, data: { personId } }],
      now,
    );
    return { ok: true };
  });
}

async function standing(db: Db, personId: string): Promise<Accommodation | null> {
  const [row] = await db
    .select()
    .from(accommodation)
    .where(and(eq(accommodation.personId, personId), isNull(accommodation.endedAt)))
    .orderBy(desc(accommodation.grantedAt))
    .limit(1);
  return row ?? null;
}

/** Locked, so that two who decide at the same moment take turns. */
async function lockedPerson(tx: Db, personId: string): Promise<boolean> {
  const rows = await tx.select({ id: person.id }).from(person).where(eq(person.id, personId)).for("update");
  return rows.length > 0;
}

async function end(tx: Db, actor: Actor, personId: string, now: Date): Promise<boolean> {
  const rows = await tx
    .update(accommodation)
    .set({ endedBy: actor.id, endedAt: now })
    .where(and(eq(accommodation.personId, personId), isNull(accommodation.endedAt)))
    .returning({ id: accommodation.id });
  return rows.length > 0;
}
