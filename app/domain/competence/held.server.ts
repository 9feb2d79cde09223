import type { Db } from "#db/client.server.ts";
import { mayStart } from "../learning/attempt.ts";
import { grantedAttempts } from "../learning/attempt-grant.server.ts";
import type { AttemptPlan } from "./attempt-plan.server.ts";
import type { PeriodRow } from "./enrolment.server.ts";
import type { Held } from "./study.ts";

/** What holds the next attempt of a period; null where it may begin, none has been made, or none is needed. */
export async function heldOf(
  db: Db,
  period: Pick<PeriodRow, "id" | "completedAt">,
  { attempts, rules }: Pick<AttemptPlan, "attempts" | "rules">,
  now: Date,
): Promise<Held | null> {
  if (attempts.length === 0 || period.completedAt !== null) return null;
  const start = mayStart(rules, attempts, await grantedAttempts(db, period.id), now);
  if (start.ok || start.reason === "open" || start.reason === "passed") return null;
  return start.reason === "exhausted"
    ? { reason: start.reason }
    : { reason: start.reason, until: start.until };
}
