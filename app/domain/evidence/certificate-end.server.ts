import { and, eq, inArray, isNull } from "drizzle-orm";
import type { Db } from "#db/client.server.ts";
import { certificate, certificateEnd } from "#db/schema/evidence.ts";

/** Ends certificates before the date printed on them: a version changed their module materially, or it is asked again. */
export async function endCertificates(
  tx: Db,
  ends: readonly { certificateId: string; endsAt: Date }[],
  broughtBy: string,
  now: Date,
): Promise<void> {
  if (ends.length === 0) return;
  await tx
    .insert(certificateEnd)
    .values(ends.map((one) => ({ ...one, broughtBy, at: now })))
    .onConflictDoNothing();
}

/**
 * Lets what brought the end of the certificates of some registrations count no more, because it was taken back, in the
 * caller's transaction. That they had ended earlier stays written.
 */
export async function withdrawEnds(
  tx: Db,
  of: { registrations: readonly string[]; broughtBy: string },
  now: Date,
): Promise<void> {
  const own = tx
    .select({ id: certificate.id })
    .from(certificate)
    .where(inArray(certificate.registration, [...of.registrations]));
  await tx
    .update(certificateEnd)
    .set({ withdrawnAt: now })
    .where(
      and(
        eq(certificateEnd.broughtBy, of.broughtBy),
        isNull(certificateEnd.withdrawnAt),
        inArray(certificateEnd.certificateId, own),
      ),
    );
}
