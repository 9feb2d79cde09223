import { asc, eq, getTableColumns, inArray, or } from "drizzle-orm";
import type { Db } from "#db/client.server.ts";
import { correctiveAction, correctiveActionEvent, correctiveActionMember } from "#db/schema/actions.ts";
import { modelUse, questionNotice } from "#db/schema/assistant.ts";
import { auditEvent } from "#db/schema/audit.ts";
import { basis, basisEvent, legacyRecord, proofFile } from "#db/schema/basis.ts";
import { periodBefore, savedView } from "#db/schema/board.ts";
import { notice, noticePreference } from "#db/schema/communication.ts";
import { period } from "#db/schema/competence.ts";
import { attemptGrant, lessonStep, practice, practiceAnswer } from "#db/schema/learning.ts";
import { refusedAddress } from "#db/schema/mail.ts";
import { session } from "#db/schema/people.ts";
import { evidenceHold } from "#db/schema/privacy.ts";
import { leave, personSystem } from "#db/schema/requirements.ts";
import type { ProofType } from "../competence/proof-file.ts";
import type { Actor } from "../people/permission.ts";

/** Reads one kind of data about the actor. */
export type Read = (db: Db, actor: Actor, now: Date) => Promise<Record<string, unknown>[]>;

const endings: Record<ProofType, string> = {
  "application/pdf": "pdf",
  "image/png": "png",
  "image/jpeg": "jpg",
};

const proofColumns = {
  id: proofFile.id,
  basis: basis.id,
  name: proofFile.name,
  type: proofFile.type,
  size: proofFile.size,
  sha256: proofFile.sha256,
  scannedAt: proofFile.scannedAt,
  uploadedAt: proofFile.uploadedAt,
};

const proofFilesOf: Read = async (db, { id }) => {
  const rows = await db
    .select(proofColumns)
    .from(proofFile)
    .innerJoin(basis, eq(basis.proofFileId, proofFile.id))
    .where(eq(basis.personId, id))
    .orderBy(asc(proofFile.uploadedAt));
  return rows.map((row) => ({ ...row, file: pathOf(row) }));
};

const pathOf = ({ id, type }: { id: string; type: ProofType }): string => `proofs/${id}.${endings[type]}`;

/** The files that prove something about the person, one at a time; those that were erased are empty and left out. */
export async function* proofContents(
  db: Db,
  personId: string,
): AsyncGenerator<{ path: string; bytes: Uint8Array }> {
  const rows = await db
    .select({ id: proofFile.id, type: proofFile.type })
    .from(proofFile)
    .innerJoin(basis, eq(basis.proofFileId, proofFile.id))
    .where(eq(basis.personId, personId));
  for (const row of rows) {
    const [file] = await db
      .select({ content: proofFile.content })
      .from(proofFile)
      .where(eq(proofFile.id, row.id));
    if (file && file.content.length > 0) yield { path: pathOf(row), bytes: file.content };
  }
}

const actionsOf: Read = async (db, { id }) => {
  const rows = await db
    .select()
    .from(correctiveAction)
    .where(
      or(
        eq(correctiveAction.personId, id),
        eq(correctiveAction.ownerId, id),
        inArray(
          correctiveAction.id,
          db
            .select({ id: correctiveActionMember.actionId })
            .from(correctiveActionMember)
            .where(eq(correctiveActionMember.personId, id)),
        ),
      ),
    )
    .orderBy(asc(correctiveAction.number));
  const all: Record<string, unknown>[] = [];
  for (const row of rows) {
    // Of what is about several people, steps may speak of the others.
    if (row.personId !== id && row.ownerId !== id) {
      const { number, status, openedAt, dueOn, requirementSlug } = row;
      all.push({ number, status, openedAt, dueOn, requirementSlug });
      continue;
    }
    const steps = await db
      .select()
      .from(correctiveActionEvent)
      .where(eq(correctiveActionEvent.actionId, row.id))
      .orderBy(asc(correctiveActionEvent.position));
    all.push({ ...row, steps });
  }
  return all;
};

const ownPeriods = (db: Db, personId: string) =>
  db.select({ id: period.id }).from(period).where(eq(period.personId, personId));

/** What is kept about a person on their record and in their account: the name of a file, what it is, and how it is read. */
export const recordParts: [string, string, Read][] = [
  ["proof-files", "Files that prove it, in the folder proofs", proofFilesOf],
  [
    "proof-decisions",
    "What was decided about your proofs",
    (db, { id }) =>
      db
        .select(getTableColumns(basisEvent))
        .from(basisEvent)
        .innerJoin(basis, eq(basis.id, basisEvent.basisId))
        .where(eq(basis.personId, id))
        .orderBy(asc(basisEvent.at)),
  ],
  [
    "attestations",
    "What you attested of others",
    (db, { id }) =>
      db
        .select({ title: basis.title, method: basis.method, note: basis.note, at: basis.submittedAt })
        .from(basis)
        .where(eq(basis.submittedBy, id))
        .orderBy(asc(basis.submittedAt)),
  ],
  [
    "earlier-records",
    "Records of earlier systems",
    (db, { id }) => db.select().from(legacyRecord).where(eq(legacyRecord.personId, id)),
  ],
  ["corrective-actions", "Corrective actions about you, and those given to you", actionsOf],
  ["leave", "Leave", (db, { id }) => db.select().from(leave).where(eq(leave.personId, id))],
  [
    "systems",
    "AI systems you use or oversee",
    (db, { id }) => db.select().from(personSystem).where(eq(personSystem.personId, id)),
  ],
  [
    "earlier-dates",
    "Dates of your trainings before they were moved",
    (db, { id }) =>
      db
        .select()
        .from(periodBefore)
        .where(inArray(periodBefore.periodId, ownPeriods(db, id))),
  ],
  [
    "attempt-grants",
    "Attempts granted to you",
    (db, { id }) =>
      db
        .select()
        .from(attemptGrant)
        .where(inArray(attemptGrant.registration, ownPeriods(db, id))),
  ],
  [
    "lesson-steps",
    "Steps and answers in lessons",
    (db, { id }) =>
      db
        .select()
        .from(lessonStep)
        .where(inArray(lessonStep.registration, ownPeriods(db, id))),
  ],
  [
    "practice-answers",
    "Answers in practices",
    (db, { id }) =>
      db
        .select(getTableColumns(practiceAnswer))
        .from(practiceAnswer)
        .innerJoin(practice, eq(practice.id, practiceAnswer.practiceId))
        .where(eq(practice.personId, id)),
  ],
  ["notices", "Notices to you", (db, { id }) => db.select().from(notice).where(eq(notice.recipientId, id))],
  [
    "notice-choices",
    "What you chose about notices",
    (db, { id }) => {
      const { calendarHash: _secret, ...columns } = getTableColumns(noticePreference);
      return db.select(columns).from(noticePreference).where(eq(noticePreference.personId, id));
    },
  ],
  [
    "refused-address",
    "An address of yours that takes no mail",
    (db, { id }) => db.select().from(refusedAddress).where(eq(refusedAddress.personId, id)),
  ],
  [
    "changed-answers",
    "What you were told of answers that changed",
    (db, { id }) => db.select().from(questionNotice).where(eq(questionNotice.personId, id)),
  ],
  [
    "model-use",
    "Use of the language model, by day",
    (db, { id }) => db.select().from(modelUse).where(eq(modelUse.personId, id)),
  ],
  [
    "saved-views",
    "Views of the board you saved",
    (db, { id }) => db.select().from(savedView).where(eq(savedView.ownerId, id)),
  ],
  [
    "sessions",
    "Where you are signed in, without what would open it",
    (db, { id }) => {
      const { id: _secret, ...columns } = getTableColumns(session);
      return db.select(columns).from(session).where(eq(session.personId, id));
    },
  ],
  [
    "holds",
    "Holds that keep your data",
    (db, { id }) => db.select().from(evidenceHold).where(eq(evidenceHold.personId, id)),
  ],
  [
    "acts",
    "What of importance you did, as the audit log has it",
    (db, { id }) =>
      db
        .select({
          number: auditEvent.seq,
          at: auditEvent.at,
          type: auditEvent.type,
          subjectType: auditEvent.subjectType,
          subject: auditEvent.subjectId,
        })
        .from(auditEvent)
        .where(eq(auditEvent.actorId, id))
        .orderBy(asc(auditEvent.seq)),
  ],
];
