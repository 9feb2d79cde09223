import type { Db } from "#db/client.server.ts";
import { type Language, sourceLanguage } from "../content/language.ts";
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
import { type Progress, progressOf } from "../learning/progress.ts";
import { stepsOf } from "../learning/progress.server.ts";
import { minutesLeft } from "../learning/time-left.ts";
import { type Actor, allow } from "../people/permission.ts";
import { acknowledgementsOf } from "../policies/acknowledgement.server.ts";
import { type PeriodState } from "./period-state.ts";
import { retrainingReasons } from "./retraining-reason.server.ts";
import { type Enrolment, enrolmentFor } from "./enrolment.server.ts";
import { type AttemptPlan, attemptPlanOf } from "./attempt-plan.server.ts";
import { measuresFor } from "./sitting.server.ts";
import { decideStart, type StartDecision } from "./study.ts";
import {
  certificatesByPeriod,
  notesOf,
  type Notes,
  openOf,
  percentOf,
  standingOf,
} from "./enrolment-view.server.ts";

/** A requirement as its learner sees it on its own page: lessons, policies and assessment with what is left of each. */
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

const itemsOf = (blueprint: Enrolment["module"]["body"]["assessment"]["blueprint"]): number =>
  blueprint.reduce((sum, row) => sum + row.items, 0);

function dayOf(now: Date): string {
  return now.toISOString().slice(0, 10);
}
