import { and, arrayContains, desc, eq, gt, isNull, lte, not, type SQL, sql } from "drizzle-orm";
import { randomBytes, randomUUID } from "node:crypto";
import type { Db } from "#db/client.server.ts";
import { auditSeat } from "#db/schema/pack.ts";
import { credential, person, session } from "#db/schema/people.ts";
import { recordEvents } from "../audit/event.server.ts";
import { sha256 } from "../audit/event.ts";
import { type Actor, allow } from "./permission.ts";
import {
  type Scope,
  type SeatInput,
  type SeatRefusal,
  seatState,
  type SeatState,
  seatTimes,
} from "./seat.ts";

/** People who are external auditors: they belong to no department and are counted nowhere. */
export const isOutside: SQL = arrayContains(person.roles, ["external_auditor"]);

/** That a person may be in the product now: an external auditor only while a seat of theirs lasts. */
export function maySitIn(now: Date): SQL {
  return sql`(${not(isOutside)} or exists (
    select 1 from audit_seat s where s.person_id = ${person.id} and s.revoked_at is null
    and s.starts_at <= ${now.toISOString()}::timestamptz and s.ends_at > ${now.toISOString()}::timestamptz))`;
}

/** What an external auditor may see now; null without a seat that lasts. */
export async function seatScope(db: Db, personId: string, now: Date): Promise<Scope | null> {
  const [seat] = await db
    .select({ departments: auditSeat.departments, requirements: auditSeat.requirements })
    .from(auditSeat)
    .where(lasting(personId, now))
    .orderBy(desc(auditSeat.invitedAt))
    .limit(1);
  return seat ?? null;
}

function lasting(personId: string, now: Date): SQL | undefined {
  return and(
    eq(auditSeat.personId, personId),
    isNull(auditSeat.revokedAt),
    lte(auditSeat.startsAt, now),
    gt(auditSeat.endsAt, now),
  );
}

/** A seat as those who manage it see it. */
export type Seat = Pick<
  typeof auditSeat.$inferSelect,
  | "id"
  | "personId"
  | "firm"
  | "departments"
  | "requirements"
  | "startsAt"
  | "endsAt"
  | "invitedAt"
  | "revokedAt"
> & { name: string; email: string; state: SeatState };

/** All seats there were, the newest first. */
export async function seats(db: Db, actor: Actor, now: Date): Promise<Seat[]> {
  allow(actor, "seat.manage", {});
  const rows = await db
    .select({ seat: auditSeat, name: person.name, email: person.email })
    .from(auditSeat)
    .innerJoin(person, eq(person.id, auditSeat.personId))
    .orderBy(desc(auditSeat.invitedAt), desc(auditSeat.id))
    .limit(200);
  return rows.map(({ seat, name, email }) => {
    const { id, personId, firm, departments, requirements, startsAt, endsAt, invitedAt, revokedAt } = seat;
    const state = seatState(seat, now);
    return {
      id,
      personId,
      firm,
      departments,
      requirements,
      startsAt,
      endsAt,
      invitedAt,
      revokedAt,
      name,
      email,
      state,
    };
  });
}

export type Invited = { ok: true; id: string; token: string } | { ok: false; reason: SeatRefusal };

/** Gives an external auditor a seat. Answers the token of the link by which they set a password, once. */
export async function inviteAuditor(db: Db, actor: Actor, input: SeatInput, now: Date): Promise<Invited> {
  return db.transaction(async (tx) => {
    allow(actor, "seat.manage", {});
    const times = seatTimes(input);
    if (times.endsAt <= now) return { ok: false, reason: "past" };
    const known = await outsider(tx, input.email);
    if (known === "colleague") return { ok: false, reason: "colleague" };
    const personId = known ?? (await newOutsider(tx, input));
    const [open] = await tx
      .select({ id: auditSeat.id })
      .from(auditSeat)
      .where(and(eq(auditSeat.personId, personId), isNull(auditSeat.revokedAt), gt(auditSeat.endsAt, now)));
    if (open) return { ok: false, reason: "taken" };
    const token = randomBytes(32).toString("base64url");
    const id = randomUUID();
    const { firm, departments, requirements, from, until } = input;
    await tx.insert(auditSeat).values({
      id,
      personId,
      firm,
      departments: departments.length === 0 ? null : departments,
      requirements: requirements.length === 0 ? null : requirements,
      ...times,
      invitedBy: actor.id,
      invitedAt: now,
      linkHash: sha256(token),
    });
    await recordEvents(
      tx,
      actor,
      [{ type: "seat.invited", subjectType: "seat", subjectId: id, data: { personId, from, until } }],
      now,
    );
    return { ok: true, id, token };
  });
}

/** The person of an e-mail address, if it is an external auditor's; null when nobody has it. The row stays locked. */
async function outsider(tx: Db, email: string): Promise<string | "colleague" | null> {
  const [row] = await tx.select().from(person).where(eq(person.email, email)).for("update");
  if (!row) return null;
  return row.roles.includes("external_auditor") ? row.id : "colleague";
}

async function newOutsider(tx: Db, { name, email, firm, from }: SeatInput): Promise<string> {
  const id = `x-${randomUUID()}`;
  await tx.insert(person).values({
    id,
    pseudonym: randomUUID(),
    email,
    name,
    department: "",
    title: firm,
    managerId: null,
    location: "",
    timeZone: "UTC",
    language: "en",
    employmentType: "external",
    hiredOn: from,
    leftOn: null,
    computerShare: 0,
    audiences: [],
    roles: ["external_auditor"],
  });
  return id;
}

/** Ends a seat at once, with every session of it. Null when there is none. */
export async function revokeSeat(
  db: Db,
  actor: Actor,
  id: string,
  now: Date,
): Promise<{ ok: true } | { ok: false; reason: "ended" } | null> {
  return db.transaction(async (tx) => {
    allow(actor, "seat.manage", {});
    const [seat] = await tx.select().from(auditSeat).where(eq(auditSeat.id, id)).for("update");
    if (!seat) return null;
    if (seat.revokedAt !== null || seat.endsAt <= now) return { ok: false, reason: "ended" };
    await tx.update(auditSeat).set({ revokedAt: now, revokedBy: actor.id }).where(eq(auditSeat.id, id));
    await tx.delete(session).where(eq(session.personId, seat.personId));
    const data = { personId: seat.personId };
    await recordEvents(tx, actor, [{ type: "seat.revoked", subjectType: "seat", subjectId: id, data }], now);
    return { ok: true };
  });
}

/** The seat that a link was made for, while the link can be used: once, until the seat ends. */
export async function seatOfLink(
  db: Db,
  token: string,
  now: Date,
): Promise<{ name: string; email: string; startsAt: Date } | null> {
  const [row] = await db
    .select({ name: person.name, email: person.email, startsAt: auditSeat.startsAt })
    .from(auditSeat)
    .innerJoin(person, eq(person.id, auditSeat.personId))
    .where(usable(token, now));
  return row ?? null;
}

function usable(token: string, now: Date): SQL | undefined {
  return and(
    eq(auditSeat.linkHash, sha256(token)),
    isNull(auditSeat.linkUsedAt),
    isNull(auditSeat.revokedAt),
    gt(auditSeat.endsAt, now),
  );
}

/** Sets the auditor's password by the link. Answers their e-mail address; null when the link cannot be used (any more). */
export async function takeSeat(
  db: Db,
  input: { token: string; passwordHash: string },
  now: Date,
): Promise<{ email: string } | null> {
  return db.transaction(async (tx) => {
    const [seat] = await tx.select().from(auditSeat).where(usable(input.token, now)).for("update");
    if (!seat) return null;
    await tx.update(auditSeat).set({ linkUsedAt: now }).where(eq(auditSeat.id, seat.id));
    const { personId } = seat;
    const set = { passwordHash: input.passwordHash, changedAt: now, failedCount: 0, lockedUntil: null };
    await tx
      .insert(credential)
      .values({ personId, ...set })
      .onConflictDoUpdate({ target: credential.personId, set });
    const [row] = await tx.select({ email: person.email }).from(person).where(eq(person.id, personId));
    await recordEvents(
      tx,
      { id: personId },
      [{ type: "seat.used", subjectType: "seat", subjectId: seat.id, data: { personId } }],
      now,
    );
    return row ?? null;
  });
}
