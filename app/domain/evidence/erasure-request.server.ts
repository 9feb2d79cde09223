import { desc, eq, isNull } from "drizzle-orm";
import { randomUUID } from "node:crypto";
import type { Db } from "#db/client.server.ts";
import { person } from "#db/schema/people.ts";
import { erasureRequest, evidenceHold } from "#db/schema/privacy.ts";
import { recordEvents } from "../audit/event.server.ts";
import {
  decideErasure,
  type ErasureCategory,
  type ErasureDecision,
  type ErasureRefusal,
  heldCategories,
} from "../people/erasure.ts";
import { type Actor, allow, can } from "../people/permission.ts";
import { keptEventsAbout } from "./audit-words.server.ts";
import { eraseCategories } from "./erasure.server.ts";

export type ErasureRequest = typeof erasureRequest.$inferSelect;
export type EvidenceHold = typeof evidenceHold.$inferSelect;

/**
 * Files a request to erase a person's data: their own, or, by HR, that of somebody who has left. One at a time. Null when
 * there is no such person.
 */
export async function requestErasure(
  db: Db,
  actor: Actor,
  input: { personId: string; reason: string },
  now: Date,
): Promise<{ ok: true } | { ok: false; reason: "open" | "employed" | "erased" } | null> {
  const { personId, reason } = input;
  allow(actor, "erasure.request", { personId });
  return db.transaction(async (tx) => {
    const [who] = await tx.select().from(person).where(eq(person.id, personId));
    if (!who) return null;
    if (who.erasedAt) return { ok: false, reason: "erased" };
    if (personId !== actor.id && employed(who, now)) return { ok: false, reason: "employed" };
    const [stored] = await tx
      .insert(erasureRequest)
      .values({ id: randomUUID(), personId, reason, requestedBy: actor.id, requestedAt: now })
      .onConflictDoNothing()
      .returning({ id: erasureRequest.id });
    if (!stored) return { ok: false, reason: "open" };
    await recordEvents(
      tx,
      actor,
      [{ type: "erasure.requested", subjectType: "erasure", subjectId: stored.id, data: { personId } }],
      now,
    );
    return { ok: true };
  });
}

/** A person's own requests, newest first. */
export async function ownErasureRequests(db: Db, actor: Actor): Promise<ErasureRequest[]> {
  allow(actor, "erasure.request", { personId: actor.id });
  return db
    .select()
    .from(erasureRequest)
    .where(eq(erasureRequest.personId, actor.id))
    .orderBy(desc(erasureRequest.requestedAt));
}

export type ListedRequest = ErasureRequest & {
  name: string;
  employed: boolean;
  /** Categories that a hold keeps, with the reasons of the holds. */
  held: { category: ErasureCategory; reasons: string[] }[];
  /** Positions of events of the audit log that keep details of the person, whatever is decided. */
  events: number[];
  mayDecide: boolean;
};

/** All requests, the open ones first, for those who decide them. */
export async function erasureRequests(db: Db, actor: Actor, now: Date): Promise<ListedRequest[]> {
  allow(actor, "erasure.decide", {});
  const rows = await db
    .select({ request: erasureRequest, person })
    .from(erasureRequest)
    .innerJoin(person, eq(person.id, erasureRequest.personId))
    .orderBy(desc(erasureRequest.requestedAt));
  const holds = await db.select().from(evidenceHold).where(isNull(evidenceHold.endedAt));
  const events = new Map<string, number[]>();
  for (const { person: who } of rows)
    events.set(
      who.id,
      (await keptEventsAbout(db, who.id)).map((one) => one.seq),
    );
  return rows
    .map(({ request, person: who }) => ({
      ...request,
      name: who.name,
      employed: employed(who, now),
      held: [...heldCategories(holds, who.id, dayOf(now))].map(([category, keeping]) => ({
        category,
        reasons: keeping.map((hold) => holds.find((one) => one.id === hold.id)?.reason ?? ""),
      })),
      events: events.get(who.id) ?? [],
      mayDecide: can(actor, "erasure.decide", { personId: who.id }),
    }))
    .toSorted((a, b) => Number(a.decidedAt !== null) - Number(b.decidedAt !== null));
}

/**
 * Decides a request category by category, with the ground of each, and carries out what is granted in the same transaction.
 * Refused with the reason of each category that cannot be decided so. Null when there is no such request.
 */
export async function decideErasureRequest(
  db: Db,
  actor: Actor,
  input: { id: string; decisions: readonly ErasureDecision[] },
  now: Date,
): Promise<
  | { ok: true }
  | { ok: false; reason: "decided" }
  | { ok: false; reason: "refused"; refusals: Partial<Record<ErasureCategory, ErasureRefusal>> }
  | null
> {
  return db.transaction(async (tx) => {
    const [request] = await tx
      .select()
      .from(erasureRequest)
      .where(eq(erasureRequest.id, input.id))
      .for("update");
    allow(actor, "erasure.decide", { personId: request?.personId ?? null });
    if (!request) return null;
    if (request.decidedAt) return { ok: false, reason: "decided" };
    const { personId } = request;
    const [who] = await tx.select().from(person).where(eq(person.id, personId));
    const holds = await tx.select().from(evidenceHold).where(isNull(evidenceHold.endedAt));
    const decided = decideErasure(input.decisions, {
      held: heldCategories(holds, personId, dayOf(now)),
      employed: who ? employed(who, now) : false,
    });
    if (!decided.ok) return { ok: false, reason: "refused", refusals: decided.refusals };
    const { outcome } = decided;
    await tx
      .update(erasureRequest)
      .set({ outcome, decisions: [...input.decisions], decidedBy: actor.id, decidedAt: now })
      .where(eq(erasureRequest.id, input.id));
    const [erased, kept] = [true, false].map((erase) =>
      input.decisions.filter((one) => one.erase === erase).map((one) => one.category),
    );
    await eraseCategories(tx, personId, erased ?? [], now);
    const events = (await keptEventsAbout(tx, personId)).slice(0, 1000).map((one) => one.seq);
    const data = { personId, outcome, erased: erased ?? [], kept: kept ?? [], events };
    await recordEvents(
      tx,
      actor,
      [{ type: "erasure.decided", subjectType: "erasure", subjectId: input.id, data }],
      now,
    );
    return { ok: true };
  });
}

/** Holds, those in force first; for those who place them. */
export async function evidenceHolds(
  db: Db,
  actor: Actor,
): Promise<(EvidenceHold & { name: string | null })[]> {
  allow(actor, "hold.manage", {});
  const rows = await db
    .select({ hold: evidenceHold, name: person.name })
    .from(evidenceHold)
    .leftJoin(person, eq(person.id, evidenceHold.personId))
    .orderBy(desc(evidenceHold.placedAt));
  return rows
    .map(({ hold, name }) => ({ ...hold, name }))
    .toSorted((a, b) => Number(a.endedAt !== null) - Number(b.endedAt !== null));
}

/** Places a hold on categories of a person's data, or of everybody's. Null when nobody has the e-mail. */
export async function placeHold(
  db: Db,
  actor: Actor,
  input: { email: string | null; categories: readonly ErasureCategory[]; reason: string; until: string },
  now: Date,
): Promise<{ ok: true } | null> {
  allow(actor, "hold.manage", {});
  return db.transaction(async (tx) => {
    const { email, categories, reason, until } = input;
    const [who] = email === null ? [] : await tx.select().from(person).where(eq(person.email, email));
    if (email !== null && !who) return null;
    const personId = who?.id ?? null;
    const id = randomUUID();
    await tx.insert(evidenceHold).values({
      id,
      personId,
      categories: [...categories],
      reason,
      until,
      placedBy: actor.id,
      placedAt: now,
    });
    const data = { personId, categories: [...categories], until };
    await recordEvents(tx, actor, [{ type: "hold.placed", subjectType: "hold", subjectId: id, data }], now);
    return { ok: true };
  });
}

/** Ends a hold. Null when none is in force under that id. */
export async function endHold(db: Db, actor: Actor, id: string, now: Date): Promise<{ ok: true } | null> {
  allow(actor, "hold.manage", {});
  return db.transaction(async (tx) => {
    const [hold] = await tx.select().from(evidenceHold).where(eq(evidenceHold.id, id)).for("update");
    if (!hold || hold.endedAt) return null;
    await tx.update(evidenceHold).set({ endedBy: actor.id, endedAt: now }).where(eq(evidenceHold.id, id));
    const data = { personId: hold.personId };
    await recordEvents(tx, actor, [{ type: "hold.ended", subjectType: "hold", subjectId: id, data }], now);
    return { ok: true };
  });
}

/** The id of the person with an e-mail, for those who file requests of others. Null when nobody has it. */
export async function personByEmail(db: Db, actor: Actor, email: string): Promise<string | null> {
  allow(actor, "erasure.decide", {});
  const [row] = await db.select({ id: person.id }).from(person).where(eq(person.email, email));
  return row?.id ?? null;
}

const employed = (who: { leftOn: string | null }, now: Date): boolean =>
  who.leftOn === null || who.leftOn > dayOf(now);

const dayOf = (at: Date): string => at.toISOString().slice(0, 10);
