import { and, eq, isNull, or } from "drizzle-orm";
import type { Db } from "#db/client.server.ts";
import { period } from "#db/schema/competence.ts";
import { certificate } from "#db/schema/evidence.ts";
import { recordEvents } from "../audit/event.server.ts";
import type { RevocationCategory } from "../evidence/certificate.ts";
import { revokeCertificate } from "../evidence/certificate.server.ts";
import type { Actor } from "../people/permission.ts";
import { openPeriods } from "./assignment.server.ts";

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
    .select()
    .from(period)
    .where(and(eq(period.id, periodId), isNull(period.supersededAt)))
    .for("update");
  if (!row) return;
  // A later period that carries the same competence on proves no more than this one does.
  await tx
    .update(period)
    .set({ supersededAt: now })
    .where(and(isNull(period.supersededAt), or(eq(period.id, row.id), eq(period.carriedFrom, row.id))));
  // A renewal that is open already takes its place.
  const entries = await openPeriods(tx, [row.personId], now, { slug: row.requirementSlug });
  await recordEvents(tx, actor, entries, now);
}
