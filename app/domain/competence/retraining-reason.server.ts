import { inArray } from "drizzle-orm";
import type { Db } from "#db/client.server.ts";
import { retraining } from "#db/schema/requirements.ts";
import type { OpenedBy } from "./plan.ts";
import { type RetrainingCause, retrainingCauses } from "./retraining.ts";

/** Why training is asked again before its time. */
export type AskedAgain = {
  cause: RetrainingCause;
  /** What HR wrote, or which version of a policy it was; null where the cause says it all. */
  reason: string | null;
  /** Null where it was not noted: the module changed. */
  at: Date | null;
};

/** Why training was asked again, by the id of each asking. */
export async function retrainingReasons(
  db: Db,
  ids: readonly (string | null)[],
): Promise<Map<string, AskedAgain>> {
  const known = [...new Set(ids.filter((id): id is string => id !== null))];
  if (known.length === 0) return new Map();
  const rows = await db.select().from(retraining).where(inArray(retraining.id, known));
  return new Map(
    rows.map(({ id, cause, reason, at }) => [
      id,
      // After a failed check the attempt is noted, which says nothing to people.
      { cause, reason: cause === "retention" ? null : reason, at },
    ]),
  );
}

/** Why a period is asked before its time; null where nothing but time or a rule asks it. */
export function askedAgain(
  of: { retrainingId: string | null; openedBy: OpenedBy | null },
  reasons: ReadonlyMap<string, AskedAgain>,
): AskedAgain | null {
  const known = of.retrainingId === null ? undefined : reasons.get(of.retrainingId);
  if (known) return known;
  const cause = retrainingCauses.find((one) => one === of.openedBy);
  return cause ? { cause, reason: null, at: null } : null;
}
