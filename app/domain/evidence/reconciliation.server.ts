import { and, asc, eq, gt, inArray, isNotNull } from "drizzle-orm";
import type { Db } from "#db/client.server.ts";
import { auditEvent } from "#db/schema/audit.ts";
import { period } from "#db/schema/competence.ts";
import { certificate } from "#db/schema/evidence.ts";
import { attempt } from "#db/schema/learning.ts";
import { allow, type Actor } from "../people/permission.ts";
import { attemptGaps, type Gap, periodGaps } from "./reconciliation.ts";
import { statementsOfRecords } from "./record-statement.server.ts";
import { cmi5, type Statement } from "./statement.ts";
import { verbName } from "./statement-line.ts";

/** Rows compared at a time. */
const batch = 500;

export type Reconciliation = { periods: number; attempts: number; gaps: Gap[] };

/** Compares every completed period and submitted attempt with statements, certificates and audit log. */
export async function reconcile(db: Db, actor: Actor): Promise<Reconciliation> {
  allow(actor, "evidence.read", {});
  const gaps: Gap[] = [];
  let [periods, attempts] = [0, 0];
  for (let last = zero; ;) {
    const rows = await db
      .select({ id: period.id })
      .from(period)
      .where(and(isNotNull(period.completedAt), gt(period.id, last)))
      .orderBy(asc(period.id))
      .limit(batch);
    const end = rows.at(-1);
    if (!end) break;
    gaps.push(...(await gapsOfPeriods(db, idsOf(rows))));
    periods += rows.length;
    last = end.id;
  }
  for (let last = zero; ;) {
    const rows = await db
      .select({ id: attempt.id })
      .from(attempt)
      .where(and(isNotNull(attempt.submittedAt), gt(attempt.id, last)))
      .orderBy(asc(attempt.id))
      .limit(batch);
    const end = rows.at(-1);
    if (!end) break;
    gaps.push(...(await gapsOfAttempts(db, idsOf(rows))));
    attempts += rows.length;
    last = end.id;
  }
  return { periods, attempts, gaps };
}

const zero = "00000000-0000-0000-0000-000000000000";
const idsOf = (rows: readonly { id: string }[]): string[] => rows.map((row) => row.id);

/** What is missing here around these completed periods and the attempts submitted for them, by period. */
export async function gapsOfRecords(db: Db, periodIds: readonly string[]): Promise<Map<string, Gap[]>> {
  const gaps = new Map<string, Gap[]>(periodIds.map((id) => [id, []]));
  if (periodIds.length === 0) return gaps;
  const attempts = await db
    .select({ id: attempt.id, registration: attempt.registration })
    .from(attempt)
    .where(and(isNotNull(attempt.submittedAt), inArray(attempt.registration, [...periodIds])));
  const periodOf = new Map(attempts.map((row) => [row.id, row.registration]));
  const found = [...(await gapsOfPeriods(db, periodIds)), ...(await gapsOfAttempts(db, idsOf(attempts)))];
  for (const gap of found) gaps.get(periodOf.get(gap.id) ?? gap.id)?.push(gap);
  return gaps;
}

async function gapsOfPeriods(db: Db, ids: readonly string[]): Promise<Gap[]> {
  const rows = await db
    .select({ id: period.id, certificateId: certificate.id, recognisedAs: period.recognisedAs })
    .from(period)
    .leftJoin(certificate, eq(certificate.registration, period.id))
    .where(inArray(period.id, [...ids]))
    .orderBy(asc(period.id));
  const said = await saidIn(db, idsOf(rows));
  const completions = await eventsOn(db, "period.completed", idsOf(rows));
  const recognitions = await eventsOn(db, "period.recognised", idsOf(rows));
  const issues = await eventsOn(
    db,
    "certificate.issued",
    rows.flatMap((row) => row.certificateId ?? []),
  );
  return periodGaps(
    rows.map((row) => ({
      registration: row.id,
      verbs: (said.get(row.id) ?? []).map((one) => one.verb),
      certificate: row.certificateId !== null,
      recognised: row.recognisedAs !== null,
      completionEvent: (row.recognisedAs === null ? completions : recognitions).has(row.id),
      issueEvent: row.certificateId !== null && issues.has(row.certificateId),
    })),
  );
}

async function gapsOfAttempts(db: Db, ids: readonly string[]): Promise<Gap[]> {
  if (ids.length === 0) return [];
  const rows = await db
    .select({ attempt, completedAt: period.completedAt })
    .from(attempt)
    .leftJoin(period, eq(period.id, attempt.registration))
    .where(inArray(attempt.id, [...ids]))
    .orderBy(asc(attempt.id));
  const said = await saidIn(
    db,
    rows.map((row) => row.attempt.registration),
  );
  const submissions = await eventsOn(db, "attempt.submitted", ids);
  return attemptGaps(
    rows.map(({ attempt: row, completedAt }) => {
      const mine = (said.get(row.registration) ?? []).filter((one) => one.sessionId === row.id);
      return {
        attemptId: row.id,
        registration: row.registration,
        passed: row.passed,
        items: row.form.items.length,
        answered: mine.filter((one) => one.verb === "answered").length,
        verbs: mine.map((one) => one.verb),
        periodCompleted: completedAt !== null,
        submissionEvent: submissions.has(row.id),
      };
    }),
  );
}

/**
 * Verb names and sittings of what this product stated in each registration. What a client of the record store says there proves
 * nothing, and neither does what was voided.
 */
async function saidIn(
  db: Db,
  registrations: readonly string[],
): Promise<Map<string, { verb: string; sessionId: unknown }[]>> {
  const statements = await statementsOfRecords(db, registrations);
  return new Map(
    [...statements].map(([registration, rows]) => [
      registration,
      rows
        .filter((row) => row.own && row.voidedBy === null)
        .map(({ statement }) => ({
          verb: verbName(statement.verb.id) ?? statement.verb.id,
          sessionId: (statement as unknown as Statement).context?.extensions?.[
            `${cmi5}/context/extensions/sessionid`
          ],
        })),
    ]),
  );
}

async function eventsOn(db: Db, type: string, subjects: readonly string[]): Promise<Set<string>> {
  if (subjects.length === 0) return new Set();
  const rows = await db
    .select({ subjectId: auditEvent.subjectId })
    .from(auditEvent)
    .where(and(eq(auditEvent.type, type), inArray(auditEvent.subjectId, [...subjects])));
  return new Set(rows.map((row) => row.subjectId));
}
