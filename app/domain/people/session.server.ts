import { hash, verify } from "argon2";
import { randomBytes, randomUUID } from "node:crypto";
import { and, eq, lt, or, sql } from "drizzle-orm";
import type { Db } from "#db/client.server.ts";
import { credential, organisation, person, session, setupLink } from "#db/schema/people.ts";
import { sha256 } from "../audit/event.ts";
import { recordEvents } from "../audit/event.server.ts";
import { type Actor, system } from "./permission.ts";
import { maySitIn, seatScope } from "./seat.server.ts";
import { idleHours, lockedUntil, sessionHours, sessionLives } from "./session.ts";

/** Argon2id with OWASP's first recommended parameters (Password Storage Cheat Sheet: 19 MiB, 2 passes, 1 lane). */
const hashing = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

/** Argon2id hash of a password, salted. */
export const hashPassword = (password: string): Promise<string> => hash(password, hashing);

// A hash nobody's password has: unknown e-mails cost the same time as known ones.
let decoy: Promise<string> | undefined;

export type SignIn =
  | { ok: true; token: string; actor: Actor }
  | { ok: false; reason: "wrong" }
  | { ok: false; reason: "locked"; until: Date };

/**
 * Checks e-mail and password and opens a session. The answer does not tell whether the e-mail is known.
 * Wrong tries are counted in the account's row; the row is locked while it is decided, so parallel tries all count.
 */
export async function signIn(db: Db, input: { email: string; password: string }, now: Date): Promise<SignIn> {
  const email = input.email.trim().toLowerCase();
  const [known] = await db
    .select({ id: person.id, passwordHash: credential.passwordHash })
    .from(person)
    .innerJoin(credential, eq(credential.personId, person.id))
    .where(
      and(
        eq(person.email, email),
        or(sql`${person.leftOn} is null`, sql`${person.leftOn} > ${day(now)}`),
        maySitIn(now),
      ),
    );
  if (!known) {
    decoy ??= hashPassword(randomUUID());
    await verify(await decoy, input.password);
    return { ok: false, reason: "wrong" };
  }
  // Outside the transaction: the embedded engine is one session, and hashing takes its time.
  const right = await verify(known.passwordHash, input.password);
  return db.transaction(async (tx) => {
    const [row] = await tx.select().from(credential).where(eq(credential.personId, known.id)).for("update");
    if (!row) return { ok: false, reason: "wrong" };
    if (row.lockedUntil && row.lockedUntil > now)
      return { ok: false, reason: "locked", until: row.lockedUntil };
    if (!right) {
      const failed = row.failedCount + 1;
      const until = lockedUntil(failed, now);
      await tx
        .update(credential)
        .set({ failedCount: failed, lockedUntil: until })
        .where(eq(credential.personId, known.id));
      if (!until) return { ok: false, reason: "wrong" };
      await recordEvents(
        tx,
        system,
        [
          {
            type: "person.locked",
            subjectType: "person",
            subjectId: known.id,
            data: { failed, until: until.toISOString() },
          },
        ],
        now,
      );
      return { ok: false, reason: "locked", until };
    }
    await tx
      .update(credential)
      .set({ failedCount: 0, lockedUntil: null })
      .where(eq(credential.personId, known.id));
    return openSession(tx, known.id, now);
  });
}

/** Opens a session for a person, in the caller's transaction; answers the token for the cookie. */
async function openSession(
  tx: Db,
  personId: string,
  now: Date,
): Promise<{ ok: true; token: string; actor: Actor }> {
  const [row] = await tx.select().from(person).where(eq(person.id, personId));
  if (!row) throw new Error(`no person ${personId}`);
  const token = randomBytes(32).toString("base64url");
  const expiresAt = new Date(now.getTime() + sessionHours * 3_600_000);
  await tx
    .insert(session)
    .values({ id: sha256(token), personId, createdAt: now, lastSeenAt: now, expiresAt });
  const actor: Actor = { id: row.id, name: row.name, roles: row.roles };
  await recordEvents(
    tx,
    actor,
    [{ type: "person.signed_in", subjectType: "person", subjectId: row.id, data: {} }],
    now,
  );
  return { ok: true, token, actor };
}

/** Somebody with an open session; times are shown in their time zone (IANA name). */
export type SignedIn = Actor & { timeZone: string };

/**
 * The person behind a session token, or null when it is unknown, ended or idle, the person has left, or the seat of an
 * external auditor has ended.
 */
export async function actorBehind(db: Db, token: string, now: Date): Promise<SignedIn | null> {
  const id = sha256(token);
  const [row] = await db
    .select({
      session,
      id: person.id,
      name: person.name,
      roles: person.roles,
      timeZone: person.timeZone,
      leftOn: person.leftOn,
    })
    .from(session)
    .innerJoin(person, eq(person.id, session.personId))
    .where(eq(session.id, id));
  if (!row || !sessionLives(row.session, now)) return null;
  if (row.leftOn !== null && row.leftOn <= day(now)) return null;
  // A minute's grain keeps reads from becoming writes.
  if (now.getTime() - row.session.lastSeenAt.getTime() > 60_000) {
    await db.update(session).set({ lastSeenAt: now }).where(eq(session.id, id));
  }
  const { id: personId, name, roles, timeZone } = row;
  if (!roles.includes("external_auditor")) return { id: personId, name, roles, timeZone };
  // A seat that has ended ends its sessions.
  const scope = await seatScope(db, personId, now);
  return scope && { id: personId, name, roles, timeZone, scope };
}

/** Ends the session; unknown tokens are ignored. */
export async function signOut(db: Db, token: string, now: Date): Promise<void> {
  await db.transaction(async (tx) => {
    const [ended] = await tx
      .delete(session)
      .where(eq(session.id, sha256(token)))
      .returning();
    if (!ended) return;
    const actor = { id: ended.personId };
    await recordEvents(
      tx,
      actor,
      [{ type: "person.signed_out", subjectType: "person", subjectId: ended.personId, data: {} }],
      now,
    );
  });
}

/** Removes sessions that can no longer open anything; answers how many. */
export async function purgeSessions(db: Db, now: Date): Promise<number> {
  const idle = new Date(now.getTime() - idleHours * 3_600_000);
  const gone = await db
    .delete(session)
    .where(or(lt(session.expiresAt, now), lt(session.lastSeenAt, idle)))
    .returning({ id: session.id });
  return gone.length;
}

/** People whose published sample password opens the door; empty unless this is the sample organisation. */
export async function sampleSignIns(
  db: Db,
): Promise<{ email: string; name: string; title: string; roles: string[] }[]> {
  const [organisationRow] = await db.select().from(organisation);
  if (organisationRow?.kind !== "sample") return [];
  return db
    .select({ email: person.email, name: person.name, title: person.title, roles: person.roles })
    .from(person)
    .innerJoin(credential, eq(credential.personId, person.id))
    .where(eq(credential.sample, true))
    .orderBy(person.name);
}

/** A one-time link, valid a day, by which the first administrator of an own organisation sets a password. */
export async function createSetupLink(db: Db, now: Date): Promise<string> {
  const token = randomBytes(32).toString("base64url");
  await db
    .insert(setupLink)
    .values({ tokenHash: sha256(token), createdAt: now, expiresAt: new Date(now.getTime() + 86_400_000) });
  return token;
}

/** Whether a set-up link may still be used. */
export async function setupLinkOpen(db: Db, token: string, now: Date): Promise<boolean> {
  const [row] = await db
    .select()
    .from(setupLink)
    .where(eq(setupLink.tokenHash, sha256(token)));
  return row !== undefined && row.usedAt === null && row.expiresAt > now;
}

/** Uses a set-up link: creates the first administrator and signs in. Null when the link is used, expired or unknown. */
export async function useSetupLink(
  db: Db,
  input: { token: string; name: string; email: string; password: string },
  now: Date,
): Promise<{ token: string } | null> {
  const passwordHash = await hashPassword(input.password);
  return db.transaction(async (tx) => {
    const [link] = await tx
      .select()
      .from(setupLink)
      .where(eq(setupLink.tokenHash, sha256(input.token)))
      .for("update");
    if (!link || link.usedAt !== null || link.expiresAt <= now) return null;
    await tx.update(setupLink).set({ usedAt: now }).where(eq(setupLink.tokenHash, link.tokenHash));
    const id = `p-${randomUUID()}`;
    await tx.insert(person).values({
      id,
      pseudonym: randomUUID(),
      email: input.email.trim().toLowerCase(),
      name: input.name.trim(),
      department: "Administration",
      title: "Administrator",
      managerId: null,
      location: "",
      timeZone: "UTC",
      language: "en",
      employmentType: "permanent",
      hiredOn: day(now),
      leftOn: null,
      computerShare: 100,
      audiences: ["all-staff"],
      roles: ["employee", "admin", "hr"],
    });
    await tx.insert(credential).values({ personId: id, passwordHash, changedAt: now });
    const opened = await openSession(tx, id, now);
    await recordEvents(
      tx,
      { id },
      [{ type: "setup_link.used", subjectType: "person", subjectId: id, data: {} }],
      now,
    );
    return { token: opened.token };
  });
}

function day(at: Date): string {
  return at.toISOString().slice(0, 10);
}
