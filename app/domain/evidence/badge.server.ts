import { and, eq, isNull, sql } from "drizzle-orm";
import type { JsonWebKey } from "node:crypto";
import { randomBytes } from "node:crypto";
import type { Db } from "#db/client.server.ts";
import { badgeKey, certificate, certificateEnd, certificateRevocation } from "#db/schema/evidence.ts";
import { organisation, person } from "#db/schema/people.ts";
import { recordEvents } from "../audit/event.server.ts";
import type { Signer } from "../audit/seal.ts";
import { moduleById } from "../content/publish.server.ts";
import { type Actor, allow } from "../people/permission.ts";
import {
  achievementOf,
  badgeAddresses,
  badgeId,
  type BadgeModule,
  issuerProfile,
  jwkOf,
  openBadge,
  signedBadge,
} from "./badge.ts";
import { revocationCategoryNames } from "./certificate.ts";
import { certificateFor } from "./certificate.server.ts";

/** The signed badge of a certificate, for its holder alone. Null when there is none, or it was revoked. */
export async function badgeFor(
  db: Db,
  actor: Actor,
  input: { certificateId: string; base: string; signer: Signer },
  now: Date,
): Promise<{ token: string; title: string } | null> {
  const { certificateId, base, signer } = input;
  const row = await certificateFor(db, actor, certificateId, now);
  if (!row) return null;
  allow(actor, "badge.download", { personId: row.personId });
  const [holder] = await db.select({ email: person.email }).from(person).where(eq(person.id, row.personId));
  const module = await badgeModule(db, row.moduleVersionId);
  if (row.status === "revoked" || !holder || !module) return null;
  const badge = openBadge(base, {
    certificate: row,
    holder: { name: row.holderName, email: holder.email },
    display: row.display,
    module,
    organisation: row.organisation,
    salt: randomBytes(16).toString("hex"),
  });
  await db.transaction(async (tx) => {
    await tx
      .insert(badgeKey)
      .values({ id: signer.keyId, publicKey: signer.publicKey, firstUsedAt: now })
      .onConflictDoNothing();
    const data = { personId: row.personId };
    await recordEvents(
      tx,
      actor,
      [{ type: "badge.downloaded", subjectType: "certificate", subjectId: certificateId, data }],
      now,
    );
  });
  return { token: signedBadge(base, badge, signer), title: row.title };
}

async function badgeModule(db: Db, id: string): Promise<BadgeModule | null> {
  const found = await moduleById(db, id);
  if (!found) return null;
  const { title, summary, assessment } = found.body;
  return { id, version: found.version, title, summary, passMark: assessment.passMark };
}

/** Who issues badges here; for anybody. */
export async function badgeIssuer(db: Db, base: string): Promise<object | null> {
  const [row] = await db.select({ name: organisation.name }).from(organisation).where(eq(organisation.id, 1));
  return row ? issuerProfile(base, row.name) : null;
}

/** What a badge of a module version stands for; for anybody. Null where no certificate was issued for it. */
export async function badgeAchievement(
  db: Db,
  base: string,
  moduleVersionId: string,
): Promise<object | null> {
  if ((await db.$count(certificate, eq(certificate.moduleVersionId, moduleVersionId))) === 0) return null;
  const module = await badgeModule(db, moduleVersionId);
  return module && { "@context": contexts, ...achievementOf(base, module) };
}

const contexts = ["https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"];

/** The public keys that badges were ever signed with; for anybody. */
export async function badgeKeys(db: Db, base: string): Promise<(JsonWebKey & { kid: string })[]> {
  const rows = await db.select().from(badgeKey).orderBy(badgeKey.firstUsedAt);
  return rows.map((row) => jwkOf(base, row));
}

/**
 * Badges that no longer count though their own date has not come (1EdTech Revocation List Status Method 1.0): those whose
 * certificate was revoked, with the kind of reason, and those that a material change ended. For anybody; names nobody.
 */
export async function badgeStatus(db: Db, base: string, now: Date): Promise<object> {
  const { status, issuer } = badgeAddresses(base);
  const revoked = await db
    .select({ id: certificateRevocation.certificateId, category: certificateRevocation.category })
    .from(certificateRevocation)
    .orderBy(certificateRevocation.revokedAt);
  const ended = await db
    .selectDistinct({ id: certificateEnd.certificateId })
    .from(certificateEnd)
    .where(
      and(
        isNull(certificateEnd.withdrawnAt),
        sql`${certificateEnd.endsAt} <= ${now.toISOString()}::timestamptz`,
      ),
    );
  const known = new Set(revoked.map((one) => one.id));
  const entry = (id: string, revocationReason: string) => ({
    id: badgeId(id),
    revoked: true,
    revocationReason,
  });
  const revokedCredential = [
    ...revoked.map(({ id, category }) => entry(id, revocationCategoryNames[category ?? "other"])),
    ...ended
      .filter(({ id }) => !known.has(id))
      .map(({ id }) => entry(id, "Ended by a material change of the module")),
  ];
  // Open Badges leave out what is empty.
  return { id: status, issuer, ...(revokedCredential.length > 0 ? { revokedCredential } : {}) };
}
