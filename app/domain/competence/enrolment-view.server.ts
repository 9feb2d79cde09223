import { eq, inArray } from "drizzle-orm";
import type { Db } from "#db/client.server.ts";
import { certificate, certificateRevocation } from "#db/schema/evidence.ts";
import type { RevocationCategory } from "../evidence/certificate.ts";
import type { Module } from "../content/module.ts";
import { type AttemptRow } from "../learning/attempt.server.ts";
import { progressOf, type Step } from "../learning/progress.ts";
import { periodState, standing } from "./assignment.ts";
import type { EndReason } from "./plan.ts";
import { type AskedAgain, askedAgain } from "./retraining-reason.server.ts";
import { waiversOf } from "./board-row.server.ts";
import { type Enrolment } from "./enrolment.server.ts";
import { type AttemptPlan } from "./attempt-plan.server.ts";

/** What a learner should know of why something is asked, or is not. */
export type Notes = {
  /** Since when it is not asked any more. */
  ended: { at: Date; reason: EndReason | null } | null;
  /** Why what is open is asked before its time. */
  asked: AskedAgain | null;
  /** That the certificate was revoked on which the competence rested. */
  revoked: Revocation | null;
};
/** When a certificate was revoked, and what kind of reason a verifier learns. */
type Revocation = { at: Date; category: RevocationCategory | null };

/** Where the learner stands, by the period that stands; due is the newest. */
export async function standingOf(db: Db, enrolment: Enrolment, now: Date) {
  const { periods, period } = enrolment;
  const stands = standing(periods, now) ?? period;
  const waivers = await waiversOf(db, [stands.id]);
  return {
    state: periodState(stands, waivers.get(stands.id) ?? [], now),
    dueAt: period.dueAt,
    completedAt: stands.completedAt,
    expiresAt: stands.expiresAt,
  };
}

/** A certificate of a period, and whether it was revoked. */
type Proof = { id: string; revoked: Revocation | null };

/** The certificates of all periods of enrolments, by period. */
export async function certificatesByPeriod(
  db: Db,
  enrolments: readonly Enrolment[],
): Promise<Map<string, Proof>> {
  const ids = enrolments.flatMap((e) => e.periods.map((p) => p.id));
  if (ids.length === 0) return new Map();
  const rows = await db
    .select({
      id: certificate.id,
      registration: certificate.registration,
      at: certificateRevocation.revokedAt,
      category: certificateRevocation.category,
    })
    .from(certificate)
    .leftJoin(certificateRevocation, eq(certificateRevocation.certificateId, certificate.id))
    .where(inArray(certificate.registration, ids));
  return new Map(
    rows.map(({ id, registration, at, category }) => [
      registration,
      { id, revoked: at === null ? null : { at, category } },
    ]),
  );
}

/** What a learner should know of an enrolment, and its newest certificate unless that was revoked. */
export function notesOf(
  { periods, period }: Enrolment,
  certificates: ReadonlyMap<string, Proof>,
  reasons: ReadonlyMap<string, AskedAgain>,
): Notes & { certificateId: string | null } {
  const [newest] = periods.toReversed().flatMap((p) => certificates.get(p.id) ?? []);
  const revoked = newest?.revoked ?? null;
  // What was proven since does not rest on it.
  const lost = revoked !== null && (period.completedAt === null || period.completedAt < revoked.at);
  return {
    certificateId: newest && !newest.revoked ? newest.id : null,
    revoked: lost ? revoked : null,
    ended: period.endedAt === null ? null : { at: period.endedAt, reason: period.endedReason },
    asked: period.completedAt === null && period.endedAt === null ? askedAgain(period, reasons) : null,
  };
}

/** How far the lessons are. A refresher that has not asked yet wants none of them; those taken all the same count. */
export function percentOf(plan: AttemptPlan, module: Module, steps: readonly Step[]): number {
  const asked = plan.attempts.some((one) => one.submittedAt !== null);
  return progressOf(module, steps, asked ? plan.credited : new Set()).percent;
}

/** The attempt that is open, of those of one period. */
export function openOf(attempts: readonly AttemptRow[]): AttemptRow | undefined {
  return attempts.find((attempt) => attempt.submittedAt === null);
}
