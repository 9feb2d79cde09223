import { and, asc, eq } from "drizzle-orm";
import { expect, it } from "vitest";
import type { Db } from "#db/client.server.ts";
import { auditEvent } from "#db/schema/audit.ts";
import { period } from "#db/schema/competence.ts";
import { person } from "#db/schema/people.ts";
import { aRequirement } from "#test/course.ts";
import { onBothEngines } from "#test/database.ts";
import { actorFor, anOrganisation, aPerson } from "#test/factories.ts";
import { Forbidden, system } from "../people/permission.ts";
import { assignRequirements, openDuePeriods } from "./assignment.server.ts";
import { publishRequirements } from "./requirement.server.ts";

const now = new Date("2026-11-23T10:00:00Z");
const days = (count: number): Date => new Date(now.getTime() + count * 86_400_000);
const engineers = { ...aRequirement, slug: "ai-engineering-yearly", audiences: ["engineers"] };

const periodsOf = (tx: Db, personId: string) =>
  tx.select().from(period).where(eq(period.personId, personId)).orderBy(asc(period.number));

onBothEngines("assignment", (database) => {
  it("opens what applies to each person, once", async () => {
    await database.rolledBack(async (tx) => {
      await anOrganisation(tx);
      const [mila, tomasz, gone] = [
        await aPerson(tx),
        await aPerson(tx, { audiences: ["all-staff", "engineers"] }),
        await aPerson(tx, { leftOn: "2026-11-01" }),
      ];
      await publishRequirements(tx, [aRequirement, engineers], now);
      expect(await assignRequirements(tx, system, {}, now)).toEqual({ opened: 3, ended: 0 });
      expect(await assignRequirements(tx, system, {}, days(1))).toEqual({ opened: 0, ended: 0 });
      expect(await periodsOf(tx, mila.id)).toMatchObject([
        // To the end of the day in Rotterdam.
        {
          number: 1,
          dueAt: new Date("2026-12-23T22:59:59Z"),
          graceUntil: new Date("2027-01-06T22:59:59Z"),
          openedBy: "rule",
        },
      ]);
      expect(await periodsOf(tx, tomasz.id)).toHaveLength(2);
      expect(await periodsOf(tx, gone.id)).toEqual([]);
      const events = await tx.select().from(auditEvent).where(eq(auditEvent.type, "period.assigned"));
      expect(events).toHaveLength(3);
    });
  });

  it("ends what is asked no more, and carries on what was proven when it is asked again", async () => {
    await database.rolledBack(async (tx) => {
      await anOrganisation(tx);
      const { id } = await aPerson(tx, { audiences: ["all-staff", "engineers"] });
      const move = async (audiences: string[], at: Date) => {
        await tx.update(person).set({ audiences }).where(eq(person.id, id));
        return assignRequirements(tx, system, { personIds: [id] }, at);
      };
      const ofEngineers = async () =>
        (await periodsOf(tx, id)).filter((p) => p.requirementSlug === engineers.slug);
      await publishRequirements(tx, [aRequirement, engineers], now);
      await assignRequirements(tx, system, {}, now);
      expect(await move(["all-staff"], days(1))).toEqual({ opened: 0, ended: 1 });
      expect(await move(["all-staff"], days(2))).toEqual({ opened: 0, ended: 0 });
      expect(await ofEngineers()).toMatchObject([{ endedAt: days(1), endedReason: "does_not_apply" }]);
      expect(await move(["all-staff", "engineers"], days(3))).toEqual({ opened: 1, ended: 0 });
      const proven = {
        completedAt: days(4),
        renewFrom: days(300),
        expiresAt: days(360),
        anchorOn: "2026-11-27",
      };
      await tx
        .update(period)
        .set(proven)
        .where(and(eq(period.requirementSlug, engineers.slug), eq(period.number, 2)));
      await move([], days(10));
      await move(["engineers"], days(20));
      const [, second, third] = await ofEngineers();
      expect(second).toMatchObject({ ...proven, endedAt: days(10) });
      expect(third).toMatchObject({ ...proven, number: 3, endedAt: null, carriedFrom: second?.id });
      // A leaver's end says so.
      await tx.update(person).set({ leftOn: "2026-12-20" }).where(eq(person.id, id));
      expect(await assignRequirements(tx, system, {}, days(30))).toEqual({ opened: 0, ended: 1 });
      expect((await ofEngineers()).at(-1)).toMatchObject({ endedReason: "left" });
      const ended = await tx.select().from(auditEvent).where(eq(auditEvent.type, "period.ended"));
      expect(ended).toHaveLength(4);
    });
  });

  it("is for HR and the product itself", async () => {
    await database.rolledBack(async (tx) => {
      const employee = actorFor(await aPerson(tx));
      await expect(assignRequirements(tx, employee, {}, now)).rejects.toThrow(Forbidden);
    });
  });

  it("opens the renewal when it is due and lets it take over when the competence ends", async () => {
    await database.rolledBack(async (tx) => {
      await anOrganisation(tx);
      const { id } = await aPerson(tx);
      await publishRequirements(tx, [aRequirement], now);
      await assignRequirements(tx, system, {}, now);
      await tx
        .update(period)
        .set({ completedAt: days(3), renewFrom: days(305), expiresAt: days(365) })
        .where(eq(period.personId, id));
      expect(await openDuePeriods(tx, days(304))).toEqual({ opened: 0, superseded: 0 });
      expect(await openDuePeriods(tx, days(310))).toEqual({ opened: 1, superseded: 0 });
      expect(await openDuePeriods(tx, days(310))).toEqual({ opened: 0, superseded: 0 });
      expect(await openDuePeriods(tx, days(400))).toEqual({ opened: 0, superseded: 1 });
      expect(await periodsOf(tx, id)).toMatchObject([
        { number: 1, supersededAt: days(365) },
        { number: 2, assignedAt: days(310), dueAt: days(365), graceUntil: days(365), supersededAt: null },
      ]);
    });
  });

  it("opens nothing twice when it runs twice at once", async () => {
    const { db } = database;
    await anOrganisation(db);
    const people = [];
    for (let i = 0; i < 20; i++) people.push(await aPerson(db));
    await db.transaction((tx) => publishRequirements(tx, [aRequirement], now));
    const input = { personIds: people.map((p) => p.id) };
    const opened = await Promise.all([
      assignRequirements(db, system, input, now),
      assignRequirements(db, system, { personIds: input.personIds.toReversed() }, now),
    ]);
    expect(opened.reduce((sum, n) => sum + n.opened, 0)).toBe(20);
  });
});
