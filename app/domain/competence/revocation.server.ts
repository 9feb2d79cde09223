import { and, eq, isNull } from "drizzle-orm";
import { randomUUID } from "node:crypto";
import type { Db } from "#db/client.server.ts";
import { period, requirement } from "#db/schema/competence.ts";
import { certificate } from "#db/schema/evidence.ts";
import { person } from "#db/schema/people.ts";
import { recordEvents } from "../audit/event.server.ts";
import type { RevocationCategory } from "../evidence/certificate.ts";
import { revokeCertificate } from "../evidence/certificate.server.ts";
import type { Actor } from "../people/permission.ts";
import { applies } from "./requirement.ts";

const day = 86_400_000;

/**
 * Revokes a certificate and, where it is the one that stands, ends the competence it proved: the period is left behind
 * and the next one opens at once, with the time a newly assigned person has. Earlier certificates end nothing.
 */
export async function revokeCompetence(
  db: Db,
  actor: Actor,
  certificateId: string,
  reason: string,
  now: Date,
  category?: RevocationCategory,
): ReturnType<typeof revokeCertificate> {
  return db.transaction(async (tx) => {
    const revoked = await revokeCertificate(tx, actor, certificateId, reason, now, category);
    if (!revoked.ok) return revoked;
    const [row] = await tx
      .select({ periodId: certificate.registration })
      .from(certificate)
      .where(eq(certificate.id, certificateId));
    if (row) await endCompetence(tx, actor, row.periodId, now);
    return revoked;
  });
}

/**
 * Leaves a completed period behind, where it is the one that stands, and opens the next at once, with the time a newly
 * assigned person has. In the caller's transaction; changes nothing about an earlier period.
 */
export async function endCompetence(tx: Db, actor: Actor, periodId: string, now: Date): Promise<void> {
  const [row] = await tx
    .select({ period, person, requirement })
    .from(period)
    .innerJoin(person, eq(person.id, period.personId))
    .innerJoin(requirement, eq(requirement.slug, period.requirementSlug))
    .where(and(eq(period.id, periodId), isNull(period.supersededAt)))
    .for("update", { of: period });
  if (!row) return;
  await tx.update(period).set({ supersededAt: now }).where(eq(period.id, row.period.id));
  const { body, endedOn } = row.requirement;
  if (endedOn !== null || !applies(body, row.person, now.toISOString().slice(0, 10))) return;
  const { personId, requirementSlug } = row.period;
  const number = row.period.number + 1;
  const dueAt = new Date(now.getTime() + body.dueDays * day);
  const graceUntil = new Date(dueAt.getTime() + body.graceDays * day);
  // A renewal that is open already takes its place.
  const [opened] = await tx
    .insert(period)
    .values({ id: randomUUID(), personId, requirementSlug, number, assignedAt: now, dueAt, graceUntil })
    .onConflictDoNothing()
    .returning({ id: period.id });
  if (!opened) return;
  const data = { personId, requirement: requirementSlug, number, dueAt: dueAt.toISOString() };
  await recordEvents(
    tx,
    actor,
    [{ type: "period.assigned", subjectType: "period", subjectId: opened.id, data }],
    now,
  );
}
