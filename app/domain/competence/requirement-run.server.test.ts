import { asc, eq } from "drizzle-orm";
import { expect, it } from "vitest";
import type { Db } from "#db/client.server.ts";
import { auditEvent } from "#db/schema/audit.ts";
import { period } from "#db/schema/competence.ts";
import { requirementRun } from "#db/schema/requirement-run.ts";
import { aCourse, aRequirement } from "#test/course.ts";
import { onBothEngines } from "#test/database.ts";
import { actorFor, anOrganisation, aPerson } from "#test/factories.ts";
import { verifyChain } from "../audit/event.server.ts";
import {
  effectOfRequirement,
  endRequirement,
  runRequirements,
  saveRequirement,
} from "./requirement-edit.server.ts";
import { cameOtherwise, partDone } from "./requirement-run.ts";
import { newestRun, workRequirementRuns } from "./requirement-run.server.ts";
import type { Requirement } from "./requirement.ts";

const now = new Date("2026-11-23T10:00:00Z");
const clock = (): Date => now;
const reason = "Decided by the AI board.";
const sales: Requirement = {
  ...aRequirement,
  audiences: [],
  appliesTo: { any: [{ all: [{ department: ["Sales"] }] }] },
  effectiveFrom: "2026-11-23",
};

/** Seven in Sales who have nothing yet, and three in Support who have it by the version before. */
async function aWorld(tx: Db) {
  await anOrganisation(tx);
  const hr = actorFor(await aPerson(tx, { id: "p-hr", roles: ["employee", "hr"], audiences: [] }));
  for (let i = 0; i < 7; i++) await aPerson(tx, { id: `p-sales-${i}`, department: "Sales", audiences: [] });
  for (let i = 0; i < 3; i++) await aPerson(tx, { id: `p-support-${i}` });
  await aCourse(tx, now);
  return hr;
}

async function saveLater(tx: Db, hr: ReturnType<typeof actorFor>) {
  const effect = await effectOfRequirement(tx, hr, sales, now);
  const expected = { assigned: effect.assign.count, ended: effect.end.count };
  return saveRequirement(tx, hr, { body: sales, reason, seen: 1, atOnce: 5, expected }, now);
}

onBothEngines("applying a requirement by the schedule", (database) => {
  it("does just what the trial said, goes on after a kill, and counts nothing twice", () =>
    database.rolledBack(async (tx) => {
      const hr = await aWorld(tx);
      expect(await saveLater(tx, hr)).toMatchObject({ ok: true, scheduled: true, opened: 0, ended: 0 });
      expect(await newestRun(tx, sales.slug)).toMatchObject({
        total: 11,
        people: 0,
        version: 2,
        finishedAt: null,
      });
      let calls = 0;
      const killed = (): Date => {
        if (++calls === 3) throw new Error("killed");
        return now;
      };
      await expect(workRequirementRuns(tx, killed, 4)).rejects.toThrow("killed");
      const half = await newestRun(tx, sales.slug);
      expect(half).toMatchObject({ people: 8, finishedAt: null });
      expect(half && partDone(half)).toBeCloseTo(8 / 11);
      expect(await workRequirementRuns(tx, clock, 4)).toBe(3);
      const done = await newestRun(tx, sales.slug);
      expect(done).toMatchObject({
        people: 11,
        opened: 7,
        ended: 3,
        assignedPeople: 7,
        endedPeople: 3,
        expectedAssigned: 7,
        expectedEnded: 3,
        finishedAt: now,
      });
      expect(done && cameOtherwise(done)).toBe(false);
      expect(await workRequirementRuns(tx, clock, 4)).toBe(0);
      const [event] = await tx.select().from(auditEvent).where(eq(auditEvent.type, "requirement.applied"));
      expect(event).toMatchObject({
        actorId: hr.id,
        data: { slug: sales.slug, people: 11, opened: 7, ended: 3 },
      });
      expect(await verifyChain(tx)).toMatchObject({ broken: null });
    }));

  it("says where it came otherwise, and leaves the rest to a later version", () =>
    database.rolledBack(async (tx) => {
      const hr = await aWorld(tx);
      await saveLater(tx, hr);
      await aPerson(tx, { id: "p-new", department: "Sales", audiences: [] });
      // A start of the product goes through everybody as well: what came of it is told all the same.
      await runRequirements(tx, now);
      await workRequirementRuns(tx, clock, 20);
      const run = await newestRun(tx, sales.slug);
      expect(run).toMatchObject({ opened: 8, assignedPeople: 8, expectedAssigned: 7, endedPeople: 3 });
      expect(run && cameOtherwise(run)).toBe(true);
      const later = new Date(now.getTime() + 60_000);
      await saveRequirement(
        tx,
        hr,
        { body: { ...sales, title: "Other" }, reason, seen: 2, atOnce: 5 },
        later,
      );
      expect(await endRequirement(tx, hr, { slug: sales.slug, reason, atOnce: 5 }, later)).toMatchObject({
        scheduled: true,
        ended: 0,
      });
      await workRequirementRuns(tx, () => later, 20);
      const runs = await tx.select().from(requirementRun).orderBy(asc(requirementRun.requestedAt));
      expect(runs.filter((one) => one.overtakenBy !== null)).toHaveLength(1);
      expect(runs.find((one) => one.endedPeople === 8)).toMatchObject({ expectedEnded: null, ended: 8 });
      const open = await tx.select().from(period).where(eq(period.requirementSlug, sales.slug));
      expect(open.filter((one) => one.endedAt === null)).toEqual([]);
    }));
});
