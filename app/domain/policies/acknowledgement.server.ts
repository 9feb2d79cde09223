import { eq, getTableColumns, inArray } from "drizzle-orm";
import type { Db } from "#db/client.server.ts";
import { policyVersion } from "#db/schema/content.ts";
import { acknowledgement } from "#db/schema/policies.ts";
import type { AuditEntry } from "../audit/event.ts";
import { acknowledged, type Statement, statementId } from "../evidence/statement.ts";
import { statementContext } from "../evidence/statement.server.ts";
import type { PolicyVersion } from "../content/publish.server.ts";
import { acknowledgementOf } from "./acknowledgement.ts";

// The texts are long, and nobody here reads them.
const { body: _body, ...head } = getTableColumns(policyVersion);

/** A policy version without its text. */
export type PolicyHead = Omit<PolicyVersion, "body">;
export type PolicyToAcknowledge = { version: PolicyHead; acknowledgedAt: Date | null };

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
  return slugs.flatMap((slug) => {
    const due = acknowledgementOf(
      versions.filter((v) => v.slug === slug),
      at,
      today,
    );
    return due ? [{ version: due.version, acknowledgedAt: due.at }] : [];
  });
}

/** Stores acknowledgements in the caller's transaction; answers what the caller records with them. Once per person and version. */
export async function storeAcknowledgements(
  tx: Db,
  input: { personId: string; registration: string; versions: readonly PolicyHead[] },
  now: Date,
): Promise<{ statements: Statement[]; entries: AuditEntry[] }> {
  const { personId, registration, versions } = input;
  if (versions.length === 0) return { statements: [], entries: [] };
  const stored = await tx
    .insert(acknowledgement)
    .values(versions.map((v) => ({ personId, policyVersionId: v.id, registration, at: now })))
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
