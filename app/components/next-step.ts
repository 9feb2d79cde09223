import type { PeriodState } from "#app/domain/competence/period-state.ts";
import type { Held } from "#app/domain/competence/study.ts";
import { isOpen } from "#app/domain/competence/agenda.ts";
import { msg } from "#app/i18n/translate.ts";

/** Where a learner goes on with a requirement, and what the button says, to be translated where it is shown. */
export function nextStep(requirement: {
  slug: string;
  state: PeriodState;
  percent: number;
  nextLesson: string | null;
  nextPart: number;
  openAttemptId: string | null;
  held?: Held | null;
  ended?: object | null;
}): { to: string; label: string } {
  const { slug, percent, nextLesson, nextPart, openAttemptId, held = null } = requirement;
  if (openAttemptId) return { to: `/attempts/${openAttemptId}`, label: msg("Resume the assessment") };
  if (!isOpen(requirement)) return { to: `/learn/${slug}`, label: msg("Look again") };
  if (nextLesson)
    return {
      to: lessonAt(slug, nextLesson, nextPart),
      label: msg(percent === 0 ? "Start" : "Continue"),
    };
  // Nothing can be finished until the pause is over, or another attempt is granted.
  if (held) return { to: `/learn/${slug}`, label: msg("Look again") };
  return { to: `/learn/${slug}`, label: percent === 0 ? msg("Start") : msg("Finish") };
}

/** Address of a lesson at the part to go on with; a lesson not begun has its head. */
export function lessonAt(slug: string, lesson: string, part: number): string {
  return `/learn/${slug}/lessons/${lesson}${part > 0 ? `#part-${part}` : ""}`;
}
