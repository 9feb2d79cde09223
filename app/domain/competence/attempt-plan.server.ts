import type { Db } from "#db/client.server.ts";
import type { Module } from "../content/module.ts";
import { attemptsOf, type AttemptRow } from "../learning/attempt.server.ts";
import type { AttemptKind } from "../learning/attempt-kind.ts";
import { objectiveScoresOf } from "../learning/objective-score.server.ts";
import { creditedLessons, refresherBlueprint, refresherRules } from "../learning/refresher.ts";
import type { Enrolment } from "./enrolment.server.ts";

/** What the next attempt of a period is, and what must come before it. */
export type AttemptPlan = {
  kind: Extract<AttemptKind, "assessment" | "refresher">;
  /** The attempts of the period that decide, in their order. */
  attempts: AttemptRow[];
  blueprint: Module["assessment"]["blueprint"];
  /** Lessons that need not be taken. */
  credited: Set<string>;
  rules: Pick<Module["assessment"], "attempts" | "coolDownHours">;
};

/** Plans the next attempt: a refresher in the renewal of a module that has one, else the assessment. */
export async function attemptPlanOf(
  db: Db,
  { period, module }: Pick<Enrolment, "period" | "module">,
  known?: readonly AttemptRow[],
): Promise<AttemptPlan> {
  const attempts = known ? [...known] : await attemptsOf(db, [period.id]);
  const { assessment } = module.body;
  if (!isRefresher({ period, module }))
    return {
      kind: "assessment",
      attempts,
      blueprint: assessment.blueprint,
      credited: new Set(),
      rules: assessment,
    };
  const scores = await objectiveScoresOf(db, module.body, attempts);
  return {
    kind: "refresher",
    attempts,
    blueprint: refresherBlueprint(module.body, scores),
    credited: creditedLessons(module.body, scores),
    rules: refresherRules(assessment, attempts.length),
  };
}

/** Whether a period is a renewal that asks first and teaches only what was missed. */
export function isRefresher({ period, module }: Pick<Enrolment, "period" | "module">): boolean {
  return period.number > 1 && module.body.assessment.refresher === true;
}
