import { and, desc, eq, getTableColumns, isNull, or, sql } from "drizzle-orm";
import { randomUUID } from "node:crypto";
import type { Db } from "#db/client.server.ts";
import { moduleDraft, moduleVersion, policyClause, policyVersion } from "#db/schema/content.ts";
import { type AuditEntry, canonicalJson, sha256 } from "../audit/event.ts";
import { inForce, type Policy } from "./policy.ts";
import type { Module } from "./module.ts";
import type { ModuleSource } from "./module-source.ts";
import { marksFile } from "./wording.ts";
import { folderStanding, highestVersion, type PublishedVersion } from "./version.ts";

/** A published version without its source, which is read by itself. */
export type ModuleVersion = Omit<typeof moduleVersion.$inferSelect, "source">;
export type PolicyVersion = typeof policyVersion.$inferSelect;
export type PolicyClause = typeof policyClause.$inferSelect;

/** A published version was changed without a new version number. */
export class VersionClash extends Error {
  override name = "VersionClash";
}

/**
 * Publishes modules and policies that are new, in the caller's transaction; answers the audit entries to record. Versions
 * are never changed (ISO/IEC 42001 7.5.3). A module is published when its version number is higher than all published
 * ones; see `folderStanding`. Throws {@link VersionClash} when a known version number has other text.
 */
export async function publishContent(
  tx: Db,
  content: {
    modules: Module[];
    policies: Policy[];
    /** What each module was read from, by slug. */
    sources?: Readonly<Record<string, ModuleSource>>;
  },
  now: Date,
): Promise<AuditEntry[]> {
  const entries: AuditEntry[] = [];
  for (const body of content.modules) {
    const source = content.sources?.[body.slug] ?? null;
    const published = await publishedVersions(tx, body.slug);
    const hash = hashOf(body);
    const standing = folderStanding({ version: body.version, hash }, published);
    if (standing === "clash") throw new VersionClash(clash(`module ${body.slug}`, body.version));
    const known = published.find((one) => one.hash === hash);
    if (known && source !== null) await keepSource(tx, known.id, source);
    if (standing !== "publish") continue;
    const stored = await storeModule(tx, body, source, now);
    entries.push(contentPublished("module", stored.id, body.slug, body.version, hash));
  }
  for (const policy of content.policies) {
    const hash = sha256(canonicalJson(policy));
    const [known] = await tx
      .select({ hash: policyVersion.hash })
      .from(policyVersion)
      .where(and(eq(policyVersion.slug, policy.slug), eq(policyVersion.version, policy.version)));
    if (known?.hash === hash) continue;
    if (known) throw new VersionClash(clash(`policy ${policy.slug}`, policy.version));
    const id = randomUUID();
    await tx.insert(policyVersion).values({
      id,
      slug: policy.slug,
      version: policy.version,
      hash,
      title: policy.title,
      body: policy.body,
      effectiveFrom: policy.effectiveFrom,
      ownerId: policy.owner,
      approverId: policy.approver,
      reviewOn: policy.reviewOn,
      material: policy.change === "material",
      changeNote: policy.changeNote,
      publishedAt: now,
      acknowledgeDays: policy.acknowledgeDays ?? null,
      audiences: policy.audiences ?? null,
    });
    await tx.insert(policyClause).values(
      policy.clauses.map((clause, position) => ({
        id: randomUUID(),
        policyVersionId: id,
        position,
        ...clause,
      })),
    );
    entries.push(contentPublished("policy", id, policy.slug, policy.version, hash));
  }
  return entries;
}

/**
 * What the content folder holds of modules without its being the version that counts: the folder's number, and the higher
 * or equal one that was published in the browser or before.
 */
export async function modulesBehind(
  db: Db,
  modules: readonly Module[],
): Promise<{ slug: string; folder: string; published: string }[]> {
  const behind = [];
  for (const body of modules) {
    const published = await publishedVersions(db, body.slug);
    const folder = { version: body.version, hash: hashOf(body) };
    const top = highestVersion(published.map((one) => one.version));
    if (top !== null && folderStanding(folder, published) === "behind")
      behind.push({ slug: body.slug, folder: body.version, published: top });
  }
  return behind;
}

/** The published versions of a module, with what tells whether one came from the browser. */
export async function publishedVersions(
  db: Db,
  slug: string,
): Promise<(PublishedVersion & { id: string })[]> {
  const rows = await db
    .select({
      id: moduleVersion.id,
      version: moduleVersion.version,
      hash: moduleVersion.hash,
      draft: moduleDraft.id,
    })
    .from(moduleVersion)
    .leftJoin(moduleDraft, eq(moduleDraft.publishedVersionId, moduleVersion.id))
    .where(eq(moduleVersion.slug, slug));
  return rows.map(({ draft, ...row }) => ({ ...row, fromBrowser: draft !== null }));
}

/** Stores a version of a module, in the caller's transaction. Fails when the number is taken. */
export async function storeModule(
  tx: Db,
  body: Module,
  source: ModuleSource | null,
  now: Date,
): Promise<{ id: string; hash: string }> {
  const [id, hash] = [randomUUID(), hashOf(body)];
  await tx.insert(moduleVersion).values({
    id,
    slug: body.slug,
    version: body.version,
    hash,
    title: body.title,
    body,
    source,
    material: body.change === "material",
    changeNote: body.changeNote,
    approverId: body.approver,
    publishedAt: now,
  });
  return { id, hash };
}

/**
 * Versions published before sources were kept, or the marks of translations with them, get theirs when the folder still holds
 * them: it says the same.
 */
async function keepSource(tx: Db, id: string, source: ModuleSource): Promise<void> {
  await tx
    .update(moduleVersion)
    .set({ source })
    .where(
      and(
        eq(moduleVersion.id, id),
        marksFile in source
          ? or(isNull(moduleVersion.source), sql`not ${moduleVersion.source} ? ${marksFile}`)
          : isNull(moduleVersion.source),
      ),
    );
}

const hashOf = (body: Module): string => sha256(canonicalJson(body));

function clash(what: string, version: string): string {
  return `The text of ${what} version ${version} differs from what was published under that version. Give it a new version number.`;
}

function contentPublished(
  subjectType: string,
  subjectId: string,
  slug: string,
  version: string,
  hash: string,
): AuditEntry {
  return { type: "content.published", subjectType, subjectId, data: { slug, version, hash } };
}

/** The newest published version of a module, or null. */
export async function newestModule(db: Db, slug: string): Promise<ModuleVersion | null> {
  const [row] = await db
    .select({ id: moduleVersion.id })
    .from(moduleVersion)
    .where(eq(moduleVersion.slug, slug))
    .orderBy(desc(moduleVersion.publishedAt))
    .limit(1);
  return row ? moduleById(db, row.id) : null;
}

const { source: _source, ...moduleColumns } = getTableColumns(moduleVersion);
// Published versions never change, so what was read once may be kept.
const known = new Map<string, ModuleVersion>();
const mostKnown = 50;

/** One published version of a module, or null. Do not change what is returned: it is shared. */
export async function moduleById(db: Db, id: string): Promise<ModuleVersion | null> {
  const cached = known.get(id);
  if (cached) return cached;
  const [row] = await db.select(moduleColumns).from(moduleVersion).where(eq(moduleVersion.id, id));
  if (!row) return null;
  if (known.size >= mostKnown) known.clear();
  known.set(id, row);
  return row;
}

/** What a published version was read from; null where that was not kept. */
export async function sourceOf(db: Db, moduleVersionId: string): Promise<ModuleSource | null> {
  const [row] = await db
    .select({ source: moduleVersion.source })
    .from(moduleVersion)
    .where(eq(moduleVersion.id, moduleVersionId));
  return row?.source ?? null;
}

/** All versions of a policy, newest effective date first; empty when there is none of that name. */
export function policyVersions(db: Db, slug: string): Promise<PolicyVersion[]> {
  return db
    .select()
    .from(policyVersion)
    .where(eq(policyVersion.slug, slug))
    .orderBy(desc(policyVersion.effectiveFrom));
}

/** The version of each policy that is in force on `today` (YYYY-MM-DD), by title. */
export async function policiesInForce(db: Db, today: string): Promise<PolicyVersion[]> {
  const all = await db.select().from(policyVersion).orderBy(policyVersion.title);
  return [...new Set(all.map((v) => v.slug))].flatMap(
    (slug) =>
      inForce(
        all.filter((v) => v.slug === slug),
        today,
      ) ?? [],
  );
}

/** The version of one policy in force on `today`, or null. */
export async function policyInForce(db: Db, slug: string, today: string): Promise<PolicyVersion | null> {
  return inForce(await policyVersions(db, slug), today);
}

/** The clauses of a policy version in their order. */
export function clausesOf(db: Db, policyVersionId: string): Promise<PolicyClause[]> {
  return db
    .select()
    .from(policyClause)
    .where(eq(policyClause.policyVersionId, policyVersionId))
    .orderBy(policyClause.position);
}
