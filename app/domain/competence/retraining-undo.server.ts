import { and, asc, eq, gt, inArray, isNull, or, type SQL, sql } from "drizzle-orm";
import type { Db } from "#db/client.server.ts";
import { periodBefore } from "#db/schema/board.ts";
import { period } from "#db/schema/competence.ts";
import { recordEvents } from "../audit/event.server.ts";
import { withdrawEnds } from "../evidence/certificate-end.server.ts";
import { type Actor, allow } from "../people/permission.ts";
import { keepFacts } from "./earlier-facts.server.ts";

export type WithdrawalRefusal = "begun" | "moved" | "nothing_left";

type Asked = {
  /** The period that stood when training was asked again, and when that was. */
  periodId: string;
  at: Date;
  retrainingId: string;
  /** The period that it opened; null where a renewal was open already. */
  openedId: string | null;
};

/**
 * Takes back that training was asked again of a person, where they have not begun it: the competence and its certificate
 * count as long as before. The period that it opened stays as the renewal that will be due then, because cycles follow each
 * other without a gap; until its time comes nobody is asked for it. What was known in between can still be told. Null when
 * there is no such period.
 */
export async function withdrawRetraining(
  db: Db,
  actor: Actor,
  of: Asked,
  now: Date,
): Promise<{ ok: true } | { ok: false; reason: WithdrawalRefusal } | null> {
  return db.transaction(async (tx) => {
    const [stands] = await tx.select().from(period).where(eq(period.id, of.periodId));
    allow(actor, "retraining.withdraw", { personId: stands?.personId ?? null });
    if (!stands) return null;
    const { personId, requirementSlug } = stands;
    const own = await tx
      .select()
      .from(period)
      .where(and(eq(period.personId, personId), eq(period.requirementSlug, requirementSlug)))
      .orderBy(asc(period.number))
      .for("update");
    const opened = own.find((one) => one.id === of.openedId);
    if (opened && (opened.startedAt !== null || opened.completedAt !== null))
      return { ok: false, reason: "begun" };
    const current = own.find((one) => one.id === of.periodId);
    const lapsed = current?.expiresAt == null || current.expiresAt <= now || current.supersededAt !== null;
    if (lapsed || current.endedAt !== null) return { ok: false, reason: "nothing_left" };
    const ids = own.map((one) => one.id);
    const kept = await keptAt(tx, ids, eq(periodBefore.until, of.at));
    if (kept.length === 0) return { ok: false, reason: "nothing_left" };
    const moved = kept.map((one) => one.periodId);
    const later = await keptAt(tx, [...moved, ...(opened ? [opened.id] : [])], gt(periodBefore.until, of.at));
    if (later.length > 0) return { ok: false, reason: "moved" };
    await restore(tx, of, moved, now);
    await tx
      .update(period)
      .set({ retrainingId: null })
      .where(
        and(inArray(period.id, ids), eq(period.retrainingId, of.retrainingId), isNull(period.completedAt)),
      );
    await withdrawEnds(tx, { registrations: moved, broughtBy: of.retrainingId }, now);
    const data = { personId, requirement: requirementSlug };
    await recordEvents(
      tx,
      actor,
      [{ type: "retraining.withdrawn", subjectType: "period", subjectId: stands.id, data }],
      now,
    );
    return { ok: true };
  });
}

function keptAt(tx: Db, ids: readonly string[], when: SQL) {
  return tx
    .selectDistinct({ periodId: periodBefore.periodId })
    .from(periodBefore)
    .where(and(inArray(periodBefore.periodId, [...ids]), when));
}

/** Gives periods the dates back that they had before, and lets the one opened be due when the competence then ends. */
async function restore(tx: Db, of: Asked, moved: readonly string[], now: Date): Promise<void> {
  const touched = [...moved, ...(of.openedId === null ? [] : [of.openedId])];
  await keepFacts(tx, inArray(period.id, touched), now);
  await tx.execute(sql`
    update period p set expires_at = b.expires_at, renew_from = b.renew_from, anchor_on = b.anchor_on,
      due_at = b.due_at, grace_until = b.grace_until, due_days = b.due_days, grace_days = b.grace_days
    from period_before b
    where b.period_id = p.id and b.until = ${of.at.toISOString()}::timestamptz
      and ${inArray(sql`p.id`, [...moved])}`);
  if (of.openedId === null) return;
  const end = sql`(select e.expires_at from period e where e.id = ${of.periodId}::uuid)`;
  await tx
    .update(period)
    .set({ dueAt: end, graceUntil: end, dueDays: null, graceDays: null, openedBy: "schedule" })
    .where(
      and(
        eq(period.id, of.openedId),
        isNull(period.startedAt),
        or(isNull(period.endedAt), gt(period.endedAt, now)),
      ),
    );
}
