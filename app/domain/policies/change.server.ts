import { and, desc, eq } from "drizzle-orm";
import type { Db } from "#db/client.server.ts";
import { policyVersion } from "#db/schema/content.ts";
import { acknowledgement } from "#db/schema/policies.ts";
import { inForce } from "../content/policy.ts";
import { type ClauseChange, clauseChanges } from "../content/policy-diff.ts";
import { clausesOf, policyVersions } from "../content/publish.server.ts";
import { type Actor, allow } from "../people/permission.ts";

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
};

/**
 * What changed in a policy since the version the reader acknowledged last, or since `from` (a version number), up to the one
 * in force. Null when there is no earlier version to compare with.
 */
export async function policyChanges(
  db: Db,
  actor: Actor,
  input: { slug: string; from: string | null },
  now: Date,
): Promise<PolicyChanges | null> {
  allow(actor, "policy.read", {});
  const versions = await policyVersions(db, input.slug);
  const to = inForce(versions, now.toISOString().slice(0, 10));
  if (!to) return null;
  const given = await db
    .select({ id: policyVersion.id, at: acknowledgement.at })
    .from(acknowledgement)
    .innerJoin(policyVersion, eq(policyVersion.id, acknowledgement.policyVersionId))
    .where(and(eq(acknowledgement.personId, actor.id), eq(policyVersion.slug, input.slug)))
    .orderBy(desc(policyVersion.effectiveFrom));
  const from = versions.find((one) =>
    input.from === null ? one.id === given[0]?.id : one.version === input.from,
  );
  if (!from || from.effectiveFrom >= to.effectiveFrom) return null;
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
    clauses: clauseChanges(await clausesOf(db, from.id), await clausesOf(db, to.id)),
  };
}
