import { eq } from "drizzle-orm";
import { expect, it } from "vitest";
import type { Db } from "#db/client.server.ts";
import { period } from "#db/schema/competence.ts";
import { certificate } from "#db/schema/evidence.ts";
import { aCourse, aModule, sitAssessment } from "#test/course.ts";
import { onBothEngines } from "#test/database.ts";
import { actorFor, anOrganisation, aPerson } from "#test/factories.ts";
import { verifyChain } from "../audit/event.server.ts";
import { verificationOf } from "../evidence/verification.server.ts";
import { type Actor, Forbidden } from "../people/permission.ts";
import { learnerRequirements } from "./curriculum.server.ts";
import { revokeCompetence } from "./revocation.server.ts";

const now = new Date("2026-11-24T09:00:00Z");
const later = new Date("2026-11-25T09:00:00Z");

async function certified(tx: Db): Promise<{ learner: Actor; hr: Actor; id: string; code: string }> {
  await anOrganisation(tx);
  const learner = actorFor(await aPerson(tx));
  const hr = actorFor(await aPerson(tx, { roles: ["employee", "hr"], audiences: [] }));
  const module = aModule();
  await aCourse(tx, now, module);
  await sitAssessment(tx, learner, module, 1, now);
  const [row] = await tx.select().from(certificate);
  if (!row) throw new Error("no certificate was issued");
  return { learner, hr, id: row.id, code: row.code };
}

onBothEngines("revoking", (database) => {
  it("ends the competence and opens the next period at once, with time to take it", () =>
    database.rolledBack(async (tx) => {
      const { learner, hr, id, code } = await certified(tx);
      expect(await learnerRequirements(tx, learner, now)).toMatchObject([{ state: "competent" }]);
      expect(await revokeCompetence(tx, hr, id, "Taken by somebody else.", later)).toEqual({ ok: true });
      expect(await learnerRequirements(tx, learner, later)).toMatchObject([
        { state: "not_started", percent: 0, dueAt: new Date("2026-12-25T22:59:59Z"), completedAt: null },
      ]);
      expect(await verificationOf(tx, code, later)).toMatchObject({ status: "revoked" });
      expect(await revokeCompetence(tx, hr, id, "Once more.", later)).toEqual({
        ok: false,
        reason: "already_revoked",
      });
      expect(await tx.$count(period, eq(period.personId, learner.id))).toBe(2);
      expect(await verifyChain(tx)).toMatchObject({ broken: null });
    }));

  it("is not for the holder, nor for anybody but HR", () =>
    database.rolledBack(async (tx) => {
      const { learner, id } = await certified(tx);
      await expect(revokeCompetence(tx, learner, id, "Mine.", later)).rejects.toThrow(Forbidden);
      expect(await learnerRequirements(tx, learner, later)).toMatchObject([{ state: "competent" }]);
    }));
});
