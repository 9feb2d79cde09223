import { eq } from "drizzle-orm";
import { randomUUID } from "node:crypto";
import type { Db } from "#db/client.server.ts";
import { period, waiver } from "#db/schema/competence.ts";
import { recordEvents } from "../audit/event.server.ts";
import { type Actor, allow } from "../people/permission.ts";
import { decideWaiver, mayEndWaiver, type WaiverInput, type WaiverRefusal } from "./waiver.ts";

/**
 * Exempts a person from one period until the end of a day, with a reason (ISO/IEC 42001 7.2: the organisation decides
 * who must be competent, and keeps the evidence). A further waiver prolongs. Null when there is no such period.
 */
export async function grantWaiver(
  db: Db,
  actor: Actor,
  input: { periodId: string } & WaiverInput,
  now: Date,
): Promise<{ ok: true; until: Date } | { ok: false; reason: WaiverRefusal } | null> {
  return db.transaction(async (tx) => {
    // Locked, so that a completion at the same moment is seen.
    const [row] = await tx.select().from(period).where(eq(period.id, input.periodId)).for("update");
    allow(actor, "waiver.grant", { personId: row?.personId ?? null });
    if (!row) return null;
    const decision = decideWaiver(row, input.until, now);
    if (!decision.ok) return decision;
    const { until } = decision;
    await tx.insert(waiver).values({
      id: randomUUID(),
      periodId: row.id,
      reason: input.reason,
      grantedBy: actor.id,
      grantedAt: now,
      until,
    });
    const data = { personId: row.personId, requirement: row.requirementSlug, until: until.toISOString() };
    await recordEvents(
      tx,
      actor,
      [{ type: "waiver.granted", subjectType: "period", subjectId: row.id, data }],
      now,
    );
    return decision;
  });
}

/**
 * Ends a waiver before its last day, with a reason. The waiver stays as it was granted; that it ended, when, by whom and
 * why is written beside it, once. Null when there is no such waiver.
 */
export async function endWaiver(
  db: Db,
  actor: Actor,
  input: { waiverId: string; reason: string },
  now: Date,
): Promise<{ ok: true } | { ok: false; reason: WaiverRefusal } | null> {
  return db.transaction(async (tx) => {
    const [row] = await tx
      .select({ waiver, period })
      .from(waiver)
      .innerJoin(period, eq(period.id, waiver.periodId))
      .where(eq(waiver.id, input.waiverId))
      .for("update");
    allow(actor, "waiver.grant", { personId: row?.period.personId ?? null });
    if (!row) return null;
    if (!mayEndWaiver(row.waiver, now)) return { ok: false, reason: "ended" };
    await tx
      .update(waiver)
      .set({ endedAt: now, endedBy: actor.id, endReason: input.reason })
      .where(eq(waiver.id, row.waiver.id));
    const { id, personId, requirementSlug } = row.period;
    const data = { personId, requirement: requirementSlug, until: now.toISOString() };
    await recordEvents(
      tx,
      actor,
      [{ type: "waiver.ended", subjectType: "period", subjectId: id, data }],
      now,
    );
    return { ok: true };
  });
}
