import { and, asc, eq } from "drizzle-orm";
import { expect, it } from "vitest";
import type { Db } from "#db/client.server.ts";
import { auditEvent } from "#db/schema/audit.ts";
import { proofFile } from "#db/schema/basis.ts";
import { period } from "#db/schema/competence.ts";
import { certificate } from "#db/schema/evidence.ts";
import { aRequirement } from "#test/course.ts";
import { onBothEngines } from "#test/database.ts";
import { actorFor, anOrganisation, aPerson, storedStatements } from "#test/factories.ts";
import { reconcile } from "../evidence/reconciliation.server.ts";
import { verbs } from "../evidence/statement.ts";
import { Forbidden, system } from "../people/permission.ts";
import { assignRequirements } from "./assignment.server.ts";
import { approveBasis, refuseBasis, revokeBasis } from "./basis-decision.server.ts";
import { attestCompetence, submitBasis, withdrawBasis } from "./basis.server.ts";
import { basisFor, basisQueue } from "./basis-view.server.ts";
import { checkProofFile, proofFileFor } from "./proof-file.server.ts";
import { publishRequirements } from "./requirement.server.ts";
import { personRecord } from "./record.server.ts";

const now = new Date("2026-11-24T09:00:00Z");
const later = (days: number): Date => new Date(now.getTime() + days * 86_400_000);
const slug = aRequirement.slug;
const open = {
  ...aRequirement,
  accepts: ["education" as const, "experience" as const, "attestation" as const],
  criteria: ["Names the limits", "Knows whom to ask"],
};
const degree = {
  requirement: slug,
  kind: "education" as const,
  title: "MSc Artificial Intelligence",
  issuer: "TU Delft",
  obtainedOn: "2024-07-01",
  validUntil: null,
  link: "https://diploma.example/1",
  note: "",
  file: null,
  replaces: null,
};
const note = "Compared with the original.";
const png = Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 1, 2, 3]);

async function aWorld(db: Db, requirement = open) {
  await anOrganisation(db);
  const aside = { audiences: [] };
  const boss = actorFor(await aPerson(db, { id: "p-boss", roles: ["employee", "manager"], ...aside }));
  const ann = actorFor(await aPerson(db, { id: "p-ann", managerId: "p-boss" }));
  const hr = actorFor(await aPerson(db, { id: "p-hr", roles: ["employee", "hr"] }));
  const other = actorFor(await aPerson(db, { id: "p-other", roles: ["employee", "manager"], ...aside }));
  await publishRequirements(db, [requirement], now);
  await assignRequirements(db, system, {}, now);
  const submit = async (as = ann, input: Partial<Parameters<typeof submitBasis>[2]> = {}) => {
    const done = await submitBasis(db, as, { ...degree, ...input }, now);
    if (!done?.ok) throw new Error(JSON.stringify(done));
    return done.id;
  };
  const periods = () =>
    db
      .select()
      .from(period)
      .where(and(eq(period.personId, "p-ann")))
      .orderBy(asc(period.number));
  return { db, boss, ann, hr, other, submit, periods };
}

onBothEngines("a basis of competence", (database) => {
  const world = (body: (w: Awaited<ReturnType<typeof aWorld>>) => Promise<void>, requirement = open) =>
    database.rolledBack(async (tx) => body(await aWorld(tx, requirement)));

  it("completes the open period once somebody else approves it, with a statement and no certificate", () =>
    world(async ({ db, hr, ann, submit, periods }) => {
      const basisId = await submit();
      expect((await periods())[0]).toMatchObject({ completedAt: null });
      const counts = { requirement: slug, until: "2027-03-31" };
      const done = await approveBasis(db, hr, { basisId, note, counts }, later(1));
      expect(done).toEqual({ ok: true, lastDay: "2027-03-31" });
      const [row] = await periods();
      expect(row).toMatchObject({
        completedAt: later(1),
        recognisedAs: "education",
        expiresAt: new Date("2027-03-31T21:59:59Z"),
      });
      const [said] = await storedStatements(db);
      expect(said).toMatchObject({ verb: { id: verbs.recognised }, context: { registration: row?.id } });
      expect(await db.$count(certificate)).toBe(0);
      expect((await reconcile(db, hr)).gaps).toEqual([]);
      const record = await personRecord(db, ann, "p-ann", later(2));
      expect(record?.requirements[0]).toMatchObject({ state: "competent" });
      const again = await approveBasis(db, hr, { basisId, note, counts }, later(2));
      expect(again).toEqual({ ok: false, reason: "decided" });
    }));

  it("counts for nothing where the requirement asks for its training", () =>
    world(
      async ({ db, hr, submit, periods }) => {
        const basisId = await submit();
        const counts = { requirement: slug, until: "2027-03-31" };
        const refused = await approveBasis(db, hr, { basisId, note, counts }, now);
        expect(refused).toEqual({ ok: false, field: "requirement", reason: "not_accepted" });
        expect(await approveBasis(db, hr, { basisId, note, counts: null }, now)).toMatchObject({ ok: true });
        expect((await periods())[0]?.completedAt).toBeNull();
      },
      { ...open, accepts: [], criteria: [] } as unknown as typeof open,
    ));

  it("is decided by HR alone, and never by whom it is about", () =>
    world(async ({ db, hr, ann, boss, submit }) => {
      const own = await submit(hr);
      const basisId = await submit();
      const counts = null;
      await expect(approveBasis(db, hr, { basisId: own, note, counts }, now)).rejects.toThrow(Forbidden);
      for (const actor of [ann, boss])
        await expect(refuseBasis(db, actor, { basisId, note }, now)).rejects.toThrow(Forbidden);
      expect((await basisQueue(db, hr, { view: "waiting", page: 1 })).rows.map((row) => row.id)).toEqual([
        basisId,
      ]);
    }));

  it("ends the competence when it is revoked, and the training is due again", () =>
    world(async ({ db, hr, submit, periods }) => {
      const basisId = await submit();
      await approveBasis(db, hr, { basisId, note, counts: { requirement: slug, until: "2027-11-01" } }, now);
      expect(await revokeBasis(db, hr, { basisId, note }, later(3))).toMatchObject({ ok: true });
      expect(await periods()).toMatchObject([
        { number: 1, supersededAt: later(3) },
        { number: 2, completedAt: null, assignedAt: later(3) },
      ]);
    }));

  it("is corrected by a further one, once, and only when it does not count", () =>
    world(async ({ db, hr, ann, submit }) => {
      const first = await submit();
      expect(await submitBasis(db, ann, { ...degree, replaces: first }, now)).toBeNull();
      await refuseBasis(db, hr, { basisId: first, note: "The name is not readable." }, now);
      expect((await basisFor(db, ann, first, now))?.may).toMatchObject({ correct: true, withdraw: false });
      const second = await submit(ann, { replaces: first });
      expect(await submitBasis(db, ann, { ...degree, replaces: first }, now)).toBeNull();
      expect(await withdrawBasis(db, ann, second, now)).toEqual({ ok: true });
      expect((await basisFor(db, hr, first, now))?.entry).toMatchObject({ state: "refused" });
    }));

  it("may be an attestation by the direct manager, criterion by criterion", () =>
    world(async ({ db, hr, ann, boss, other, periods }) => {
      const input = {
        personId: "p-ann",
        requirement: slug,
        method: "observation" as const,
        observedOn: "2026-11-20",
        validUntil: null,
        note: "Two weeks in support calls.",
        said: [
          { met: "met", note: "" },
          { met: "not_met", note: "Asked nobody." },
        ],
      };
      for (const actor of [ann, other, hr])
        await expect(attestCompetence(db, actor, input, now)).rejects.toThrow(Forbidden);
      const left = await attestCompetence(db, boss, { ...input, said: input.said.slice(0, 1) }, now);
      expect(left).toMatchObject({ ok: false, field: "criteria" });
      const partly = await attestCompetence(db, boss, input, now);
      const counts = { requirement: slug, until: "2027-06-30" };
      const approve = (done: typeof partly) =>
        approveBasis(db, hr, { basisId: done?.ok ? done.id : "", note, counts }, now);
      expect(await approve(partly)).toMatchObject({ ok: false, reason: "not_met" });
      const whole = input.said.map((one) => ({ ...one, met: "met" }));
      expect(await approve(await attestCompetence(db, boss, { ...input, said: whole }, now))).toMatchObject({
        ok: true,
      });
      expect((await periods())[0]).toMatchObject({ recognisedAs: "attestation" });
    }));

  it("keeps its file for those who may read the record, and notes who else opened it", () =>
    world(async ({ db, ann, hr, other, submit }) => {
      const checked = await checkProofFile({ bytes: png, name: "../a/Diploma.PNG" }, null);
      if (!checked.ok) throw new Error(checked.reason);
      const basisId = await submit(ann, { link: null, file: checked.file });
      const { entry } = (await basisFor(db, hr, basisId, now)) ?? {};
      expect(entry?.file).toMatchObject({ name: "Diploma.png", size: png.length, scanned: false });
      const id = entry?.file?.id ?? "";
      await expect(proofFileFor(db, other, id, now)).rejects.toThrow(Forbidden);
      expect((await proofFileFor(db, ann, id, now))?.content).toEqual(png);
      expect(await db.$count(auditEvent, eq(auditEvent.type, "proof.read"))).toBe(0);
      await proofFileFor(db, hr, id, now);
      expect(await db.$count(auditEvent, eq(auditEvent.type, "proof.read"))).toBe(1);
      expect(await db.$count(proofFile)).toBe(1);
    }));
});
