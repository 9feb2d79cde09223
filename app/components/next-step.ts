import type { PeriodState } from "#app/domain/competence/period-state.ts";
import { isToDo } from "#app/domain/competence/agenda.ts";

/** Where a learner goes on with a requirement, and what the button says. */
export function nextStep(requirement: {
  slug: string;
  state: PeriodState;
  percent: number;
  nextLesson: string | null;
  openAttemptId: string | null;
}): { to: string; label: string } {
  const { slug, state, percent, nextLesson, openAttemptId } = requirement;
  if (openAttemptId) return { to: `/attempts/${openAttemptId}`, label: "Resume the assessment" };
  if (!isToDo(state)) return { to: `/learn/${slug}`, label: "Look again" };
  if (nextLesson)
    return {
      to: `/learn/${slug}/lessons/${nextLesson}`,
      label: percent === 0 ? "Start" : "Continue",
    };
  return { to: `/learn/${slug}`, label: "Finish" };
}
