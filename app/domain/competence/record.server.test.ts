import { eq } from "drizzle-orm";
import { randomUUID } from "node:crypto";
import { expect, it } from "vitest";
import type { Db } from "#db/client.server.ts";
import { auditEvent } from "#db/schema/audit.ts";
import { requirement } from "#db/schema/competence.ts";
import { attemptGrant } from "#db/schema/learning.ts";
import { aCourse, aModule, aRequirement, sitAssessment } from "#test/course.ts";
import { onBothEngines } from "#test/database.ts";
import { actorFor, anOrganisation, aPerson } from "#test/factories.ts";
import { verifyChain } from "../audit/event.server.ts";
import { revokeCertificate } from "../evidence/certificate.server.ts";
import { grantAttempt } from "../learning/attempt-grant.server.ts";
import { type Actor, Forbidden } from "../people/permission.ts";
import { openDuePeriods } from "./assignment.server.ts";
import { isOnRecord, personRecord } from "./record.server.ts";
import { grantWaiver } from "./waiver.server.ts";

const now = new Date("2026-11-24T09:00:00Z");
const later = (days: number): Date => new Date(now.getTime() + days * 86_400_000);
const module = aModule();

async function aWorld(tx: Db) {
  await anOrganisation(tx);
  const aside = { audiences: [] };
  const boss = await aPerson(tx, {
    id: "p-boss",
    name: "Bo Oss",
    roles: ["employee", "manager"],
    ...aside,
  });
  const mila = await aPerson(tx, { id: "p-mila", name: "Mila Brandt", managerId: "p-boss" });
  const hr = await aPerson(tx, { id: "p-dana", name: "Dana Kerr", roles: ["employee", "hr"], ...aside });
  const auditor = await aPerson(tx, { id: "p-august", roles: ["employee", "auditor"], ...aside });
  const other = await aPerson(tx, { id: "p-other", roles: ["employee", "manager", "reviewer"], ...aside });
  const admin = await aPerson(tx, { id: "p-admin", roles: ["employee", "admin"], ...aside });
  await aCourse(tx, now, module);
  return {
    boss: actorFor(boss),
    mila: actorFor(mila),
    hr: actorFor(hr),
    auditor: actorFor(auditor),
    other: actorFor(other),
    admin: actorFor(admin),
  };
}

async function recordOf(tx: Db, actor: Actor, at = now, personId = "p-mila") {
  const record = await personRecord(tx, actor, personId, at);
  if (!record) throw new Error("no record");
  return record;
}

const readings = (tx: Db) => tx.select().from(auditEvent).where(eq(auditEvent.type, "record.read"));

onBothEngines("a person's record", (database) => {
  it("starts with what is assigned", () =>
    database.rolledBack(async (tx) => {
      const { mila } = await aWorld(tx);
      const record = await recordOf(tx, mila);
      expect(record.person).toMatchObject({ name: "Mila Brandt", manager: "Bo Oss", location: "Rotterdam" });
      expect(record.requirements).toMatchObject([
        {
          slug: aRequirement.slug,
          ended: false,
          state: "not_started",
          periods: [{ number: 1, stands: true, attempts: [], certificate: null, statements: [] }],
        },
      ]);
      expect(record.acknowledgements).toEqual([]);
      expect(record.unacknowledged).toEqual([
        { slug: "ai-policy", title: "AI policy", version: "1.0", due: later(30), overdue: false },
      ]);
    }));

  it("is empty for somebody to whom nothing applies", () =>
    database.rolledBack(async (tx) => {
      const { hr } = await aWorld(tx);
      expect(await recordOf(tx, hr, now, "p-dana")).toMatchObject({ requirements: [], acknowledgements: [] });
    }));

  it("holds attempts, certificate, statements and acknowledgements, and no answer key", () =>
    database.rolledBack(async (tx) => {
      const { mila, hr } = await aWorld(tx);
      await sitAssessment(tx, mila, module, 0, now);
      const passed = await sitAssessment(tx, mila, module, 1, later(2));
      const record = await recordOf(tx, mila, later(2));
      const period = record.requirements[0]?.periods[0];
      expect(record.requirements[0]?.state).toBe("competent");
      expect(period?.attempts).toMatchObject([
        { number: 1, score: 0, passed: false },
        { number: 2, score: 1, passed: true, id: passed },
      ]);
      expect(period?.certificate).toMatchObject({ status: "valid", issuedAt: later(2), revokedAt: null });
      expect(record.acknowledgements).toMatchObject([{ slug: "ai-policy", version: "1.0", at: now }]);
      expect(record.unacknowledged).toEqual([]);
      const lines = period?.statements.map((s) => s.line) ?? [];
      expect(lines[0]).toMatch(/^Opened /);
      expect(lines).toContain("Passed AI awareness with 100 %");
      expect(lines).toContain("Acknowledged AI policy 1.0");
      for (const reader of [mila, hr])
        expect(JSON.stringify(await recordOf(tx, reader, later(2)))).not.toMatch(
          /correctResponsesPattern|correct"|feedback/,
        );
    }));

  it("tells why a certificate was revoked", () =>
    database.rolledBack(async (tx) => {
      const { mila, hr } = await aWorld(tx);
      await sitAssessment(tx, mila, module, 1, now);
      const id = (await recordOf(tx, mila)).requirements[0]?.periods[0]?.certificate?.id ?? "";
      await revokeCertificate(tx, hr, id, "Issued in error.", later(1));
      expect((await recordOf(tx, mila, later(2))).requirements[0]?.periods[0]?.certificate).toMatchObject({
        status: "revoked",
        revokedAt: later(1),
        revocationReason: "Issued in error.",
      });
    }));

  it("puts the newest period first and says which one stands", () =>
    database.rolledBack(async (tx) => {
      const { mila } = await aWorld(tx);
      await sitAssessment(tx, mila, module, 1, now);
      const renewal = later(330);
      await openDuePeriods(tx, renewal);
      expect((await recordOf(tx, mila, renewal)).requirements[0]).toMatchObject({
        state: "expiring",
        periods: [
          { number: 2, stands: false, state: "not_started" },
          { number: 1, stands: true, state: "expiring" },
        ],
      });
      const lapsed = later(400);
      await openDuePeriods(tx, lapsed);
      expect((await recordOf(tx, mila, lapsed)).requirements[0]).toMatchObject({
        state: "expired",
        periods: [
          { number: 2, stands: true, state: "expired" },
          { number: 1, stands: false, state: "expired" },
        ],
      });
    }));

  it("keeps what is no longer required, marked so", () =>
    database.rolledBack(async (tx) => {
      const { mila } = await aWorld(tx);
      await sitAssessment(tx, mila, module, 1, now);
      await tx.update(requirement).set({ endedOn: "2026-11-25" });
      expect((await recordOf(tx, mila, later(2))).requirements).toMatchObject([
        { ended: true, periods: [{ attempts: [{ passed: true }] }] },
      ]);
    }));

  it("lets HR waive an open period and names who granted it and until which day", () =>
    database.rolledBack(async (tx) => {
      const { mila, boss, hr } = await aWorld(tx);
      const first = async (actor: Actor) => (await recordOf(tx, actor)).requirements[0]?.periods[0];
      const period = await first(hr);
      expect(period).toMatchObject({ mayWaive: true, mayGrantAttempt: false });
      for (const actor of [mila, boss]) expect(await first(actor)).toMatchObject({ mayWaive: false });
      const input = { periodId: period?.id ?? "", reason: "Parental leave.", until: "2027-02-28" };
      await grantWaiver(tx, hr, input, now);
      expect(await first(mila)).toMatchObject({
        state: "waived",
        waivers: [
          { reason: "Parental leave.", grantedBy: "Dana Kerr", lastDay: new Date("2027-02-28T00:00:00Z") },
        ],
      });
      await sitAssessment(tx, mila, module, 1, now);
      expect(await first(hr)).toMatchObject({ state: "competent", mayWaive: false });
    }));

  it("offers a further attempt once all are used up, and one only", () =>
    database.rolledBack(async (tx) => {
      const { mila, boss, hr } = await aWorld(tx);
      const first = async (actor: Actor) => (await recordOf(tx, actor, later(9))).requirements[0]?.periods[0];
      const registration = (await first(hr))?.id ?? "";
      const grant = () => grantAttempt(tx, hr, { registration, reason: "Was ill on the day." }, later(8));
      await sitAssessment(tx, mila, module, 0, now);
      expect(await first(hr)).toMatchObject({ mayGrantAttempt: false });
      expect(await grant()).toEqual({ ok: false, reason: "attempts_left" });
      await sitAssessment(tx, mila, module, 0, later(2));
      expect(await first(hr)).toMatchObject({ mayGrantAttempt: true });
      expect(await first(boss)).toMatchObject({ mayGrantAttempt: false });
      expect(await grant()).toEqual({ ok: true });
      expect(await grant()).toEqual({ ok: false, reason: "attempts_left" });
      expect(await first(mila)).toMatchObject({
        mayGrantAttempt: false,
        grants: [{ reason: "Was ill on the day.", grantedBy: "Dana Kerr", grantedAt: later(8) }],
      });
    }));

  it("is for the person, the manager, HR and auditors; somebody else's is read on the record", () =>
    database.rolledBack(async (tx) => {
      const { mila, boss, hr, auditor, other, admin } = await aWorld(tx);
      await recordOf(tx, mila);
      expect(await readings(tx)).toEqual([]);
      for (const actor of [boss, hr, auditor]) await recordOf(tx, actor);
      for (const actor of [other, admin])
        await expect(personRecord(tx, actor, "p-mila", now)).rejects.toThrow(Forbidden);
      expect((await readings(tx)).map((e) => [e.actorId, e.subjectId])).toEqual([
        ["p-boss", "p-mila"],
        ["p-dana", "p-mila"],
        ["p-august", "p-mila"],
      ]);
      expect(await verifyChain(tx)).toMatchObject({ broken: null });
    }));

  it("is not found for nobody, and tells nobody else who exists", () =>
    database.rolledBack(async (tx) => {
      const { mila, hr } = await aWorld(tx);
      expect(await personRecord(tx, hr, "p-nobody", now)).toBeNull();
      await expect(personRecord(tx, mila, "p-nobody", now)).rejects.toThrow(Forbidden);
      expect(await readings(tx)).toEqual([]);
    }));

  it("shows evidence in full to those who may read it, and nobody their own", () =>
    database.rolledBack(async (tx) => {
      const { mila, boss, hr, auditor } = await aWorld(tx);
      for (const actor of [hr, auditor]) expect((await recordOf(tx, actor)).mayReadEvidence).toBe(true);
      for (const actor of [mila, boss]) expect((await recordOf(tx, actor)).mayReadEvidence).toBe(false);
      expect((await recordOf(tx, hr, now, "p-dana")).mayReadEvidence).toBe(false);
    }));

  it("knows its own periods and certificates from those of others", () =>
    database.rolledBack(async (tx) => {
      const { mila } = await aWorld(tx);
      await sitAssessment(tx, mila, module, 1, now);
      const period = (await recordOf(tx, mila)).requirements[0]?.periods[0];
      const periodId = period?.id ?? "";
      const certificateId = period?.certificate?.id ?? "";
      for (const entry of [{ periodId }, { certificateId }]) {
        expect(await isOnRecord(tx, "p-mila", entry)).toBe(true);
        expect(await isOnRecord(tx, "p-boss", entry)).toBe(false);
      }
      expect(await isOnRecord(tx, "p-mila", { periodId: randomUUID() })).toBe(false);
    }));
});

onBothEngines("two of HR at the same moment", (database) => {
  it("grant one attempt, not two", async () => {
    const { db } = database;
    const { mila, hr } = await aWorld(db);
    await sitAssessment(db, mila, module, 0, now);
    await sitAssessment(db, mila, module, 0, later(2));
    const registration = (await recordOf(db, mila)).requirements[0]?.periods[0]?.id ?? "";
    const grant = () => grantAttempt(db, hr, { registration, reason: "Was ill on the day." }, later(8));
    const results = await Promise.all([grant(), grant(), grant()]);
    expect(results.filter((result) => result?.ok)).toHaveLength(1);
    expect(await db.$count(attemptGrant)).toBe(1);
  });
});
