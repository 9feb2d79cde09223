import { and, desc, eq, isNull, lte } from "drizzle-orm";
import { randomUUID } from "node:crypto";
import type { Db } from "#db/client.server.ts";
import { requirement } from "#db/schema/competence.ts";
import { requirementVersion } from "#db/schema/requirements.ts";
import { type AuditEntry, canonicalJson } from "../audit/event.ts";
import { system } from "../people/permission.ts";
import type { Requirement } from "./requirement.ts";

type Written = { author: string; reason: string; ends?: boolean };

/**
 * Makes the stored requirements those given, in the caller's transaction; answers the audit entries to record. One that
 * is no longer listed ends: it opens no new periods, and its old ones stay as evidence. What was written or edited in
 * the browser is left as it is (see `keptFromContent`).
 */
export async function publishRequirements(
  tx: Db,
  requirements: readonly Requirement[],
  now: Date,
): Promise<AuditEntry[]> {
  const entries: AuditEntry[] = [];
  const today = now.toISOString().slice(0, 10);
  const stored = new Map((await tx.select().from(requirement)).map((row) => [row.slug, row]));
  const versions = await newestVersions(tx);
  const written = { author: system.id, reason: "Published from content." };
  for (const [position, body] of requirements.entries()) {
    const { slug } = body;
    const known = stored.get(slug);
    if (known?.origin === "browser") continue;
    const ended = known !== undefined && known.endedOn !== null;
    const newest = versions.get(slug);
    const same = known && !ended && canonicalJson((newest ?? known).body) === canonicalJson(body);
    if (same && known.position === position && newest) continue;
    if (known)
      await tx.update(requirement).set({ position, endedOn: null }).where(eq(requirement.slug, slug));
    else await tx.insert(requirement).values({ slug, ...columnsOf(body), position });
    if (!same || !newest) {
      const added = await addVersion(tx, body, written, now);
      if (!known || ended || body.effectiveFrom <= today) await putInForce(tx, added.id, body);
    }
    if (!same) entries.push(published(body));
  }
  const listed = new Set(requirements.map((r) => r.slug));
  for (const { slug, endedOn, origin, body } of stored.values()) {
    if (listed.has(slug) || endedOn !== null || origin === "browser") continue;
    await tx.update(requirement).set({ endedOn: today }).where(eq(requirement.slug, slug));
    await addVersion(tx, { ...body, effectiveFrom: today }, { ...written, ends: true }, now);
    entries.push({ type: "requirement.ended", subjectType: "requirement", subjectId: slug, data: { slug } });
  }
  return entries;
}

const published = ({ slug }: Requirement): AuditEntry => ({
  type: "requirement.published",
  subjectType: "requirement",
  subjectId: slug,
  data: { slug },
});

async function newestVersions(db: Db): Promise<Map<string, { body: Requirement }>> {
  const rows = await db
    .selectDistinctOn([requirementVersion.requirementSlug])
    .from(requirementVersion)
    .orderBy(requirementVersion.requirementSlug, desc(requirementVersion.number));
  return new Map(rows.map((row) => [row.requirementSlug, row]));
}

/** Makes a version the one in force. */
export async function putInForce(tx: Db, versionId: string, body: Requirement): Promise<void> {
  await tx
    .update(requirement)
    .set({ ...columnsOf(body), versionId })
    .where(eq(requirement.slug, body.slug));
}

/** What the columns beside the body repeat of it. */
export const columnsOf = (body: Requirement) => ({
  title: body.title,
  moduleSlug: body.module,
  audiences: body.audiences,
  body,
});

/** Adds the next version of a requirement; the caller holds its row or writes it in the same transaction. */
export async function addVersion(
  tx: Db,
  body: Requirement,
  { author, reason, ends = false }: Written,
  now: Date,
): Promise<{ id: string; number: number }> {
  const [last] = await tx
    .select({ number: requirementVersion.number })
    .from(requirementVersion)
    .where(eq(requirementVersion.requirementSlug, body.slug))
    .orderBy(desc(requirementVersion.number))
    .limit(1);
  const number = (last?.number ?? 0) + 1;
  const id = randomUUID();
  const { slug: requirementSlug, effectiveFrom } = body;
  await tx
    .insert(requirementVersion)
    .values({ id, requirementSlug, number, body, effectiveFrom, ends, author, reason, at: now });
  return { id, number };
}

/**
 * The content's requirements that stay as they were edited in the browser although the content says otherwise: what to
 * tell whoever publishes.
 */
export async function keptFromContent(db: Db, requirements: readonly Requirement[]): Promise<string[]> {
  const rows = await db.select().from(requirement).where(eq(requirement.origin, "browser"));
  const edited = new Map(rows.map((row) => [row.slug, row.body]));
  return requirements
    .filter(({ slug }) => edited.has(slug))
    .filter((body) => canonicalJson(edited.get(body.slug)) !== canonicalJson(body))
    .map(({ slug }) => slug);
}

/**
 * Puts the versions whose day has come in the place of those before them, in the caller's transaction; answers the slugs.
 * Requirements hold the version in force, because everything else reads them.
 */
export async function bringIntoForce(tx: Db, now: Date): Promise<string[]> {
  const today = now.toISOString().slice(0, 10);
  const begun = await tx
    .selectDistinctOn([requirementVersion.requirementSlug])
    .from(requirementVersion)
    .where(lte(requirementVersion.effectiveFrom, today))
    .orderBy(requirementVersion.requirementSlug, desc(requirementVersion.number));
  const rows = await tx.select().from(requirement).where(isNull(requirement.endedOn)).for("update");
  const slugs: string[] = [];
  for (const { slug, versionId } of rows) {
    const version = begun.find((one) => one.requirementSlug === slug);
    if (!version || version.id === versionId) continue;
    if (version.ends)
      await tx
        .update(requirement)
        .set({ endedOn: version.effectiveFrom, versionId: version.id })
        .where(eq(requirement.slug, slug));
    else await putInForce(tx, version.id, version.body);
    slugs.push(slug);
  }
  return slugs;
}

/** The version of a requirement in force on a day: the latest of those that had begun. Null before the first. */
export async function versionOn(
  db: Db,
  slug: string,
  day: string,
): Promise<typeof requirementVersion.$inferSelect | null> {
  const [row] = await db
    .select()
    .from(requirementVersion)
    .where(and(eq(requirementVersion.requirementSlug, slug), lte(requirementVersion.effectiveFrom, day)))
    .orderBy(desc(requirementVersion.number))
    .limit(1);
  return row ?? null;
}

/** What the newest version of a requirement says, in force or not; null when there is none. */
export async function newestBody(db: Db, slug: string): Promise<Requirement | null> {
  const [row] = await db
    .select({ body: requirementVersion.body })
    .from(requirementVersion)
    .where(eq(requirementVersion.requirementSlug, slug))
    .orderBy(desc(requirementVersion.number))
    .limit(1);
  return row?.body ?? null;
}

/** The requirements that have not ended, in their order. */
export async function currentRequirements(db: Db): Promise<Requirement[]> {
  return (await requirementsInForce(db)).map((row) => row.body);
}

/** The same with the version each is read from; null where it was stored before there were versions. */
export async function requirementsInForce(
  db: Db,
): Promise<{ body: Requirement; versionId: string | null }[]> {
  return db
    .select({ body: requirement.body, versionId: requirement.versionId })
    .from(requirement)
    .where(isNull(requirement.endedOn))
    .orderBy(requirement.position, requirement.slug);
}
