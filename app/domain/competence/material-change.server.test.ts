import { asc, eq } from "drizzle-orm";
import { expect, it } from "vitest";
import type { Db } from "#db/client.server.ts";
import { auditEvent } from "#db/schema/audit.ts";
import { period } from "#db/schema/competence.ts";
import { moduleVersion } from "#db/schema/content.ts";
import { certificate } from "#db/schema/evidence.ts";
import { person } from "#db/schema/people.ts";
import { aCourse, aModule, sitAssessment, takeAllLessons } from "#test/course.ts";
import { onBothEngines } from "#test/database.ts";
import { actorFor, anOrganisation, aPerson } from "#test/factories.ts";
import { recordEvents, verifyChain } from "../audit/event.server.ts";
import type { Module } from "../content/module.ts";
import { publishContent } from "../content/publish.server.ts";
import { verificationOf } from "../evidence/verification.server.ts";
import { type Actor, system } from "../people/permission.ts";
import { assignRequirements, openDuePeriods } from "./assignment.server.ts";
import { learnerRequirements } from "./curriculum.server.ts";
import { applyChange, effectOfChange } from "./material-change.server.ts";

const day = (n: number): Date => new Date(Date.parse("2026-06-01T09:00:00Z") + n * 86_400_000);
/** When what was assigned on day 0 is due: the end of the day thirty days later, in Rotterdam. */
const endOfFirst = new Date("2026-07-01T21:59:59Z");
const module = aModule();

async function aWorld(tx: Db) {
  await anOrganisation(tx);
  const done = actorFor(await aPerson(tx));
  const reading = actorFor(await aPerson(tx));
  const idle = actorFor(await aPerson(tx));
  const moved = actorFor(await aPerson(tx));
  await aCourse(tx, day(0), module);
  await sitAssessment(tx, done, module, 1, day(1));
  await sitAssessment(tx, moved, module, 1, day(1));
  await takeAllLessons(tx, reading, module, day(1));
  await tx
    .update(person)
    .set({ audiences: ["elsewhere"] })
    .where(eq(person.id, moved.id));
  await assignRequirements(tx, system, { personIds: [moved.id] }, day(1));
  return { done, reading, idle, moved };
}

async function publishNext(tx: Db, change: Module["change"], version: string, now: Date) {
  const next = aModule({ version, change, changeNote: "Changed.", title: `AI awareness ${version}` });
  await publishContent(tx, { modules: [next], policies: [] }, now);
  const [row] = await tx.select().from(moduleVersion).where(eq(moduleVersion.version, version));
  const { effect, entries } = await applyChange(tx, row?.id ?? "", now);
  await recordEvents(tx, system, entries, now);
  return effect;
}

const standingOf = async (tx: Db, actor: Actor, now: Date) => (await learnerRequirements(tx, actor, now))[0];
const periodsOf = (tx: Db, actor: Actor) =>
  tx.select().from(period).where(eq(period.personId, actor.id)).orderBy(asc(period.number));

onBothEngines("a change of a module", (database) => {
  it("that is editorial changes nothing for anybody", () =>
    database.rolledBack(async (tx) => {
      const { done } = await aWorld(tx);
      const before = await tx.select().from(period).orderBy(period.id);
      const events = await tx.$count(auditEvent);
      expect(await publishNext(tx, "editorial", "1.0.1", day(10))).toEqual({
        ending: 0,
        reassigned: 0,
        until: null,
        begun: 0,
      });
      expect(await tx.select().from(period).orderBy(period.id)).toEqual(before);
      expect(await tx.$count(auditEvent)).toBe(events);
      expect(await standingOf(tx, done, day(10))).toMatchObject({ state: "competent" });
    }));

  it("that is material ends certificates after the days a new person has, and assigns the module again", () =>
    database.rolledBack(async (tx) => {
      const { done, reading, idle, moved } = await aWorld(tx);
      const [issued] = await tx.select().from(certificate).where(eq(certificate.personId, done.id));
      const code = issued?.code ?? "";
      const foreseen = await effectOfChange(tx, system, module.slug, day(10));
      expect(foreseen).toEqual({ ending: 2, reassigned: 1, until: day(40), begun: 1 });
      expect(await publishNext(tx, "material", "2.0.0", day(10))).toEqual(foreseen);

      expect(await standingOf(tx, done, day(10))).toMatchObject({
        state: "expiring",
        expiresAt: day(40),
        dueAt: day(40),
        module: { title: "AI awareness 2.0.0" },
      });
      const [first, second, ...more] = await periodsOf(tx, done);
      expect(first).toMatchObject({ expiresAt: day(40), renewFrom: day(10) });
      expect(second).toMatchObject({ number: 2, assignedAt: day(10), dueAt: day(40), graceUntil: day(40) });
      expect(more).toEqual([]);
      expect(await verificationOf(tx, code, day(39))).toMatchObject({
        status: "valid",
        expiresAt: day(40),
        printedUntil: new Date("2027-06-02T21:59:59Z"),
      });
      expect(await verificationOf(tx, code, day(41))).toMatchObject({ status: "expired" });
      await openDuePeriods(tx, day(41));
      expect(await standingOf(tx, done, day(41))).toMatchObject({ state: "expired" });

      // Whom the requirement no longer asks loses the certificate like the others, and is assigned nothing.
      expect(await periodsOf(tx, moved)).toMatchObject([{ expiresAt: day(40) }]);
      expect(await periodsOf(tx, idle)).toMatchObject([{ number: 1, dueAt: endOfFirst }]);
      expect(await periodsOf(tx, reading)).toMatchObject([{ number: 1, dueAt: endOfFirst }]);
      const events = await tx.select().from(auditEvent).where(eq(auditEvent.type, "certificate.ended"));
      expect(events.map((e) => e.data)).toMatchObject([
        { expiresAt: day(40).toISOString(), printedUntil: "2027-06-02T21:59:59.000Z" },
        { expiresAt: day(40).toISOString() },
      ]);
      expect(await verifyChain(tx)).toMatchObject({ broken: null });
    }));

  it("keeps a competence until the new version is passed, which then counts for its full time", () =>
    database.rolledBack(async (tx) => {
      const { done } = await aWorld(tx);
      await publishNext(tx, "material", "2.0.0", day(10));
      await sitAssessment(tx, done, module, 1, day(20));
      expect(await standingOf(tx, done, day(20))).toMatchObject({
        state: "competent",
        // A year after the day on which the earlier competence would have ended.
        expiresAt: new Date("2027-07-11T21:59:59Z"),
      });
    }));

  it("gives whoever was in the middle of the earlier version the shorter time for it", () =>
    database.rolledBack(async (tx) => {
      const { reading } = await aWorld(tx);
      await publishNext(tx, "material", "2.0.0", day(10));
      await sitAssessment(tx, reading, module, 1, day(20));
      expect(await standingOf(tx, reading, day(20))).toMatchObject({ state: "expiring", expiresAt: day(50) });
      await openDuePeriods(tx, day(20));
      expect(await standingOf(tx, reading, day(20))).toMatchObject({
        dueAt: day(50),
        module: { title: "AI awareness 2.0.0" },
      });
      // The new version early: a year after the end of the shorter time.
      await sitAssessment(tx, reading, module, 1, day(30));
      expect(await standingOf(tx, reading, day(30))).toMatchObject({
        expiresAt: new Date("2027-07-21T21:59:59Z"),
      });
    }));

  it("brings a renewal that is open already forward, and does nothing more a second time", () =>
    database.rolledBack(async (tx) => {
      const { done } = await aWorld(tx);
      const open = 366 - 55;
      await openDuePeriods(tx, day(open));
      expect(await periodsOf(tx, done)).toMatchObject([{}, { dueAt: new Date("2027-06-02T21:59:59Z") }]);
      await publishNext(tx, "material", "2.0.0", day(open));
      const periods = await periodsOf(tx, done);
      expect(periods).toMatchObject([
        { expiresAt: day(open + 30) },
        { number: 2, dueAt: day(open + 30), graceUntil: day(open + 30) },
      ]);
      await publishNext(tx, "material", "3.0.0", day(open + 1));
      expect(await periodsOf(tx, done)).toEqual(periods);
    }));
});
