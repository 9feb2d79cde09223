import { and, desc, eq, gt, inArray, isNull, sql } from "drizzle-orm";
import { randomBytes, randomUUID } from "node:crypto";
import type { Db } from "#db/client.server.ts";
import { period } from "#db/schema/competence.ts";
import {
  certificate,
  certificateDisplay,
  certificateEnd,
  certificateRevocation,
} from "#db/schema/evidence.ts";
import { organisation, person } from "#db/schema/people.ts";
import { recordEvents } from "../audit/event.server.ts";
import { bindWords } from "./audit-words.ts";
import { lastDayUntil, localDay } from "../people/local-day.ts";
import { allow, type Actor, Forbidden } from "../people/permission.ts";
import { coversRequirement } from "../people/seat.ts";
import {
  type Certificate,
  certificateCode,
  type CertificateDisplay,
  certificateStatus,
  type CertificateStatus,
  codeBytes,
  initialsOf,
  readCode,
  type RevocationCategory,
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

/** The holder chooses what anybody who checks a certificate sees of them; any time anew. Null when it is not theirs. */
export async function setCertificateDisplay(
  db: Db,
  actor: Actor,
  id: string,
  display: CertificateDisplay,
  now: Date,
): Promise<{ ok: true } | null> {
  return db.transaction(async (tx) => {
    const [row] = await certificates(tx).where(eq(certificate.id, id));
    if (!row) return null;
    const { personId } = row.certificate;
    allow(actor, "certificate.display", { personId });
    const { showName, showScore } = display;
    await tx
      .insert(certificateDisplay)
      .values({ certificateId: id, showName, showScore, changedAt: now })
      .onConflictDoUpdate({
        target: certificateDisplay.certificateId,
        set: { showName, showScore, changedAt: now },
      });
    const data = { personId, showName, showScore };
    await recordEvents(
      tx,
      actor,
      [{ type: "certificate.display_set", subjectType: "certificate", subjectId: id, data }],
      now,
    );
    return { ok: true };
  });
}

/**
 * Withdraws a certificate for a reason that is kept with it; the certificate itself stays as issued. Of the reason anybody
 * may know the category alone.
 */
export async function revokeCertificate(
  db: Db,
  actor: Actor,
  id: string,
  reason: string,
  now: Date,
  category: RevocationCategory = "other",
): Promise<{ ok: true } | { ok: false; reason: "unknown" | "already_revoked" }> {
  return db.transaction(async (tx) => {
    const [row] = await certificates(tx).where(eq(certificate.id, id));
    allow(actor, "certificate.revoke", { personId: row?.certificate.personId, managerId: row?.managerId });
    if (!row) return { ok: false, reason: "unknown" };
    const { salt, hash } = bindWords(reason);
    const [revoked] = await tx
      .insert(certificateRevocation)
      .values({ certificateId: id, revokedAt: now, revokedBy: actor.id, reason, reasonSalt: salt, category })
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
          data: { personId, reasonHash: hash, category },
        },
      ],
      now,
    );
    return { ok: true };
  });
}

type Days = { issued: string; last: string };

/** From which day until which a certificate is for use, where its holder is. */
function daysOf(of: { issuedAt: Date; expiresAt: Date; timeZone: string }): Days {
  return { issued: localDay(of.issuedAt, of.timeZone), last: lastDayUntil(of.expiresAt, of.timeZone) };
}

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
  /** See {@link CertificateRecord}. */
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

async function successorOf(db: Db, of: Row, now: Date): Promise<Verification["successor"]> {
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

function certificates(db: Db) {
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

type Row = Awaited<ReturnType<typeof certificates>>[number];

function recordOf(row: Row, now: Date): CertificateRecord {
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
