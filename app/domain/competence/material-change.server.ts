import { and, asc, eq, gt, isNotNull, isNull, min } from "drizzle-orm";
import type { Db } from "#db/client.server.ts";
import { period, requirement } from "#db/schema/competence.ts";
import { moduleVersion } from "#db/schema/content.ts";
import type { AuditEntry } from "../audit/event.ts";
import { type Actor, allow } from "../people/permission.ts";
import { openPeriods } from "./assignment.server.ts";
import { affected, bringForward } from "./early-end.server.ts";
import type { Requirement } from "./requirement.ts";

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
      if (!row.stands) continue;
      ending.add(row.personId);
      if (until === null || row.expiresAt > until) until = row.expiresAt;
      if (row.asked) reassigned.add(row.personId);
    }
    const open = await db
      .select({ personId: period.personId })
      .from(period)
      .where(
        and(
          eq(period.requirementSlug, body.slug),
          isNotNull(period.startedAt),
          isNull(period.completedAt),
          isNull(period.endedAt),
        ),
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
  const entries: AuditEntry[] = [];
  for (const body of await requirementsOf(tx, version.slug)) {
    const rows = await affected(tx, body, now, { lock: true });
    entries.push(...(await bringForward(tx, rows, { moduleVersionId }, now)));
    const people = new Set(rows.filter((row) => row.asked).map((row) => row.personId));
    const run = { slug: body.slug, cause: "material_content" } as const;
    entries.push(...(await openPeriods(tx, [...people], now, run)));
  }
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

async function requirementsOf(db: Db, moduleSlug: string): Promise<Requirement[]> {
  const rows = await db
    .select({ body: requirement.body })
    .from(requirement)
    .where(and(eq(requirement.moduleSlug, moduleSlug), isNull(requirement.endedOn)))
    .orderBy(asc(requirement.slug));
  return rows.map((row) => row.body);
}
