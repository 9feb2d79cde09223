import type { Db } from "#db/client.server.ts";
import type { Module } from "../content/module.ts";
import { attemptsOf, type AttemptRow } from "../learning/attempt.server.ts";
import type { AttemptKind } from "../learning/attempt-kind.ts";
import { objectiveScoresOf } from "../learning/objective-score.server.ts";
import { creditedLessons, refresherBlueprint, refresherRules } from "../learning/refresher.ts";
import type { Enrolment } from "./enrolment.server.ts";
import type { OpenedBy } from "./plan.ts";

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
  enrolment: Pick<Enrolment, "period" | "periods" | "module">,
  known?: readonly AttemptRow[],
): Promise<AttemptPlan> {
  const { period, module } = enrolment;
  const attempts = known ? [...known] : await attemptsOf(db, [period.id]);
  const { assessment } = module.body;
  if (!isRefresher(enrolment))
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

/** Training asked again for one of these is taken in full: something has changed or gone wrong since it was learned. */
const inFull: readonly (OpenedBy | null)[] = [
  "material_content",
  "material_policy",
  "system",
  "incident",
  "hr",
];

/**
 * Whether a period asks first and teaches only what was missed: the renewal, where its module allows it, of somebody who has
 * completed it before.
 */
export function isRefresher({
  period,
  periods,
  module,
}: Pick<Enrolment, "period" | "periods" | "module">): boolean {
  if (module.body.assessment.refresher !== true || inFull.includes(period.openedBy)) return false;
  return periods.some((one) => one.number < period.number && one.completedAt !== null);
}
