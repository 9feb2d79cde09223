import { asc, desc, lte, sql } from "drizzle-orm";
import { type Db, rowsOf } from "#db/client.server.ts";
import { requirement } from "#db/schema/competence.ts";
import { requirementVersion } from "#db/schema/requirements.ts";
import type { AsAt } from "./as-at.ts";
import { inForce, type Requirement } from "./requirement.ts";
import { currentRequirements } from "./requirement.server.ts";

/**
 * What was required, in its order: now, or on a day of the past by the versions that had begun. What was known then leaves
 * out versions recorded later, except where periods of the requirement had been assigned already: those say that it was
 * there before versions were kept.
 */
export async function requirementsAsAt(db: Db, asAt: AsAt | null, now: Date): Promise<Requirement[]> {
  if (asAt === null) {
    const today = now.toISOString().slice(0, 10);
    return (await currentRequirements(db)).filter((one) => inForce(one, today));
  }
  const versions = await db
    .select()
    .from(requirementVersion)
    .where(lte(requirementVersion.effectiveFrom, asAt.day))
    .orderBy(desc(requirementVersion.number));
  const all = await db.select().from(requirement).orderBy(asc(requirement.position), asc(requirement.slug));
  const assigned = asAt.known === "then" ? await assignedBy(db, asAt.at) : new Set<string>();
  return all.flatMap((row) => {
    const own = versions.filter((one) => one.requirementSlug === row.slug);
    const known = asAt.known === "now" ? own : own.filter((one) => one.at <= asAt.at);
    const version = known[0] ?? (assigned.has(row.slug) ? own.at(-1) : undefined);
    if (version?.ends) return [];
    const body = version?.body ?? (own.length === 0 ? row.body : undefined);
    return body && inForce(body, asAt.day) ? [body] : [];
  });
}

async function assignedBy(db: Db, at: Date): Promise<Set<string>> {
  const rows = await db.execute(sql`
    select slug from requirement r where exists (
      select 1 from period where requirement_slug = r.slug and assigned_at <= ${at.toISOString()}::timestamptz)`);
  return new Set(rowsOf<{ slug: string }>(rows).map((row) => row.slug));
}
