import type { Db } from "#db/client.server.ts";
import { type Language, sourceLanguage } from "../content/language.ts";
import { headIn, inAllLanguages, languagesOf, lessonIn } from "../content/localised.ts";
import type { Lesson, LessonPart, Module } from "../content/module.ts";
import { arrangeItem } from "../learning/assessment.ts";
import { type ExplainedItem, explainItem } from "../learning/marking.ts";
import {
  type GivenResponse,
  presentItem,
  type PresentedItem,
  showResponse,
} from "../learning/presentation.ts";
import { progressOf } from "../learning/progress.ts";
import { minutesLeft } from "../learning/time-left.ts";
import { type StepRow, stepsOf } from "../learning/progress.server.ts";
import { type Actor, allow } from "../people/permission.ts";
import { attemptPlanOf } from "./attempt-plan.server.ts";
import { enrolmentFor } from "./enrolment.server.ts";

export type LessonPartView =
  | { kind: "text"; html: string; taken: boolean }
  | { kind: "tomorrow"; text: string; taken: boolean }
  | {
      kind: "question";
      item: PresentedItem;
      taken: boolean;
      given: GivenResponse | null;
      explained: ExplainedItem | null;
    };

export type LessonLink = { id: string; title: string; language: Language };

export type LessonView = {
  requirement: { slug: string; title: string };
  module: { title: string; language: Language };
  /** The language the lesson is shown in, and those its module can be read in. */
  language: Language;
  languages: Language[];
  /** `position` counts from 1. */
  lesson: {
    id: string;
    title: string;
    minutes: number;
    position: number;
    count: number;
    /** SVG with its text alternative. */
    figure: string | null;
  };
  parts: LessonPartView[];
  /** The first part not yet taken. */
  next: number;
  done: boolean;
  previous: LessonLink | null;
  following: LessonLink | null;
  percent: number;
  /** Of all lessons. */
  minutesLeft: number;
  lessonsDone: boolean;
};

/**
 * A lesson of the actor's module in `language`, or in the source language where it is not translated; null when there
 * is none. Keys of questions come only with what was answered. Progress is the same in every language.
 */
export async function lessonFor(
  db: Db,
  actor: Actor,
  slug: string,
  lessonId: string,
  language: Language = sourceLanguage,
): Promise<LessonView | null> {
  allow(actor, "learning.take", { personId: actor.id });
  const enrolment = await enrolmentFor(db, actor.id, slug);
  const lessons = enrolment?.module.body.lessons ?? [];
  const index = lessons.findIndex((one) => one.id === lessonId);
  const source = lessons[index];
  if (!enrolment || !source) return null;
  const module = enrolment.module.body;
  const { lesson, language: shown } = lessonIn(module, source, language);
  const steps = await stepsOf(db, [enrolment.period.id]);
  const { credited } = await attemptPlanOf(db, enrolment);
  const progress = progressOf(enrolment.module.body, steps, credited);
  const head = headIn(module, language);
  const link = (one: Lesson | undefined): LessonLink | null => {
    const found = one && lessonIn(module, one, language);
    return found ? { id: found.lesson.id, title: found.lesson.title, language: found.language } : null;
  };
  return {
    requirement: { slug, title: enrolment.requirement.title },
    module: { title: head.title, language: head.language },
    language: shown,
    languages: languagesOf(module),
    lesson: {
      id: lesson.id,
      title: lesson.title,
      minutes: lesson.minutes,
      position: index + 1,
      count: lessons.length,
      figure: lesson.figure ?? null,
    },
    parts: lesson.parts.map((part, i) =>
      partView(
        module,
        part,
        steps.find((step) => step.lesson === lesson.id && step.part === i),
        questionKey(enrolment.period.id, lesson.id, i),
      ),
    ),
    next: progress.lessons[index]?.next ?? 0,
    done: progress.lessons[index]?.done ?? false,
    previous: link(lessons[index - 1]),
    following: link(lessons[index + 1]),
    percent: progress.percent,
    minutesLeft: minutesLeft(lessons, progress.lessons),
    lessonsDone: progress.done,
  };
}

/** Stands for the seed of a retrieval question's arrangement: the same each time this learner sees it. */
export function questionKey(registration: string, lesson: string, part: number): string {
  return `${registration}/${lesson}/${part}`;
}

function partView(module: Module, part: LessonPart, step: StepRow | undefined, key: string): LessonPartView {
  const taken = step !== undefined;
  if (part.kind !== "question") return { ...part, taken };
  const form = arrangeItem(part.item, key);
  const response = step?.response ?? null;
  return {
    kind: "question",
    item: presentItem(part.item, form),
    taken,
    given: response ? showResponse(part.item, form, response) : null,
    explained: response ? explainItem(inAllLanguages(module, part.item), response) : null,
  };
}

/** A module to read on paper: all lessons, their questions without keys. */
export type PrintableModule = {
  requirement: { slug: string; title: string };
  title: string;
  /** Of the title. */
  language: Language;
  version: string;
  lessons: {
    id: string;
    title: string;
    minutes: number;
    language: Language;
    figure: string | null;
    parts: (
      | { kind: "text"; html: string }
      | { kind: "tomorrow"; text: string }
      | { kind: "question"; item: PresentedItem }
    )[];
  }[];
};

/** The actor's module to read on paper, in `language` where translated; null when it was never assigned to them. */
export async function printableFor(
  db: Db,
  actor: Actor,
  slug: string,
  language: Language = sourceLanguage,
): Promise<PrintableModule | null> {
  allow(actor, "learning.take", { personId: actor.id });
  const enrolment = await enrolmentFor(db, actor.id, slug);
  if (!enrolment) return null;
  const { requirement, period, module } = enrolment;
  const head = headIn(module.body, language);
  return {
    requirement: { slug, title: requirement.title },
    title: head.title,
    language: head.language,
    version: module.body.version,
    lessons: module.body.lessons.map((source) => {
      const { lesson, language: shown } = lessonIn(module.body, source, language);
      const { id, title, minutes, figure } = lesson;
      const parts = lesson.parts.map((part, i) =>
        part.kind === "question"
          ? {
              kind: part.kind,
              item: presentItem(part.item, arrangeItem(part.item, questionKey(period.id, id, i))),
            }
          : part,
      );
      return { id, title, minutes, language: shown, figure: figure ?? null, parts };
    }),
  };
}
