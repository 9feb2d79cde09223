import { and, eq, inArray, or, type SQL, sql } from "drizzle-orm";
import type { AnyPgColumn } from "drizzle-orm/pg-core";
import type { Db } from "#db/client.server.ts";
import { correctiveAction, correctiveActionEvent } from "#db/schema/actions.ts";
import { basis, basisEvent, proofFile } from "#db/schema/basis.ts";
import { message, noticePreference } from "#db/schema/communication.ts";
import { refusedAddress } from "#db/schema/mail.ts";
import { bulkAction } from "#db/schema/board.ts";
import { apiKey, modelUse, question, questionFeedback, questionNotice } from "#db/schema/assistant.ts";
import { questionShare } from "#db/schema/assistant.ts";
import { caseEvent, reviewCase } from "#db/schema/cases.ts";
import { period, waiver } from "#db/schema/competence.ts";
import { concern, concernEvent } from "#db/schema/concerns.ts";
import { certificate, certificateRevocation } from "#db/schema/evidence.ts";
import { accommodation, answer, attempt, attemptGrant, lessonStep } from "#db/schema/learning.ts";
import { practice, practiceAnswer } from "#db/schema/learning.ts";
import { naming } from "#db/schema/naming.ts";
import { credential, person, session } from "#db/schema/people.ts";
import { policyCheckTry } from "#db/schema/policies.ts";
import { erasureRequest } from "#db/schema/privacy.ts";
import { type ErasureCategory, formerName } from "../people/erasure.ts";
import { eraseVersions } from "../people/person-version.server.ts";

/** What stands where words were erased. */
export const erasedWords = "[erased]";

/**
 * Erases categories of a person's data, in the caller's transaction. What proves anything stays as it is: statements, audit
 * events, periods, scores, certificates; without the identity they speak of a pseudonym.
 */
export async function eraseCategories(
  tx: Db,
  personId: string,
  categories: readonly ErasureCategory[],
  now: Date,
): Promise<void> {
  const work: Record<ErasureCategory, () => Promise<void>> = {
    identity: () => eraseIdentity(tx, personId, now),
    questions: () => eraseQuestions(tx, personId),
    answers: () => eraseAnswers(tx, personId),
    proofs: () => eraseProofs(tx, personId),
    cases: () => eraseCaseWords(tx, personId),
  };
  for (const category of categories) await work[category]();
}

async function eraseIdentity(tx: Db, personId: string, now: Date): Promise<void> {
  const [who] = await tx
    .select({ pseudonym: person.pseudonym, name: person.name })
    .from(person)
    .where(eq(person.id, personId))
    .for("update");
  if (!who) throw new Error(`no person ${personId}`);
  const name = formerName(who.pseudonym);
  const facts = {
    name,
    department: "",
    title: "",
    managerId: null,
    location: "",
    timeZone: "UTC",
    employmentType: "former",
    audiences: [],
    roles: [],
  };
  await tx
    .update(person)
    .set({ ...facts, email: `${who.pseudonym}@erased.invalid`, language: "en", erasedAt: now })
    .where(eq(person.id, personId));
  // Of the past no more may be told than of today.
  await eraseVersions(tx, personId, facts);
  await tx.delete(session).where(eq(session.personId, personId));
  await tx.delete(credential).where(eq(credential.personId, personId));
  await tx.delete(apiKey).where(eq(apiKey.personId, personId));
  await tx.update(certificate).set({ holderName: name }).where(eq(certificate.personId, personId));
  // Reasons that others wrote about the person.
  const own = tx.select({ id: period.id }).from(period).where(eq(period.personId, personId));
  const proofs = tx
    .select({ id: certificate.id })
    .from(certificate)
    .where(eq(certificate.personId, personId));
  const words = { reason: erasedWords };
  await tx.update(accommodation).set(words).where(eq(accommodation.personId, personId));
  await tx
    .update(naming)
    .set({
      ...words,
      endReason: sql`case when ${naming.endReason} is null then null else ${erasedWords} end`,
    })
    .where(eq(naming.personId, personId));
  await tx
    .update(waiver)
    .set({
      ...words,
      endReason: sql`case when ${waiver.endReason} is null then null else ${erasedWords} end`,
    })
    .where(inArray(waiver.periodId, own));
  await tx.update(attemptGrant).set(words).where(inArray(attemptGrant.registration, own));
  await tx
    .update(certificateRevocation)
    .set({ ...words, reasonSalt: null })
    .where(inArray(certificateRevocation.certificateId, proofs));
  await tx.update(erasureRequest).set(words).where(eq(erasureRequest.personId, personId));
  await eraseMails(tx, personId, { name: who.name, former: name });
}

/** The bytes of files, their names and remarks go; what a proof was for and what was decided stays, as it decided something. */
async function eraseProofs(tx: Db, personId: string): Promise<void> {
  const files = tx.select({ id: basis.proofFileId }).from(basis).where(eq(basis.personId, personId));
  const proofs = tx.select({ id: basis.id }).from(basis).where(eq(basis.personId, personId));
  await tx
    .update(proofFile)
    .set({ name: erasedWords, content: new Uint8Array(0) })
    .where(inArray(proofFile.id, files));
  await tx.update(basisEvent).set({ note: erasedWords }).where(inArray(basisEvent.basisId, proofs));
  await tx.update(basis).set({ note: erasedWords, proofLink: null }).where(eq(basis.personId, personId));
}

/** Mails to the person lose their words, those to others and what was noted of gaps the name. */
async function eraseMails(tx: Db, personId: string, of: { name: string; former: string }): Promise<void> {
  // What a mail server says of a refusal names the address.
  const words = { subject: erasedWords, text: erasedWords, html: erasedWords, lastError: null };
  await tx.update(message).set(words).where(eq(message.personId, personId));
  await tx.delete(refusedAddress).where(eq(refusedAddress.personId, personId));
  await tx.delete(noticePreference).where(eq(noticePreference.personId, personId));
  const renamed = (column: AnyPgColumn): SQL => sql`replace(${column}, ${of.name}, ${of.former})`;
  const names = (column: AnyPgColumn): SQL => sql`position(${of.name} in ${column}) > 0`;
  await tx
    .update(message)
    .set({ subject: renamed(message.subject), text: renamed(message.text), html: renamed(message.html) })
    .where(or(names(message.subject), names(message.text), names(message.html)));
  // Of changes of many records: why, and whom somebody looked for on the board.
  const looked = (text: string): string => new URLSearchParams({ q: text }).toString().slice(2);
  await tx
    .update(bulkAction)
    .set({
      reason: renamed(bulkAction.reason),
      filter: sql`replace(${bulkAction.filter}, ${looked(of.name)}, ${looked(of.former)})`,
    })
    .where(or(names(bulkAction.reason), sql`position(${looked(of.name)} in ${bulkAction.filter}) > 0`));
  await tx
    .update(correctiveAction)
    .set({ nonconformity: renamed(correctiveAction.nonconformity) })
    .where(names(correctiveAction.nonconformity));
  await tx
    .update(correctiveActionEvent)
    .set({ note: renamed(correctiveActionEvent.note) })
    .where(names(correctiveActionEvent.note));
}

async function eraseQuestions(tx: Db, personId: string): Promise<void> {
  const own = tx.select({ id: question.id }).from(question).where(eq(question.personId, personId));
  const threads = tx.select({ id: question.threadId }).from(question).where(eq(question.personId, personId));
  await tx.delete(questionShare).where(inArray(questionShare.threadId, threads));
  await tx.delete(questionFeedback).where(inArray(questionFeedback.questionId, own));
  await tx.delete(questionFeedback).where(eq(questionFeedback.personId, personId));
  await tx.delete(questionNotice).where(inArray(questionNotice.questionId, own));
  await tx.delete(question).where(eq(question.personId, personId));
  await tx.delete(modelUse).where(eq(modelUse.personId, personId));
}

/** The answers themselves; what they scored stays with the attempts. */
export async function eraseAnswers(tx: Db, personId: string): Promise<void> {
  const attempts = tx.select({ id: attempt.id }).from(attempt).where(eq(attempt.personId, personId));
  const practices = tx.select({ id: practice.id }).from(practice).where(eq(practice.personId, personId));
  const own = tx.select({ id: period.id }).from(period).where(eq(period.personId, personId));
  await tx.delete(answer).where(inArray(answer.attemptId, attempts));
  await tx.delete(practiceAnswer).where(inArray(practiceAnswer.practiceId, practices));
  await tx.update(lessonStep).set({ response: null }).where(inArray(lessonStep.registration, own));
  await tx.update(policyCheckTry).set({ chosen: {} }).where(eq(policyCheckTry.personId, personId));
}

async function eraseCaseWords(tx: Db, personId: string): Promise<void> {
  const cases = tx.select({ id: reviewCase.id }).from(reviewCase).where(eq(reviewCase.requesterId, personId));
  const concerns = tx.select({ id: concern.id }).from(concern).where(eq(concern.reporterId, personId));
  await tx
    .update(caseEvent)
    .set({ note: erasedWords })
    .where(and(inArray(caseEvent.caseId, cases), eq(caseEvent.actorId, personId)));
  // Facts keep their values, which the decision rests on, and lose the words they were read in.
  const facts = await tx
    .select({ id: reviewCase.id, facts: reviewCase.facts })
    .from(reviewCase)
    .where(eq(reviewCase.requesterId, personId));
  for (const row of facts)
    await tx
      .update(reviewCase)
      .set({ title: erasedWords, facts: withoutWords(row.facts) })
      .where(eq(reviewCase.id, row.id));
  await tx.update(concern).set({ text: erasedWords }).where(eq(concern.reporterId, personId));
  await tx
    .update(concernEvent)
    .set({ note: erasedWords })
    .where(and(inArray(concernEvent.concernId, concerns), eq(concernEvent.actorId, personId)));
}

function withoutWords<T>(value: T): T {
  if (Array.isArray(value)) return value.map(withoutWords) as T;
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, one]) => [key, key === "words" ? "" : withoutWords(one)]),
  ) as T;
}

/** Threads of questions whose last turn is old enough, without a case, of people whose questions nothing holds. */
export async function eraseOldThreads(tx: Db, before: Date, held: readonly string[]): Promise<number> {
  const kept = held.length === 0 ? sql`false` : inArray(question.personId, [...held]);
  const old = await tx
    .select({ id: question.threadId })
    .from(question)
    .where(sql`not (${kept})`)
    .groupBy(question.threadId).having(sql`max(${question.askedAt}) <= ${before.toISOString()}::timestamptz
      and count(${question.caseId}) = 0`);
  const threads = old.map((one) => one.id);
  if (threads.length === 0) return 0;
  const turns = tx.select({ id: question.id }).from(question).where(inArray(question.threadId, threads));
  await tx.delete(questionShare).where(inArray(questionShare.threadId, threads));
  await tx.delete(questionFeedback).where(inArray(questionFeedback.questionId, turns));
  await tx.delete(questionNotice).where(inArray(questionNotice.questionId, turns));
  await tx.delete(question).where(inArray(question.threadId, threads));
  return threads.length;
}
