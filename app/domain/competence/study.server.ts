import { eq } from "drizzle-orm";
import { isDeepStrictEqual } from "node:util";
import type { Db } from "#db/client.server.ts";
import { period } from "#db/schema/competence.ts";
import type { AuditEntry } from "../audit/event.ts";
import { recordEvents } from "../audit/event.server.ts";
import type { Response } from "../content/item.ts";
import { inAllLanguages } from "../content/localised.ts";
import type { Lesson, LessonPart } from "../content/module.ts";
import { answered, initialized, progressed } from "../evidence/module-statement.ts";
import { type Statement, statementId } from "../evidence/statement.ts";
import { recordStatements, statementContext } from "../evidence/statement.server.ts";
import { arrangeItem } from "../learning/assessment.ts";
import { markItem } from "../learning/marking.ts";
import { type GivenResponse, readResponse } from "../learning/presentation.ts";
import { progressOf, type Step } from "../learning/progress.ts";
import { stepsOf, storeSteps } from "../learning/progress.server.ts";
import { type Actor, allow } from "../people/permission.ts";
import { acknowledgementsOf, storeAcknowledgements } from "../policies/acknowledgement.server.ts";
import { attemptPlanOf } from "./attempt-plan.server.ts";
import { questionKey } from "./lesson.server.ts";
import { type Enrolment, lockedEnrolment, sittingOf } from "./enrolment.server.ts";

/**
 * Takes one step of a lesson: a part read, or a retrieval question answered. Steps are taken in order; taking one again
 * changes nothing, its first answer stays: `otherwise` tells that it is not the one given now. Null when there is no such
 * part for the actor, or it is not its turn yet.
 */
export async function takeStep(
  db: Db,
  actor: Actor,
  input: { requirement: string; lesson: string; part: number; given: GivenResponse | null },
  now: Date,
): Promise<
  | { ok: true; lessonDone: boolean; lessonsDone: boolean; otherwise: boolean }
  | { ok: false; reason: "unreadable" }
  | null
> {
  allow(actor, "learning.take", { personId: actor.id });
  return db.transaction(async (tx) => {
    const enrolment = await lockedEnrolment(tx, actor.id, input.requirement);
    const lesson = enrolment?.module.body.lessons.find((one) => one.id === input.lesson);
    const part = lesson?.parts[input.part];
    if (!enrolment || !lesson || !part) return null;
    const { period: row, module } = enrolment;
    const steps = await stepsOf(tx, [row.id]);
    const { credited } = await attemptPlanOf(tx, enrolment);
    const before = progressOf(module.body, steps, credited);
    const turn = before.lessons.find((one) => one.id === lesson.id);
    if (!turn || input.part > turn.next) return null;
    const key = questionKey(row.id, lesson.id, input.part);
    const response = responseTo(part, input.given, key);
    if (input.part < turn.next) {
      const first = steps.find((one) => one.lesson === lesson.id && one.part === input.part);
      const otherwise = input.given !== null && !isDeepStrictEqual(response, first?.response ?? null);
      return { ok: true, lessonDone: turn.done, lessonsDone: before.done, otherwise };
    }
    if (response === "unreadable") return { ok: false, reason: "unreadable" };

    const step = { lesson, part: input.part, response, at: now };
    const recorded = await recordSteps(tx, enrolment, steps, [step], now, credited);
    await recordEvents(tx, actor, recorded.entries, now);
    const after = progressOf(module.body, [...steps, { lesson: lesson.id, part: input.part }], credited);
    const done = after.lessons.find((one) => one.id === lesson.id)?.done ?? false;
    return { ok: true, lessonDone: done, lessonsDone: after.done, otherwise: false };
  });
}

/**
 * Writes steps with their statements, in the caller's transaction; answers the audit entries to record. `taken` are the
 * steps stored before, `steps` follow each other, each at its own time.
 */
export async function recordSteps(
  tx: Db,
  enrolment: Enrolment,
  taken: readonly Step[],
  steps: readonly { lesson: Lesson; part: number; response: Response | null; at: Date }[],
  now: Date,
  credited: ReadonlySet<string> = new Set(),
): Promise<{ entries: AuditEntry[] }> {
  const [first] = steps;
  if (!first) return { entries: [] };
  const { period: row, module } = enrolment;
  const begun = await begin(tx, enrolment, first.at);
  const who = await statementContext(tx, row.personId);
  const sitting = sittingOf(enrolment, row.id, row.id);
  const statements: Statement[] = [...begun.statements];
  const all = [...taken];
  let before = progressOf(module.body, all, credited);
  const rows = steps.map(({ lesson, part: position, response, at }) => {
    const part = lesson.parts[position];
    const key = questionKey(row.id, lesson.id, position);
    const score =
      part?.kind === "question" && response
        ? markItem(inAllLanguages(module.body, part.item), response)
        : null;
    if (part?.kind === "question" && score !== null) {
      const id = statementId(key, "answered");
      statements.push(answered(who, sitting, { id, at, item: part.item, response, score }));
    }
    all.push({ lesson: lesson.id, part: position });
    const after = progressOf(module.body, all, credited);
    if (after.percent > before.percent) {
      // cmi5 §9.5.5.1: below 100 until completed, and the assessment is still to come.
      const percent = Math.min(99, after.percent);
      statements.push(progressed(who, sitting, { id: statementId(key, "progressed"), at, percent, lesson }));
    }
    before = after;
    const correct = score === null ? null : score >= 1;
    return { registration: row.id, lesson: lesson.id, part: position, response, correct, at };
  });
  await storeSteps(tx, rows);
  await recordStatements(tx, statements, now);
  return { entries: begun.entries };
}

function responseTo(
  part: LessonPart,
  given: GivenResponse | null,
  key: string,
): Response | null | "unreadable" {
  if (part.kind !== "question") return null;
  return (given && readResponse(part.item, arrangeItem(part.item, key), given)) ?? "unreadable";
}

/** The first step of a period: fixes the module version that counts for it. */
export async function begin(
  tx: Db,
  enrolment: Enrolment,
  now: Date,
): Promise<{ statements: Statement[]; entries: AuditEntry[] }> {
  const { period: row, module } = enrolment;
  if (row.startedAt !== null) return { statements: [], entries: [] };
  await tx.update(period).set({ startedAt: now, moduleVersionId: module.id }).where(eq(period.id, row.id));
  const who = await statementContext(tx, row.personId);
  const id = statementId(row.id, "initialized");
  const data = { personId: row.personId, requirement: row.requirementSlug, moduleVersionId: module.id };
  return {
    statements: [initialized(who, sittingOf(enrolment, row.id, row.id), { id, at: now })],
    entries: [{ type: "period.started", subjectType: "period", subjectId: row.id, data }],
  };
}

/**
 * Acknowledges all policies that the module of a requirement asks for and that are still open (ISO/IEC 42001 7.3).
 * Refused with the missing ones when `policies` (slugs ticked) leaves one out, or one of them has a check: that is signed by
 * itself, by `signPolicyFor`. Null when nothing is assigned.
 */
export async function acknowledgePolicies(
  db: Db,
  actor: Actor,
  input: { requirement: string; policies: readonly string[] },
  now: Date,
): Promise<{ ok: true } | { ok: false; reason: "missing"; slugs: string[] } | null> {
  allow(actor, "policy.acknowledge", { personId: actor.id });
  return db.transaction(async (tx) => {
    const enrolment = await lockedEnrolment(tx, actor.id, input.requirement);
    if (!enrolment) return null;
    const { acknowledges } = enrolment.module.body;
    const due = await acknowledgementsOf(tx, actor.id, acknowledges, now.toISOString().slice(0, 10));
    const toDo = due.filter((one) => one.acknowledgedAt === null);
    const missing = toDo.filter((one) => one.checked || !input.policies.includes(one.version.slug));
    if (missing.length > 0)
      return { ok: false, reason: "missing", slugs: missing.map((one) => one.version.slug) };
    const open = toDo.map((one) => one.version);
    const stored = await storeAcknowledgements(
      tx,
      { personId: actor.id, registration: enrolment.period.id, versions: open },
      now,
    );
    await recordStatements(tx, stored.statements, now);
    await recordEvents(tx, actor, stored.entries, now);
    return { ok: true };
  });
}
