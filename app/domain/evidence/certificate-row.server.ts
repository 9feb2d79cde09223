import { eq, sql } from "drizzle-orm";
import type { Db } from "#db/client.server.ts";
import {
  certificate,
  certificateDisplay,
  certificateEnd,
  certificateRevocation,
} from "#db/schema/evidence.ts";
import { organisation, person } from "#db/schema/people.ts";
import { lastDayUntil, localDay } from "../people/local-day.ts";
import {
  type Certificate,
  type CertificateDisplay,
  certificateStatus,
  type CertificateStatus,
  type RevocationCategory,
} from "./certificate.ts";

/** A certificate with its standing, its issuer and, when revoked, since when and why. */
export type CertificateRecord = Certificate & {
  /** The date printed when it was issued, where a material change of the module, or training asked again, ended it earlier; else null. */
  printedUntil: Date | null;
  /** The asking that ended it earlier; null where the module changed, and where nothing did. */
  endedByRetraining: string | null;
  status: CertificateStatus;
  organisation: string;
  /** Where the holder is. */
  timeZone: string;
  revokedAt: Date | null;
  revocationReason: string | null;
  revocationCategory: RevocationCategory | null;
  /** What the holder lets the public page show. */
  display: CertificateDisplay;
};

/** Certificates with their holders, revocations, ends and what is shown of them, for a condition of the caller. */
export function certificates(db: Db) {
  return db
    .select({
      certificate,
      managerId: person.managerId,
      timeZone: person.timeZone,
      department: person.department,
      organisation: organisation.name,
      revokedAt: certificateRevocation.revokedAt,
      revocationReason: certificateRevocation.reason,
      revocationCategory: certificateRevocation.category,
      showName: certificateDisplay.showName,
      showScore: certificateDisplay.showScore,
      endsAt: sql<Date | null>`(
        select min(e.ends_at) from certificate_end e where e.certificate_id = ${certificate.id} and e.withdrawn_at is null)`.mapWith(
        certificateEnd.endsAt,
      ),
      endedByRetraining: sql<string | null>`(
        select (select r.id from retraining r where r.id = e.module_version_id) from certificate_end e
        where e.certificate_id = ${certificate.id} and e.withdrawn_at is null order by e.ends_at, e.at limit 1)`,
    })
    .from(certificate)
    .innerJoin(person, eq(person.id, certificate.personId))
    .innerJoin(organisation, eq(organisation.id, 1))
    .leftJoin(certificateRevocation, eq(certificateRevocation.certificateId, certificate.id))
    .leftJoin(certificateDisplay, eq(certificateDisplay.certificateId, certificate.id))
    .$dynamic();
}

export type CertificateRow = Awaited<ReturnType<typeof certificates>>[number];

/** A certificate as it stands at `now`. */
export function recordOf(row: CertificateRow, now: Date): CertificateRecord {
  const { organisation, revokedAt, revocationReason, revocationCategory } = row;
  const printed = row.certificate.expiresAt;
  const expiresAt = row.endsAt !== null && row.endsAt < printed ? row.endsAt : printed;
  const status = certificateStatus({ expiresAt, revokedAt }, now);
  return {
    ...row.certificate,
    expiresAt,
    printedUntil: expiresAt < printed ? printed : null,
    endedByRetraining: row.endedByRetraining,
    status,
    organisation,
    timeZone: row.timeZone,
    revokedAt,
    revocationReason,
    revocationCategory,
    display: { showName: row.showName ?? false, showScore: row.showScore ?? false },
  };
}

export type Days = { issued: string; last: string };

/** From which day until which a certificate is for use, where its holder is. */
export function daysOf(of: { issuedAt: Date; expiresAt: Date; timeZone: string }): Days {
  return { issued: localDay(of.issuedAt, of.timeZone), last: lastDayUntil(of.expiresAt, of.timeZone) };
}
