import { and, asc, desc, eq, gte, inArray, lte } from "drizzle-orm";
import type { Db } from "#db/client.server.ts";
import { auditEvent } from "#db/schema/audit.ts";
import { message, notice } from "#db/schema/communication.ts";
import { period } from "#db/schema/competence.ts";
import { messageState, messageStateNames } from "../communication/message.ts";
import { noticeTopicNames } from "../communication/notice.ts";
import { ladderHtml } from "./ladder-words.ts";
import { csvHead, csvLines, page, shown, table, type Value } from "./page.ts";
import { type PersonRow, peoplePages } from "./person-page.server.ts";
import { clauses, type PackFile, type PackOrder } from "./section.ts";

type Scope = PackOrder["scope"];
const { folder } = clauses.communication;

/** Who was told what, when, how, and how it ended; and by which ladder reminders are written. */
export async function communicationFiles(db: Db, { scope, reminders }: PackOrder): Promise<PackFile[]> {
  return [
    {
      path: `${folder}/what-when-with-whom.html`,
      shows: "The ladder of reminders in words, how many messages there were, and who switched some off.",
      async *content() {
        yield page(
          "Communication",
          `${reminders ? ladderHtml(reminders) : ""}${await countsHtml(db, scope)}${await switchedHtml(db, scope)}`,
        );
      },
    },
    {
      path: `${folder}/messages.csv`,
      shows:
        "The log of messages to people in scope, all by mail: about what, when, to whom, and how each ended.",
      async *content() {
        yield csvHead([
          "Message",
          "Person",
          "Pseudonym in statements",
          "About",
          "Subject",
          "Language",
          "How",
          "Written (UTC)",
          "State",
          "Ended (UTC)",
          "May be switched off",
        ]);
        for await (const people of peoplePages(db, scope))
          for await (const rows of messagesOf(db, people, scope))
            yield csvLines(rows.map((row) => row.cells));
      },
    },
    {
      path: `${folder}/notices.csv`,
      shows:
        "Every step of the ladder that was told: about whose period or to whom about a policy, and in which message. One that was dropped no longer held when it was to be told.",
      async *content() {
        yield csvHead([
          "Told",
          "About",
          "Step",
          "Period",
          "Whose",
          "Requirement",
          "Planned (UTC)",
          "Message",
          "Dropped (UTC)",
        ]);
        for await (const people of peoplePages(db, scope)) {
          yield csvLines(await noticesOf(db, people, scope));
          // Which requirement a policy is about nobody can say.
          if (scope.requirements === null) yield csvLines(await policyNoticesOf(db, people, scope));
        }
      },
    },
  ];
}

const startOf = (scope: Scope): Date => new Date(`${scope.from}T00:00:00Z`);
const idsOf = (people: readonly PersonRow[]): string[] => people.map((one) => one.id);

/** Messages to these people, written in the time of the scope, some at a time: there may be one a day. */
async function* messagesOf(
  db: Db,
  people: readonly PersonRow[],
  scope: Scope,
): AsyncGenerator<{ state: string; topics: string; cells: Value[] }[]> {
  const asAt = new Date(scope.asAt);
  const pseudonyms = new Map(people.map((one) => [one.id, one.pseudonym]));
  for (let i = 0; i < people.length; i += 100) {
    const { id, personId, topics, subject, language, createdAt, outcome, endedAt, optional } = message;
    const told = await db
      .select({ id, personId, topics, subject, language, createdAt, outcome, endedAt, optional })
      .from(message)
      .where(
        and(
          inArray(personId, idsOf(people.slice(i, i + 100))),
          gte(createdAt, startOf(scope)),
          lte(createdAt, asAt),
        ),
      )
      .orderBy(asc(personId), asc(createdAt), asc(id));
    const within = await ofRequirements(
      db,
      told.map((row) => row.id),
      scope,
    );
    yield told
      .filter((row) => within === null || within.has(row.id))
      .map((row) => {
        const ended = row.endedAt !== null && row.endedAt <= asAt;
        const state = messageStateNames[messageState({ outcome: ended ? row.outcome : null, attempts: 0 })];
        const about = row.topics.map((topic) => noticeTopicNames[topic]).join("; ");
        const cells: Value[] = [
          row.id,
          row.personId,
          pseudonyms.get(row.personId),
          about,
          // It may name other requirements.
          scope.requirements === null ? row.subject : null,
          row.language,
          "mail",
          row.createdAt,
          state,
          ended ? row.endedAt : null,
          row.optional,
        ];
        return { state, topics: about, cells };
      });
  }
}

/** Of these messages, those that tell of a period of the requirements in scope; null where all are. */
async function ofRequirements(db: Db, ids: readonly string[], scope: Scope): Promise<Set<string> | null> {
  if (scope.requirements === null) return null;
  if (ids.length === 0) return new Set();
  const rows = await db
    .selectDistinct({ id: notice.messageId })
    .from(notice)
    .innerJoin(period, eq(period.id, notice.subjectId))
    .where(and(inArray(notice.messageId, [...ids]), inArray(period.requirementSlug, scope.requirements)));
  return new Set(rows.flatMap((row) => row.id ?? []));
}

/** What these people were told, of periods of people in scope alone: a manager may have others. */
async function noticesOf(db: Db, people: readonly PersonRow[], scope: Scope): Promise<Value[][]> {
  const asAt = new Date(scope.asAt);
  const rows = await db
    .select({ notice, personId: period.personId, slug: period.requirementSlug })
    .from(period)
    .innerJoin(notice, eq(notice.subjectId, period.id))
    .where(
      and(
        inArray(period.personId, idsOf(people)),
        gte(notice.createdAt, startOf(scope)),
        lte(notice.createdAt, asAt),
        scope.requirements === null ? undefined : inArray(period.requirementSlug, scope.requirements),
      ),
    )
    .orderBy(asc(period.personId), asc(notice.id));
  return rows.map(({ notice: one, personId, slug }) => [
    one.recipientId,
    noticeTopicNames[one.topic],
    one.step,
    one.subjectId,
    personId,
    slug,
    one.createdAt,
    one.messageId,
    one.droppedAt !== null && one.droppedAt <= asAt ? one.droppedAt : null,
  ]);
}

/** What these people were told of policies that they themselves were to acknowledge. */
async function policyNoticesOf(db: Db, people: readonly PersonRow[], scope: Scope): Promise<Value[][]> {
  const asAt = new Date(scope.asAt);
  const rows = await db
    .select()
    .from(notice)
    .where(
      and(
        inArray(notice.recipientId, idsOf(people)),
        eq(notice.topic, "policy"),
        gte(notice.createdAt, startOf(scope)),
        lte(notice.createdAt, asAt),
      ),
    )
    .orderBy(asc(notice.recipientId), asc(notice.id));
  return rows.map((one) => [
    one.recipientId,
    noticeTopicNames[one.topic],
    one.step,
    null,
    one.recipientId,
    null,
    one.createdAt,
    one.messageId,
    one.droppedAt !== null && one.droppedAt <= asAt ? one.droppedAt : null,
  ]);
}

async function countsHtml(db: Db, scope: Scope): Promise<string> {
  const counts = new Map<string, number>();
  for await (const people of peoplePages(db, scope))
    for await (const rows of messagesOf(db, people, scope))
      for (const { topics, state } of rows) {
        const key = JSON.stringify([topics, state]);
        counts.set(key, (counts.get(key) ?? 0) + 1);
      }
  const rows = [...counts].toSorted().map(([key, n]) => [...(JSON.parse(key) as string[]), n].map(shown));
  const title = `Messages written from ${scope.from} on, as known at ${shown(new Date(scope.asAt))}`;
  return `<h2>Messages</h2>${table(title, ["About", "State", "Messages"], rows)}`;
}

/** How many had switched off what may be switched off, by what they chose last. */
async function switchedHtml(db: Db, scope: Scope): Promise<string> {
  let all = 0;
  const off = { practice: 0, early: 0 };
  for await (const people of peoplePages(db, scope)) {
    all += people.length;
    const chosen = await db
      .selectDistinctOn([auditEvent.subjectId], { data: auditEvent.data })
      .from(auditEvent)
      .where(
        and(
          eq(auditEvent.subjectType, "person"),
          eq(auditEvent.type, "notices.chosen"),
          inArray(auditEvent.subjectId, idsOf(people)),
          lte(auditEvent.at, new Date(scope.asAt)),
        ),
      )
      .orderBy(auditEvent.subjectId, desc(auditEvent.seq));
    for (const { data } of chosen) {
      if (data["practice"] === false) off.practice += 1;
      if (data["early"] === false) off.early += 1;
    }
  }
  return `<h2>Switched off</h2><p>What the organisation must tell cannot be switched off.</p>${table(
    `Of ${all} people in scope`,
    ["What", "Had switched it off"],
    [
      ["Questions that keep what was learned fresh", shown(off.practice)],
      ["Reminders beyond those that must be sent", shown(off.early)],
    ],
  )}`;
}
