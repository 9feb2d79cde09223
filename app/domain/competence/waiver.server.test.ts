import { desc, eq } from "drizzle-orm";
import { randomUUID } from "node:crypto";
import { expect, it } from "vitest";
import type { Db } from "#db/client.server.ts";
import { auditEvent } from "#db/schema/audit.ts";
import { period, waiver } from "#db/schema/competence.ts";
import { aCourse, aRequirement } from "#test/course.ts";
import { onBothEngines } from "#test/database.ts";
import { actorFor, anOrganisation, aPerson } from "#test/factories.ts";
import { verifyChain } from "../audit/event.server.ts";
import { Forbidden } from "../people/permission.ts";
import { learnerRequirements } from "./curriculum.server.ts";
import { grantWaiver } from "./waiver.server.ts";

const now = new Date("2026-11-24T09:00:00Z");
const input = { reason: "Parental leave.", until: "2027-02-28" };

async function aWorld(tx: Db) {
  await anOrganisation(tx);
  const boss = actorFor(await aPerson(tx, { id: "p-boss", roles: ["employee", "manager"] }));
  const learner = actorFor(await aPerson(tx, { id: "p-mila", managerId: "p-boss" }));
  await aCourse(tx, now);
  const hr = actorFor(await aPerson(tx, { id: "p-dana", roles: ["employee", "hr"], audiences: [] }));
  const [row] = await tx.select().from(period).where(eq(period.personId, "p-mila"));
  if (!row) throw new Error("no period");
  const stateAt = async (at: Date) => (await learnerRequirements(tx, learner, at))[0]?.state;
  return { boss, learner, hr, periodId: row.id, stateAt };
}

onBothEngines("granting a waiver", (database) => {
  it("exempts until the end of the last day, and is in the audit log", () =>
    database.rolledBack(async (tx) => {
      const { hr, periodId, stateAt } = await aWorld(tx);
      const until = new Date("2027-03-01T00:00:00Z");
      expect(await stateAt(now)).toBe("not_started");
      expect(await grantWaiver(tx, hr, { periodId, ...input }, now)).toEqual({ ok: true, until });
      expect(await stateAt(now)).toBe("waived");
      expect(await stateAt(new Date(until.getTime() - 1))).toBe("waived");
      expect(await stateAt(until)).toBe("overdue");
      expect(await tx.select().from(waiver)).toMatchObject([
        { periodId, reason: "Parental leave.", grantedBy: "p-dana", grantedAt: now, until },
      ]);
      const [event] = await tx.select().from(auditEvent).orderBy(desc(auditEvent.seq)).limit(1);
      expect(event).toMatchObject({
        type: "waiver.granted",
        actorId: "p-dana",
        subjectId: periodId,
        data: { personId: "p-mila", requirement: aRequirement.slug, until: until.toISOString() },
      });
      expect(await verifyChain(tx)).toMatchObject({ broken: null });
    }));

  it("prolongs by a further row, so that each decision stays", () =>
    database.rolledBack(async (tx) => {
      const { hr, periodId, stateAt } = await aWorld(tx);
      await grantWaiver(tx, hr, { periodId, ...input }, now);
      await grantWaiver(tx, hr, { periodId, reason: "Leave prolonged.", until: "2027-04-30" }, now);
      expect(await tx.$count(waiver)).toBe(2);
      expect(await stateAt(new Date("2027-04-01T00:00:00Z"))).toBe("waived");
    }));

  it("is refused for what is completed, over or too far away, and leaves nothing behind", () =>
    database.rolledBack(async (tx) => {
      const { hr, periodId } = await aWorld(tx);
      const grant = (until: string) => grantWaiver(tx, hr, { periodId, ...input, until }, now);
      expect(await grant("2026-11-23")).toEqual({ ok: false, reason: "past" });
      expect(await grant("2028-11-23")).toEqual({ ok: false, reason: "too_long" });
      await tx.update(period).set({ completedAt: now }).where(eq(period.id, periodId));
      expect(await grant("2027-02-28")).toEqual({ ok: false, reason: "completed" });
      expect(await tx.$count(waiver)).toBe(0);
    }));

  it("is for HR alone", () =>
    database.rolledBack(async (tx) => {
      const { boss, learner, hr, periodId } = await aWorld(tx);
      for (const actor of [boss, learner]) {
        await expect(grantWaiver(tx, actor, { periodId, ...input }, now)).rejects.toThrow(Forbidden);
        await expect(grantWaiver(tx, actor, { periodId: randomUUID(), ...input }, now)).rejects.toThrow(
          Forbidden,
        );
      }
      expect(await grantWaiver(tx, hr, { periodId: randomUUID(), ...input }, now)).toBeNull();
    }));
});
