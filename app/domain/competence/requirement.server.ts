import { eq, isNull } from "drizzle-orm";
import type { Db } from "#db/client.server.ts";
import { requirement } from "#db/schema/competence.ts";
import { type AuditEntry, canonicalJson } from "../audit/event.ts";
import type { Requirement } from "./requirement.ts";

/**
 * Makes the stored requirements those given, in the caller's transaction; answers the audit entries to record.
 * One that is no longer listed ends: it opens no new periods, and its old ones stay as evidence.
 */
export async function publishRequirements(
  tx: Db,
  requirements: readonly Requirement[],
  now: Date,
): Promise<AuditEntry[]> {
  const entries: AuditEntry[] = [];
  const today = now.toISOString().slice(0, 10);
  const stored = await tx.select().from(requirement);
  for (const [position, body] of requirements.entries()) {
    const known = stored.find((r) => r.slug === body.slug);
    const same = known && canonicalJson(known.body) === canonicalJson(body) && known.endedOn === null;
    if (same && known.position === position) continue;
    const { slug, title, module: moduleSlug, audiences } = body;
    const set = { title, moduleSlug, audiences, position, body, endedOn: null };
    await tx
      .insert(requirement)
      .values({ slug, ...set })
      .onConflictDoUpdate({ target: requirement.slug, set });
    if (!same)
      entries.push({
        type: "requirement.published",
        subjectType: "requirement",
        subjectId: slug,
        data: { slug },
      });
  }
  const listed = new Set(requirements.map((r) => r.slug));
  for (const { slug, endedOn } of stored) {
    if (listed.has(slug) || endedOn !== null) continue;
    await tx.update(requirement).set({ endedOn: today }).where(eq(requirement.slug, slug));
    entries.push({ type: "requirement.ended", subjectType: "requirement", subjectId: slug, data: { slug } });
  }
  return entries;
}

/** The requirements that have not ended, in their order. */
export async function currentRequirements(db: Db): Promise<Requirement[]> {
  const rows = await db
    .select({ body: requirement.body })
    .from(requirement)
    .where(isNull(requirement.endedOn))
    .orderBy(requirement.position, requirement.slug);
  return rows.map((row) => row.body);
}
