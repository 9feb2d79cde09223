import { randomUUID } from "node:crypto";
import { and, count, desc, eq, max } from "drizzle-orm";
import type { Db } from "#db/client.server.ts";
import { policyCheck, policyCheckTry } from "#db/schema/policies.ts";
import { type AuditEntry, canonicalJson, sha256 } from "../audit/event.ts";
import { checkOf, type WrittenCheck } from "../content/policy-check.ts";
import type { PolicyVersion } from "../content/publish.server.ts";

/** A check as published. */
export type StoredCheck = WrittenCheck & { id: string };

/** Publishes checks that are new or have other words, in the caller's transaction; answers the audit entries to record. */
export async function publishChecks(
  tx: Db,
  checks: readonly WrittenCheck[],
  now: Date,
): Promise<AuditEntry[]> {
  const entries: AuditEntry[] = [];
  for (const { slug, version, body } of checks) {
    const hash = sha256(canonicalJson(body));
    const [stored] = await tx
      .insert(policyCheck)
      .values({ id: randomUUID(), slug, version, hash, body, publishedAt: now })
      .onConflictDoNothing()
      .returning({ id: policyCheck.id });
    if (stored)
      entries.push({
        type: "content.published",
        subjectType: "policy_check",
        subjectId: stored.id,
        data: { slug, version, hash },
      });
  }
  return entries;
}

/** The check that counts for a version of a policy, given all its versions; null where it has none. */
export async function checkFor(
  db: Db,
  versions: readonly Pick<PolicyVersion, "version" | "effectiveFrom" | "material">[],
  of: Pick<PolicyVersion, "slug" | "version">,
): Promise<StoredCheck | null> {
  const rows = await db
    .select({
      id: policyCheck.id,
      slug: policyCheck.slug,
      version: policyCheck.version,
      body: policyCheck.body,
    })
    .from(policyCheck)
    .where(eq(policyCheck.slug, of.slug))
    .orderBy(desc(policyCheck.publishedAt));
  return checkOf(versions, rows, of.version);
}

/** How often a person has tried the check of a version, and whether that was right once for this very check. */
export async function triesOf(
  db: Db,
  personId: string,
  policyVersionId: string,
  checkId: string,
): Promise<{ tries: number; right: boolean }> {
  const of = and(eq(policyCheckTry.personId, personId), eq(policyCheckTry.policyVersionId, policyVersionId));
  const [all] = await db.select({ n: count() }).from(policyCheckTry).where(of);
  const right = await db.$count(
    policyCheckTry,
    and(of, eq(policyCheckTry.checkId, checkId), eq(policyCheckTry.right, true)),
  );
  return { tries: all?.n ?? 0, right: right > 0 };
}

/** Keeps one more try, in the caller's transaction; answers the audit entry to record. */
export async function storeTry(
  tx: Db,
  input: {
    personId: string;
    policyVersionId: string;
    checkId: string;
    chosen: Record<string, string>;
    right: boolean;
  },
  now: Date,
): Promise<AuditEntry> {
  const { personId, policyVersionId, right } = input;
  const [last] = await tx
    .select({ number: max(policyCheckTry.number) })
    .from(policyCheckTry)
    .where(and(eq(policyCheckTry.personId, personId), eq(policyCheckTry.policyVersionId, policyVersionId)));
  const number = (last?.number ?? 0) + 1;
  const id = randomUUID();
  await tx.insert(policyCheckTry).values({ id, ...input, number, at: now });
  return {
    type: "policy.check_answered",
    subjectType: "policy",
    subjectId: policyVersionId,
    data: { personId, number, right },
  };
}
