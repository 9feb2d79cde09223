import { desc, eq } from "drizzle-orm";
import { randomBytes, randomUUID } from "node:crypto";
import type { Db } from "#db/client.server.ts";
import { period } from "#db/schema/competence.ts";
import { certificate, certificateDisplay, certificateRevocation } from "#db/schema/evidence.ts";
import { person } from "#db/schema/people.ts";
import { recordEvents } from "../audit/event.server.ts";
import { bindWords } from "./audit-words.ts";
import { allow, type Actor, Forbidden } from "../people/permission.ts";
import { coversRequirement } from "../people/seat.ts";
import { type CertificateRecord, certificates, recordOf } from "./certificate-row.server.ts";
import {
  type Certificate,
  certificateCode,
  type CertificateDisplay,
  codeBytes,
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
