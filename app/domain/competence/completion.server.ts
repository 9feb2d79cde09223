import { and, eq } from "drizzle-orm";
import type { Db } from "#db/client.server.ts";
import { period, requirement } from "#db/schema/competence.ts";
import { attempt } from "#db/schema/learning.ts";
import { person } from "#db/schema/people.ts";
import type { AuditEntry } from "../audit/event.ts";
import { recordEvents } from "../audit/event.server.ts";
import { issuedEvent } from "../evidence/certificate.ts";
import { issueCertificate } from "../evidence/certificate.server.ts";
import { answered, completed, failed, passed, scored } from "../evidence/module-statement.ts";
import { type Statement, statementId } from "../evidence/statement.ts";
import { recordStatements, statementContext } from "../evidence/statement.server.ts";
import { countsAt } from "../learning/attempt.ts";
import {
  type AttemptRow,
  itemOf,
  moduleOf,
  overdueAttempts,
  responsesOf,
  storeMarks,
} from "../learning/attempt.server.ts";
import { decides } from "../learning/attempt-kind.ts";
import { markItem, passes, scaledScore } from "../learning/marking.ts";
import { scoresByObjective } from "../learning/objective-score.server.ts";
import { refresherPassed } from "../learning/refresher.ts";
import { type Actor, allow, system } from "../people/permission.ts";
import { closeSuperseded } from "./assignment.server.ts";
import { sittingOf } from "./enrolment.server.ts";
import { afterChange } from "./material-change.ts";
import { changedSince } from "./material-change.server.ts";
import { isLive } from "./plan.ts";
import { completionDates, type Earlier } from "./recurrence.ts";
import { retrainAfterRetention } from "./retraining.server.ts";

/**
 * Submits an attempt: marks it and, when passed, completes the period and issues the certificate, with all statements and
 * audit events in the same transaction. Submitting again answers the same and changes nothing. After its time limit the
 * saved answers count as submitted at the limit. Null when the attempt is not the actor's.
 */
export async function submitAssessment(
  db: Db,
  actor: Actor,
  input: { attemptId: string },
  now: Date,
): Promise<{ ok: true; passed: boolean; score: number } | null> {
  return db.transaction(async (tx) => {
    const [named] = await tx
      .select({ registration: attempt.registration })
      .from(attempt)
      .where(eq(attempt.id, input.attemptId));
    if (!named) return null;
    // First the period, then the attempt: the order in which starting an attempt locks them.
    await tx.select({ id: period.id }).from(period).where(eq(period.id, named.registration)).for("update");
    const [row] = await tx.select().from(attempt).where(eq(attempt.id, input.attemptId)).for("update");
    if (!row || (row.personId !== actor.id && actor !== system)) return null;
    allow(actor, "learning.take", { personId: row.personId });
    if (row.submittedAt !== null) return { ok: true, passed: row.passed === true, score: row.score ?? 0 };
    const settled = await settleAttempt(tx, row, now);
    await recordEvents(tx, actor, settled.entries, now);
    return { ok: true, passed: settled.passed, score: settled.score };
  });
}

/** Submits every attempt whose time has run out, for the schedule; answers how many. */
export async function submitOverdue(db: Db, now: Date): Promise<number> {
  const ids = await overdueAttempts(db, now);
  for (const attemptId of ids) await submitAssessment(db, system, { attemptId }, now);
  return ids.length;
}

/**
 * Marks a locked, unsubmitted attempt in the caller's transaction and writes what follows from it.
 * The caller records the audit entries as its last beat.
 */
export async function settleAttempt(
  tx: Db,
  row: AttemptRow,
  now: Date,
): Promise<{ passed: boolean; score: number; entries: AuditEntry[] }> {
  const at = countsAt(row, now);
  const module = await moduleOf(tx, row);
  const items = row.form.items.map((entry) => itemOf(module.body, entry));
  const responses = await responsesOf(tx, row);
  const scores = items.map((item, i) => markItem(item, responses[i] ?? null));
  const score = scaledScore(scores);
  const masteryScore = module.body.assessment.passMark;
  const hasPassed =
    row.kind === "refresher"
      ? refresherPassed(masteryScore, scoresByObjective(module.body, row.form, scores))
      : row.kind === "assessment" && passes(score, masteryScore);
  const decided = decides(row.kind);
  await storeMarks(tx, row, { scores, score, passed: decided ? hasPassed : null, submittedAt: at });

  const who = await statementContext(tx, row.personId);
  const sitting = sittingOf({ module }, row.registration, row.id);
  const outcome = { at, score, masteryScore, startedAt: row.startedAt };
  const statements: Statement[] = items.map((item, i) => {
    const id = statementId(row.id, "answered", i);
    return answered(who, sitting, { id, at, item, response: responses[i] ?? null, score: scores[i] ?? 0 });
  });
  statements.push(scored(who, sitting, { ...outcome, id: statementId(row.id, "scored") }));
  if (hasPassed) statements.push(passed(who, sitting, { ...outcome, id: statementId(row.id, "passed") }));
  else if (decided) statements.push(failed(who, sitting, { ...outcome, id: statementId(row.id, "failed") }));
  const data = { personId: row.personId, registration: row.registration, score, passed: hasPassed };
  const entries: AuditEntry[] = [
    { type: "attempt.submitted", subjectType: "attempt", subjectId: row.id, data },
  ];
  if (row.kind === "retention" && !passes(score, masteryScore))
    entries.push(...(await retrainAfterRetention(tx, { ...row, attemptId: row.id }, at)));
  if (hasPassed) {
    const done = await completePeriod(tx, row, { at, score, module });
    entries.push(...done.entries);
    const id = statementId(row.registration, "completed");
    statements.push(completed(who, sitting, { id, at, startedAt: done.startedAt }));
  }
  await recordStatements(tx, statements, now);
  return { passed: hasPassed, score, entries };
}

/** Lessons and acknowledgements were done before the attempt could begin, so a pass completes the period (ISO/IEC 42001 7.2 d). */
async function completePeriod(
  tx: Db,
  row: AttemptRow,
  result: { at: Date; score: number; module: Awaited<ReturnType<typeof moduleOf>> },
): Promise<{ entries: AuditEntry[]; startedAt: Date }> {
  const { at, score, module } = result;
  const [found] = await tx
    .select({ period, requirement: requirement.body, hiredOn: person.hiredOn, timeZone: person.timeZone })
    .from(period)
    .innerJoin(person, eq(person.id, period.personId))
    .innerJoin(requirement, eq(requirement.slug, period.requirementSlug))
    .where(eq(period.id, row.registration));
  if (!found) throw new Error(`no period ${row.registration}`);
  const full = completionDates(found.requirement, found, await earlierOf(tx, found.period), at);
  const changedAt = await changedSince(tx, module);
  const dates =
    changedAt === null
      ? full
      : {
          ...full,
          ...afterChange("material", found.requirement, { completedAt: at, ...full }, changedAt),
          // As wherever a change ends a competence earlier: nobody loses days by renewing it early.
          anchorOn: null,
        };
  await tx
    .update(period)
    .set({ completedAt: at, ...dates })
    .where(eq(period.id, row.registration));
  const certificate = await issueCertificate(
    tx,
    {
      registration: row.registration,
      personId: row.personId,
      title: module.body.title,
      moduleVersionId: module.id,
      moduleVersion: module.version,
      scorePercent: score * 100,
      expiresAt: dates.expiresAt,
    },
    at,
  );
  await closeSuperseded(tx, { personId: row.personId, requirementSlug: found.period.requirementSlug }, at);
  const data = {
    personId: row.personId,
    requirement: found.period.requirementSlug,
    expiresAt: dates.expiresAt.toISOString(),
    attemptId: row.id,
  };
  return {
    entries: [
      { type: "period.completed", subjectType: "period", subjectId: row.registration, data },
      issuedEvent(certificate),
    ],
    startedAt: found.period.startedAt ?? row.startedAt,
  };
}

/** The competence that still stands while a period is completed; null where none does. */
export async function earlierOf(tx: Db, of: typeof period.$inferSelect): Promise<Earlier | null> {
  const [row] = await tx
    .select()
    .from(period)
    .where(
      and(
        eq(period.personId, of.personId),
        eq(period.requirementSlug, of.requirementSlug),
        eq(period.number, of.number - 1),
      ),
    );
  if (!row || !isLive(row) || row.renewFrom === null || row.expiresAt === null) return null;
  const { anchorOn, renewFrom, expiresAt } = row;
  return { anchorOn, renewFrom, expiresAt };
}
