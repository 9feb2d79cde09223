import { expect, it } from "vitest";
import { eq } from "drizzle-orm";
import type { Db } from "#db/client.server.ts";
import { auditEvent } from "#db/schema/audit.ts";
import { acknowledgement, policyCheckTry } from "#db/schema/policies.ts";
import { aCheck, aPolicy, checkAnswers } from "#test/course.ts";
import { onBothEngines } from "#test/database.ts";
import { actorFor, anOrganisation, aPerson, storedStatements } from "#test/factories.ts";
import { publishContent } from "../content/publish.server.ts";
import { extensions } from "../evidence/profile-concept.ts";
import type { Actor } from "../people/permission.ts";
import { policyChanges } from "./change.server.ts";
import { publishChecks } from "./check.server.ts";
import { policyToSign, signPolicy } from "./signing.server.ts";

const now = new Date("2026-11-24T09:00:00Z");
const slug = "ai-policy";

async function aWorld(tx: Db) {
  await anOrganisation(tx);
  const actor = actorFor(await aPerson(tx));
  await publishContent(tx, { modules: [], policies: [aPolicy()] }, now);
  await publishChecks(tx, [aCheck()], now);
  return actor;
}

async function sign(tx: Db, actor: Actor, right: boolean, confirmed = true, at = now) {
  const shown = await policyToSign(tx, actor, slug, at, "en");
  const given = checkAnswers(shown?.check?.items ?? [], right);
  const input = { slug, versionId: shown?.policy.id ?? "", given, confirmed, registration: null };
  return signPolicy(tx, actor, input, at, "en");
}

onBothEngines("signing a policy", (database) => {
  it("takes the right answers and the signature, and counts every try", () =>
    database.rolledBack(async (tx) => {
      const actor = await aWorld(tx);
      expect(await sign(tx, actor, false)).toMatchObject({
        ok: false,
        reason: "wrong",
        marks: [
          { id: "one", right: false, clause: "1.1", feedback: "No." },
          { id: "two", right: false },
        ],
      });
      expect(await sign(tx, actor, true, false)).toMatchObject({ ok: false, reason: "unconfirmed" });
      // What was answered rightly once is not asked again.
      expect((await policyToSign(tx, actor, slug, now, "en"))?.check).toMatchObject({
        tries: 2,
        right: true,
      });
      expect(await sign(tx, actor, false)).toEqual({ ok: true });
      expect(await sign(tx, actor, false)).toEqual({ ok: true });
      expect(await tx.$count(policyCheckTry)).toBe(2);
      expect(await tx.select().from(acknowledgement)).toMatchObject([{ at: now, tries: 2 }]);
      const [statement] = await storedStatements(tx);
      expect(statement?.context?.extensions).toEqual({ [extensions.check]: { items: 2, tries: 2 } });
      const events = await tx
        .select({ type: auditEvent.type })
        .from(auditEvent)
        .where(eq(auditEvent.actorId, actor.id))
        .orderBy(auditEvent.seq);
      expect(events.map((one) => one.type)).toEqual([
        "policy.check_answered",
        "policy.check_answered",
        "policy.acknowledged",
      ]);
    }));

  it("marks nothing while an answer is missing, and shows no key", () =>
    database.rolledBack(async (tx) => {
      const actor = await aWorld(tx);
      const shown = await policyToSign(tx, actor, slug, now, "en");
      expect(JSON.stringify(shown)).not.toMatch(/correct|Yes\.|No\./);
      const input = { slug, versionId: shown?.policy.id ?? "", given: { one: "c9" }, confirmed: true };
      expect(await signPolicy(tx, actor, { ...input, registration: null }, now, "en")).toEqual({
        ok: false,
        reason: "unanswered",
        missing: ["one", "two"],
        unconfirmed: false,
      });
      expect(await tx.$count(policyCheckTry)).toBe(0);
    }));

  it("is asked anew after a material change, with what changed, and not after an editorial one", () =>
    database.rolledBack(async (tx) => {
      const actor = await aWorld(tx);
      await sign(tx, actor, true);
      const clause = { number: "1.1", heading: "Purpose", text: "We use AI with great care." };
      const policy = (version: string, effectiveFrom: string, change: "material" | "editorial") =>
        aPolicy({ version, effectiveFrom, change, clauses: [clause], body: version });
      const policies = [policy("1.1", "2026-12-01", "editorial"), policy("2.0", "2027-01-01", "material")];
      await publishContent(tx, { modules: [], policies }, now);
      const [december, january] = [new Date("2026-12-05T09:00:00Z"), new Date("2027-01-05T09:00:00Z")];
      expect(await policyToSign(tx, actor, slug, december, "en")).toMatchObject({ acknowledgedAt: now });
      const usual = { from: null, to: null };
      const changes = await policyChanges(tx, actor, { slug, ...usual }, december);
      expect(changes).toMatchObject({ from: { version: "1.0" }, to: { version: "1.1" }, signedAt: now });
      expect(changes?.clauses.map((one) => one.change)).toEqual(["changed"]);
      expect(await policyToSign(tx, actor, slug, january, "en")).toMatchObject({
        acknowledgedAt: null,
        signed: { version: "1.0" },
        check: null,
      });
      expect(await sign(tx, actor, true, true, january)).toEqual({ ok: true });
      expect(await policyChanges(tx, actor, { slug, ...usual }, january)).toMatchObject({
        from: { version: "1.1" },
        to: { version: "2.0" },
        signedAt: null,
        versions: [{ version: "2.0" }, { version: "1.1" }, { version: "1.0" }],
      });
      const named = { slug, from: "1.0", to: "1.1" };
      expect(await policyChanges(tx, actor, named, january)).toMatchObject({ signedAt: now });
      const stale = { slug, versionId: "00000000-0000-4000-8000-000000000000", given: {}, confirmed: true };
      expect(await signPolicy(tx, actor, { ...stale, registration: null }, january, "en")).toEqual({
        ok: false,
        reason: "superseded",
      });
    }));
});
