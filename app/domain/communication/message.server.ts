import { and, asc, eq, inArray, isNull, lte, or, sql } from "drizzle-orm";
import { randomUUID } from "node:crypto";
import type { Db } from "#db/client.server.ts";
import { message, notice } from "#db/schema/communication.ts";
import { person } from "#db/schema/people.ts";
import { sha256 } from "../audit/event.ts";
import { recordEvents } from "../audit/event.server.ts";
import { nextTry } from "../evidence/outbox.ts";
import { system } from "../people/permission.ts";
import type { SendingHours } from "./hours.ts";
import { beforeTry, type MailSent, messageIdOf, type MessageOutcome, type SendMail } from "./message.ts";
import { type NoticeTopic, switchOf } from "./notice.ts";
import { preferencesOf } from "./preference.server.ts";
import { nextSending } from "./sending-hours.ts";
import { unsubscribeAddress } from "./switch-link.server.ts";

/** Messages claimed together: as many as one process hands over well within its lease. */
const claimSize = 20;
/** Claims in one run, so that a run ends. */
const claimsPerRun = 50;
/** How long a process that says nothing more keeps what it claimed; longer than a slow mail server needs for all of it. */
const leaseMs = 15 * 60_000;
/** The first line of what a mail server says tells what is wrong. */
const longestError = 300;

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

type Delivery = {
  sendMail: SendMail;
  baseUrl: string;
  /** When mails are sent to whoever chose no hours. */
  hours: SendingHours;
  clock: () => Date;
  random: () => number;
};

/**
 * Hands what is due to the mail server, the oldest first; answers how many it took. At least once: a mail that was taken and
 * not yet noted when a process dies goes out again, under the same Message-ID. Several processes never hold the same one.
 * Addresses are those people have now; outside of its reader's hours a mail waits, also at a later try.
 */
export async function deliverMessages(
  db: Db,
  sendMail: SendMail,
  of: { baseUrl: string; hours: SendingHours },
  clock: () => Date,
  random: () => number = Math.random,
): Promise<number> {
  const delivery = { ...of, sendMail, clock, random };
  let sent = 0;
  for (let claims = 0; claims < claimsPerRun; claims++) {
    const claimed = await claim(db, clock());
    for (const [i, row] of claimed.entries()) {
      const result = await deliver(db, row, delivery);
      if (result === "sent") sent++;
      if (result !== "unreachable") continue;
      // What is wrong lies with the mail server: the rest waits for its own turn rather than for as many time-outs.
      await release(db, claimed.slice(i + 1));
      return sent;
    }
    if (claimed.length < claimSize) break;
  }
  return sent;
}

/** A lease in the rows and not an open transaction: a slow mail server must not hold locks. */
async function claim(db: Db, now: Date): Promise<Message[]> {
  const due = db
    .select({ id: message.id })
    .from(message)
    .where(
      and(
        isNull(message.outcome),
        lte(message.nextTryAt, now),
        or(isNull(message.sendingUntil), lte(message.sendingUntil, now)),
      ),
    )
    .orderBy(asc(message.nextTryAt), asc(message.id))
    .limit(claimSize)
    .for("update", { skipLocked: true });
  const rows = await db
    .update(message)
    .set({ sendingUntil: new Date(now.getTime() + leaseMs) })
    .where(sql`${message.id} = any(array(${due}))`)
    .returning();
  return rows.toSorted((a, b) => a.queuedAt.getTime() - b.queuedAt.getTime());
}

async function release(db: Db, rows: readonly Message[]): Promise<void> {
  if (rows.length === 0) return;
  const ids = rows.map((row) => row.id);
  await db
    .update(message)
    .set({ sendingUntil: null })
    .where(and(inArray(message.id, ids), isNull(message.outcome)));
}

async function deliver(
  db: Db,
  row: Message,
  { sendMail, baseUrl, hours, clock, random }: Delivery,
): Promise<"sent" | "ended" | "later" | "unreachable"> {
  const now = clock();
  const [to] = await db
    .select({ name: person.name, address: person.email, leftOn: person.leftOn, timeZone: person.timeZone })
    .from(person)
    .where(eq(person.id, row.personId));
  if (!to || (to.leftOn !== null && to.leftOn <= now.toISOString().slice(0, 10))) {
    await end(db, row, "left", now);
    return "ended";
  }
  const fate = beforeTry(row, now);
  if (fate !== "try") {
    await end(db, row, fate, now);
    return "ended";
  }
  const chosen = (await preferencesOf(db, [row.personId]))(row.personId);
  const opens = nextSending(now, to.timeZone, chosen.hours ?? hours);
  if (opens > now) {
    await db
      .update(message)
      .set({ nextTryAt: opens, sendingUntil: null })
      .where(and(eq(message.id, row.id), isNull(message.outcome)));
    return "later";
  }
  // One click stands for one switch: a mail under two of them leads to the page with both.
  const [by = null, ...others] = new Set(
    row.topics.map((topic) => switchOf({ topic, optional: row.optional })),
  );
  const result = await sendMail({
    messageId: messageIdOf(row.id, baseUrl),
    to: { name: to.name, address: to.address },
    subject: row.subject,
    text: row.text,
    html: row.html,
    language: row.language,
    unsubscribe:
      by === null || others.length > 0 ? null : await unsubscribeAddress(db, row.personId, by, baseUrl),
  });
  return note(db, row, result, clock(), random());
}

async function note(
  db: Db,
  row: Message,
  result: MailSent,
  now: Date,
  jitter: number,
): Promise<"sent" | "ended" | "later" | "unreachable"> {
  if (result.ok) {
    await end(db, row, "sent", now);
    return "sent";
  }
  const error = result.error.slice(0, longestError);
  if (result.kind === "refused") {
    await end(db, row, "gave_up", now, { failure: "refused", lastError: error, attempts: row.attempts + 1 });
    return "ended";
  }
  const attempts = row.attempts + 1;
  await db
    .update(message)
    .set({
      attempts,
      failure: result.kind,
      lastError: error,
      nextTryAt: nextTry({ attempts }, now, jitter),
      sendingUntil: null,
    })
    .where(and(eq(message.id, row.id), isNull(message.outcome)));
  return result.kind;
}

/**
 * Ends a message and records how. What was replaced tells nobody anything: its notices are free again for a newer one.
 */
async function end(
  db: Db,
  row: Message,
  outcome: MessageOutcome,
  now: Date,
  set: Partial<Pick<Message, "failure" | "lastError" | "attempts">> = {},
): Promise<void> {
  await db.transaction(async (tx) => {
    const noted = outcome === "sent" ? { attempts: row.attempts + 1, failure: null, lastError: null } : set;
    const ended = await tx
      .update(message)
      .set({ ...noted, outcome, endedAt: now, sendingUntil: null })
      .where(and(eq(message.id, row.id), isNull(message.outcome)))
      .returning({ id: message.id });
    if (ended.length === 0) return;
    if (outcome === "replaced") await freeNotices(tx, [row.id]);
    const { personId } = row;
    const subject = { subjectType: "message", subjectId: row.id } as const;
    const entry =
      outcome === "sent"
        ? ({ type: "message.sent", ...subject, data: { personId, hash: messageHash(row) } } as const)
        : ({ type: "message.ended", ...subject, data: { personId, outcome } } as const);
    await recordEvents(tx, system, [entry], now);
  });
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

async function freeNotices(tx: Db, messageIds: readonly string[]): Promise<void> {
  if (messageIds.length === 0) return;
  await tx
    .update(notice)
    .set({ messageId: null })
    .where(inArray(notice.messageId, [...messageIds]));
}
