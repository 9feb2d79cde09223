import { and, desc, eq, getTableColumns, isNotNull, or, sql } from "drizzle-orm";
import type { Db } from "#db/client.server.ts";
import { apiKey, question, questionFeedback, questionShare } from "#db/schema/assistant.ts";
import { auditEvent } from "#db/schema/audit.ts";
import { basis } from "#db/schema/basis.ts";
import { caseEvent, reviewCase } from "#db/schema/cases.ts";
import { message } from "#db/schema/communication.ts";
import { period, waiver } from "#db/schema/competence.ts";
import { concern } from "#db/schema/concerns.ts";
import { policyVersion } from "#db/schema/content.ts";
import { posting, statement } from "#db/schema/lrs.ts";
import { accommodation, attempt, practice } from "#db/schema/learning.ts";
import { naming } from "#db/schema/naming.ts";
import { person } from "#db/schema/people.ts";
import { personVersion } from "#db/schema/person-version.ts";
import { acknowledgement, policyCheckTry } from "#db/schema/policies.ts";
import { erasureRequest } from "#db/schema/privacy.ts";
import { recordEvents } from "../audit/event.server.ts";
import { withoutKeys } from "../evidence/answer-key.ts";
import { certificatesOf } from "../evidence/certificate.server.ts";
import { statementContext } from "../evidence/statement.server.ts";
import { resultFor } from "../learning/result.server.ts";
import { identityOf } from "../lrs/agent.ts";
import { keyOf, postingKinds } from "../lrs/posting.ts";
import { type Actor, allow } from "../people/permission.ts";
import { overviewHtml, type Section } from "./personal-data.ts";
import { proofContents, type Read, recordParts } from "./personal-record.server.ts";

/**
 * All that is kept about a person (GDPR Art. 15 and 20), for that person: a file of JSON for each kind, and a page that reads
 * them out. Of attempts that are not submitted no answers' keys, as everywhere. Piece by piece, so that nobody's data fills
 * the memory. The export itself is recorded.
 */
export async function* personalData(
  db: Db,
  actor: Actor,
  now: Date,
): AsyncGenerator<{ path: string; text: string } | { path: string; bytes: Uint8Array }> {
  allow(actor, "privacy.export", { personId: actor.id });
  const data = { personId: actor.id };
  await db.transaction((tx) =>
    recordEvents(
      tx,
      actor,
      [{ type: "personal_data.exported", subjectType: "person", subjectId: actor.id, data }],
      now,
    ),
  );
  const sections: Section[] = [];
  for (const [name, title, read] of [...parts, ...recordParts]) {
    const rows = await read(db, actor, now);
    sections.push({ title, file: `${name}.json`, rows });
    yield { path: `${name}.json`, text: `${JSON.stringify(rows, null, 2)}\n` };
  }
  yield* proofContents(db, actor.id);
  yield { path: "statements.jsonl", text: await statementsOf(db, actor.id) };
  yield { path: "index.html", text: overviewHtml(actor.name, now, sections) };
}

const attemptsOf: Read = async (db, actor) => {
  const rows = await db
    .select({ id: attempt.id, startedAt: attempt.startedAt, submittedAt: attempt.submittedAt })
    .from(attempt)
    .where(eq(attempt.personId, actor.id))
    .orderBy(attempt.startedAt);
  const all: Record<string, unknown>[] = [];
  for (const row of rows) all.push((await resultFor(db, actor, row.id)) ?? row);
  return all;
};

const casesOf: Read = async (db, actor) => {
  const { factsKey: _key, ...columns } = getTableColumns(reviewCase);
  const rows = await db.select(columns).from(reviewCase).where(eq(reviewCase.requesterId, actor.id));
  const all: Record<string, unknown>[] = [];
  for (const row of rows) {
    // What reviewers noted among themselves is theirs; what was asked, answered and decided is told.
    const events = await db
      .select({ kind: caseEvent.kind, at: caseEvent.at, note: caseEvent.note })
      .from(caseEvent)
      .where(and(eq(caseEvent.caseId, row.id), sql`${caseEvent.kind} <> 'rated'`))
      .orderBy(caseEvent.position);
    all.push({ ...row, events });
  }
  return all;
};

const readersOf: Read = (db, actor) =>
  db
    .select({ at: auditEvent.at, by: sql<string>`coalesce(${person.name}, ${auditEvent.actorId})` })
    .from(auditEvent)
    .leftJoin(person, eq(person.id, auditEvent.actorId))
    .where(
      and(eq(auditEvent.type, "record.read"), eq(auditEvent.subjectId, actor.id), isNotNull(auditEvent.at)),
    )
    .orderBy(desc(auditEvent.at));

const parts: [string, string, Read][] = [
  ["identity", "Who you are here", (db, { id }) => db.select().from(person).where(eq(person.id, id))],
  [
    "identity-versions",
    "What was known of you, from which day, and when it was recorded",
    (db, { id }) =>
      db.select().from(personVersion).where(eq(personVersion.personId, id)).orderBy(personVersion.id),
  ],
  [
    "accommodations",
    "More time in assessments",
    (db, { id }) => db.select().from(accommodation).where(eq(accommodation.personId, id)),
  ],
  [
    "periods",
    "What was assigned, when it was due and done",
    (db, { id }) => db.select().from(period).where(eq(period.personId, id)).orderBy(period.assignedAt),
  ],
  [
    "waivers",
    "Waivers",
    (db, { id }) =>
      db
        .select(getTableColumns(waiver))
        .from(waiver)
        .innerJoin(period, eq(period.id, waiver.periodId))
        .where(eq(period.personId, id)),
  ],
  [
    "namings",
    "Requirements that ask you by name",
    (db, { id }) => db.select().from(naming).where(eq(naming.personId, id)).orderBy(naming.namedAt),
  ],
  ["attempts", "Attempts, with answers and feedback once submitted", attemptsOf],
  [
    "practices",
    "Practices",
    (db, { id }) =>
      db
        .select({
          id: practice.id,
          day: practice.day,
          openedAt: practice.openedAt,
          completedAt: practice.completedAt,
        })
        .from(practice)
        .where(eq(practice.personId, id)),
  ],
  ["certificates", "Certificates", (db, actor, now) => certificatesOf(db, actor, actor.id, now)],
  [
    "acknowledgements",
    "Policies acknowledged",
    (db, { id }) =>
      db
        .select({
          policy: policyVersion.title,
          version: policyVersion.version,
          hash: policyVersion.hash,
          at: acknowledgement.at,
          tries: acknowledgement.tries,
        })
        .from(acknowledgement)
        .innerJoin(policyVersion, eq(policyVersion.id, acknowledgement.policyVersionId))
        .where(eq(acknowledgement.personId, id)),
  ],
  [
    "policy-checks",
    "Tries at the questions of policies",
    (db, { id }) => db.select().from(policyCheckTry).where(eq(policyCheckTry.personId, id)),
  ],
  [
    "proofs",
    "Education, training and experience on your record",
    (db, { id }) => db.select().from(basis).where(eq(basis.personId, id)).orderBy(basis.submittedAt),
  ],
  [
    "mails",
    "Mails to you",
    (db, { id }) =>
      db
        .select({
          createdAt: message.createdAt,
          subject: message.subject,
          text: message.text,
          outcome: message.outcome,
        })
        .from(message)
        .where(eq(message.personId, id))
        .orderBy(message.createdAt),
  ],
  [
    "questions",
    "Questions to the assistant",
    (db, { id }) => db.select().from(question).where(eq(question.personId, id)).orderBy(question.askedAt),
  ],
  [
    "feedback",
    "What you said of answers",
    (db, { id }) => db.select().from(questionFeedback).where(eq(questionFeedback.personId, id)),
  ],
  [
    "shares",
    "Answers you shared, or that were shared with you",
    (db, { id }) =>
      db
        .select()
        .from(questionShare)
        .where(or(eq(questionShare.sharedBy, id), eq(questionShare.personId, id))),
  ],
  ["cases", "Cases you asked for", casesOf],
  [
    "concerns",
    "Concerns you reported under your name",
    (db, { id }) => db.select().from(concern).where(eq(concern.reporterId, id)),
  ],
  [
    "keys",
    "API keys, without their secrets",
    (db, { id }) =>
      db
        .select({ name: apiKey.name, createdAt: apiKey.createdAt, expiresAt: apiKey.expiresAt })
        .from(apiKey)
        .where(eq(apiKey.personId, id)),
  ],
  [
    "erasure",
    "Requests for erasure",
    (db, { id }) => db.select().from(erasureRequest).where(eq(erasureRequest.personId, id)),
  ],
  ["read-by", "Who has read your record", readersOf],
];

/** The statements about a person as stored, a line each, without what answers their questions. */
async function statementsOf(db: Db, personId: string): Promise<string> {
  const { homePage, pseudonym } = await statementContext(db, personId);
  const identity = identityOf({ objectType: "Agent", account: { homePage, name: pseudonym } });
  if (identity === null) return "";
  const rows = await db
    .select({ body: statement.body })
    .from(posting)
    .innerJoin(statement, eq(statement.seq, posting.seq))
    .where(and(eq(posting.kind, postingKinds.agent), eq(posting.key, keyOf(identity))))
    .orderBy(statement.seq);
  return rows.map(({ body }) => `${withoutKeys(body)}\n`).join("");
}
