import { and, desc, eq, gt, isNull, lt, or } from "drizzle-orm";
import { randomUUID } from "node:crypto";
import type { Db } from "#db/client.server.ts";
import { apiKey } from "#db/schema/assistant.ts";
import { person } from "#db/schema/people.ts";
import { recordEvents } from "../audit/event.server.ts";
import { type Actor, allow } from "../people/permission.ts";
import {
  bearerSecret,
  expiryOf,
  isInForce,
  type KeyInput,
  mostKeys,
  secretBytes,
  secretHash,
  secretOf,
} from "./api-key.ts";

/** A source of random bytes that nobody can guess, such as that of `node:crypto`. */
export type RandomBytes = (size: number) => Uint8Array;

/** Keys that have ended and are still listed, so that their owner sees what they were. */
const mostListed = 30;

/** Makes a key for the actor. The secret is not kept: this is the only time it is told. */
export async function createKey(
  db: Db,
  actor: Actor,
  input: KeyInput,
  now: Date,
  randomBytes: RandomBytes,
): Promise<{ ok: true; id: string; secret: string } | { ok: false; reason: "too_many" }> {
  allow(actor, "question.ask", { personId: actor.id });
  return db.transaction(async (tx) => {
    // Two requests at once would each count before the other has written.
    await tx.select({ id: person.id }).from(person).where(eq(person.id, actor.id)).for("update");
    const inForce = and(eq(apiKey.personId, actor.id), isNull(apiKey.revokedAt), gt(apiKey.expiresAt, now));
    if ((await tx.$count(apiKey, inForce)) >= mostKeys) return { ok: false, reason: "too_many" };
    const id = randomUUID();
    const secret = secretOf(randomBytes(secretBytes));
    const expiresAt = expiryOf(input.days, now);
    await tx.insert(apiKey).values({
      id,
      personId: actor.id,
      name: input.name,
      secretHash: secretHash(secret),
      createdAt: now,
      expiresAt,
    });
    const data = { expiresAt: expiresAt.toISOString() };
    await recordEvents(tx, actor, [{ type: "key.created", ...subject(id), data }], now);
    return { ok: true, id, secret };
  });
}

/** A key as its owner sees it: everything but the hash. */
export type KeyView = {
  id: string;
  name: string;
  createdAt: Date;
  expiresAt: Date;
  lastUsedAt: Date | null;
  revokedAt: Date | null;
  inForce: boolean;
};

/** The actor's own keys: those in force first, then the newest first. */
export async function keysOf(db: Db, actor: Actor, now: Date): Promise<KeyView[]> {
  allow(actor, "question.ask", { personId: actor.id });
  const { id, name, createdAt, expiresAt, lastUsedAt, revokedAt } = apiKey;
  const rows = await db
    .select({ id, name, createdAt, expiresAt, lastUsedAt, revokedAt })
    .from(apiKey)
    .where(eq(apiKey.personId, actor.id))
    .orderBy(desc(and(isNull(revokedAt), gt(expiresAt, now))!), desc(createdAt), id)
    .limit(mostListed);
  return rows.map((row) => ({ ...row, inForce: isInForce(row, now) }));
}

/** Ends a key of the actor's at once and for good; null when it is not theirs, `ended` when it opened nothing any more. */
export async function revokeKey(
  db: Db,
  actor: Actor,
  id: string,
  now: Date,
): Promise<{ ok: true } | { ok: false; reason: "ended" } | null> {
  allow(actor, "question.ask", { personId: actor.id });
  return db.transaction(async (tx) => {
    const own = and(eq(apiKey.id, id), eq(apiKey.personId, actor.id));
    const [row] = await tx.select().from(apiKey).where(own).for("update");
    if (!row) return null;
    if (!isInForce(row, now)) return { ok: false, reason: "ended" };
    await tx.update(apiKey).set({ revokedAt: now }).where(eq(apiKey.id, id));
    await recordEvents(tx, actor, [{ type: "key.revoked", ...subject(id), data: {} }], now);
    return { ok: true };
  });
}

/** Who asks by a key, and by which. */
export type KeyHolder = Actor & { keyId: string };

/**
 * The person whose key an Authorization header holds, or null: no key of ours, an unknown, revoked or expired one, or
 * its person has left. Notes the use, to the minute.
 */
export async function keyHolder(
  db: Db,
  header: string | null | undefined,
  now: Date,
): Promise<KeyHolder | null> {
  const secret = bearerSecret(header);
  if (secret === null) return null;
  const [row] = await db
    .select({ key: apiKey, name: person.name, roles: person.roles, leftOn: person.leftOn })
    .from(apiKey)
    .innerJoin(person, eq(person.id, apiKey.personId))
    .where(eq(apiKey.secretHash, secretHash(secret)));
  if (!row || !isInForce(row.key, now)) return null;
  if (row.leftOn !== null && row.leftOn <= now.toISOString().slice(0, 10)) return null;
  const minuteAgo = new Date(now.getTime() - 60_000);
  // A minute's grain keeps reads from becoming writes.
  if (row.key.lastUsedAt === null || row.key.lastUsedAt <= minuteAgo)
    await db
      .update(apiKey)
      .set({ lastUsedAt: now })
      .where(and(eq(apiKey.id, row.key.id), or(isNull(apiKey.lastUsedAt), lt(apiKey.lastUsedAt, now))));
  return { id: row.key.personId, name: row.name, roles: row.roles, keyId: row.key.id };
}

const subject = (id: string) => ({ subjectType: "api_key", subjectId: id }) as const;
