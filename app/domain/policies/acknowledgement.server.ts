import { eq, getTableColumns, inArray } from "drizzle-orm";
import type { Db } from "#db/client.server.ts";
import { policyVersion } from "#db/schema/content.ts";
import { acknowledgement, policyCheck } from "#db/schema/policies.ts";
import type { AuditEntry } from "../audit/event.ts";
import { acknowledged, type Statement, statementId } from "../evidence/statement.ts";
import { statementContext } from "../evidence/statement.server.ts";
import { checkOf } from "../content/policy-check.ts";
import type { PolicyVersion } from "../content/publish.server.ts";
import { acknowledgementOf } from "./acknowledgement.ts";

// The texts are long, and nobody here reads them.
const { body: _body, ...head } = getTableColumns(policyVersion);

/** A policy version without its text. */
export type PolicyHead = Omit<PolicyVersion, "body">;
export type PolicyToAcknowledge = {
  version: PolicyHead;
  acknowledgedAt: Date | null;
  /** Whether it is signed by itself, after its check, rather than with others. */
  checked: boolean;
};

/** All versions of all policies, or of one, without their texts. */
export function headsOf(db: Db, slug: string | null = null): Promise<PolicyHead[]> {
  return db
    .select(head)
    .from(policyVersion)
    .where(slug === null ? undefined : eq(policyVersion.slug, slug))
    .orderBy(policyVersion.effectiveFrom);
}

/** For each policy named: the version a person must have acknowledged on `today`, and when they did. */
export async function acknowledgementsOf(
  db: Db,
  personId: string,
  slugs: readonly string[],
  today: string,
): Promise<PolicyToAcknowledge[]> {
  if (slugs.length === 0) return [];
  const versions = await db
    .select(head)
    .from(policyVersion)
    .where(inArray(policyVersion.slug, [...slugs]));
  const given = await db.select().from(acknowledgement).where(eq(acknowledgement.personId, personId));
  const at = new Map(given.map((row) => [row.policyVersionId, row.at]));
  const checks = await db
    .select({ slug: policyCheck.slug, version: policyCheck.version })
    .from(policyCheck)
    .where(inArray(policyCheck.slug, [...slugs]));
  return slugs.flatMap((slug) => {
    const own = versions.filter((v) => v.slug === slug);
    const due = acknowledgementOf(own, at, today);
    if (!due) return [];
    const written = checks.filter((check) => check.slug === slug);
    const checked = checkOf(own, written, due.version.version) !== null;
    return [{ version: due.version, acknowledgedAt: due.at, checked }];
  });
}

/** Stores acknowledgements in the caller's transaction; answers what the caller records with them. Once per person and version. */
export async function storeAcknowledgements(
  tx: Db,
  input: {
    personId: string;
    registration: string;
    versions: readonly PolicyHead[];
    /** The check answered before signing, with how many items it has and how many tries it took. */
    check?: { id: string; items: number; tries: number } | null;
  },
  now: Date,
): Promise<{ statements: Statement[]; entries: AuditEntry[] }> {
  const { personId, registration, versions, check = null } = input;
  if (versions.length === 0) return { statements: [], entries: [] };
  const stored = await tx
    .insert(acknowledgement)
    .values(
      versions.map((v) => ({
        personId,
        policyVersionId: v.id,
        registration,
        at: now,
        checkId: check?.id ?? null,
        tries: check?.tries ?? null,
      })),
    )
    .onConflictDoNothing()
    .returning({ id: acknowledgement.policyVersionId });
  const fresh = versions.filter((v) => stored.some((row) => row.id === v.id));
  const who = await statementContext(tx, personId);
  return {
    statements: fresh.map((policy) =>
      acknowledged(who, {
        id: statementId(`${personId}/${policy.id}`, "acknowledged"),
        at: now,
        policy,
        registration,
        ...(check ? { check: { items: check.items, tries: check.tries } } : {}),
      }),
    ),
    entries: fresh.map(({ id }) => ({
      type: "policy.acknowledged",
      subjectType: "policy",
      subjectId: id,
      data: { personId, policyVersionId: id },
    })),
  };
}
