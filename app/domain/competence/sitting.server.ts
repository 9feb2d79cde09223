import type { Db } from "#db/client.server.ts";
import type { AuditEntry } from "../audit/event.ts";
import { recordEvents } from "../audit/event.server.ts";
import { initialized } from "../evidence/module-statement.ts";
import { statementId } from "../evidence/statement.ts";
import { recordStatements, statementContext } from "../evidence/statement.server.ts";
import { timeFactorOf } from "../learning/accommodation.server.ts";
import { isOpen, mayStart } from "../learning/attempt.ts";
import { formsOf, moduleOf, openAttempt } from "../learning/attempt.server.ts";
import { grantedAttempts } from "../learning/attempt-grant.server.ts";
import { type AttemptKind, mayMeasure, type MeasureRefusal } from "../learning/attempt-kind.ts";
import { progressOf } from "../learning/progress.ts";
import { stepsOf } from "../learning/progress.server.ts";
import { type Actor, allow } from "../people/permission.ts";
import { acknowledgementsOf } from "../policies/acknowledgement.server.ts";
import { standing } from "./assignment.ts";
import { attemptPlanOf } from "./attempt-plan.server.ts";
import { settleAttempt } from "./completion.server.ts";
import { type Enrolment, lockedEnrolment, sittingOf } from "./enrolment.server.ts";
import { begin } from "./study.server.ts";
import { decideStart, type StartDecision } from "./study.ts";

/**
 * Begins an attempt, drawn from `seed`. An attempt whose time has run out is closed first. Refused while one is open, after
 * a pass, in the cool-down, without attempts left, and before lessons and acknowledgements are done. In a renewal with a
 * refresher it asks first, and no lesson is due before.
 */
export async function startAssessment(
  db: Db,
  actor: Actor,
  input: { requirement: string; seed: number },
  now: Date,
): Promise<{ ok: true; attemptId: string } | Extract<StartDecision, { ok: false }> | null> {
  allow(actor, "learning.take", { personId: actor.id });
  return db.transaction(async (tx) => {
    const enrolment = await lockedEnrolment(tx, actor.id, input.requirement);
    if (!enrolment) return null;
    const { period: row, module } = enrolment;
    const entries = await closeOverdue(tx, row.id, now);
    const open = (await formsOf(tx, [row.id])).find((one) => one.submittedAt === null);
    const plan = await attemptPlanOf(tx, enrolment);
    const progress = progressOf(module.body, await stepsOf(tx, [row.id]), plan.credited);
    const { acknowledges } = module.body;
    const due = await acknowledgementsOf(tx, actor.id, acknowledges, now.toISOString().slice(0, 10));
    const granted = await grantedAttempts(tx, row.id);
    const decision = decideStart(
      { lessonsDone: progress.done, acknowledged: due.every((one) => one.acknowledgedAt !== null) },
      open ? { ok: false, reason: "open" } : mayStart(plan.rules, plan.attempts, granted, now),
    );
    if (!decision.ok) {
      await recordEvents(tx, actor, entries, now);
      return decision;
    }
    const { kind, blueprint } = plan;
    const draw = { kind, blueprint, number: decision.number, seed: input.seed };
    const opened = await openDrawn(tx, actor, enrolment, draw, now);
    await recordEvents(tx, actor, [...entries, ...opened.entries], now);
    return { ok: true, attemptId: opened.attemptId };
  });
}

/**
 * Begins a form that measures and decides nothing, drawn from `seed`: before the training, or months after it. Null when
 * nothing is assigned.
 */
export async function startMeasure(
  db: Db,
  actor: Actor,
  input: { requirement: string; kind: "pretest" | "retention"; seed: number },
  now: Date,
): Promise<{ ok: true; attemptId: string } | ({ ok: false } & MeasureRefusal) | null> {
  allow(actor, "learning.take", { personId: actor.id });
  return db.transaction(async (tx) => {
    const enrolment = await lockedEnrolment(tx, actor.id, input.requirement);
    if (!enrolment) return null;
    const measured = await measuredOf(tx, enrolment, input.kind, now);
    const entries = await closeOverdue(tx, measured.period.id, now);
    const decision = await measureOf(tx, measured, input.kind, now);
    if (!decision.ok) {
      await recordEvents(tx, actor, entries, now);
      return decision;
    }
    const { blueprint } = measured.module.body.assessment;
    const draw = { kind: input.kind, blueprint, number: 1, seed: input.seed };
    const opened = await openDrawn(tx, actor, measured, draw, now);
    await recordEvents(tx, actor, [...entries, ...opened.entries], now);
    return { ok: true, attemptId: opened.attemptId };
  });
}

/** The kinds of measure that the actor could begin now. */
export async function measuresFor(
  db: Db,
  enrolment: Enrolment,
  now: Date,
): Promise<("pretest" | "retention")[]> {
  const kinds = ["pretest", "retention"] as const;
  const allowed = await Promise.all(
    kinds.map(async (kind) => {
      const measured = await measuredOf(db, enrolment, kind, now);
      return (await measureOf(db, measured, kind, now)).ok;
    }),
  );
  return kinds.filter((_, i) => allowed[i]);
}

/** The period that a measure is about: the one at work before a training, the one that stands after it. */
async function measuredOf(
  db: Db,
  enrolment: Enrolment,
  kind: "pretest" | "retention",
  now: Date,
): Promise<Enrolment> {
  const stands = kind === "retention" ? standing(enrolment.periods, now) : null;
  if (!stands?.moduleVersionId || stands.id === enrolment.period.id) return enrolment;
  const { moduleVersionId } = stands;
  return {
    ...enrolment,
    period: stands,
    module: await moduleOf(db, { moduleVersionId, registration: stands.id }),
  };
}

async function measureOf(
  db: Db,
  { period }: Enrolment,
  kind: "pretest" | "retention",
  now: Date,
): Promise<ReturnType<typeof mayMeasure>> {
  const steps = await stepsOf(db, [period.id]);
  const attempts = await formsOf(db, [period.id]);
  return mayMeasure(kind, period, { steps: steps.length, attempts }, now);
}

/** Marks an attempt of a period whose time has run out; answers the audit entries to record. */
async function closeOverdue(tx: Db, registration: string, now: Date): Promise<AuditEntry[]> {
  const open = (await formsOf(tx, [registration])).find((one) => one.submittedAt === null);
  return open && !isOpen(open, now) ? (await settleAttempt(tx, open, now)).entries : [];
}

/** Draws an attempt and says so; answers the audit entries to record. */
async function openDrawn(
  tx: Db,
  actor: Actor,
  enrolment: Enrolment,
  draw: {
    kind: AttemptKind;
    number: number;
    seed: number;
    blueprint: Enrolment["module"]["body"]["assessment"]["blueprint"];
  },
  now: Date,
): Promise<{ attemptId: string; entries: AuditEntry[] }> {
  const { period: row, module } = enrolment;
  const begun = await begin(tx, enrolment, now);
  const made = await openAttempt(
    tx,
    {
      ...draw,
      registration: row.id,
      personId: actor.id,
      module,
      timeFactor: await timeFactorOf(tx, actor.id),
    },
    now,
  );
  const who = await statementContext(tx, actor.id);
  const id = statementId(made.id, "initialized");
  const sitting = sittingOf(enrolment, row.id, made.id);
  await recordStatements(tx, [...begun.statements, initialized(who, sitting, { id, at: now })], now);
  const data = { personId: actor.id, registration: row.id, number: draw.number, seed: draw.seed };
  return {
    attemptId: made.id,
    entries: [
      ...begun.entries,
      { type: "attempt.started", subjectType: "attempt", subjectId: made.id, data },
    ],
  };
}
