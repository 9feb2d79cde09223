import { randomBytes } from "node:crypto";
import type { Db } from "#db/client.server.ts";
import { attachmentsOf, multipartBody } from "#app/domain/lrs/attachment.ts";
import type { XapiAnswer } from "#app/domain/lrs/request.ts";
import {
  attachmentsBySha2,
  attachmentSizes,
  type StoredStatement,
} from "#app/domain/lrs/statement-query.server.ts";

/** Bytes of attachments in one page: a page of large ones ends early and has a `more` link. */
const largestPageAttachments = 16_000_000;

/** The first statements, at least one, whose attachments together are not too large for one answer. */
export async function withinMemory(
  db: Db,
  statements: readonly StoredStatement[],
): Promise<StoredStatement[]> {
  const named = statements.map((s) => namedIn(s).map((a) => a.sha2));
  const sizes = await attachmentSizes(db, [...new Set(named.flat())]);
  let total = 0;
  const counted = new Set<string>();
  const end = named.findIndex((hashes) => {
    for (const sha2 of hashes) if (counted.size < counted.add(sha2).size) total += sizes.get(sha2) ?? 0;
    return total > largestPageAttachments;
  });
  return end < 0 ? [...statements] : statements.slice(0, Math.max(1, end));
}

/** An answer with statements: with `wanted` as multipart/mixed, with what the store holds of their attachments (part 2 §2.4.11). */
export async function withAttachments(
  db: Db,
  body: string,
  statements: readonly StoredStatement[],
  wanted: boolean,
  headers: Record<string, string>,
): Promise<XapiAnswer> {
  if (!wanted) return { status: 200, headers: { ...headers, "Content-Type": "application/json" }, body };
  const all = statements.flatMap(namedIn);
  const named = new Map(all.map((a) => [a.sha2, a.contentType] as const));
  const contents = await attachmentsBySha2(db, await sendable(db, all));
  const parts = [...contents].map(([sha2, content]) => ({
    sha2,
    content,
    contentType: named.get(sha2) ?? "application/octet-stream",
  }));
  const boundary = randomBytes(18).toString("base64url");
  return {
    status: 200,
    headers: { ...headers, "Content-Type": `multipart/mixed; boundary=${boundary}` },
    body: multipartBody(boundary, body, parts),
  };
}

/**
 * Hashes of what is sent along: all that can be had from here only, and of what a client can fetch from elsewhere as much
 * as is within reason. A statement may name any number of attachments that way, of whatever size.
 */
async function sendable(db: Db, all: readonly Named[]): Promise<string[]> {
  const elsewhere = new Set(all.filter((a) => a.elsewhere).map((a) => a.sha2));
  const chosen = new Set(all.map((a) => a.sha2).filter((sha2) => !elsewhere.has(sha2)));
  let total = 0;
  for (const [sha2, size] of await attachmentSizes(db, [...elsewhere])) {
    total += size;
    if (total <= largestPageAttachments) chosen.add(sha2);
  }
  return [...chosen];
}

type Named = { sha2: string; contentType: string; elsewhere: boolean };

/** The attachments that a stored statement names, itself or in its SubStatement; `elsewhere`: they can be had at an address too. */
function namedIn({ body }: StoredStatement): Named[] {
  return attachmentsOf(JSON.parse(body)).map(({ attachment: { sha2, contentType, fileUrl } }) => ({
    sha2: String(sha2).toLowerCase(),
    contentType: String(contentType),
    elsewhere: fileUrl !== undefined,
  }));
}
