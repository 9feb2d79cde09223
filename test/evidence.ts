import { createPrivateKey } from "node:crypto";
import type { Db } from "#db/client.server.ts";
import { statement, statementHead } from "#db/schema/lrs.ts";
import { recordEvents } from "#app/domain/audit/event.server.ts";
import { type Signer, signerFor } from "#app/domain/audit/seal.ts";

/** A signer of its own for each letter; the same key in every run. */
export function aSigner(letter = "a"): Signer {
  // PKCS#8 of an Ed25519 key is this prefix and its 32 bytes (RFC 8410 §7).
  const der = Buffer.concat([
    Buffer.from("302e020100300506032b657004220420", "hex"),
    Buffer.alloc(32, letter),
  ]);
  return signerFor(createPrivateKey({ key: der, format: "der", type: "pkcs8" }));
}

/** The id of the statement with this number. */
export const numbered = (seq: number): string => `00000000-0000-4000-8000-${String(seq).padStart(12, "0")}`;

/** A statement as the store keeps it; every third has letters beyond ASCII. */
export function aStatementRow(seq: number, at: Date): typeof statement.$inferInsert {
  const stored = new Date(at.getTime() + seq);
  const id = numbered(seq);
  const verb = { id: "http://adlnet.gov/expapi/verbs/answered" };
  const response = seq % 3 === 0 ? "Ja – 見る 👍 \ud800" : "yes";
  const body = JSON.stringify({ id, verb, result: { response }, stored: stored.toISOString() });
  return { seq, id, stored, voiding: false, size: body.length, body };
}

/** Puts statements after those there are, as the store would. */
export async function storeStatements(tx: Db, from: number, to: number, at: Date): Promise<void> {
  const rows = Array.from({ length: to - from + 1 }, (_, i) => aStatementRow(from + i, at));
  for (let i = 0; i < rows.length; i += 1000) await tx.insert(statement).values(rows.slice(i, i + 1000));
  const stored = rows.at(-1)?.stored ?? at;
  await tx
    .insert(statementHead)
    .values({ id: 1, seq: to, stored })
    .onConflictDoUpdate({ target: statementHead.id, set: { seq: to, stored } });
}

/** Puts audit events at the end of the chain. */
export async function storeEvents(tx: Db, count: number, at: Date): Promise<void> {
  const event = { type: "record.read", subjectType: "person", subjectId: "p-mila" } as const;
  const data = { personId: "p-mila" };
  await recordEvents(
    tx,
    { id: "p-august" },
    Array.from({ length: count }, () => ({ ...event, data })),
    at,
  );
}
