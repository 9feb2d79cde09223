import { asc, eq, inArray } from "drizzle-orm";
import { randomUUID } from "node:crypto";
import type { Db } from "#db/client.server.ts";
import { period } from "#db/schema/competence.ts";
import { attemptGrant } from "#db/schema/learning.ts";
import { recordEvents } from "../audit/event.server.ts";
import { type Actor, allow } from "../people/permission.ts";
import { refresherRules } from "./refresher.ts";
import { mayStart } from "./attempt.ts";
import { type AttemptRow, attemptsOf, moduleOf } from "./attempt.server.ts";

/** How many attempts HR has granted beyond those of the module. */
export async function grantedAttempts(db: Db, registration: string): Promise<number> {
  return db.$count(attemptGrant, eq(attemptGrant.registration, registration));
}

/** The grants of periods, oldest first, each with its reason. */
export function grantsOf(
  db: Db,
  registrations: readonly string[],
): Promise<{ registration: string; reason: string; grantedBy: string; grantedAt: Date }[]> {
  if (registrations.length === 0) return Promise.resolve([]);
  const { registration, reason, grantedBy, grantedAt } = attemptGrant;
  return db
    .select({ registration, reason, grantedBy, grantedAt })
    .from(attemptGrant)
    .where(inArray(registration, [...registrations]))
    .orderBy(asc(grantedAt), asc(attemptGrant.id));
}

/** Whether all attempts of a period are used up without a pass. `attempts` are all of the period. */
export async function isUsedUp(
  db: Db,
  attempts: readonly AttemptRow[],
  granted: number,
  now: Date,
): Promise<boolean> {
  const last = attempts.at(-1);
  if (!last || attempts.some((one) => one.submittedAt === null || one.passed)) return false;
  const { assessment } = (await moduleOf(db, last)).body;
  const rules = last.kind === "refresher" ? refresherRules(assessment, attempts.length) : assessment;
  const start = mayStart(rules, attempts, granted, now);
  return !start.ok && start.reason === "exhausted";
}

/**
 * Grants one more attempt for a period, with a reason that is kept; refused while attempts are left. Null when there is
 * no such period.
 */
export async function grantAttempt(
  db: Db,
  actor: Actor,
  input: { registration: string; reason: string },
  now: Date,
): Promise<{ ok: true } | { ok: false; reason: "attempts_left" } | null> {
  return db.transaction(async (tx) => {
    // Locked, so that two who grant at the same moment grant one.
    const [row] = await tx
      .select({ personId: period.personId })
      .from(period)
      .where(eq(period.id, input.registration))
      .for("update");
    allow(actor, "attempt.grant", { personId: row?.personId ?? null });
    if (!row) return null;
    const attempts = await attemptsOf(tx, [input.registration]);
    const granted = await grantedAttempts(tx, input.registration);
    if (!(await isUsedUp(tx, attempts, granted, now))) return { ok: false, reason: "attempts_left" };
    await tx.insert(attemptGrant).values({ ...input, id: randomUUID(), grantedBy: actor.id, grantedAt: now });
    const data = { personId: row.personId, registration: input.registration };
    await recordEvents(
      tx,
      actor,
      [{ type: "attempt.granted", subjectType: "period", subjectId: input.registration, data }],
      now,
    );
    return { ok: true };
  });
}
