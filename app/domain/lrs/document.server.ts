import { and, asc, eq, gt, type SQL } from "drizzle-orm";
import type { Db } from "#db/client.server.ts";
import { document } from "#db/schema/lrs.ts";
import {
  type DocumentAddress,
  type DocumentContent,
  type DocumentFault,
  etagOf,
  mergedContent,
  preconditionFault,
  type Preconditions,
} from "./document.ts";
import { keyOf } from "./posting.ts";

/** The address of a single document. */
export type SingleAddress = DocumentAddress & { id: string };

/** A document as it is stored. `etag` is without quotes. */
export type StoredDocument = DocumentContent & { etag: string; updatedAt: Date };

/** Stands for "no registration" in the key. */
const noRegistration = "00000000-0000-0000-0000-000000000000";

/** A document stored without a registration is another one than that of any registration. */
function isOne(address: SingleAddress): SQL | undefined {
  return and(
    eq(document.kind, address.kind),
    eq(document.scope, address.scope),
    eq(document.registration, address.registration ?? noRegistration),
    eq(document.key, keyOf(address.id)),
  );
}

/** The context of xAPI 1.0.3 part 3 §2.3 is "Activity + Agent [+ registration if specified]": without one, those of all. */
function isAny(address: DocumentAddress): SQL | undefined {
  return and(
    eq(document.kind, address.kind),
    eq(document.scope, address.scope),
    address.registration === null ? undefined : eq(document.registration, address.registration),
    address.since === null ? undefined : gt(document.updatedAt, address.since),
  );
}

const content = {
  contentType: document.contentType,
  content: document.content,
  etag: document.etag,
  updatedAt: document.updatedAt,
};

/** The document at an address; null: there is none. */
export async function documentAt(db: Db, address: SingleAddress): Promise<StoredDocument | null> {
  const [row] = await db.select(content).from(document).where(isOne(address));
  return row ?? null;
}

/** The ids of all documents of an address, the longest unchanged first, and when the newest of them changed. */
export async function documentIds(
  db: Db,
  address: DocumentAddress,
): Promise<{ ids: string[]; updatedAt: Date | null }> {
  const rows = await db
    .select({ idJson: document.idJson, updatedAt: document.updatedAt })
    .from(document)
    .where(isAny(address))
    .orderBy(asc(document.updatedAt), asc(document.key));
  return { ids: distinctIds(rows), updatedAt: rows.at(-1)?.updatedAt ?? null };
}

/** An id may occur once for each registration. */
const distinctIds = (rows: { idJson: string }[]): string[] => [
  ...new Set(rows.map((row) => JSON.parse(row.idJson) as string)),
];

export type DocumentWrite = DocumentContent & { preconditions: Preconditions };

/** Stores a document in place of whatever was there. Null: done; nothing is changed otherwise. */
export async function putDocument(
  db: Db,
  address: SingleAddress,
  input: DocumentWrite,
  now: Date,
): Promise<DocumentFault | null> {
  return write(db, address, "PUT", input, now, () => ({ ok: true, content: input.content }));
}

/**
 * Merges a JSON object into the one stored, or stores the document when there is none (xAPI 1.0.3 part 3 §2.2).
 * A document never grows beyond `limitBytes` by merging. Null: done; nothing is changed otherwise.
 */
export async function mergeDocument(
  db: Db,
  address: SingleAddress,
  input: DocumentWrite & { limitBytes: number },
  now: Date,
): Promise<DocumentFault | null> {
  return write(db, address, "POST", input, now, (stored) => {
    if (!stored) return { ok: true, content: input.content };
    const merged = mergedContent(stored, input);
    if (merged === null)
      return {
        ok: false,
        status: 400,
        message:
          "Only JSON objects of Content-Type application/json are merged, and the stored document or the posted one is none. Use PUT to replace the document.",
      };
    if (merged.length > input.limitBytes)
      return {
        ok: false,
        status: 413,
        message: `The merged document would be longer than ${input.limitBytes} bytes. Use PUT to replace it by a shorter one.`,
      };
    return { ok: true, content: merged };
  });
}

type Content = { ok: true; content: Uint8Array } | ({ ok: false } & DocumentFault);

async function write(
  db: Db,
  address: SingleAddress,
  method: "PUT" | "POST",
  { contentType, preconditions }: DocumentWrite,
  now: Date,
  contentOver: (stored: StoredDocument | null) => Content,
): Promise<DocumentFault | null> {
  return retried(db, async (tx) => {
    const stored = await lockedDocument(tx, address);
    const current = stored?.etag ?? null;
    const fault = preconditionFault(preconditions, { kind: address.kind, method, current });
    if (fault) return fault;
    const next = contentOver(stored);
    if (!next.ok) return { status: next.status, message: next.message };
    const row = { contentType, content: next.content, etag: etagOf(next.content), updatedAt: now };
    if (stored) await tx.update(document).set(row).where(isOne(address));
    else await insertNew(tx, address, row);
    return null;
  });
}

async function lockedDocument(tx: Db, address: SingleAddress): Promise<StoredDocument | null> {
  const [row] = await tx.select(content).from(document).where(isOne(address)).for("update");
  return row ?? null;
}

/** A row that does not exist yet cannot be locked: whoever comes second waits here, and starts over. */
async function insertNew(tx: Db, address: SingleAddress, row: StoredDocument): Promise<void> {
  const inserted = await tx
    .insert(document)
    .values({
      kind: address.kind,
      scope: address.scope,
      registration: address.registration ?? noRegistration,
      key: keyOf(address.id),
      idJson: JSON.stringify(address.id),
      ...row,
    })
    .onConflictDoNothing()
    .returning({ key: document.key });
  if (inserted.length === 0) throw new CreatedMeanwhile();
}

/** Deletes a document. One that does not exist is deleted already. Null: done. */
export async function deleteDocument(
  db: Db,
  address: SingleAddress,
  preconditions: Preconditions,
): Promise<DocumentFault | null> {
  return retried(db, async (tx) => {
    const current = (await lockedDocument(tx, address))?.etag ?? null;
    const fault = preconditionFault(preconditions, { kind: address.kind, method: "DELETE", current });
    if (fault) return fault;
    await tx.delete(document).where(isOne(address));
    return null;
  });
}

/** Deletes all documents of an address. Preconditions are about the list of ids that a GET answers. Null: done. */
export async function deleteDocuments(
  db: Db,
  address: DocumentAddress,
  preconditions: Preconditions,
): Promise<DocumentFault | null> {
  return retried(db, async (tx) => {
    const rows = await tx
      .select({ idJson: document.idJson })
      .from(document)
      .where(isAny(address))
      .orderBy(asc(document.updatedAt), asc(document.key))
      .for("update");
    const current = etagOf(JSON.stringify(distinctIds(rows)));
    const fault = preconditionFault(preconditions, { kind: address.kind, method: "DELETE", current });
    if (fault) return fault;
    await tx.delete(document).where(isAny(address));
    return null;
  });
}

class CreatedMeanwhile extends Error {
  override name = "CreatedMeanwhile";
}

/** Twenty writers of one new document need two tries each; only one deleted again and again could need more. */
const tries = 10;

/** Runs `work` in a transaction of its own, again when another transaction came in its way. */
async function retried<T>(db: Db, work: (tx: Db) => Promise<T>): Promise<T> {
  for (let left = tries - 1; ; left--) {
    try {
      return await db.transaction(work);
    } catch (error) {
      if (left === 0 || !isPassing(error)) throw error;
    }
  }
}

/** Serialization failure, deadlock, and a key that another transaction has just inserted. */
const passingStates = ["40001", "40P01", "23505"];

function isPassing(error: unknown): boolean {
  if (error instanceof CreatedMeanwhile) return true;
  const cause = error instanceof Error ? (error.cause ?? error) : error;
  return (
    typeof cause === "object" &&
    cause !== null &&
    "code" in cause &&
    passingStates.includes(String(cause.code))
  );
}
