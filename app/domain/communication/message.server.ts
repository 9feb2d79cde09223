import { and, eq, inArray, isNull, lte, or } from "drizzle-orm";
import { randomUUID } from "node:crypto";
import type { Db } from "#db/client.server.ts";
import { message, notice } from "#db/schema/communication.ts";
import { sha256 } from "../audit/event.ts";
import type { NoticeTopic } from "./notice.ts";

type Message = typeof message.$inferSelect;

/** What a message is made of, before it is put in line. */
export type NewMessage = {
  personId: string;
  topics: NoticeTopic[];
  language: string;
  subject: string;
  text: string;
  html: string;
  optional: boolean;
  dedupeKey: string;
};

/**
 * Puts a message in line, in the caller's transaction; answers its id, or null when there is one with its key already.
 */
export async function queueMessage(tx: Db, input: NewMessage, now: Date): Promise<string | null> {
  const [row] = await tx
    .insert(message)
    .values({ ...input, id: randomUUID(), createdAt: now, queuedAt: now, nextTryAt: now })
    .onConflictDoNothing()
    .returning({ id: message.id });
  return row?.id ?? null;
}

/** SHA-256 of what a message says, so that the audit log binds the words that were sent. */
export function messageHash(of: Pick<Message, "subject" | "text" | "html">): string {
  return sha256([of.subject, of.text, of.html].join("\0"));
}

/**
 * Ends the mails of a person that nobody has taken yet, in the caller's transaction: a newer one tells what they would have
 * told. What a process is sending just now stays.
 */
export async function replaceWaiting(tx: Db, personId: string, now: Date): Promise<void> {
  const waiting = await tx
    .select({ id: message.id })
    .from(message)
    .where(
      and(
        eq(message.personId, personId),
        isNull(message.outcome),
        or(isNull(message.sendingUntil), lte(message.sendingUntil, now)),
      ),
    )
    .for("update", { skipLocked: true });
  for (const { id } of waiting)
    await tx
      .update(message)
      .set({ outcome: "replaced", endedAt: now, sendingUntil: null, dedupeKey: `replaced/${id}` })
      .where(eq(message.id, id));
  await freeNotices(
    tx,
    waiting.map((row) => row.id),
  );
}

/** Has notices told anew that a mail would have told, in the caller's transaction. */
export async function freeNotices(tx: Db, messageIds: readonly string[]): Promise<void> {
  if (messageIds.length === 0) return;
  await tx
    .update(notice)
    .set({ messageId: null })
    .where(inArray(notice.messageId, [...messageIds]));
}
