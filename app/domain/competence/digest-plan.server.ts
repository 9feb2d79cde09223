import { and, inArray, isNotNull, isNull } from "drizzle-orm";
import type { Db } from "#db/client.server.ts";
import { message, notice } from "#db/schema/communication.ts";
import { person } from "#db/schema/people.ts";
import { type NoticeTopic, noticeTopics, wanted } from "../communication/notice.ts";
import { preferencesOf } from "../communication/preference.server.ts";
import { nextSending, startOfNextDay } from "../communication/sending-hours.ts";
import { localDay } from "../people/local-day.ts";
import { type Actor, allow } from "../people/permission.ts";
import { namedStep } from "./remind.ts";
import type { PlannedNotice, Reminders } from "./reminder.ts";
import { duePlan } from "./reminder.server.ts";

/** Readers named in the plan; it counts the others. */
const listed = 50;
/** Keeps reads under the 65,535 parameters of a statement. */
const batch = 1000;

export type PlannedMail = {
  personId: string;
  name: string;
  topics: NoticeTopic[];
  notices: number;
  at: Date;
};

export type MailPlan = {
  /** Mails that go out before the day ends at their reader’s place, and those that wait for a later one. */
  today: number;
  later: number;
  notices: number;
  topics: Record<NoticeTopic, number>;
  steps: { step: string; notices: number }[];
  /** The first of them, by when they go out. */
  mails: PlannedMail[];
};

/** What would go out if nothing changed from now on: a dry run, which writes nothing. */
export async function mailPlan(db: Db, actor: Actor, reminders: Reminders, now: Date): Promise<MailPlan> {
  allow(actor, "message.read", {});
  const notices: Pick<PlannedNotice, "recipientId" | "topic" | "step" | "optional">[] = await db
    .select({
      recipientId: notice.recipientId,
      topic: notice.topic,
      step: notice.step,
      optional: notice.optional,
    })
    .from(notice)
    .where(and(isNull(notice.messageId), isNull(notice.droppedAt)));
  for await (const planned of duePlan(db, reminders, now)) notices.push(...planned);
  const ids = [...new Set(notices.map((one) => one.recipientId))].toSorted();
  const mails: PlannedMail[] = [];
  let today = 0;
  const told: typeof notices = [];
  for (let i = 0; i < ids.length; i += batch) {
    const part = ids.slice(i, i + batch);
    const people = await db
      .select({ id: person.id, name: person.name, timeZone: person.timeZone })
      .from(person)
      .where(inArray(person.id, part));
    const chosen = await preferencesOf(db, part);
    const keys = people.map((one) => `digest/${one.id}/${localDay(now, one.timeZone)}`);
    const sent = await db
      .select({ key: message.dedupeKey })
      .from(message)
      .where(and(inArray(message.dedupeKey, keys), isNotNull(message.outcome)));
    const hadToday = new Set(sent.map((row) => row.key));
    const byReader = new Map<string, typeof notices>();
    for (const one of notices)
      if (wanted(one, chosen(one.recipientId)))
        byReader.set(one.recipientId, [...(byReader.get(one.recipientId) ?? []), one]);
    for (const { id, name, timeZone } of people) {
      const own = byReader.get(id);
      if (!own) continue;
      told.push(...own);
      const day = localDay(now, timeZone);
      const from = hadToday.has(`digest/${id}/${day}`) ? startOfNextDay(now, timeZone) : now;
      const at = nextSending(from, timeZone, chosen(id).hours ?? reminders.hours);
      const topics = noticeTopics.filter((topic) => own.some((one) => one.topic === topic));
      mails.push({ personId: id, name, topics, notices: own.length, at });
      if (localDay(at, timeZone) === day) today++;
    }
  }
  mails.sort((a, b) => a.at.getTime() - b.at.getTime() || (a.name < b.name ? -1 : 1));
  const steps = new Map<string, number>();
  for (const { step } of told) {
    const name = namedStep(step);
    steps.set(name, (steps.get(name) ?? 0) + 1);
  }
  return {
    today,
    later: mails.length - today,
    notices: told.length,
    topics: Object.fromEntries(
      noticeTopics.map((topic) => [topic, mails.filter((mail) => mail.topics.includes(topic)).length]),
    ) as Record<NoticeTopic, number>,
    steps: [...steps]
      .map(([step, count]) => ({ step, notices: count }))
      .toSorted((a, b) => b.notices - a.notices),
    mails: mails.slice(0, listed),
  };
}
