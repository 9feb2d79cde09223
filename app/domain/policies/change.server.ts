import { and, desc, eq } from "drizzle-orm";
import type { Db } from "#db/client.server.ts";
import { policyVersion } from "#db/schema/content.ts";
import { acknowledgement } from "#db/schema/policies.ts";
import { inForce } from "../content/policy.ts";
import { type ClauseChange, clauseChanges } from "../content/policy-diff.ts";
import { clausesOf, policyVersions } from "../content/publish.server.ts";
import { type Actor, allow } from "../people/permission.ts";
import { comparedVersions } from "./comparison.ts";

export type PolicyChanges = {
  slug: string;
  title: string;
  from: { version: string; effectiveFrom: string };
  to: { version: string; effectiveFrom: string };
  /** When the reader acknowledged `from`; null where they did not. */
  signedAt: Date | null;
  /** What each version since says of its change, newest first. */
  notes: { version: string; material: boolean; note: string }[];
  clauses: ClauseChange[];
  /** All versions that came into force, newest first, to choose two from. */
  versions: { version: string; effectiveFrom: string }[];
};

/**
 * What changed in a policy between two versions, named by `from` and `to` or chosen by what the reader acknowledged last (see
 * `comparedVersions`). Null when there are no two to compare.
 */
export async function policyChanges(
  db: Db,
  actor: Actor,
  input: { slug: string; from: string | null; to: string | null },
  now: Date,
): Promise<PolicyChanges | null> {
  allow(actor, "policy.read", {});
  const versions = await policyVersions(db, input.slug);
  const current = inForce(versions, now.toISOString().slice(0, 10));
  if (!current) return null;
  const given = await db
    .select({ id: policyVersion.id, at: acknowledgement.at })
    .from(acknowledgement)
    .innerJoin(policyVersion, eq(policyVersion.id, acknowledgement.policyVersionId))
    .where(and(eq(acknowledgement.personId, actor.id), eq(policyVersion.slug, input.slug)))
    .orderBy(desc(policyVersion.effectiveFrom));
  const past = versions.filter((one) => one.effectiveFrom <= current.effectiveFrom);
  const signed = past.find((one) => one.id === given[0]?.id)?.version ?? null;
  const compared = comparedVersions(past, { ...input, signed });
  if (!compared) return null;
  const { from, to } = compared;
  const since = versions.filter(
    (one) => one.effectiveFrom > from.effectiveFrom && one.effectiveFrom <= to.effectiveFrom,
  );
  return {
    slug: input.slug,
    title: to.title,
    from: { version: from.version, effectiveFrom: from.effectiveFrom },
    to: { version: to.version, effectiveFrom: to.effectiveFrom },
    signedAt: given.find((row) => row.id === from.id)?.at ?? null,
    notes: since.map(({ version, material, changeNote: note }) => ({ version, material, note })),
    versions: past.map(({ version, effectiveFrom }) => ({ version, effectiveFrom })),
    clauses: clauseChanges(await clausesOf(db, from.id), await clausesOf(db, to.id)),
  };
}
