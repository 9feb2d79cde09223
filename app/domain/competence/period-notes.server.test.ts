import { eq } from "drizzle-orm";
import { expect, it } from "vitest";
import type { Db } from "#db/client.server.ts";
import { certificate } from "#db/schema/evidence.ts";
import { attempt } from "#db/schema/learning.ts";
import { person } from "#db/schema/people.ts";
import { aCourse, aModule, aRequirement, sitAssessment } from "#test/course.ts";
import { onBothEngines } from "#test/database.ts";
import { actorFor, anOrganisation, aPerson } from "#test/factories.ts";
import { verificationOf } from "../evidence/verification.server.ts";
import { resultFor } from "../learning/result.server.ts";
import { isOpen } from "./agenda.ts";
import { assignRequirements, openDuePeriods } from "./assignment.server.ts";
import { courseFor } from "./course.server.ts";
import { learnerRequirements } from "./curriculum.server.ts";
import { personRecord } from "./record.server.ts";
import { requirementView } from "./requirement-view.server.ts";
import { askAgain } from "./retraining.server.ts";
import { revokeCompetence } from "./revocation.server.ts";

const day = (n: number): Date => new Date(Date.parse("2026-06-01T09:00:00Z") + n * 86_400_000);
const module = aModule();
const { slug } = aRequirement;
const incident = {
  requirement: slug,
  cause: "incident",
  reason: "A summary went out.",
  dueDays: 14,
} as const;

async function aWorld(tx: Db) {
  await anOrganisation(tx);
  const hr = actorFor(await aPerson(tx, { id: "p-hr", roles: ["employee", "hr"], audiences: [] }));
  const done = actorFor(await aPerson(tx, { id: "p-done" }));
  const idle = actorFor(await aPerson(tx, { id: "p-idle" }));
  await aCourse(tx, day(0), module);
  await sitAssessment(tx, done, module, 1, day(1));
  return { hr, done, idle };
}

const recordOf = async (tx: Db, ...[actor, id, at]: [Parameters<typeof personRecord>[1], string, Date]) =>
  (await personRecord(tx, actor, id, at))?.requirements[0];

onBothEngines("what is told of a period", (database) => {
  it("says since when it is not asked any more, and asks nothing more of anybody", () =>
    database.rolledBack(async (tx) => {
      const { hr, done, idle } = await aWorld(tx);
      await tx.update(person).set({ audiences: [] }).where(eq(person.id, done.id));
      await tx.update(person).set({ audiences: [] }).where(eq(person.id, idle.id));
      await assignRequirements(tx, hr, { slug }, day(5));
      const ended = { at: day(5), reason: "does_not_apply" };
      // Long after, when what was proven has expired.
      const [proven] = await learnerRequirements(tx, done, day(500));
      expect(proven).toMatchObject({ state: "expired", ended, asked: null, revoked: null });
      expect(proven && isOpen(proven)).toBe(false);
      expect(await learnerRequirements(tx, idle, day(6))).toEqual([]);
      expect(await recordOf(tx, hr, idle.id, day(6))).toMatchObject({
        state: null,
        periods: [{ endedAt: day(5), endedReason: "does_not_apply", stands: false }],
      });
    }));

  it.each([
    ["opens a renewal", 10],
    ["finds one open", 330],
  ])("says why training is asked again where that %s", (_, at) =>
    database.rolledBack(async (tx) => {
      const { hr, done, idle } = await aWorld(tx);
      await openDuePeriods(tx, day(at));
      expect(await askAgain(tx, hr, incident, day(at))).toEqual({ asked: 1 });
      const asked = { cause: "incident", reason: incident.reason, at: day(at) };
      expect(await learnerRequirements(tx, done, day(at))).toMatchObject([{ asked, revoked: null }]);
      expect(await learnerRequirements(tx, idle, day(at))).toMatchObject([{ asked: null }]);
      expect(await courseFor(tx, done, slug, day(at))).toMatchObject({ asked });
      expect(await recordOf(tx, hr, done.id, day(at))).toMatchObject({
        periods: [{ asked }, { asked: null, certificate: { endedBy: asked } }],
      });
      const [issued] = await tx.select().from(certificate);
      expect(await verificationOf(tx, issued?.code ?? "", day(at))).toMatchObject({
        endsEarlyBy: "retraining",
      });
      expect(await requirementView(tx, hr, slug, day(at))).toMatchObject({ retrainings: [{ people: 1 }] });
    }),
  );

  it("says that the certificate was revoked, until the competence is proven anew", () =>
    database.rolledBack(async (tx) => {
      const { hr, done } = await aWorld(tx);
      const [issued] = await tx.select().from(certificate);
      await revokeCompetence(tx, hr, issued?.id ?? "", "Somebody else sat it.", day(5), "conduct");
      const revoked = { at: day(5), category: "conduct" };
      const lost = { state: "not_started", revoked, certificateId: null };
      expect(await learnerRequirements(tx, done, day(6))).toMatchObject([lost]);
      expect(await courseFor(tx, done, slug, day(6))).toMatchObject(lost);
      expect(await recordOf(tx, hr, done.id, day(6))).toMatchObject({
        periods: [{ revoked: null }, { revoked }],
      });
      const [sat] = await tx.select().from(attempt);
      expect(await resultFor(tx, done, sat?.id ?? "")).toMatchObject({ passed: true, revoked });
      await sitAssessment(tx, done, module, 1, day(7));
      expect(await learnerRequirements(tx, done, day(8))).toMatchObject([
        { state: "competent", revoked: null },
      ]);
    }));
});
