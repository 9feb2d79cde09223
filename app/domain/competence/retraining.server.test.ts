import { asc, eq } from "drizzle-orm";
import { expect, it } from "vitest";
import type { Db } from "#db/client.server.ts";
import { auditEvent } from "#db/schema/audit.ts";
import { period } from "#db/schema/competence.ts";
import { policyVersion } from "#db/schema/content.ts";
import { certificate } from "#db/schema/evidence.ts";
import { person } from "#db/schema/people.ts";
import { aCourse, aModule, aPolicy, aRequirement, sitAssessment } from "#test/course.ts";
import { onBothEngines } from "#test/database.ts";
import { actorFor, anOrganisation, aPerson } from "#test/factories.ts";
import { verificationOf } from "../evidence/verification.server.ts";
import { publishContent } from "../content/publish.server.ts";
import { Forbidden, system } from "../people/permission.ts";
import { assignRequirements, openDuePeriods } from "./assignment.server.ts";
import { learnerRequirements } from "./curriculum.server.ts";
import { publishRequirements } from "./requirement.server.ts";
import { askAgain, effectOfRetraining, peopleCalled, retrainForPolicies } from "./retraining.server.ts";

const day = (n: number): Date => new Date(Date.parse("2026-06-01T09:00:00Z") + n * 86_400_000);
const module = aModule();
const incident = {
  requirement: aRequirement.slug,
  cause: "incident",
  reason: "A summary was published unchecked.",
  dueDays: 14,
} as const;

async function aWorld(tx: Db) {
  await anOrganisation(tx);
  const hr = actorFor(await aPerson(tx, { id: "p-hr", roles: ["employee", "hr"], audiences: [] }));
  const done = actorFor(await aPerson(tx, { id: "p-done", name: "Dana Done", department: "Sales" }));
  const idle = actorFor(await aPerson(tx, { id: "p-idle", department: "Sales" }));
  await aCourse(tx, day(0), module);
  await sitAssessment(tx, done, module, 1, day(1));
  return { hr, done, idle };
}
const periodsOf = (tx: Db, personId: string) =>
  tx.select().from(period).where(eq(period.personId, personId)).orderBy(asc(period.number));

onBothEngines("asking for training again", (database) => {
  it("counts first, then shortens what was proven and opens the next period at once", () =>
    database.rolledBack(async (tx) => {
      const { hr, done, idle } = await aWorld(tx);
      expect(await effectOfRetraining(tx, hr, { ...incident, department: "Sales" }, day(10))).toEqual({
        asked: { count: 1, first: [{ id: done.id, name: done.name }] },
        unproven: { count: 1, first: [{ id: idle.id, name: idle.name }] },
        ending: { count: 0, first: [] },
        outside: { count: 0, first: [] },
      });
      expect(await effectOfRetraining(tx, hr, { ...incident, department: "Legal" }, day(10))).toMatchObject({
        asked: { count: 0 },
      });
      expect(await askAgain(tx, hr, incident, day(10))).toEqual({ asked: 1 });
      const [first, second] = await periodsOf(tx, done.id);
      expect(first).toMatchObject({ expiresAt: day(24), supersededAt: null });
      expect(second).toMatchObject({ number: 2, openedBy: "incident", dueAt: day(24), graceUntil: day(24) });
      expect(await periodsOf(tx, idle.id)).toHaveLength(1);
      const [issued] = await tx.select().from(certificate);
      expect(await verificationOf(tx, issued?.code ?? "", day(25))).toMatchObject({ status: "expired" });
      // Asked twice, nothing more happens; missed, the competence has ended.
      expect(await askAgain(tx, hr, incident, day(11))).toEqual({ asked: 0 });
      await openDuePeriods(tx, day(25));
      expect(await learnerRequirements(tx, done, day(25))).toMatchObject([{ state: "expired" }]);
      const events = await tx.select().from(auditEvent).where(eq(auditEvent.type, "requirement.retrained"));
      expect(events.map((event) => event.data)).toEqual([
        { slug: aRequirement.slug, cause: "incident", people: 1, dueDays: 14 },
      ]);
    }));

  it("reaches a competence carried on after a move, and the certificate behind it", () =>
    database.rolledBack(async (tx) => {
      const { hr, done } = await aWorld(tx);
      const move = async (audiences: string[], at: Date) => {
        await tx.update(person).set({ audiences }).where(eq(person.id, done.id));
        await assignRequirements(tx, system, { personIds: [done.id] }, at);
      };
      await move([], day(3));
      await move(["all-staff"], day(5));
      expect(await learnerRequirements(tx, done, day(5))).toMatchObject([{ state: "competent" }]);
      expect(await askAgain(tx, hr, incident, day(10))).toEqual({ asked: 1 });
      expect((await periodsOf(tx, done.id)).map((p) => p.number)).toEqual([1, 2, 3]);
      const [issued] = await tx.select().from(certificate);
      expect(await verificationOf(tx, issued?.code ?? "", day(25))).toMatchObject({ status: "expired" });
    }));

  it("follows a material revision of a policy where the requirement says so", () =>
    database.rolledBack(async (tx) => {
      const { done } = await aWorld(tx);
      const revise = async (version: string, at: Date) => {
        await publishContent(
          tx,
          { modules: [], policies: [aPolicy({ version, body: `### 1.1 Purpose\n\n${version}` })] },
          at,
        );
        const [row] = await tx.select().from(policyVersion).where(eq(policyVersion.version, version));
        return retrainForPolicies(tx, [row?.id ?? ""], at);
      };
      expect(await revise("2.0", day(10))).toEqual([]);
      await publishRequirements(tx, [{ ...aRequirement, triggers: ["material_policy"] }], day(11));
      expect(await revise("3.0", day(12))).not.toEqual([]);
      expect(await periodsOf(tx, done.id)).toMatchObject([
        {},
        { openedBy: "material_policy", dueAt: day(42) },
      ]);
    }));

  it("is for HR, and takes names that mean one person", () =>
    database.rolledBack(async (tx) => {
      const { hr, done } = await aWorld(tx);
      await expect(askAgain(tx, done, incident, day(2))).rejects.toThrow(Forbidden);
      await aPerson(tx, { id: "p-twin", name: "dana done" });
      expect(
        await peopleCalled(tx, hr, ["P-IDLE", " p-done@aldermoor.example ", "Dana Done", "nobody", ""]),
      ).toEqual({
        ids: ["p-idle", "p-done"],
        unknown: ["Dana Done", "nobody"],
      });
    }));
});
