import { and, asc, eq, gt, inArray, isNotNull, sql } from "drizzle-orm";
import type { Db } from "#db/client.server.ts";
import { period } from "#db/schema/competence.ts";
import { certificate } from "#db/schema/evidence.ts";
import type { AuditEntry } from "../audit/event.ts";
import { endCertificates } from "../evidence/certificate-end.server.ts";
import { keepFacts } from "./earlier-facts.server.ts";
import { afterChange } from "./material-change.ts";
import type { Requirement } from "./requirement.ts";

/** Rows written in one statement: under the 65,535 parameters of one. */
const batch = 1000;

/** A competence that ends earlier than it would have, with the dates it then has. */
export type Affected = {
  periodId: string;
  personId: string;
  /** Whether it is the last that the person has proven. */
  stands: boolean;
  /** Whether the requirement still asks it of the person. */
  asked: boolean;
  certificateId: string | null;
  printedUntil: Date;
  expiresAt: Date;
  renewFrom: Date;
};

/** Whose completed periods of a requirement end earlier when it must be learnt again at `now`, and when. */
export async function affected(
  db: Db,
  requirement: Pick<Requirement, "slug" | "dueDays">,
  now: Date,
  { lock = false, personIds }: { lock?: boolean; personIds?: readonly string[] } = {},
): Promise<Affected[]> {
  const query = db
    .select({ period, certificateId: certificate.id, printed: certificate.expiresAt })
    .from(period)
    .leftJoin(certificate, eq(certificate.registration, period.id))
    .where(
      and(
        eq(period.requirementSlug, requirement.slug),
        isNotNull(period.completedAt),
        gt(period.expiresAt, now),
        personIds === undefined ? undefined : inArray(period.personId, [...personIds]),
      ),
    )
    .orderBy(asc(period.personId), asc(period.number))
    .$dynamic();
  const rows = await (lock ? query.for("update", { of: period }) : query);
  return rows.flatMap(({ period: row, certificateId, printed }) => {
    const { completedAt, expiresAt, renewFrom } = row;
    if (completedAt === null || expiresAt === null || renewFrom === null) return [];
    const dates = afterChange("material", requirement, { completedAt, expiresAt, renewFrom }, now);
    if (dates.expiresAt >= expiresAt && dates.renewFrom >= renewFrom) return [];
    const { id: periodId, personId } = row;
    const stands = row.supersededAt === null;
    const asked = row.endedAt === null;
    return [
      { periodId, personId, stands, asked, certificateId, printedUntil: printed ?? expiresAt, ...dates },
    ];
  });
}

/**
 * Writes the earlier dates of periods, of the renewals open after them, and of their certificates; answers the audit
 * entries to record. Anniversaries are reckoned anew from there.
 */
export async function bringForward(
  tx: Db,
  rows: readonly Affected[],
  by: { moduleVersionId: string } | { retrainingId: string },
  now: Date,
): Promise<AuditEntry[]> {
  const entries: AuditEntry[] = [];
  for (let i = 0; i < rows.length; i += batch)
    entries.push(...(await bringSomeForward(tx, rows.slice(i, i + batch), by, now)));
  return entries;
}

async function bringSomeForward(
  tx: Db,
  rows: readonly Affected[],
  by: { moduleVersionId: string } | { retrainingId: string },
  now: Date,
): Promise<AuditEntry[]> {
  const dates = sql.join(
    rows.map(
      ({ periodId, expiresAt, renewFrom }) =>
        sql`(${periodId}::uuid, ${expiresAt.toISOString()}::timestamptz, ${renewFrom.toISOString()}::timestamptz)`,
    ),
    sql`, `,
  );
  const ids = sql.join(
    rows.map((row) => sql`${row.periodId}::uuid`),
    sql`, `,
  );
  const renewals = sql`period.completed_at is null and exists (select 1 from period p where p.id in (${ids})
    and period.person_id = p.person_id and period.requirement_slug = p.requirement_slug
    and period.number = p.number + 1)`;
  await keepFacts(tx, sql`period.id in (${ids}) or (${renewals})`, now);
  await tx.execute(sql`
    update period p set expires_at = d.expires_at, renew_from = d.renew_from, anchor_on = null
    from (values ${dates}) d (id, expires_at, renew_from) where p.id = d.id`);
  await tx.execute(sql`
    update period n set due_at = least(n.due_at, p.expires_at), grace_until = least(n.grace_until, p.expires_at),
      due_days = null, grace_days = null
    from period p
    where p.id in (${ids}) and n.completed_at is null
      and n.person_id = p.person_id and n.requirement_slug = p.requirement_slug and n.number = p.number + 1`);
  const ended = rows.flatMap(({ certificateId, printedUntil, expiresAt, personId }) =>
    certificateId !== null && expiresAt < printedUntil
      ? [{ certificateId, printedUntil, endsAt: expiresAt, personId }]
      : [],
  );
  await endCertificates(
    tx,
    ended.map(({ certificateId, endsAt }) => ({ certificateId, endsAt })),
    "retrainingId" in by ? by.retrainingId : by.moduleVersionId,
    now,
  );
  return ended.map(({ certificateId, personId, endsAt, printedUntil }) => ({
    type: "certificate.ended",
    subjectType: "certificate",
    subjectId: certificateId,
    data: {
      personId,
      expiresAt: endsAt.toISOString(),
      printedUntil: printedUntil.toISOString(),
      ...by,
    },
  }));
}
