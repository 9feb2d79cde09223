import { and, asc, eq, gt, inArray, isNull, or } from "drizzle-orm";
import type { Db } from "#db/client.server.ts";
import { message, notice } from "#db/schema/communication.ts";
import { period } from "#db/schema/competence.ts";
import { organisation, person } from "#db/schema/people.ts";
import { mailLanguage } from "../communication/mail-text.ts";
import { queueMessage, replaceWaiting } from "../communication/message.server.ts";
import { type NoticeChoice, wanted } from "../communication/notice.ts";
import { type Preference, preferencesOf } from "../communication/preference.server.ts";
import { refusedAddresses } from "../communication/refused-address.server.ts";
import { nextSending } from "../communication/sending-hours.ts";
import { mailSettings } from "../communication/switch-link.server.ts";
import { duePractice } from "../learning/practice.ts";
import { localDay } from "../people/local-day.ts";
import { dayOf } from "./board-row.server.ts";
import { openAcknowledgements } from "./acknowledgement-duty.server.ts";
import type { OpenAcknowledgement } from "./acknowledgement-duty.ts";
import { type DigestFacts, type LateLine, type PolicyStage, writeDigest } from "./digest.ts";
import type { Mailing } from "./mailing.ts";
import {
  acknowledgementAsPeriod,
  acknowledgementSubject,
  isOffLadder,
  stageOf,
  type Reminders,
} from "./reminder.ts";
import {
  isOpenSubject,
  type PeriodSubject,
  periodSubjects,
  practiceStep,
  practisedDays,
} from "./reminder.server.ts";

/** People looked at in one go. */
const batch = 500;

type Person = typeof person.$inferSelect;
type Notice = typeof notice.$inferSelect;

const pending = and(isNull(notice.messageId), isNull(notice.droppedAt));

/**
 * Writes the mail of the day for everybody whom something is to be told and whose hours it is in, for the schedule; answers
 * how many. One mail a person and local day at most: what comes later waits for the next, and what nobody has taken yet is
 * replaced by the newer one. What no longer holds is not told.
 */
export async function writeDigests(db: Db, mailing: Mailing, baseUrl: string, now: Date): Promise<number> {
  if (!(await mailSettings(db)).reminders) return 0;
  let written = 0;
  for (let last = ""; ;) {
    const people = await waitingPeople(db, last);
    const chosen = await preferencesOf(
      db,
      people.map((one) => one.id),
    );
    for (const one of people) {
      const hours = chosen(one.id).hours ?? mailing.reminders.hours;
      if (nextSending(now, one.timeZone, hours) > now) continue;
      if (await writeFor(db, one, chosen(one.id), { mailing, baseUrl }, now)) written++;
    }
    const end = people.at(-1);
    if (!end || people.length < batch) return written;
    last = end.id;
  }
}

/** People whom something is to be told, by id. */
async function waitingPeople(db: Db, after: string): Promise<Person[]> {
  const rows = await db
    .selectDistinct({ id: notice.recipientId })
    .from(notice)
    .where(and(pending, gt(notice.recipientId, after)))
    .orderBy(asc(notice.recipientId))
    .limit(batch);
  if (rows.length === 0) return [];
  const ids = rows.map((row) => row.id);
  return db.select().from(person).where(inArray(person.id, ids)).orderBy(asc(person.id));
}

async function writeFor(
  db: Db,
  reader: Person,
  choice: Preference,
  { mailing, baseUrl }: { mailing: Mailing; baseUrl: string },
  now: Date,
): Promise<boolean> {
  return db.transaction(async (tx) => {
    const dedupeKey = `digest/${reader.id}/${localDay(now, reader.timeZone)}`;
    const [today] = await tx.select().from(message).where(eq(message.dedupeKey, dedupeKey)).for("update");
    if (today && (today.outcome !== null || (today.sendingUntil !== null && today.sendingUntil > now)))
      return false;
    await replaceWaiting(tx, reader.id, now);
    const notices = await tx
      .select()
      .from(notice)
      .where(and(pending, eq(notice.recipientId, reader.id)))
      .orderBy(asc(notice.id))
      .for("update");
    const { told, facts } = await factsFor(tx, reader, notices, choice, mailing.reminders, now);
    const setting = {
      book: mailing.book,
      baseUrl,
      organisation: await organisationName(tx),
      listed: mailing.reminders.listed,
    };
    const digest = writeDigest(setting, mailLanguage(reader.language), facts);
    const tied = new Set(told.map((one) => one.id));
    const dropped = notices.filter((one) => !tied.has(one.id)).map((one) => one.id);
    if (dropped.length > 0)
      await tx.update(notice).set({ droppedAt: now }).where(inArray(notice.id, dropped));
    if (!digest) return false;
    const optional = facts.optional === "all";
    const id = await queueMessage(tx, { ...digest, personId: reader.id, optional, dedupeKey }, now);
    if (id === null) return false;
    await tx
      .update(notice)
      .set({ messageId: id })
      .where(inArray(notice.id, [...tied]));
    return true;
  });
}

/** Those of the notices that still hold and are wanted, with what is to be said of them. */
async function factsFor(
  db: Db,
  reader: Person,
  notices: readonly Notice[],
  choice: NoticeChoice,
  reminders: Reminders,
  now: Date,
): Promise<{ told: Notice[]; facts: DigestFacts }> {
  const here = reader.leftOn === null || reader.leftOn > dayOf(now);
  const asked = here ? notices.filter((one) => wanted(one, choice)) : [];
  const ids = [...new Set(asked.map((one) => one.subjectId))];
  const subjects = ids.length > 0 ? await periodSubjects(db, inArray(period.id, ids), now) : [];
  const done = await practisedDays(db, subjects);
  const known = new Map(subjects.map((one) => [one.period.id, one]));
  const policies = await acknowledgementsFor(
    db,
    reader,
    asked.filter((one) => !known.has(one.subjectId)),
    now,
  );
  const holds = (one: Notice): boolean => {
    const policy = policies.get(one.subjectId);
    if (policy) return (one.topic === "policy") === (policy.personId === reader.id);
    const of = known.get(one.subjectId);
    if (!of) return false;
    if (one.topic === "practice") {
      const due = duePractice(of.period, done.get(of.period.id) ?? [], now);
      return due !== null && practiceStep(due.day) === one.step;
    }
    if (!isOpenSubject(of, now) || isOffLadder(reminders, of.held, one.step)) return false;
    if (one.topic === "training") return of.person.id === reader.id;
    return one.topic === "team" ? of.person.managerId === reader.id : reader.roles.includes("hr");
  };
  const refused = new Map(
    (asked.some((one) => one.topic === "address") ? await refusedAddresses(db) : []).map((one) => [
      one.messageId,
      one,
    ]),
  );
  const told = asked.filter((one) =>
    one.topic === "address" ? reader.roles.includes("hr") && refused.has(one.subjectId) : holds(one),
  );
  const optional = told.filter((one) => one.optional).length;
  // A subject is named once, by its last step.
  const last = new Map(told.map((one) => [`${one.topic} ${one.subjectId}`, one]));
  const facts: DigestFacts = {
    name: reader.name,
    timeZone: reader.timeZone,
    training: [],
    policy: [],
    practice: [],
    team: [],
    organisation: [],
    address: [],
    optional: optional === told.length ? "all" : optional > 0 ? "some" : "none",
  };
  for (const { topic, subjectId, step } of last.values()) {
    const unreached = topic === "address" ? refused.get(subjectId) : undefined;
    if (unreached) facts.address.push({ personId: unreached.personId, name: unreached.name });
    const policy = policies.get(subjectId);
    if (policy && topic === "policy") facts.policy.push(policyLine(policy, step, reminders, now));
    if (policy && (topic === "team" || topic === "organisation"))
      facts[topic].push({ ...policy, status: "overdue", since: policy.due });
    const of = known.get(subjectId);
    if (!of) continue;
    const { slug, title } = of.requirement;
    if (topic === "practice") facts.practice.push({ slug, title });
    else if (topic === "training")
      facts.training.push({
        slug,
        title,
        ...stageOf(of.period, of.held, step, reminders, now),
      });
    else if (topic === "team" || topic === "organisation") facts[topic].push(lateLine(of, now));
  }
  return { told, facts };
}

/** The acknowledgements still open that some notices are about, by what they are filed under, with the name of who owes them and where they are. */
async function acknowledgementsFor(
  db: Db,
  reader: Person,
  notices: readonly Notice[],
  now: Date,
): Promise<Map<string, OpenAcknowledgement & { name: string; timeZone: string }>> {
  if (notices.length === 0) return new Map();
  const ofAll = notices.some((one) => one.topic === "organisation") && reader.roles.includes("hr");
  const people = await db
    .select({ id: person.id, name: person.name, timeZone: person.timeZone })
    .from(person)
    .where(ofAll ? undefined : or(eq(person.id, reader.id), eq(person.managerId, reader.id)));
  const known = new Map(people.map((one) => [one.id, one]));
  const open = await openAcknowledgements(db, now, ofAll ? null : [...known.keys()]);
  const wantedIds = new Set(notices.map((one) => one.subjectId));
  return new Map(
    open.flatMap((one) => {
      const id = acknowledgementSubject(one);
      const { name = one.personId, timeZone = "UTC" } = known.get(one.personId) ?? {};
      return wantedIds.has(id) ? [[id, { ...one, name, timeZone }]] : [];
    }),
  );
}

/** A policy that is to be acknowledged, as its reader is told of it. */
export function policyLine(
  { slug, title, since, due }: OpenAcknowledgement,
  step: string,
  reminders: Reminders,
  now: Date,
): DigestFacts["policy"][number] {
  const ladder = { ...reminders, first: reminders.policy };
  const { stage, date } = stageOf(acknowledgementAsPeriod({ since, due }), null, step, ladder, now);
  return { slug, title, stage: stage as PolicyStage, date };
}

/** A period that is late, as a manager or HR reads of it. */
export function lateLine(
  { period: row, person: who, requirement, held }: PeriodSubject,
  now: Date,
): LateLine {
  const ended = held !== null && held <= now;
  return {
    personId: who.id,
    name: who.name,
    title: requirement.title,
    status: ended ? "expired" : "overdue",
    since: ended ? held : row.dueAt,
    timeZone: who.timeZone,
  };
}

/** The name of the organisation, as mails sign with it. */
export async function organisationName(db: Db): Promise<string> {
  const [row] = await db.select({ name: organisation.name }).from(organisation);
  return row?.name ?? "Clause7";
}
