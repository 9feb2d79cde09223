import type { Db } from "#db/client.server.ts";
import { type Actor, allow } from "../people/permission.ts";
import { currentRules } from "../risk/rule-set.server.ts";
import type { EvaluationReport } from "./evaluation-report.ts";

/** The published evaluation, and whether other rules than the evaluated ones are in force now; null when there is none. */
export async function evaluationFor(
  db: Db,
  actor: Actor,
  report: EvaluationReport | null,
): Promise<{ report: EvaluationReport; isOfOtherRules: boolean } | null> {
  allow(actor, "evaluation.read", {});
  if (!report) return null;
  const rules = await currentRules(db);
  return { report, isOfOtherRules: rules?.hash !== report.ruleSet };
}
