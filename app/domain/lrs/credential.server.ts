import { and, desc, eq, isNull, lte, or } from "drizzle-orm";
import { randomUUID, timingSafeEqual } from "node:crypto";
import type { Db } from "#db/client.server.ts";
import { lrsCredential } from "#db/schema/lrs.ts";
import { person } from "#db/schema/people.ts";
import { recordEvents } from "../audit/event.server.ts";
import { allow, type Actor, system } from "../people/permission.ts";
import { type CredentialInput, type LrsClient, parseBasic, type Scope, secretHash } from "./credential.ts";

/** A source of random bytes that nobody can guess, such as that of `node:crypto`. */
export type RandomBytes = (size: number) => Uint8Array;

/** What a client signs in with. The secret is not kept: this is the only time it is told. */
export type Issued = { id: string; key: string; secret: string };

/** What may come of changing a credential: null when there is none with this id, refused when it was revoked. */
export type Changed<T> = ({ ok: true } & T) | { ok: false; reason: "revoked" } | null;

/** Creates a client of the LRS. Key and secret hold no character that a shell, a URL or a header would need quoted. */
export async function createCredential(
  db: Db,
  actor: Actor,
  input: CredentialInput,
  now: Date,
  randomBytes: RandomBytes,
): Promise<Issued> {
  allow(actor, "lrs.manage", {});
  const id = randomUUID();
  const key = `lrs_${Buffer.from(randomBytes(8)).toString("hex")}`;
  const secret = newSecret(randomBytes);
  const { scopes, ratePerMinute, bodyLimitBytes } = input;
  await db.transaction(async (tx) => {
    await tx.insert(lrsCredential).values({
      ...input,
      id,
      key,
      secretHash: secretHash(secret),
      createdAt: now,
      createdBy: actor.id,
    });
    const data = { key, scopes, ratePerMinute, bodyLimitBytes };
    await recordEvents(tx, actor, [{ type: "lrs_credential.created", ...subject(id), data }], now);
  });
  return { id, key, secret };
}

/** Gives a client a new secret under its key. The one before is refused within a second. */
export async function rotateCredential(
  db: Db,
  actor: Actor,
  id: string,
  now: Date,
  randomBytes: RandomBytes,
): Promise<Changed<Issued>> {
  allow(actor, "lrs.manage", {});
  const secret = newSecret(randomBytes);
  return change(db, id, async (tx, { key }) => {
    await tx
      .update(lrsCredential)
      .set({ secretHash: secretHash(secret), rotatedAt: now })
      .where(eq(lrsCredential.id, id));
    await recordEvents(tx, actor, [{ type: "lrs_credential.rotated", ...subject(id), data: { key } }], now);
    return { id, key, secret };
  });
}

/** Ends a client for good; its statements stay. It is refused within a second. */
export async function revokeCredential(
  db: Db,
  actor: Actor,
  id: string,
  now: Date,
): Promise<Changed<{ name: string }>> {
  allow(actor, "lrs.manage", {});
  return change(db, id, async (tx, { key, name }) => {
    await tx
      .update(lrsCredential)
      .set({ revokedAt: now, revokedBy: actor.id })
      .where(eq(lrsCredential.id, id));
    await recordEvents(tx, actor, [{ type: "lrs_credential.revoked", ...subject(id), data: { key } }], now);
    return { name };
  });
}

/** Changes a credential that is in force, in one transaction that holds its row. This process forgets at once what it knew. */
async function change<T>(
  db: Db,
  id: string,
  write: (tx: Db, row: { key: string; name: string }) => Promise<T>,
): Promise<Changed<T>> {
  let key: string | undefined;
  const changed = await db.transaction(async (tx): Promise<Changed<T>> => {
    const [row] = await tx.select().from(lrsCredential).where(eq(lrsCredential.id, id)).for("update");
    if (!row) return null;
    if (row.revokedAt) return { ok: false, reason: "revoked" };
    key = row.key;
    return { ok: true, ...(await write(tx, row)) };
  });
  if (key !== undefined) known.get(db)?.delete(key);
  return changed;
}

/** A client as an administrator sees it: everything but the secret's hash. */
export type Credential = {
  id: string;
  name: string;
  key: string;
  scopes: Scope[];
  ratePerMinute: number | null;
  bodyLimitBytes: number;
  createdAt: Date;
  createdByName: string;
  rotatedAt: Date | null;
  revokedAt: Date | null;
  lastUsedAt: Date | null;
};

/** All clients, those in force first, then the newest first. */
export async function credentials(db: Db, actor: Actor): Promise<Credential[]> {
  allow(actor, "lrs.manage", {});
  const rows = await db
    .select({ row: lrsCredential, createdByName: person.name })
    .from(lrsCredential)
    .leftJoin(person, eq(person.id, lrsCredential.createdBy))
    .orderBy(desc(isNull(lrsCredential.revokedAt)), desc(lrsCredential.createdAt), lrsCredential.id);
  return rows.map(({ row, createdByName }) => ({
    id: row.id,
    name: row.name,
    key: row.key,
    scopes: row.scopes,
    ratePerMinute: row.ratePerMinute,
    bodyLimitBytes: row.bodyLimitBytes,
    createdAt: row.createdAt,
    createdByName: createdByName ?? (row.createdBy === system.id ? system.name : row.createdBy),
    rotatedAt: row.rotatedAt,
    revokedAt: row.revokedAt,
    lastUsedAt: row.lastUsedAt,
  }));
}

type Row = typeof lrsCredential.$inferSelect;

/** How long a credential is trusted without asking the database, in milliseconds: what a revocation may lag behind. */
const trusted = 1_000;

/** Credentials in use, by key: as many as there are, since unknown keys are not kept. */
const known = new WeakMap<Db, Map<string, { row: Row; at: number }>>();

/** No secret has this hash. */
const noHash = "0".repeat(64);

/**
 * The client whose key and secret an Authorization header holds, or null: another scheme, an unknown or revoked credential,
 * or a wrong secret. Reads each credential at most once a second while it is used rightly, and notes the use to the minute.
 */
export async function clientOf(
  db: Db,
  baseIri: string,
  header: string | null | undefined,
  now: Date,
): Promise<LrsClient | null> {
  const given = parseBasic(header);
  if (!given) return null;
  const hash = secretHash(given.secret);
  const remembered = recall(db, given.key, now);
  if (remembered && proves(remembered, hash)) return clientFrom(remembered, baseIri);
  // Also when the secret is not the one remembered: it may have been rotated since.
  const [row] = await db.select().from(lrsCredential).where(eq(lrsCredential.key, given.key));
  if (!row || !proves(row, hash)) {
    if (!row) isSame(noHash, hash);
    return null;
  }
  await noteUse(db, row, now);
  remember(db, row, now);
  return clientFrom(row, baseIri);
}

/** Whether the credential is in force and the hash is that of its secret. */
function proves(row: Row, hash: string): boolean {
  return isSame(row.secretHash, hash) && row.revokedAt === null;
}

/** Compares two hashes in a time that tells nothing of where they differ. */
function isSame(one: string, other: string): boolean {
  return timingSafeEqual(Buffer.from(one), Buffer.from(other));
}

function recall(db: Db, key: string, now: Date): Row | null {
  const found = known.get(db)?.get(key);
  const age = found ? now.getTime() - found.at : trusted;
  // A clock that was set back must not prolong the trust.
  return found && age >= 0 && age < trusted ? found.row : null;
}

function remember(db: Db, row: Row, now: Date): void {
  const ofDb = known.get(db) ?? new Map<string, { row: Row; at: number }>();
  known.set(db, ofDb.set(row.key, { row, at: now.getTime() }));
}

/** A minute's grain keeps reads from becoming writes; of several at once, one writes. */
async function noteUse(db: Db, row: Row, now: Date): Promise<void> {
  const minuteAgo = new Date(now.getTime() - 60_000);
  if (row.lastUsedAt && row.lastUsedAt > minuteAgo) return;
  await db
    .update(lrsCredential)
    .set({ lastUsedAt: now })
    .where(
      and(
        eq(lrsCredential.id, row.id),
        or(isNull(lrsCredential.lastUsedAt), lte(lrsCredential.lastUsedAt, minuteAgo)),
      ),
    );
}

function clientFrom(row: Row, baseIri: string): LrsClient {
  const { id, name, key, scopes, ratePerMinute, bodyLimitBytes } = row;
  const authority = { objectType: "Agent", name, account: { homePage: baseIri, name: key } } as const;
  return { credentialId: id, name, scopes, authority, ratePerMinute, bodyLimitBytes };
}

const newSecret = (randomBytes: RandomBytes): string => Buffer.from(randomBytes(32)).toString("base64url");

const subject = (id: string) => ({ subjectType: "lrs_credential", subjectId: id });
