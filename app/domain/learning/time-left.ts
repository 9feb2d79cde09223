import type { Lesson } from "../content/module.ts";
import type { LessonProgress } from "./progress.ts";

/**
 * About how many minutes the lessons of `progress` still take: of each what its parts not yet taken are of its time, rounded up
 * as a whole, so that it is 0 only when nothing is left. Lessons not asked for take none.
 */
export function minutesLeft(
  lessons: readonly Pick<Lesson, "id" | "minutes">[],
  progress: readonly Pick<LessonProgress, "id" | "taken" | "parts" | "credited">[],
): number {
  const left = lessons.map(({ id, minutes }) => {
    const own = progress.find((one) => one.id === id);
    if (!own || own.credited || own.parts === 0) return 0;
    return (minutes * (own.parts - own.taken)) / own.parts;
  });
  return Math.ceil(left.reduce((sum, one) => sum + one, 0));
}
