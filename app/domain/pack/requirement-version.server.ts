import { and, asc, eq, inArray, lte } from "drizzle-orm";
import type { Db } from "#db/client.server.ts";
import { auditEvent } from "#db/schema/audit.ts";
import { requirement } from "#db/schema/competence.ts";
import { requirementVersion } from "#db/schema/requirements.ts";
import type { Requirement } from "../competence/requirement.ts";
import { rowsBy } from "./rows-by.ts";
import type { PackScope } from "./scope.ts";

export type VersionRow = typeof requirementVersion.$inferSelect;

/** A requirement as it was in force at the end of a scope; `version` is null where there were none yet. */
export type RequirementIn = Requirement & { endedOn: string | null; version: number | null };

/** The versions of the requirements of a scope that were written by its end, by requirement and number. */
export function versionsKnown(db: Db, scope: PackScope): Promise<VersionRow[]> {
  return db
    .select()
    .from(requirementVersion)
    .where(
      and(
        lte(requirementVersion.at, new Date(scope.asAt)),
        scope.requirements === null
          ? undefined
          : inArray(requirementVersion.requirementSlug, scope.requirements),
      ),
    )
    .orderBy(asc(requirementVersion.requirementSlug), asc(requirementVersion.number));
}

/** Of the versions of one requirement, oldest first, the one in force on a day: the last of those that had begun. */
export const versionOn = <V extends { effectiveFrom: string }>(
  versions: readonly V[],
  day: string,
): V | undefined => versions.findLast((one) => one.effectiveFrom <= day);

/** Of the versions of one requirement, oldest first, those in force on some day of a span. */
export function versionsWithin<V extends { effectiveFrom: string }>(
  versions: readonly V[],
  from: string,
  until: string,
): V[] {
  return versions.filter((one, i) => {
    const after = versions.slice(i + 1);
    return (
      one.effectiveFrom <= until &&
      !after.some((next) => next.effectiveFrom <= one.effectiveFrom || next.effectiveFrom <= from)
    );
  });
}

/** The requirements of a scope that were known at its end and in force in its time, those that ended in it included. */
export async function requirementsIn(db: Db, scope: PackScope): Promise<RequirementIn[]> {
  const rows = await db
    .select({ slug: requirement.slug, body: requirement.body, endedOn: requirement.endedOn })
    .from(requirement)
    .where(scope.requirements === null ? undefined : inArray(requirement.slug, scope.requirements))
    .orderBy(requirement.position, requirement.slug);
  const known = rowsBy(await versionsKnown(db, scope), (one) => one.requirementSlug);
  const published = await publishedBefore(db, scope);
  return rows.flatMap((row) => {
    const versions = known.get(row.slug) ?? [];
    // One without versions by then is older than versions are, or newer than the end of the scope.
    if (versions.length === 0 && !published.has(row.slug)) return [];
    const stands = versionOn(versions, scope.until);
    if (versions.length > 0 && !stands) return [];
    const endedOn = stands ? (stands.ends ? stands.effectiveFrom : null) : row.endedOn;
    if (endedOn !== null && endedOn <= scope.from) return [];
    return [{ ...(stands?.body ?? row.body), endedOn, version: stands?.number ?? null }];
  });
}

async function publishedBefore(db: Db, scope: PackScope): Promise<Set<string>> {
  const rows = await db
    .selectDistinct({ slug: auditEvent.subjectId })
    .from(auditEvent)
    .where(
      and(
        eq(auditEvent.subjectType, "requirement"),
        eq(auditEvent.type, "requirement.published"),
        lte(auditEvent.at, new Date(scope.asAt)),
      ),
    );
  return new Set(rows.map((row) => row.slug));
}
