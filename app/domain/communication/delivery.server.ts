import { and, asc, eq, inArray, isNull, lte, or, sql } from "drizzle-orm";
import type { Db } from "#db/client.server.ts";
import { message } from "#db/schema/communication.ts";
import { person } from "#db/schema/people.ts";
import { recordEvents } from "../audit/event.server.ts";
import { nextTry } from "../evidence/outbox.ts";
import { system } from "../people/permission.ts";
import type { SendingHours } from "./hours.ts";
import {
  beforeTry,
  type MailSent,
  messageIdOf,
  type MessageOutcome,
  type OutgoingMail,
  type SendMail,
} from "./message.ts";
import { freeNotices, messageHash } from "./message.server.ts";
import { switchOf } from "./notice.ts";
import { preferencesOf } from "./preference.server.ts";
import { noteRefusedAddress, refusedAddresses } from "./refused-address.server.ts";
import { nextSending } from "./sending-hours.ts";
import { unsubscribeAddress } from "./switch-link.server.ts";

/** Messages claimed together: as many as one process hands over well within its lease. */
const claimSize = 40;
/** Claims in one run, so that a run ends. */
const claimsPerRun = 125;
/** How long a process that says nothing more keeps what it claimed; longer than a slow mail server needs for all of it. */
const leaseMs = 15 * 60_000;
/** The first line of what a mail server says tells what is wrong. */
const longestError = 300;

type Message = typeof message.$inferSelect;

type Delivery = {
  baseUrl: string;
  /** When mails are sent to whoever chose no hours. */
  hours: SendingHours;
  /** Mails that may be under way at once. */
  lanes?: number;
};

/**
 * Hands what is due to the mail server, the oldest first; answers how many it took. At least once: a mail that was taken and
 * not yet noted when a process dies goes out again, under the same Message-ID. Several processes never hold the same one.
 * Addresses are those people have now; outside of its reader's hours a mail waits, also at a later try. What was refused for
 * good at an address is not tried there again until the address changes or somebody says so.
 */
export async function deliverMessages(
  db: Db,
  sendMail: SendMail,
  of: Delivery,
  clock: () => Date,
  random: () => number = Math.random,
): Promise<number> {
  let sent = 0;
  for (let claims = 0; claims < claimsPerRun; claims++) {
    const claimed = await claim(db, clock());
    const ready = await prepare(db, claimed, of, clock());
    const { taken, away } = await handOver(db, ready, sendMail, of.lanes ?? 1, clock, random);
    sent += taken;
    if (away || claimed.length < claimSize) break;
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

type Ready = { row: Message; mail: OutgoingMail };

/** Those of the claimed messages that are to be sent now, made up as mails; the others are ended or put off. */
async function prepare(
  db: Db,
  rows: readonly Message[],
  { baseUrl, hours }: Delivery,
  now: Date,
): Promise<Ready[]> {
  if (rows.length === 0) return [];
  const ids = [...new Set(rows.map((row) => row.personId))];
  const people = await db
    .select({
      id: person.id,
      name: person.name,
      address: person.email,
      leftOn: person.leftOn,
      timeZone: person.timeZone,
    })
    .from(person)
    .where(inArray(person.id, ids));
  const readers = new Map(people.map((one) => [one.id, one]));
  const chosen = await preferencesOf(db, ids);
  const refused = new Map((await refusedAddresses(db, ids)).map((one) => [one.personId, one]));
  const ready: Ready[] = [];
  for (const row of rows) {
    const to = readers.get(row.personId);
    const fate = beforeTry(row, now);
    const known = refused.get(row.personId);
    if (!to || (to.leftOn !== null && to.leftOn <= now.toISOString().slice(0, 10)))
      await end(db, row, "left", now);
    else if (fate !== "try") await end(db, row, fate, now);
    else if (known) {
      const lastError = `Not tried: this address was refused before. ${known.answer}`.slice(0, longestError);
      await end(db, row, "gave_up", now, { failure: "refused", lastError });
    } else {
      const opens = nextSending(now, to.timeZone, chosen(to.id).hours ?? hours);
      if (opens > now) await putOff(db, row, opens);
      else ready.push({ row, mail: await mailOf(db, row, to, baseUrl) });
    }
  }
  return ready;
}

async function putOff(db: Db, row: Message, until: Date): Promise<void> {
  await db
    .update(message)
    .set({ nextTryAt: until, sendingUntil: null })
    .where(and(eq(message.id, row.id), isNull(message.outcome)));
}

async function mailOf(db: Db, row: Message, to: OutgoingMail["to"], baseUrl: string): Promise<OutgoingMail> {
  // One click stands for one switch: a mail under two of them leads to the page with both.
  const [by = null, ...others] = new Set(
    row.topics.map((topic) => switchOf({ topic, optional: row.optional })),
  );
  return {
    messageId: messageIdOf(row.id, baseUrl),
    to: { name: to.name, address: to.address },
    subject: row.subject,
    text: row.text,
    html: row.html,
    language: row.language,
    unsubscribe:
      by === null || others.length > 0 ? null : await unsubscribeAddress(db, row.personId, by, baseUrl),
  };
}

/**
 * Hands mails over in lanes and notes each as soon as it is answered, one at a time. The first goes alone: a mail server that is
 * away is asked once, and the rest waits for its own turn rather than for as many time-outs.
 */
async function handOver(
  db: Db,
  ready: readonly Ready[],
  sendMail: SendMail,
  lanes: number,
  clock: () => Date,
  random: () => number,
): Promise<{ taken: number; away: boolean }> {
  const waiting = [...ready];
  const ended = { taken: 0, away: false };
  let noted: Promise<void> = Promise.resolve();
  const one = async (): Promise<void> => {
    const next = waiting.shift();
    if (!next) return;
    const result = await sendMail(next.mail);
    if (!result.ok && result.kind === "unreachable") ended.away = true;
    if (result.ok) ended.taken++;
    const noting = noted.then(() => note(db, next, result, clock(), random()));
    // What cannot be noted of one mail holds up no other.
    noted = noting.catch(() => {});
    await noting;
  };
  const lane = async (): Promise<void> => {
    while (waiting.length > 0 && !ended.away) await one();
  };
  await one();
  const ends = await Promise.allSettled(Array.from({ length: lanes }, lane));
  // Nothing of this process is under way any more when it fails.
  const failed = ends.find((end) => end.status === "rejected");
  if (failed) throw failed.reason;
  await release(
    db,
    waiting.map(({ row }) => row),
  );
  return ended;
}

async function note(
  db: Db,
  { row, mail }: Ready,
  result: MailSent,
  now: Date,
  jitter: number,
): Promise<void> {
  if (result.ok) return end(db, row, "sent", now);
  const attempts = row.attempts + 1;
  const lastError = result.error.slice(0, longestError);
  if (result.kind === "refused") {
    const address = result.ofAddress ? mail.to.address : null;
    return end(db, row, "gave_up", now, { failure: "refused", lastError, attempts }, address);
  }
  await db
    .update(message)
    .set({
      attempts,
      failure: result.kind,
      lastError,
      nextTryAt: nextTry({ attempts }, now, jitter),
      sendingUntil: null,
    })
    .where(and(eq(message.id, row.id), isNull(message.outcome)));
}

/**
 * Ends a message and records how, with the address where that is what was refused. What was replaced tells nobody anything: its
 * notices are free again for a newer one.
 */
async function end(
  db: Db,
  row: Message,
  outcome: MessageOutcome,
  now: Date,
  set: Partial<Pick<Message, "failure" | "lastError" | "attempts">> = {},
  refusedAt: string | null = null,
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
    if (refusedAt !== null)
      await noteRefusedAddress(
        tx,
        { personId, address: refusedAt, answer: set.lastError ?? "", messageId: row.id },
        now,
      );
  });
}
