import { eq } from "drizzle-orm";
import { randomUUID } from "node:crypto";
import type { Db } from "#db/client.server.ts";
import { basis, proofFile } from "#db/schema/basis.ts";
import { person } from "#db/schema/people.ts";
import { sha256 } from "../audit/event.ts";
import { recordEvents } from "../audit/event.server.ts";
import { type Actor, allow } from "../people/permission.ts";
import { decideProofFile, type FileRefusal, type ProofType, type Scan, shownName } from "./proof-file.ts";
import { pdfFault } from "./proof-pdf.ts";

/** A file that was looked into and may be stored. */
export type CheckedFile = {
  bytes: Uint8Array;
  type: ProofType;
  name: string;
  sha256: string;
  scanned: boolean;
};

/**
 * Looks into a file before anything is stored: its size, what it is by its content, what a PDF would run, and what the
 * virus scanner says, where there is one. A scanner that does not answer refuses the file.
 */
export async function checkProofFile(
  file: { bytes: Uint8Array; name: string },
  scan: Scan | null,
): Promise<{ ok: true; file: CheckedFile } | { ok: false; reason: FileRefusal }> {
  const decided = decideProofFile(file.bytes);
  if (!decided.ok) return decided;
  const { type } = decided;
  const fault = type === "application/pdf" ? await pdfFault(file.bytes) : null;
  if (fault) return { ok: false, reason: fault };
  if (scan) {
    const looked = await scan(file.bytes);
    if (!looked.ok) return { ok: false, reason: looked.found === null ? "unscanned" : "malware" };
  }
  const checked = {
    bytes: file.bytes,
    type,
    name: shownName(file.name, type),
    sha256: sha256(file.bytes),
    scanned: scan !== null,
  };
  return { ok: true, file: checked };
}

/** Stores a checked file in the caller's transaction; answers its id. */
export async function storeProofFile(tx: Db, actor: Actor, file: CheckedFile, now: Date): Promise<string> {
  const id = randomUUID();
  await tx.insert(proofFile).values({
    id,
    sha256: file.sha256,
    type: file.type,
    name: file.name,
    size: file.bytes.length,
    content: file.bytes,
    scannedAt: file.scanned ? now : null,
    uploadedBy: actor.id,
    uploadedAt: now,
  });
  return id;
}

/**
 * A file of proof, for those who may read the record it belongs to. Opening somebody else's is itself recorded. Null when
 * there is none.
 */
export async function proofFileFor(
  db: Db,
  actor: Actor,
  id: string,
  now: Date,
): Promise<{ name: string; type: ProofType; content: Uint8Array<ArrayBuffer> } | null> {
  const [row] = await db
    .select({ file: proofFile, personId: basis.personId, managerId: person.managerId })
    .from(proofFile)
    .innerJoin(basis, eq(basis.proofFileId, proofFile.id))
    .innerJoin(person, eq(person.id, basis.personId))
    .where(eq(proofFile.id, id));
  if (!row) return null;
  const { file, personId, managerId } = row;
  allow(actor, "record.read", { personId, managerId });
  if (actor.id !== personId) {
    const data = { personId, sha256: file.sha256 };
    await db.transaction((tx) =>
      recordEvents(tx, actor, [{ type: "proof.read", subjectType: "basis", subjectId: id, data }], now),
    );
  }
  const { name, type, content } = file;
  // One of the drivers answers a Buffer, which is one too.
  return { name, type, content: new Uint8Array(content) };
}
