import { and, eq, ilike, isNotNull, isNull, lte, or } from "drizzle-orm";
import type { Db } from "#db/client.server.ts";
import { period } from "#db/schema/competence.ts";
import { person } from "#db/schema/people.ts";
import type { NoticeTopic } from "../communication/notice.ts";
import { unreachablePeople } from "../communication/refused-address.server.ts";
import type { Language } from "../content/language.ts";
import { duePractice } from "../learning/practice.ts";
import { type Actor, allow } from "../people/permission.ts";
import { type Digest, type DigestFacts, writeDigest } from "./digest.ts";
import { openAcknowledgements } from "./acknowledgement-duty.server.ts";
import { lateLine, organisationName, policyLine } from "./digest.server.ts";
import type { Mailing } from "./mailing.ts";
import { acknowledgementAsPeriod, dueStep, type Reminders, stageOf } from "./reminder.ts";
import { isOpenSubject, type PeriodSubject, periodSubjects, practisedDays } from "./reminder.server.ts";
import { currentRequirements } from "./requirement.server.ts";

const day = 86_400_000;

export type Reader = { id: string; name: string; email: string; language: string };

/** Somebody by id, by e-mail, or by a part of the name that is theirs alone; null otherwise. */
export async function readerCalled(db: Db, actor: Actor, text: string): Promise<Reader | null> {
  allow(actor, "message.read", {});
  const { id, name, email, language } = person;
  const exact = await db
    .select({ id, name, email, language })
    .from(person)
    .where(or(eq(person.id, text), eq(person.email, text.toLowerCase())));
  if (exact[0]) return exact[0];
  const part = `%${text.replace(/[\\%_]/g, "\\$&")}%`;
  const rows = await db.select({ id, name, email, language }).from(person).where(ilike(name, part)).limit(2);
  return rows.length === 1 ? (rows[0] ?? null) : null;
}

/**
 * The mail that a reader would get now of one topic, whether or not they were told before. Where there is nothing to tell them
 * of it, an example says how it would read. Nothing is written.
 */
export async function previewDigest(
  db: Db,
  actor: Actor,
  input: { reader: Reader; language: Language; topic: NoticeTopic },
  { mailing, baseUrl }: { mailing: Mailing; baseUrl: string },
  now: Date,
): Promise<{ digest: Digest; example: boolean }> {
  allow(actor, "message.read", {});
  const { reader, language, topic } = input;
  const none: DigestFacts = {
    name: reader.name,
    training: [],
    policy: [],
    practice: [],
    team: [],
    organisation: [],
    address: [],
    optional: topic === "practice" ? "all" : "none",
  };
  const setting = {
    book: mailing.book,
    baseUrl,
    organisation: await organisationName(db),
    listed: mailing.reminders.listed,
  };
  const real = {
    ...none,
    ...(await partOf(db, actor, { reader, topic, reminders: mailing.reminders }, now)),
  };
  const digest = writeDigest(setting, language, real);
  if (digest) return { digest, example: false };
  const [requirement] = await currentRequirements(db);
  const { slug, title } = requirement ?? { slug: "example", title: "Example" };
  const written = writeDigest(setting, language, { ...none, ...exampleOf(topic, slug, title, now) });
  if (!written) throw new Error("an example has nothing to tell");
  return { digest: written, example: true };
}

function exampleOf(topic: NoticeTopic, slug: string, title: string, now: Date): Partial<DigestFacts> {
  if (topic === "training")
    return { training: [{ slug, title, stage: "due", date: new Date(now.getTime() + 3 * day) }] };
  if (topic === "policy")
    return {
      policy: [
        { slug: "example", title: "AI policy", stage: "due", date: new Date(now.getTime() + 3 * day) },
      ],
    };
  if (topic === "practice") return { practice: [{ slug, title }] };
  if (topic === "address") return { address: [{ personId: "example", name: "Alex Example" }] };
  const since = new Date(now.getTime() - 7 * day);
  return { [topic]: [{ personId: "example", name: "Alex Example", title, status: "overdue", since }] };
}

async function partOf(
  db: Db,
  actor: Actor,
  { reader, topic, reminders }: { reader: Reader; topic: NoticeTopic; reminders: Reminders },
  now: Date,
): Promise<Partial<DigestFacts>> {
  const own = eq(period.personId, reader.id);
  if (topic === "training") {
    const subjects = await periodSubjects(db, and(own, isNull(period.completedAt)), now);
    return {
      training: subjects.flatMap(({ period: row, requirement, waivers }) => {
        const step = dueStep(reminders, row, waivers, [], now);
        const { slug, title } = requirement;
        return step ? [{ slug, title, stage: stageOf(row, step.step, reminders, now), date: row.dueAt }] : [];
      }),
    };
  }
  if (topic === "policy") {
    const ladder = { first: reminders.policy, renewal: [] };
    const open = await openAcknowledgements(db, now, [reader.id]);
    return {
      policy: open.flatMap((one) => {
        const step = dueStep(ladder, acknowledgementAsPeriod(one), [], [], now);
        return step ? [policyLine(one, step.step, reminders, now)] : [];
      }),
    };
  }
  if (topic === "practice") {
    const subjects = await periodSubjects(db, and(own, isNotNull(period.completedAt)), now);
    const done = await practisedDays(db, subjects);
    const due = subjects.filter(({ period: row }) => duePractice(row, done.get(row.id) ?? [], now));
    return { practice: due.map(({ requirement: { slug, title } }) => ({ slug, title })) };
  }
  if (topic === "address") {
    const people = await unreachablePeople(db, actor, now);
    return { address: people.map(({ personId, name }) => ({ personId, name })) };
  }
  const late = and(
    isNull(period.completedAt),
    lte(period.graceUntil, now),
    topic === "team" ? eq(person.managerId, reader.id) : undefined,
  );
  const isLate = (one: PeriodSubject): boolean => isOpenSubject(one, now);
  return { [topic]: (await periodSubjects(db, late, now)).filter(isLate).map(lateLine) };
}
