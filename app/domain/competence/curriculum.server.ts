import type { Db } from "#db/client.server.ts";
import { type Language, sourceLanguage } from "../content/language.ts";
import { headIn } from "../content/localised.ts";
import { formsOf } from "../learning/attempt.server.ts";
import { decides } from "../learning/attempt-kind.ts";
import { type Progress, progressOf } from "../learning/progress.ts";
import { stepsOf } from "../learning/progress.server.ts";
import { minutesLeft } from "../learning/time-left.ts";
import { type Actor, allow } from "../people/permission.ts";
import { type PeriodState } from "./period-state.ts";
import { retrainingReasons } from "./retraining-reason.server.ts";
import { enrolmentsOf } from "./enrolment.server.ts";
import { attemptPlanOf } from "./attempt-plan.server.ts";
import { heldOf } from "./held.server.ts";
import { type Held } from "./study.ts";
import {
  certificatesByPeriod,
  notesOf,
  type Notes,
  openOf,
  percentOf,
  standingOf,
} from "./enrolment-view.server.ts";

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

/** The part to go on with in the lesson that comes next. */
const partOf = ({ lessons, nextLesson }: Progress): number =>
  lessons.find((one) => one.id === nextLesson)?.next ?? 0;

function own<T extends { registration: string }>(rows: readonly T[], registration: string): T[] {
  return rows.filter((row) => row.registration === registration);
}
