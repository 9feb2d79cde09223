import { desc, eq } from "drizzle-orm";
import type { Db } from "#db/client.server.ts";
import { policyVersion } from "#db/schema/content.ts";
import { acknowledgement } from "#db/schema/policies.ts";
import type { AuditEntry } from "../audit/event.ts";
import { recordEvents } from "../audit/event.server.ts";
import type { Language } from "../content/language.ts";
import { policyVersions, type PolicyVersion } from "../content/publish.server.ts";
import { statementId } from "../evidence/statement.ts";
import { recordStatements } from "../evidence/statement.server.ts";
import { type Actor, allow } from "../people/permission.ts";
import { acknowledgementOf } from "./acknowledgement.ts";
import { storeAcknowledgements } from "./acknowledgement.server.ts";
import { type CheckMark, markCheck, presentCheck, type ShownCheckItem } from "./check.ts";
import { checkFor, storeTry, triesOf } from "./check.server.ts";

export type ToSign = {
  policy: Pick<
    PolicyVersion,
    "id" | "slug" | "title" | "version" | "changeNote" | "material" | "effectiveFrom" | "hash"
  >;
  /** When an acknowledgement that counts today was given; null while one is due. */
  acknowledgedAt: Date | null;
  /** The version acknowledged last, whether or not it counts; null before the first. */
  signed: { id: string; version: string; at: Date } | null;
  /** The check to answer first; null where there is none. */
  check: { items: ShownCheckItem[]; language: Language; tries: number; right: boolean } | null;
};

/** What a person reads and answers before acknowledging a policy as it is in force. Null when none is in force. */
export async function policyToSign(
  db: Db,
  actor: Actor,
  slug: string,
  now: Date,
  language: Language,
): Promise<ToSign | null> {
  allow(actor, "policy.acknowledge", { personId: actor.id });
  const found = await standingOf(db, actor.id, slug, now);
  if (!found) return null;
  const { versions, version, at, signed } = found;
  const check = await checkFor(db, versions, version);
  const { id, title, changeNote, material, effectiveFrom, hash } = version;
  return {
    policy: { id, slug, title, version: version.version, changeNote, material, effectiveFrom, hash },
    acknowledgedAt: at,
    signed,
    check: check && {
      ...presentCheck(check, keyOf(actor.id, id), language),
      ...(await triesOf(db, actor.id, id, check.id)),
    },
  };
}

export type Signing =
  | { ok: true }
  /** Another version has come into force since the form was drawn. */
  | { ok: false; reason: "superseded" }
  | { ok: false; reason: "unanswered"; missing: string[]; unconfirmed: boolean }
  | { ok: false; reason: "wrong"; marks: CheckMark[] }
  | { ok: false; reason: "unconfirmed"; marks: CheckMark[] };

/**
 * Acknowledges the version of a policy that is in force (ISO/IEC 42001 7.3 a): its check, where it has one, is answered
 * rightly, each try is kept, and then the person signs. Signing again changes nothing. Null when no version is in force.
 * `registration`: the period whose course asks for it; without one the acknowledgement stands by itself.
 */
export async function signPolicy(
  db: Db,
  actor: Actor,
  input: {
    slug: string;
    /** The version that was read. */
    versionId: string;
    /** Item of the check → choice as shown. */
    given: Readonly<Record<string, string>>;
    confirmed: boolean;
    registration: string | null;
  },
  now: Date,
  language: Language,
): Promise<Signing | null> {
  allow(actor, "policy.acknowledge", { personId: actor.id });
  return db.transaction(async (tx) => {
    const found = await standingOf(tx, actor.id, input.slug, now);
    if (!found) return null;
    const { versions, version, at } = found;
    if (version.id !== input.versionId) return { ok: false, reason: "superseded" };
    if (at) return { ok: true };
    const check = await checkFor(tx, versions, version);
    const before = check ? await triesOf(tx, actor.id, version.id, check.id) : { tries: 0, right: true };
    const entries: AuditEntry[] = [];
    let marks: CheckMark[] = [];
    let { tries } = before;
    if (check && !before.right) {
      const marked = markCheck(check, keyOf(actor.id, version.id), input.given, language);
      if (!marked.complete)
        return { ok: false, reason: "unanswered", missing: marked.missing, unconfirmed: !input.confirmed };
      const { chosen, right } = marked;
      marks = marked.marks;
      const one = { personId: actor.id, policyVersionId: version.id, checkId: check.id, chosen, right };
      entries.push(await storeTry(tx, one, now));
      tries += 1;
      if (!right) {
        await recordEvents(tx, actor, entries, now);
        return { ok: false, reason: "wrong", marks };
      }
    }
    if (!input.confirmed) {
      await recordEvents(tx, actor, entries, now);
      return { ok: false, reason: "unconfirmed", marks };
    }
    const stored = await storeAcknowledgements(
      tx,
      {
        personId: actor.id,
        registration: input.registration ?? statementId(keyOf(actor.id, version.id), "acknowledged", 1),
        versions: [version],
        check: check ? { id: check.id, items: check.body.items.length, tries } : null,
      },
      now,
    );
    await recordStatements(tx, stored.statements, now);
    await recordEvents(tx, actor, [...entries, ...stored.entries], now);
    return { ok: true };
  });
}

async function standingOf(db: Db, personId: string, slug: string, now: Date) {
  const versions = await policyVersions(db, slug);
  const given = await db
    .select({ id: policyVersion.id, version: policyVersion.version, at: acknowledgement.at })
    .from(acknowledgement)
    .innerJoin(policyVersion, eq(policyVersion.id, acknowledgement.policyVersionId))
    .where(eq(acknowledgement.personId, personId))
    .orderBy(desc(policyVersion.effectiveFrom));
  const at = new Map(given.map((row) => [row.id, row.at]));
  const due = acknowledgementOf(versions, at, now.toISOString().slice(0, 10));
  if (!due) return null;
  const signed = given.find((row) => versions.some((one) => one.id === row.id)) ?? null;
  return { versions, version: due.version, at: due.at, signed };
}

const keyOf = (personId: string, policyVersionId: string): string => `${personId}/${policyVersionId}`;
