import {
  and,
  arrayContains,
  count,
  desc,
  eq,
  gt,
  ilike,
  isNotNull,
  isNull,
  or,
  type SQL,
  sql,
} from "drizzle-orm";
import type { Db } from "#db/client.server.ts";
import { mailSetting, message } from "#db/schema/communication.ts";
import { person } from "#db/schema/people.ts";
import { recordEvents } from "../audit/event.server.ts";
import { type Actor, allow } from "../people/permission.ts";
import { type MessageState, messageState } from "./message.ts";
import type { MessageFilter } from "./message-log.ts";
import { messageHash } from "./message.server.ts";
import type { NoticeTopic } from "./notice.ts";
import { clearRefusedAddress } from "./refused-address.server.ts";
import { mailSettings } from "./switch-link.server.ts";

export const messagePageSize = 25;

/** A message in the list. */
export type MessageLine = {
  id: string;
  personId: string;
  name: string;
  topics: NoticeTopic[];
  language: string;
  subject: string;
  createdAt: Date;
  endedAt: Date | null;
  state: MessageState;
  lastError: string | null;
  /** Names of those who asked by hand for something it tells of. */
  askedBy: string[];
};

/** A message's reminders that were asked for by hand stay tied to it; who asked is named once. */
const askedBy = sql<string[]>`array(
  select distinct p.name from notice n join person p on p.id = n.asked_by
  where n.message_id = ${message.id} order by p.name)`;

const columns = {
  id: message.id,
  personId: message.personId,
  name: person.name,
  topics: message.topics,
  language: message.language,
  subject: message.subject,
  createdAt: message.createdAt,
  endedAt: message.endedAt,
  outcome: message.outcome,
  attempts: message.attempts,
  lastError: message.lastError,
  askedBy,
};

/** Who was told what, when and how, the newest first; a page at a time, narrowed by a filter. */
export async function messagePage(
  db: Db,
  actor: Actor,
  filter: MessageFilter,
): Promise<{ messages: MessageLine[]; total: number; pages: number; any: boolean }> {
  allow(actor, "message.read", {});
  const matching = and(...conditions(filter));
  const [all] = await db
    .select({ n: count() })
    .from(message)
    .innerJoin(person, eq(person.id, message.personId))
    .where(matching);
  const rows = await db
    .select(columns)
    .from(message)
    .innerJoin(person, eq(person.id, message.personId))
    .where(matching)
    .orderBy(desc(message.createdAt), desc(message.id))
    .limit(messagePageSize)
    .offset((filter.page - 1) * messagePageSize);
  const total = all?.n ?? 0;
  return {
    messages: rows.map(({ outcome, attempts, ...row }) => ({
      ...row,
      state: messageState({ outcome, attempts }),
    })),
    total,
    pages: Math.ceil(total / messagePageSize),
    any: total > 0 || (await db.$count(message)) > 0,
  };
}

function conditions({ q, topic, state }: MessageFilter): (SQL | undefined)[] {
  const part = `%${q.replace(/[\\%_]/g, "\\$&")}%`;
  return [
    q === ""
      ? undefined
      : or(ilike(person.name, part), ilike(person.email, part), ilike(message.subject, part)),
    topic === "" ? undefined : arrayContains(message.topics, [topic]),
    state === "" ? undefined : inState(state),
  ];
}

/** SQL twin of `messageState`. */
function inState(state: MessageState): SQL | undefined {
  if (state === "waiting") return and(isNull(message.outcome), eq(message.attempts, 0));
  if (state === "retrying") return and(isNull(message.outcome), gt(message.attempts, 0));
  return eq(message.outcome, state);
}

/** A message as it was written, with what is known of its way; null when there is none. */
export async function messageDetail(db: Db, actor: Actor, id: string) {
  allow(actor, "message.read", {});
  const [row] = await db
    .select({ message, name: person.name, wanted: person.language, askedBy })
    .from(message)
    .innerJoin(person, eq(person.id, message.personId))
    .where(eq(message.id, id));
  if (!row) return null;
  const { name, wanted, askedBy: by } = row;
  return {
    ...row.message,
    name,
    wanted,
    askedBy: by,
    state: messageState(row.message),
    hash: messageHash(row.message),
  };
}

/**
 * Puts a message that was given up in line again, to be tried at once, also where its address was refused. Null when there is none; `ended` when it was not given
 * up, or was replaced by a newer one.
 */
export async function retryMessage(
  db: Db,
  actor: Actor,
  id: string,
  now: Date,
): Promise<{ ok: true } | { ok: false; reason: "ended" } | null> {
  allow(actor, "message.manage", {});
  return db.transaction(async (tx) => {
    const [row] = await tx.select().from(message).where(eq(message.id, id)).for("update");
    if (!row) return null;
    if (row.outcome !== "gave_up") return { ok: false, reason: "ended" };
    const set = { outcome: null, endedAt: null, attempts: 0, failure: null, queuedAt: now, nextTryAt: now };
    await tx.update(message).set(set).where(eq(message.id, id));
    await clearRefusedAddress(tx, actor, row.personId, now);
    const data = { personId: row.personId };
    await recordEvents(
      tx,
      actor,
      [{ type: "message.retried", subjectType: "message", subjectId: id, data }],
      now,
    );
    return { ok: true };
  });
}

/** What holds for all mails, and how many stand where. */
export async function mailState(
  db: Db,
  actor: Actor,
): Promise<{
  reminders: boolean;
  changedAt: Date | null;
  waiting: number;
  retrying: number;
  gaveUp: number;
  lastError: string | null;
}> {
  allow(actor, "message.read", {});
  const { reminders, changedAt } = await mailSettings(db);
  const [last] = await db
    .select({ lastError: message.lastError })
    .from(message)
    .where(and(isNull(message.outcome), isNotNull(message.lastError)))
    .orderBy(desc(message.nextTryAt))
    .limit(1);
  return {
    reminders,
    changedAt,
    waiting: await db.$count(message, inState("waiting")),
    retrying: await db.$count(message, inState("retrying")),
    gaveUp: await db.$count(message, inState("gave_up")),
    lastError: last?.lastError ?? null,
  };
}

/** Starts or pauses reminders for the whole organisation. What was written before still goes out. */
export async function switchReminders(db: Db, actor: Actor, on: boolean, now: Date): Promise<void> {
  allow(actor, "message.manage", {});
  await db.transaction(async (tx) => {
    await mailSettings(tx);
    const set = { reminders: on, changedAt: now, changedBy: actor.id };
    await tx.update(mailSetting).set(set).where(eq(mailSetting.id, 1));
    await recordEvents(
      tx,
      actor,
      [{ type: "reminders.switched", subjectType: "reminders", subjectId: "reminders", data: { on } }],
      now,
    );
  });
}
