import { and, asc, eq, gt, inArray, isNotNull } from "drizzle-orm";
import type { Db } from "#db/client.server.ts";
import { auditEvent } from "#db/schema/audit.ts";
import { period } from "#db/schema/competence.ts";
import { certificate, statement } from "#db/schema/evidence.ts";
import { attempt } from "#db/schema/learning.ts";
import { allow, type Actor } from "../people/permission.ts";
import { attemptGaps, type Gap, periodGaps } from "./reconciliation.ts";
import { cmi5, verbs } from "./statement.ts";

/** Rows compared at a time. */
const batch = 500;

export type Reconciliation = { periods: number; attempts: number; gaps: Gap[] };

/** Compares every completed period and submitted attempt with statements, certificates and audit log. */
export async function reconcile(db: Db, actor: Actor): Promise<Reconciliation> {
  allow(actor, "evidence.read", {});
  const periods = await reconcilePeriods(db);
  const attempts = await reconcileAttempts(db);
  return {
    periods: periods.compared,
    attempts: attempts.compared,
    gaps: [...periods.gaps, ...attempts.gaps],
  };
}

async function reconcilePeriods(db: Db): Promise<{ compared: number; gaps: Gap[] }> {
  const gaps: Gap[] = [];
  let compared = 0;
  for (let last = zero; ;) {
    const rows = await db
      .select({ id: period.id, certificateId: certificate.id })
      .from(period)
      .leftJoin(certificate, eq(certificate.registration, period.id))
      .where(and(isNotNull(period.completedAt), gt(period.id, last)))
      .orderBy(asc(period.id))
      .limit(batch);
    const end = rows.at(-1);
    if (!end) return { compared, gaps };
    const said = await verbsBy(
      db,
      rows.map((row) => row.id),
    );
    const completions = await eventsOn(
      db,
      "period.completed",
      rows.map((row) => row.id),
    );
    const issues = await eventsOn(
      db,
      "certificate.issued",
      rows.flatMap((row) => row.certificateId ?? []),
    );
    gaps.push(
      ...periodGaps(
        rows.map((row) => ({
          registration: row.id,
          verbs: (said.get(row.id) ?? []).map((s) => s.verb),
          certificate: row.certificateId !== null,
          completionEvent: completions.has(row.id),
          issueEvent: row.certificateId !== null && issues.has(row.certificateId),
        })),
      ),
    );
    compared += rows.length;
    last = end.id;
  }
}

async function reconcileAttempts(db: Db): Promise<{ compared: number; gaps: Gap[] }> {
  const gaps: Gap[] = [];
  let compared = 0;
  for (let last = zero; ;) {
    const rows = await db
      .select({ attempt, completedAt: period.completedAt })
      .from(attempt)
      .leftJoin(period, eq(period.id, attempt.registration))
      .where(and(isNotNull(attempt.submittedAt), gt(attempt.id, last)))
      .orderBy(asc(attempt.id))
      .limit(batch);
    const end = rows.at(-1);
    if (!end) return { compared, gaps };
    const said = await verbsBy(
      db,
      rows.map((row) => row.attempt.registration),
    );
    const submissions = await eventsOn(
      db,
      "attempt.submitted",
      rows.map((row) => row.attempt.id),
    );
    gaps.push(
      ...attemptGaps(
        rows.map(({ attempt: row, completedAt }) => {
          const mine = (said.get(row.registration) ?? []).filter((s) => s.sessionId === row.id);
          return {
            attemptId: row.id,
            registration: row.registration,
            passed: row.passed === true,
            items: row.form.items.length,
            answered: mine.filter((s) => s.verb === "answered").length,
            verbs: mine.map((s) => s.verb),
            periodCompleted: completedAt !== null,
            submissionEvent: submissions.has(row.id),
          };
        }),
      ),
    );
    compared += rows.length;
    last = end.attempt.id;
  }
}

const zero = "00000000-0000-0000-0000-000000000000";
const nameOf = new Map<string, string>(Object.entries(verbs).map(([name, id]) => [id, name]));

/** Verb names and sittings of the statements of each registration. */
async function verbsBy(
  db: Db,
  registrations: string[],
): Promise<Map<string, { verb: string; sessionId: unknown }[]>> {
  const found = new Map<string, { verb: string; sessionId: unknown }[]>();
  const rows = await db
    .select({ registration: statement.registration, verb: statement.verb, body: statement.body })
    .from(statement)
    .where(inArray(statement.registration, registrations));
  for (const row of rows) {
    if (row.registration === null) continue;
    const list = found.get(row.registration) ?? [];
    list.push({
      verb: nameOf.get(row.verb) ?? row.verb,
      sessionId: row.body.context?.extensions?.[`${cmi5}/context/extensions/sessionid`],
    });
    found.set(row.registration, list);
  }
  return found;
}

async function eventsOn(db: Db, type: string, subjects: string[]): Promise<Set<string>> {
  if (subjects.length === 0) return new Set();
  const rows = await db
    .select({ subjectId: auditEvent.subjectId })
    .from(auditEvent)
    .where(and(eq(auditEvent.type, type), inArray(auditEvent.subjectId, subjects)));
  return new Set(rows.map((row) => row.subjectId));
}
