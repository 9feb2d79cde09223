import { and, desc, eq } from "drizzle-orm";
import type { Db } from "#db/client.server.ts";
import { period, requirement, waiver } from "#db/schema/competence.ts";
import { policyVersion } from "#db/schema/content.ts";
import { certificate } from "#db/schema/evidence.ts";
import { naming } from "#db/schema/naming.ts";
import { person } from "#db/schema/people.ts";
import { acknowledgement } from "#db/schema/policies.ts";
import { recordEvents } from "../audit/event.server.ts";
import type { CertificateDisplay, CertificateStatus, RevocationCategory } from "../evidence/certificate.ts";
import { certificatesOf } from "../evidence/certificate.server.ts";
import { type Actor, allow, can, Forbidden } from "../people/permission.ts";
import { coversRequirement } from "../people/seat.ts";
import { openAcknowledgements } from "./acknowledgement-duty.server.ts";
import { type PeriodFacts, periodState, standing } from "./assignment.ts";
import type { RecognisedKind } from "./basis-kind.ts";
import { type PeriodState } from "./period-state.ts";
import type { EndReason, OpenedBy } from "./plan.ts";
import { type AskedAgain, askedAgain, retrainingReasons } from "./retraining-reason.server.ts";
import { evidenceOf, type PeriodEvidence } from "./record-evidence.server.ts";

export type RecordPeriod = PeriodFacts &
  Omit<PeriodEvidence, "usedUp"> & {
    id: string;
    state: PeriodState;
    /** What completed it other than the training itself. */
    recognisedAs: RecognisedKind | null;
    /** Why the requirement stopped asking it; null while it asks, and where no reason was kept. */
    endedReason: EndReason | null;
    /** What opened it; null before openings were told apart. */
    openedBy: OpenedBy | null;
    /** Why it is asked before its time. */
    asked: AskedAgain | null;
    /** That the certificate was revoked on which its competence rests. */
    revoked: { at: Date; category: RevocationCategory | null } | null;
    /** The number of the period whose proof it carries on, as the requirement asks it again. */
    carriedFrom: number | null;
    /** The one that speaks for the person now. */
    stands: boolean;
    certificate: {
      id: string;
      code: string;
      status: CertificateStatus;
      issuedAt: Date;
      expiresAt: Date;
      /** The date first printed, where a material change of the module, or training asked again, ended it earlier. */
      printedUntil: Date | null;
      /** The training asked again that ended it earlier; null where the module changed. */
      endedBy: AskedAgain | null;
      revokedAt: Date | null;
      revocationReason: string | null;
      revocationCategory: RevocationCategory | null;
      /** What the holder lets the public page show. */
      display: CertificateDisplay;
    } | null;
    /** Whether the reader may exempt the person from this period. */
    mayWaive: boolean;
    /** Whether the reader may grant an attempt: all are used up. */
    mayGrantAttempt: boolean;
  };

export type PersonRecord = {
  person: {
    id: string;
    name: string;
    email: string;
    department: string;
    title: string;
    location: string;
    manager: string | null;
    /** Where they are: their due dates and ends are days there. */
    timeZone: string;
    leftOn: string | null;
  };
  requirements: {
    slug: string;
    title: string;
    ended: boolean;
    /** The day on which it ended as a whole. */
    endedOn: string | null;
    state: PeriodState | null;
    /** Newest first. */
    periods: RecordPeriod[];
  }[];
  acknowledgements: { slug: string; title: string; version: string; at: Date }[];
  /** Policies that are asked for and not acknowledged, with the last day for it. */
  unacknowledged: { slug: string; title: string; version: string; due: Date; overdue: boolean }[];
  mayRevoke: boolean;
  /** Whether the reader may see statements in full, which hold answer keys. */
  mayReadEvidence: boolean;
};

/**
 * Everything that proves a person's competence (ISO/IEC 42001 7.2 d, 7.3), for the person, their manager, HR and
 * auditors. Opening somebody else's record is itself recorded. Null when there is no such person.
 */
export async function personRecord(
  db: Db,
  actor: Actor,
  personId: string,
  now: Date,
): Promise<PersonRecord | null> {
  const [who] = await db.select().from(person).where(eq(person.id, personId));
  allow(actor, "record.read", {
    personId,
    managerId: who?.managerId ?? null,
    department: who?.department ?? null,
  });
  // Other auditors and the people behind seats have no record.
  if (!who || who.roles.includes("external_auditor")) return null;
  return db.transaction(async (tx) => {
    const [manager] = who.managerId
      ? await tx.select({ name: person.name }).from(person).where(eq(person.id, who.managerId))
      : [];
    const all = await tx
      .select({ period, requirement })
      .from(period)
      .innerJoin(requirement, eq(requirement.slug, period.requirementSlug))
      .where(eq(period.personId, personId))
      .orderBy(requirement.position, requirement.slug, desc(period.number));
    const rows = all.filter((row) => coversRequirement(actor.scope, row.requirement.slug));
    if (actor.scope?.requirements && rows.length === 0) throw new Forbidden("record.read");
    const evidence = await evidenceOf(
      tx,
      rows.map((row) => row.period.id),
      now,
    );
    const of = { personId, managerId: who.managerId };
    const mayWaive = can(actor, "waiver.grant", of);
    const mayGrant = can(actor, "attempt.grant", of);
    const certificates = await certificatesOf(tx, actor, personId, now);
    const reasons = await retrainingReasons(tx, [
      ...rows.map((row) => row.period.retrainingId),
      ...certificates.map((one) => one.endedByRetraining),
    ]);
    const groups = new Map<string, PersonRecord["requirements"][number]>();
    for (const { requirement: one, period: p } of rows) {
      const siblings = rows.flatMap((r) => (r.requirement.slug === one.slug ? [r.period] : []));
      const group = groups.get(one.slug) ?? {
        slug: one.slug,
        title: one.title,
        ended: one.endedOn !== null,
        endedOn: one.endedOn,
        state: null,
        periods: [],
      };
      groups.set(one.slug, group);
      const { usedUp, ...behind } = evidence(p.id);
      const state = periodState(p, behind.waivers, now);
      const stands = standing(siblings, now)?.id === p.id;
      if (stands) group.state = state;
      const proof = certificates.find((c) => c.registration === p.id);
      group.periods.push({
        ...factsOf(p),
        ...behind,
        recognisedAs: p.recognisedAs,
        endedReason: p.endedReason,
        openedBy: p.openedBy,
        asked: askedAgain(p, reasons),
        revoked: revocationOf(certificates.find((c) => c.registration === (p.carriedFrom ?? p.id))),
        carriedFrom: siblings.find((other) => other.id === p.carriedFrom)?.number ?? null,
        state,
        stands,
        certificate: proof
          ? certificateOf({ ...proof, endedBy: reasons.get(proof.endedByRetraining ?? "") ?? null })
          : null,
        mayWaive: mayWaive && stands && p.completedAt === null,
        mayGrantAttempt: mayGrant && usedUp,
      });
    }
    const acknowledgements = (await acknowledgementsOf(tx, personId)).filter(
      // A seat for some requirements sees what was acknowledged for these.
      (one) => !actor.scope?.requirements || groups.has(one.requirement ?? ""),
    );
    const open = (await openAcknowledgements(tx, now, [personId])).filter(
      ({ requirements }) => !actor.scope?.requirements || requirements.some((slug) => groups.has(slug)),
    );
    if (actor.id !== personId) {
      await recordEvents(
        tx,
        actor,
        [{ type: "record.read", subjectType: "person", subjectId: personId, data: { personId } }],
        now,
      );
    }
    const { id, name, email, department, title, location, timeZone, leftOn } = who;
    return {
      person: {
        id,
        name,
        email,
        department,
        title,
        location,
        timeZone,
        leftOn,
        manager: manager?.name ?? null,
      },
      requirements: [...groups.values()],
      acknowledgements: acknowledgements.map(({ requirement: _requirement, ...one }) => one),
      unacknowledged: open.map(({ slug, title, version, due }) => ({
        slug,
        title,
        version,
        due,
        overdue: due <= now,
      })),
      mayRevoke: can(actor, "certificate.revoke", of),
      // Nobody needs the answer keys of their own next attempt.
      mayReadEvidence: actor.id !== personId && can(actor, "evidence.read", {}),
    };
  });
}

/** Whether a period, a waiver, a naming or a certificate belongs to a person: what is done on a record stays on it. */
export async function isOnRecord(
  db: Db,
  personId: string,
  entry: { periodId: string } | { certificateId: string } | { waiverId: string } | { namingId: string },
): Promise<boolean> {
  if ("namingId" in entry)
    return (await db.$count(naming, and(eq(naming.id, entry.namingId), eq(naming.personId, personId)))) > 0;
  if ("waiverId" in entry) {
    const rows = await db
      .select({ id: waiver.id })
      .from(waiver)
      .innerJoin(period, eq(period.id, waiver.periodId))
      .where(and(eq(waiver.id, entry.waiverId), eq(period.personId, personId)));
    return rows.length > 0;
  }
  const found =
    "periodId" in entry
      ? await db.$count(period, and(eq(period.id, entry.periodId), eq(period.personId, personId)))
      : await db.$count(
          certificate,
          and(eq(certificate.id, entry.certificateId), eq(certificate.personId, personId)),
        );
  return found > 0;
}

function factsOf(row: typeof period.$inferSelect): PeriodFacts & { id: string } {
  const { id, number, assignedAt, dueAt, graceUntil, startedAt, completedAt } = row;
  const { renewFrom, expiresAt, supersededAt, endedAt } = row;
  return {
    id,
    number,
    assignedAt,
    dueAt,
    graceUntil,
    startedAt,
    completedAt,
    renewFrom,
    expiresAt,
    supersededAt,
    endedAt,
  };
}

function revocationOf(
  one: { revokedAt: Date | null; revocationCategory: RevocationCategory | null } | undefined,
): RecordPeriod["revoked"] {
  return one && one.revokedAt !== null ? { at: one.revokedAt, category: one.revocationCategory } : null;
}

function certificateOf(row: NonNullable<RecordPeriod["certificate"]>): RecordPeriod["certificate"] {
  const { id, code, status, issuedAt, expiresAt, printedUntil, endedBy } = row;
  const { revokedAt, revocationReason, revocationCategory, display } = row;
  return {
    id,
    code,
    status,
    issuedAt,
    expiresAt,
    printedUntil,
    endedBy,
    revokedAt,
    revocationReason,
    revocationCategory,
    display,
  };
}

function acknowledgementsOf(
  tx: Db,
  personId: string,
): Promise<(PersonRecord["acknowledgements"][number] & { requirement: string | null })[]> {
  return tx
    .select({
      slug: policyVersion.slug,
      title: policyVersion.title,
      version: policyVersion.version,
      at: acknowledgement.at,
      requirement: period.requirementSlug,
    })
    .from(acknowledgement)
    .leftJoin(period, eq(period.id, acknowledgement.registration))
    .innerJoin(policyVersion, eq(policyVersion.id, acknowledgement.policyVersionId))
    .where(eq(acknowledgement.personId, personId))
    .orderBy(desc(acknowledgement.at));
}
