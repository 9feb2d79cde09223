import { and, eq, isNull, or } from "drizzle-orm";
import type { Db } from "#db/client.server.ts";
import { period } from "#db/schema/competence.ts";
import { certificate } from "#db/schema/evidence.ts";
import { recordEvents } from "../audit/event.server.ts";
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
): ReturnType<typeof revokeCertificate> {
  return db.transaction(async (tx) => {
    const revoked = await revokeCertificate(tx, actor, certificateId, reason, now);
    if (!revoked.ok) return revoked;
    const [row] = await tx
      .select({ period })
      .from(certificate)
      .innerJoin(period, eq(period.id, certificate.registration))
      .where(and(eq(certificate.id, certificateId), isNull(period.supersededAt)))
      .for("update", { of: period });
    if (!row) return revoked;
    // A later period that carries the same competence on proves no more than the certificate does.
    await tx
      .update(period)
      .set({ supersededAt: now })
      .where(
        and(
          isNull(period.supersededAt),
          or(eq(period.id, row.period.id), eq(period.carriedFrom, row.period.id)),
        ),
      );
    const { personId, requirementSlug: slug } = row.period;
    // A renewal that is open already takes its place.
    await recordEvents(tx, actor, await openPeriods(tx, [personId], now, { slug }), now);
    return revoked;
  });
}
