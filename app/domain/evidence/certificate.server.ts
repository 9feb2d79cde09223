import { desc, eq, sql } from "drizzle-orm";
import { randomBytes, randomUUID } from "node:crypto";
import type { Db } from "#db/client.server.ts";
import { period } from "#db/schema/competence.ts";
import { certificate, certificateEnd, certificateRevocation } from "#db/schema/evidence.ts";
import { organisation, person } from "#db/schema/people.ts";
import { recordEvents } from "../audit/event.server.ts";
import { allow, type Actor, Forbidden } from "../people/permission.ts";
import { coversRequirement } from "../people/seat.ts";
import {
  type Certificate,
  certificateCode,
  certificateStatus,
  type CertificateStatus,
  codeBytes,
  readCode,
} from "./certificate.ts";

/**
 * Issues the certificate of a completed period, in the transaction that completes it. The holder's name is printed as it
 * is now. One per period: a second issue fails. The caller records `issuedEvent(certificate)` with its own events.
 */
export async function issueCertificate(
  tx: Db,
  input: {
    registration: string;
    personId: string;
    title: string;
    moduleVersionId: string;
    moduleVersion: string;
    /** 0..100 */
    scorePercent: number;
    expiresAt: Date;
  },
  now: Date,
): Promise<Certificate> {
  const [holder] = await tx.select({ name: person.name }).from(person).where(eq(person.id, input.personId));
  if (!holder) throw new Error(`no person ${input.personId}`);
  const row: Certificate = {
    ...input,
    id: randomUUID(),
    holderName: holder.name,
    scorePercent: Math.round(input.scorePercent),
    issuedAt: now,
    code: certificateCode(randomBytes(codeBytes)),
  };
  await tx.insert(certificate).values(row);
  return row;
}

/** A certificate with its standing, its issuer and, when revoked, since when and why. */
export type CertificateRecord = Certificate & {
  /** The date printed when it was issued, where a material change of the module ended it earlier; else null. */
  printedUntil: Date | null;
  status: CertificateStatus;
  organisation: string;
  revokedAt: Date | null;
  revocationReason: string | null;
};

/**
 * One certificate, for its holder, their manager, HR and auditors. Null when there is none. Opening somebody else's is
 * itself recorded.
 */
export async function certificateFor(
  db: Db,
  actor: Actor,
  id: string,
  now: Date,
): Promise<CertificateRecord | null> {
  const [row] = await certificates(db).where(eq(certificate.id, id));
  if (!row) return null;
  const { personId, registration } = row.certificate;
  allow(actor, "certificate.read", { personId, managerId: row.managerId, department: row.department });
  if (!(await isWithin(db, actor, registration))) throw new Forbidden("certificate.read");
  if (actor.id !== personId)
    await db.transaction((tx) =>
      recordEvents(
        tx,
        actor,
        [
          {
            type: "record.read",
            subjectType: "person",
            subjectId: personId,
            data: { personId, through: "certificate" },
          },
        ],
        now,
      ),
    );
  return recordOf(row, now);
}

/** Whether a seat covers the requirement that a period is of. */
async function isWithin(db: Db, actor: Actor, periodId: string): Promise<boolean> {
  if (!actor.scope?.requirements) return true;
  const [row] = await db.select({ slug: period.requirementSlug }).from(period).where(eq(period.id, periodId));
  return row !== undefined && coversRequirement(actor.scope, row.slug);
}

/** A person's certificates, newest first. */
export async function certificatesOf(
  db: Db,
  actor: Actor,
  personId: string,
  now: Date,
): Promise<CertificateRecord[]> {
  const [holder] = await db
    .select({ managerId: person.managerId, department: person.department })
    .from(person)
    .where(eq(person.id, personId));
  allow(actor, "certificate.read", {
    personId,
    managerId: holder?.managerId ?? null,
    department: holder?.department ?? null,
  });
  const rows = await certificates(db)
    .where(eq(certificate.personId, personId))
    .orderBy(desc(certificate.issuedAt), desc(certificate.id));
  return rows.map((row) => recordOf(row, now));
}

/** Withdraws a certificate for a reason that is kept with it; the certificate itself stays as issued. */
export async function revokeCertificate(
  db: Db,
  actor: Actor,
  id: string,
  reason: string,
  now: Date,
): Promise<{ ok: true } | { ok: false; reason: "unknown" | "already_revoked" }> {
  return db.transaction(async (tx) => {
    const [row] = await certificates(tx).where(eq(certificate.id, id));
    allow(actor, "certificate.revoke", { personId: row?.certificate.personId, managerId: row?.managerId });
    if (!row) return { ok: false, reason: "unknown" };
    const [revoked] = await tx
      .insert(certificateRevocation)
      .values({ certificateId: id, revokedAt: now, revokedBy: actor.id, reason })
      .onConflictDoNothing()
      .returning({ id: certificateRevocation.certificateId });
    if (!revoked) return { ok: false, reason: "already_revoked" };
    const { personId } = row.certificate;
    await recordEvents(
      tx,
      actor,
      [
        {
          type: "certificate.revoked",
          subjectType: "certificate",
          subjectId: id,
          data: { personId, reason },
        },
      ],
      now,
    );
    return { ok: true };
  });
}

/** What anybody holding the code may know, and nothing else: no score, no person id, no reason of a revocation. */
export type Verification = {
  status: CertificateStatus;
  code: string;
  title: string;
  holderName: string;
  organisation: string;
  moduleVersion: string;
  issuedAt: Date;
  expiresAt: Date;
  /** See {@link CertificateRecord}. */
  printedUntil: Date | null;
  revokedAt: Date | null;
};

/** Looks a certificate up by the code printed on it, however it was typed. Null when there is none. */
export async function verificationOf(db: Db, typed: string, now: Date): Promise<Verification | null> {
  const code = readCode(typed);
  if (code === null) return null;
  const [row] = await certificates(db).where(eq(certificate.code, code));
  if (!row) return null;
  const { status, title, holderName, organisation, moduleVersion, issuedAt, ...dates } = recordOf(row, now);
  const { expiresAt, printedUntil, revokedAt } = dates;
  return {
    status,
    code,
    title,
    holderName,
    organisation,
    moduleVersion,
    issuedAt,
    expiresAt,
    printedUntil,
    revokedAt,
  };
}

function certificates(db: Db) {
  return db
    .select({
      certificate,
      managerId: person.managerId,
      department: person.department,
      organisation: organisation.name,
      revokedAt: certificateRevocation.revokedAt,
      revocationReason: certificateRevocation.reason,
      endsAt: sql<Date | null>`(
        select min(e.ends_at) from certificate_end e where e.certificate_id = ${certificate.id})`.mapWith(
        certificateEnd.endsAt,
      ),
    })
    .from(certificate)
    .innerJoin(person, eq(person.id, certificate.personId))
    .innerJoin(organisation, eq(organisation.id, 1))
    .leftJoin(certificateRevocation, eq(certificateRevocation.certificateId, certificate.id))
    .$dynamic();
}

type Row = Awaited<ReturnType<typeof certificates>>[number];

function recordOf(row: Row, now: Date): CertificateRecord {
  const { organisation, revokedAt, revocationReason } = row;
  const printed = row.certificate.expiresAt;
  const expiresAt = row.endsAt !== null && row.endsAt < printed ? row.endsAt : printed;
  const status = certificateStatus({ expiresAt, revokedAt }, now);
  return {
    ...row.certificate,
    expiresAt,
    printedUntil: expiresAt < printed ? printed : null,
    status,
    organisation,
    revokedAt,
    revocationReason,
  };
}

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
