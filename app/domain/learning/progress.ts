import type { Lesson, Module } from "../content/module.ts";

/** A step taken: a part of a lesson that was read or answered. */
export type Step = { lesson: string; part: number };

export type LessonProgress = {
  id: string;
  /** Parts taken, and parts there are. */
  taken: number;
  parts: number;
  done: boolean;
  /** Not asked for: what it teaches was known. */
  credited: boolean;
  /** The first part not yet taken; the number of parts when all are. */
  next: number;
};

export type Progress = {
  lessons: LessonProgress[];
  /** Whole percentage of all parts; 100 only when every part is taken. */
  percent: number;
  done: boolean;
  /** Where to go on; null when all lessons are done. */
  nextLesson: string | null;
};

/**
 * How far somebody is in a module's lessons, those not counted that are `credited` to them. Steps of lessons that this
 * version does not have are ignored.
 */
export function progressOf(
  module: Pick<Module, "lessons">,
  steps: readonly Step[],
  credited: ReadonlySet<string> = new Set(),
): Progress {
  const lessons = module.lessons.map((lesson) => lessonProgress(lesson, steps, credited));
  const wanted = lessons.filter((lesson) => !lesson.credited);
  const parts = wanted.reduce((sum, lesson) => sum + lesson.parts, 0);
  const taken = wanted.reduce((sum, lesson) => sum + lesson.taken, 0);
  return {
    lessons,
    percent: parts === 0 ? 100 : Math.floor((taken / parts) * 100),
    done: taken === parts,
    nextLesson: wanted.find((lesson) => !lesson.done)?.id ?? null,
  };
}

function lessonProgress(
  lesson: Lesson,
  steps: readonly Step[],
  credited: ReadonlySet<string>,
): LessonProgress {
  const taken = new Set(steps.filter((step) => step.lesson === lesson.id).map((step) => step.part));
  const open = lesson.parts.findIndex((_, part) => !taken.has(part));
  const count = lesson.parts.filter((_, part) => taken.has(part)).length;
  return {
    id: lesson.id,
    taken: count,
    parts: lesson.parts.length,
    done: open === -1,
    credited: credited.has(lesson.id) && open !== -1,
    next: open === -1 ? lesson.parts.length : open,
  };
}
