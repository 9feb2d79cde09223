import { and, desc, eq, gt, isNull, sql } from "drizzle-orm";
import type { Db } from "#db/client.server.ts";
import { certificate, certificateRevocation } from "#db/schema/evidence.ts";
import { lastDayUntil } from "../people/local-day.ts";
import { type CertificateStatus, initialsOf, readCode, type RevocationCategory } from "./certificate.ts";
import { certificates, type CertificateRow, type Days, daysOf, recordOf } from "./certificate-row.server.ts";

/**
 * What anybody holding the code may know: of the holder no more than they agreed to, no person id, and of a revocation its
 * category, not its reason.
 */
export type Verification = {
  status: CertificateStatus;
  code: string;
  title: string;
  holder: { initials: string; name: string | null };
  /** Per cent of the passing attempt; null where the holder does not show it. */
  score: number | null;
  organisation: string;
  moduleVersion: string;
  issuedAt: Date;
  expiresAt: Date;
  /** See `CertificateRecord`. */
  printedUntil: Date | null;
  /** The same as days of where the holder is, which are those on the paper. */
  days: Days & { printed: string | null };
  /** Why it ends earlier than printed; null where it does not. */
  endsEarlyBy: "module" | "retraining" | null;
  revokedAt: Date | null;
  revocationCategory: RevocationCategory | null;
  /** The newest certificate that the same person earned later for the same module, unless it was revoked. */
  successor: { issuedAt: Date; expiresAt: Date; days: Days; status: CertificateStatus } | null;
};

/** Looks a certificate up by the code printed on it, however it was typed. Null when there is none. */
export async function verificationOf(db: Db, typed: string, now: Date): Promise<Verification | null> {
  const code = readCode(typed);
  if (code === null) return null;
  const [row] = await certificates(db).where(eq(certificate.code, code));
  if (!row) return null;
  const record = recordOf(row, now);
  const { status, title, holderName, organisation, moduleVersion, issuedAt, ...rest } = record;
  const { expiresAt, printedUntil, revokedAt, revocationCategory, display } = rest;
  return {
    status,
    code,
    title,
    holder: { initials: initialsOf(holderName), name: display.showName ? holderName : null },
    score: display.showScore ? rest.scorePercent : null,
    organisation,
    moduleVersion,
    issuedAt,
    expiresAt,
    printedUntil,
    days: {
      ...daysOf(record),
      printed: printedUntil && lastDayUntil(printedUntil, record.timeZone),
    },
    endsEarlyBy: printedUntil === null ? null : rest.endedByRetraining === null ? "module" : "retraining",
    revokedAt,
    revocationCategory,
    successor: await successorOf(db, row, now),
  };
}

async function successorOf(db: Db, of: CertificateRow, now: Date): Promise<Verification["successor"]> {
  const [next] = await certificates(db)
    .where(
      and(
        eq(certificate.personId, of.certificate.personId),
        gt(certificate.issuedAt, of.certificate.issuedAt),
        isNull(certificateRevocation.revokedAt),
        sql`(select m.slug from module_version m where m.id = ${certificate.moduleVersionId}) =
          (select m.slug from module_version m where m.id = ${of.certificate.moduleVersionId}::uuid)`,
      ),
    )
    .orderBy(desc(certificate.issuedAt))
    .limit(1);
  if (!next) return null;
  const record = recordOf(next, now);
  const { issuedAt, expiresAt, status } = record;
  return { issuedAt, expiresAt, days: daysOf(record), status };
}
