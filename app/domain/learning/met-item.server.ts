import { and, eq, isNull, lte } from "drizzle-orm";
import type { Db } from "#db/client.server.ts";
import { moduleVersion } from "#db/schema/content.ts";
import { attempt, practice } from "#db/schema/learning.ts";

/**
 * The items that a person has met until `until` in forms and practices of a module, of whichever version and period: those
 * met longest ago first, an item met again by its last time.
 */
export async function metItems(
  db: Db,
  personId: string,
  moduleSlug: string,
  until: Date,
): Promise<Set<string>> {
  const forms = await db
    .select({ form: attempt.form, at: attempt.startedAt })
    .from(attempt)
    .innerJoin(moduleVersion, eq(moduleVersion.id, attempt.moduleVersionId))
    .where(
      and(eq(attempt.personId, personId), eq(moduleVersion.slug, moduleSlug), lte(attempt.startedAt, until)),
    );
  const practices = await db
    .select({ form: practice.form, at: practice.openedAt })
    .from(practice)
    .innerJoin(moduleVersion, eq(moduleVersion.id, practice.moduleVersionId))
    .where(
      and(eq(practice.personId, personId), eq(moduleVersion.slug, moduleSlug), lte(practice.openedAt, until)),
    );
  const met = new Set<string>();
  for (const { form } of [...forms, ...practices].toSorted((a, b) => a.at.getTime() - b.at.getTime()))
    for (const { item } of form.items) {
      met.delete(item);
      met.add(item);
    }
  return met;
}

/** Whether a person has an attempt at a module that is not submitted: what would tell its keys waits for that. */
export async function hasOpenForm(db: Db, personId: string, moduleSlug: string): Promise<boolean> {
  const [row] = await db
    .select({ id: attempt.id })
    .from(attempt)
    .innerJoin(moduleVersion, eq(moduleVersion.id, attempt.moduleVersionId))
    .where(
      and(eq(attempt.personId, personId), eq(moduleVersion.slug, moduleSlug), isNull(attempt.submittedAt)),
    )
    .limit(1);
  return row !== undefined;
}
