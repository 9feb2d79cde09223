import { eq, inArray } from "drizzle-orm";
import type { Db } from "#db/client.server.ts";
import { certificate, certificateRevocation } from "#db/schema/evidence.ts";
import { type Language, sourceLanguage } from "../content/language.ts";
import type { RevocationCategory } from "../evidence/certificate.ts";
import { headIn, languagesOf, lessonIn } from "../content/localised.ts";
import { readingLevel } from "../content/style.ts";
import type { Lesson, Module } from "../content/module.ts";
import { minutesWith } from "../learning/accommodation.ts";
import { timeFactorOf } from "../learning/accommodation.server.ts";
import { mayStart } from "../learning/attempt.ts";
import { type AttemptRow, formsOf } from "../learning/attempt.server.ts";
import { type AttemptKind, decides } from "../learning/attempt-kind.ts";
import { grantedAttempts } from "../learning/attempt-grant.server.ts";
import { minutesFor } from "../learning/refresher.ts";
import { type Progress, progressOf, type Step } from "../learning/progress.ts";
import { stepsOf } from "../learning/progress.server.ts";
import { minutesLeft } from "../learning/time-left.ts";
import { type Actor, allow } from "../people/permission.ts";
import { acknowledgementsOf } from "../policies/acknowledgement.server.ts";
import { periodState, standing } from "./assignment.ts";
import { type PeriodState } from "./period-state.ts";
import type { EndReason } from "./plan.ts";
import { type AskedAgain, askedAgain, retrainingReasons } from "./retraining-reason.server.ts";
import { waiversOf } from "./board-row.server.ts";
import { type Enrolment, enrolmentFor, enrolmentsOf } from "./enrolment.server.ts";
import { type AttemptPlan, attemptPlanOf } from "./attempt-plan.server.ts";
import { heldOf } from "./held.server.ts";
import { measuresFor } from "./sitting.server.ts";
import { decideStart, type Held, type StartDecision } from "./study.ts";

/** A requirement as its learner sees it in a list. */
export type LearnerRequirement = {
  slug: string;
  title: string;
  state: PeriodState;
  dueAt: Date;
  completedAt: Date | null;
  expiresAt: Date | null;
  module: {
    title: string;
    summary: string;
    /** Of title and summary. */
    language: Language;
    minutes: number;
    lessons: number;
  };
  /** Whole percentage of the lessons of the newest period. */
  percent: number;
  /** Of the lessons still asked for. */
  minutesLeft: number;
  nextLesson: string | null;
  /** The part of that lesson to go on with, from 0. */
  nextPart: number;
  openAttemptId: string | null;
  /** What keeps a further attempt from beginning where one has failed: its pause, until then, or that all are used. */
  held: Held | null;
  /** Of the newest certificate that counts or counted; null where that was revoked. */
  certificateId: string | null;
} & Notes;

/** What a learner should know of why something is asked, or is not. */
type Notes = {
  /** Since when it is not asked any more. */
  ended: { at: Date; reason: EndReason | null } | null;
  /** Why what is open is asked before its time. */
  asked: AskedAgain | null;
  /** That the certificate was revoked on which the competence rested. */
  revoked: Revocation | null;
};
type Revocation = { at: Date; category: RevocationCategory | null };

/** What the actor must be competent in, in the order of the requirements, modules named in `language` where translated. */
export async function learnerRequirements(
  db: Db,
  actor: Actor,
  now: Date,
  language: Language = sourceLanguage,
): Promise<LearnerRequirement[]> {
  allow(actor, "learning.take", { personId: actor.id });
  const enrolments = await enrolmentsOf(db, actor.id);
  const registrations = enrolments.map((e) => e.period.id);
  const steps = await stepsOf(db, registrations);
  const attempts = await formsOf(db, registrations);
  const certificates = await certificatesByPeriod(db, enrolments);
  const reasons = await retrainingReasons(
    db,
    enrolments.map((e) => e.period.retrainingId),
  );
  return Promise.all(
    enrolments.map(async (enrolment) => {
      const { requirement, period, module } = enrolment;
      const mine = own(attempts, period.id);
      const plan = await attemptPlanOf(
        db,
        enrolment,
        mine.filter((one) => decides(one.kind)),
      );
      const progress = progressOf(module.body, own(steps, period.id), plan.credited);
      const { minutes, lessons } = module.body;
      const { title, summary, language: shown } = headIn(module.body, language);
      return {
        slug: requirement.slug,
        title: requirement.title,
        ...(await standingOf(db, enrolment, now)),
        module: { title, summary, language: shown, minutes, lessons: lessons.length },
        percent: period.completedAt ? 100 : percentOf(plan, module.body, own(steps, period.id)),
        minutesLeft: period.completedAt ? 0 : minutesLeft(module.body.lessons, progress.lessons),
        nextLesson: progress.nextLesson,
        nextPart: partOf(progress),
        openAttemptId: openOf(mine)?.id ?? null,
        held: await heldOf(db, period, plan, now),
        ...notesOf(enrolment, certificates, reasons),
      };
    }),
  );
}

export type CourseView = {
  requirement: { slug: string; title: string; basis: string[] };
  periodId: string;
  state: PeriodState;
  dueAt: Date;
  completedAt: Date | null;
  expiresAt: Date | null;
  module: {
    title: string;
    summary: string;
    minutes: number;
    version: string;
    /** School grade its lessons read at (Flesch-Kincaid), in the source language. */
    readingGrade: number;
    objectives: { id: string; text: string }[];
    crosswalk: string[];
    /** The language title, summary and objectives are in, and those the module can be read in. */
    language: Language;
    languages: Language[];
  };
  lessons: {
    id: string;
    title: string;
    /** Of the title. */
    language: Language;
    minutes: number;
    taken: number;
    parts: number;
    /** The first part not yet taken, from 0. */
    next: number;
    done: boolean;
    /** Not asked for, because what it teaches was known. */
    credited: boolean;
  }[];
  percent: number;
  /** Of the lessons still asked for. */
  minutesLeft: number;
  lessonsDone: boolean;
  nextLesson: string | null;
  policies: {
    slug: string;
    title: string;
    version: string;
    changeNote: string;
    acknowledgedAt: Date | null;
    checked: boolean;
  }[];
  acknowledged: boolean;
  assessment: {
    /** A refresher asks first, and then only what was missed. */
    kind: AttemptPlan["kind"];
    /** 0..1 */
    passMark: number;
    attempts: number;
    granted: number;
    coolDownHours: number;
    /** Of an attempt that begins now, with what HR has granted the learner; null: no limit. */
    minutes: number | null;
    /** By how much the limit of everybody is multiplied for the learner; null: none applies. */
    timeFactor: number | null;
    items: number;
    history: Pick<AttemptRow, "id" | "kind" | "number" | "startedAt" | "submittedAt" | "score" | "passed">[];
    start: StartDecision;
    openAttemptId: string | null;
  };
  /** Forms that measure and decide nothing: those that can be begun now, and those submitted. */
  measures: {
    open: ("pretest" | "retention")[];
    taken: { id: string; kind: AttemptKind; submittedAt: Date | null; score: number | null }[];
  };
  certificateId: string | null;
} & Notes;

/** One of the actor's requirements with all that is left to do; null when it was never assigned to them. */
export async function courseFor(
  db: Db,
  actor: Actor,
  slug: string,
  now: Date,
  language: Language = sourceLanguage,
): Promise<CourseView | null> {
  allow(actor, "learning.take", { personId: actor.id });
  const enrolment = await enrolmentFor(db, actor.id, slug);
  if (!enrolment) return null;
  const { requirement, period, module } = enrolment;
  const plan = await attemptPlanOf(db, enrolment);
  const { attempts, blueprint } = plan;
  const steps = await stepsOf(db, [period.id]);
  const progress = progressOf(module.body, steps, plan.credited);
  const forms = await formsOf(
    db,
    enrolment.periods.map((one) => one.id),
  );
  const granted = await grantedAttempts(db, period.id);
  const timeFactor = await timeFactorOf(db, actor.id);
  const due = await acknowledgementsOf(db, actor.id, module.body.acknowledges, dayOf(now));
  const policies = due.map(({ version, acknowledgedAt, checked }) => ({
    checked,
    slug: version.slug,
    title: version.title,
    version: version.version,
    changeNote: version.changeNote,
    acknowledgedAt,
  }));
  const acknowledged = policies.every((policy) => policy.acknowledgedAt !== null);
  const { assessment, minutes, version, crosswalk } = module.body;
  const certificates = await certificatesByPeriod(db, [enrolment]);
  return {
    requirement: { slug, title: requirement.title, basis: requirement.basis },
    periodId: period.id,
    ...(await standingOf(db, enrolment, now)),
    module: {
      ...headIn(module.body, language),
      minutes,
      version,
      readingGrade: readingLevel(module.body),
      crosswalk,
      languages: languagesOf(module.body),
    },
    lessons: module.body.lessons.map((lesson) => ({
      id: lesson.id,
      ...titleIn(module.body, lesson, language),
      minutes: lesson.minutes,
      ...stateOf(progress, lesson),
    })),
    percent: percentOf(plan, module.body, steps),
    minutesLeft: period.completedAt ? 0 : minutesLeft(module.body.lessons, progress.lessons),
    lessonsDone: progress.done,
    nextLesson: progress.nextLesson,
    policies,
    acknowledged,
    assessment: {
      passMark: assessment.passMark,
      kind: plan.kind,
      attempts: plan.rules.attempts,
      granted,
      coolDownHours: assessment.coolDownHours,
      minutes: minutesWith(minutesFor(assessment, itemsOf(blueprint)), timeFactor),
      timeFactor,
      items: itemsOf(blueprint),
      history: attempts.map(({ id, kind, number, startedAt, submittedAt, score, passed }) => ({
        id,
        kind,
        number,
        startedAt,
        submittedAt,
        score,
        passed,
      })),
      start: decideStart(
        { lessonsDone: progress.done, acknowledged },
        mayStart(plan.rules, attempts, granted, now),
      ),
      openAttemptId: openOf(forms.filter((one) => one.registration === period.id))?.id ?? null,
    },
    measures: {
      open: await measuresFor(db, enrolment, now),
      taken: forms
        .filter((one) => !decides(one.kind) && one.submittedAt !== null)
        .map(({ id, kind, submittedAt, score }) => ({ id, kind, submittedAt, score })),
    },
    ...notesOf(enrolment, certificates, await retrainingReasons(db, [period.retrainingId])),
  };
}

async function standingOf(db: Db, enrolment: Enrolment, now: Date) {
  const { periods, period } = enrolment;
  const stands = standing(periods, now) ?? period;
  const waivers = await waiversOf(db, [stands.id]);
  return {
    state: periodState(stands, waivers.get(stands.id) ?? [], now),
    dueAt: period.dueAt,
    completedAt: stands.completedAt,
    expiresAt: stands.expiresAt,
  };
}

type Proof = { id: string; revoked: Revocation | null };

async function certificatesByPeriod(db: Db, enrolments: readonly Enrolment[]): Promise<Map<string, Proof>> {
  const ids = enrolments.flatMap((e) => e.periods.map((p) => p.id));
  if (ids.length === 0) return new Map();
  const rows = await db
    .select({
      id: certificate.id,
      registration: certificate.registration,
      at: certificateRevocation.revokedAt,
      category: certificateRevocation.category,
    })
    .from(certificate)
    .leftJoin(certificateRevocation, eq(certificateRevocation.certificateId, certificate.id))
    .where(inArray(certificate.registration, ids));
  return new Map(
    rows.map(({ id, registration, at, category }) => [
      registration,
      { id, revoked: at === null ? null : { at, category } },
    ]),
  );
}

function notesOf(
  { periods, period }: Enrolment,
  certificates: ReadonlyMap<string, Proof>,
  reasons: ReadonlyMap<string, AskedAgain>,
): Notes & { certificateId: string | null } {
  const [newest] = periods.toReversed().flatMap((p) => certificates.get(p.id) ?? []);
  const revoked = newest?.revoked ?? null;
  // What was proven since does not rest on it.
  const lost = revoked !== null && (period.completedAt === null || period.completedAt < revoked.at);
  return {
    certificateId: newest && !newest.revoked ? newest.id : null,
    revoked: lost ? revoked : null,
    ended: period.endedAt === null ? null : { at: period.endedAt, reason: period.endedReason },
    asked: period.completedAt === null && period.endedAt === null ? askedAgain(period, reasons) : null,
  };
}

function titleIn(module: Module, lesson: Lesson, language: Language): { title: string; language: Language } {
  const shown = lessonIn(module, lesson, language);
  return { title: shown.lesson.title, language: shown.language };
}

function stateOf(
  progress: Progress,
  lesson: Lesson,
): { taken: number; parts: number; next: number; done: boolean; credited: boolean } {
  const found = progress.lessons.find((one) => one.id === lesson.id);
  return {
    taken: found?.taken ?? 0,
    parts: lesson.parts.length,
    next: found?.next ?? 0,
    done: found?.done ?? false,
    credited: found?.credited ?? false,
  };
}

/** The part to go on with in the lesson that comes next. */
const partOf = ({ lessons, nextLesson }: Progress): number =>
  lessons.find((one) => one.id === nextLesson)?.next ?? 0;

function own<T extends { registration: string }>(rows: readonly T[], registration: string): T[] {
  return rows.filter((row) => row.registration === registration);
}

/** How far the lessons are. A refresher that has not asked yet wants none of them; those taken all the same count. */
function percentOf(plan: AttemptPlan, module: Module, steps: readonly Step[]): number {
  const asked = plan.attempts.some((one) => one.submittedAt !== null);
  return progressOf(module, steps, asked ? plan.credited : new Set()).percent;
}

const itemsOf = (blueprint: Enrolment["module"]["body"]["assessment"]["blueprint"]): number =>
  blueprint.reduce((sum, row) => sum + row.items, 0);

function openOf(attempts: readonly AttemptRow[]): AttemptRow | undefined {
  return attempts.find((attempt) => attempt.submittedAt === null);
}

function dayOf(now: Date): string {
  return now.toISOString().slice(0, 10);
}
