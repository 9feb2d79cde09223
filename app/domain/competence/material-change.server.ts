import { and, asc, eq, gt, isNotNull, isNull, min, sql } from "drizzle-orm";
import type { Db } from "#db/client.server.ts";
import { period, requirement } from "#db/schema/competence.ts";
import { moduleVersion } from "#db/schema/content.ts";
import { certificate } from "#db/schema/evidence.ts";
import { person } from "#db/schema/people.ts";
import type { AuditEntry } from "../audit/event.ts";
import { endCertificates } from "../evidence/certificate.server.ts";
import { type Actor, allow } from "../people/permission.ts";
import { openPeriods } from "./assignment.server.ts";
import { afterChange } from "./material-change.ts";
import { applies, type Requirement } from "./requirement.ts";

/** How many people a material change bears on. */
export type ChangeEffect = {
  /** Whose competence ends earlier than it would have. */
  ending: number;
  /** Of them, those who are to learn it again: the requirement applies to them today. */
  reassigned: number;
  /** When the last of these ends; null when none does. */
  until: Date | null;
  /** Who is in the middle of an earlier version: they finish it, and it counts for the shorter time. */
  begun: number;
};

/** What a material change of a module would do if it were published at `now`. Reads, and changes nothing. */
export async function effectOfChange(db: Db, actor: Actor, slug: string, now: Date): Promise<ChangeEffect> {
  allow(actor, "content.read", {});
  return effectOn(db, slug, now);
}

async function effectOn(db: Db, slug: string, now: Date): Promise<ChangeEffect> {
  const ending = new Set<string>();
  const reassigned = new Set<string>();
  const begun = new Set<string>();
  let until: Date | null = null;
  for (const body of await requirementsOf(db, slug)) {
    for (const row of await affected(db, body, now)) {
      if (row.supersededAt !== null) continue;
      ending.add(row.personId);
      if (until === null || row.expiresAt > until) until = row.expiresAt;
      if (row.applies) reassigned.add(row.personId);
    }
    const open = await db
      .select({ personId: period.personId })
      .from(period)
      .where(
        and(eq(period.requirementSlug, body.slug), isNotNull(period.startedAt), isNull(period.completedAt)),
      );
    for (const { personId } of open) begun.add(personId);
  }
  return { ending: ending.size, reassigned: reassigned.size, until, begun: begun.size };
}

/**
 * Lets a version that has just been published take effect, in the transaction that published it: where the change is
 * material, certificates of the module's requirements end as `afterChange` says and the next period opens for everybody
 * to whom the requirement applies. An editorial version, and the first one of a module, change nothing. Answers whom it
 * bears on, and the audit entries to record.
 */
export async function applyChange(
  tx: Db,
  moduleVersionId: string,
  now: Date,
): Promise<{ effect: ChangeEffect; entries: AuditEntry[] }> {
  const [version] = await tx
    .select({ slug: moduleVersion.slug, material: moduleVersion.material })
    .from(moduleVersion)
    .where(eq(moduleVersion.id, moduleVersionId));
  if (!version?.material) return { effect: { ending: 0, reassigned: 0, until: null, begun: 0 }, entries: [] };
  const effect = await effectOn(tx, version.slug, now);
  const people = new Set<string>();
  const entries: AuditEntry[] = [];
  for (const body of await requirementsOf(tx, version.slug)) {
    const rows = await affected(tx, body, now, true);
    for (let i = 0; i < rows.length; i += batch) {
      const some = rows.slice(i, i + batch);
      entries.push(...(await bringForward(tx, some, moduleVersionId, now)));
      for (const row of some) if (row.applies) people.add(row.personId);
    }
  }
  entries.push(...(await openPeriods(tx, [...people], now)));
  return { effect, entries };
}

/**
 * When the module of a version changed materially after it was published, first; null when it has not: a competence
 * completed on that version then counts for the shorter time.
 */
export async function changedSince(
  db: Db,
  version: { slug: string; publishedAt: Date },
): Promise<Date | null> {
  const [row] = await db
    .select({ at: min(moduleVersion.publishedAt) })
    .from(moduleVersion)
    .where(
      and(
        eq(moduleVersion.slug, version.slug),
        eq(moduleVersion.material, true),
        gt(moduleVersion.publishedAt, version.publishedAt),
      ),
    );
  return row?.at ?? null;
}

/** Rows written in one statement: under the 65,535 parameters of one. */
const batch = 1000;

async function requirementsOf(db: Db, moduleSlug: string): Promise<Requirement[]> {
  const rows = await db
    .select({ body: requirement.body })
    .from(requirement)
    .where(and(eq(requirement.moduleSlug, moduleSlug), isNull(requirement.endedOn)))
    .orderBy(asc(requirement.slug));
  return rows.map((row) => row.body);
}

type Affected = {
  periodId: string;
  personId: string;
  supersededAt: Date | null;
  certificateId: string | null;
  printedUntil: Date;
  expiresAt: Date;
  renewFrom: Date;
  applies: boolean;
};

/** The completed periods of a requirement whose dates a material change brings forward, with the dates they then have. */
async function affected(db: Db, body: Requirement, now: Date, lock = false): Promise<Affected[]> {
  const query = db
    .select({ period, certificateId: certificate.id, printed: certificate.expiresAt, person })
    .from(period)
    .innerJoin(person, eq(person.id, period.personId))
    .leftJoin(certificate, eq(certificate.registration, period.id))
    .where(
      and(eq(period.requirementSlug, body.slug), isNotNull(period.completedAt), gt(period.expiresAt, now)),
    )
    .orderBy(asc(period.personId), asc(period.number))
    .$dynamic();
  const rows = await (lock ? query.for("update", { of: period }) : query);
  const today = now.toISOString().slice(0, 10);
  return rows.flatMap(({ period: row, certificateId, printed, person: who }) => {
    const { completedAt, expiresAt, renewFrom } = row;
    if (completedAt === null || expiresAt === null || renewFrom === null) return [];
    const dates = afterChange("material", body, { completedAt, expiresAt, renewFrom }, now);
    if (dates.expiresAt >= expiresAt && dates.renewFrom >= renewFrom) return [];
    const { id: periodId, personId, supersededAt } = row;
    const printedUntil = printed ?? expiresAt;
    return [
      {
        periodId,
        personId,
        supersededAt,
        certificateId,
        printedUntil,
        ...dates,
        applies: applies(body, who, today),
      },
    ];
  });
}

/** Writes the earlier dates of periods, of the renewals open after them, and of their certificates. */
async function bringForward(
  tx: Db,
  rows: readonly Affected[],
  moduleVersionId: string,
  now: Date,
): Promise<AuditEntry[]> {
  const dates = sql.join(
    rows.map(
      ({ periodId, expiresAt, renewFrom }) =>
        sql`(${periodId}::uuid, ${expiresAt.toISOString()}::timestamptz, ${renewFrom.toISOString()}::timestamptz)`,
    ),
    sql`, `,
  );
  await tx.execute(sql`
    update period p set expires_at = d.expires_at, renew_from = d.renew_from
    from (values ${dates}) d (id, expires_at, renew_from) where p.id = d.id`);
  const ids = sql.join(
    rows.map((row) => sql`${row.periodId}::uuid`),
    sql`, `,
  );
  await tx.execute(sql`
    update period n set due_at = least(n.due_at, p.expires_at), grace_until = least(n.grace_until, p.expires_at)
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
    moduleVersionId,
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
      moduleVersionId,
    },
  }));
}
