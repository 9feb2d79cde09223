import { and, desc, eq } from "drizzle-orm";
import { randomUUID } from "node:crypto";
import type { Db } from "#db/client.server.ts";
import { moduleVersion, policyClause, policyVersion } from "#db/schema/content.ts";
import { type AuditEntry, canonicalJson, sha256 } from "../audit/event.ts";
import { inForce, type Policy } from "./policy.ts";
import type { Module } from "./module.ts";

export type ModuleVersion = typeof moduleVersion.$inferSelect;
export type PolicyVersion = typeof policyVersion.$inferSelect;
export type PolicyClause = typeof policyClause.$inferSelect;

/** A published version was changed without a new version number. */
export class VersionClash extends Error {
  override name = "VersionClash";
}

/**
 * Publishes modules and policies whose hash is new, in the caller's transaction; answers the audit entries to record.
 * Versions are never changed (ISO/IEC 42001 7.5.3). Throws {@link VersionClash} when a known version number has other text.
 */
export async function publishContent(
  tx: Db,
  content: { modules: Module[]; policies: Policy[] },
  now: Date,
): Promise<AuditEntry[]> {
  const entries: AuditEntry[] = [];
  for (const body of content.modules) {
    const hash = sha256(canonicalJson(body));
    const [known] = await tx
      .select({ hash: moduleVersion.hash })
      .from(moduleVersion)
      .where(and(eq(moduleVersion.slug, body.slug), eq(moduleVersion.version, body.version)));
    if (known?.hash === hash) continue;
    if (known) throw new VersionClash(clash(`module ${body.slug}`, body.version));
    const id = randomUUID();
    await tx.insert(moduleVersion).values({
      id,
      slug: body.slug,
      version: body.version,
      hash,
      title: body.title,
      body,
      material: body.change === "material",
      changeNote: body.changeNote,
      approverId: body.approver,
      publishedAt: now,
    });
    entries.push(published("module", id, body.slug, body.version, hash));
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
    });
    await tx.insert(policyClause).values(
      policy.clauses.map((clause, position) => ({
        id: randomUUID(),
        policyVersionId: id,
        position,
        ...clause,
      })),
    );
    entries.push(published("policy", id, policy.slug, policy.version, hash));
  }
  return entries;
}

function clash(what: string, version: string): string {
  return `The text of ${what} version ${version} differs from what was published under that version. Give it a new version number.`;
}

function published(
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

// Published versions never change, so what was read once may be kept.
const known = new Map<string, ModuleVersion>();
const mostKnown = 50;

/** One published version of a module, or null. Do not change what is returned: it is shared. */
export async function moduleById(db: Db, id: string): Promise<ModuleVersion | null> {
  const cached = known.get(id);
  if (cached) return cached;
  const [row] = await db.select().from(moduleVersion).where(eq(moduleVersion.id, id));
  if (!row) return null;
  if (known.size >= mostKnown) known.clear();
  known.set(id, row);
  return row;
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
