import { asc, eq } from "drizzle-orm";
import { expect, it } from "vitest";
import type { Db } from "#db/client.server.ts";
import { auditEvent } from "#db/schema/audit.ts";
import { period, requirement } from "#db/schema/competence.ts";
import { requirementVersion } from "#db/schema/requirements.ts";
import { aCourse, aRequirement } from "#test/course.ts";
import { onBothEngines } from "#test/database.ts";
import { actorFor, anAiSystem, anOrganisation, aPerson } from "#test/factories.ts";
import { verifyChain } from "../audit/event.server.ts";
import { Forbidden, system } from "../people/permission.ts";
import { publishRegister } from "../register/ai-system.server.ts";
import { assignRequirements } from "./assignment.server.ts";
import {
  changePerson,
  addSystem,
  endSystem,
  personDetails,
  recordLeave,
  withdrawLeave,
} from "./person-details.server.ts";
import {
  effectOfRequirement,
  endRequirement,
  runRequirements,
  saveRequirement,
} from "./requirement-edit.server.ts";
import { keptFromContent, publishRequirements, versionOn } from "./requirement.server.ts";
import type { Requirement } from "./requirement.ts";

const now = new Date("2026-11-23T10:00:00Z");
const days = (count: number): Date => new Date(now.getTime() + count * 86_400_000);
const reason = "Decided by the AI board.";
const sales: Requirement = {
  ...aRequirement,
  audiences: [],
  appliesTo: { any: [{ all: [{ department: ["Sales"] }, { computerShare: { atLeast: 50 } }] }] },
  effectiveFrom: "2026-11-23",
};

async function aWorld(tx: Db) {
  await anOrganisation(tx);
  const hr = actorFor(await aPerson(tx, { id: "p-hr", roles: ["employee", "hr"], audiences: [] }));
  await aPerson(tx, { id: "p-ann", name: "Ann", department: "Sales" });
  await aPerson(tx, { id: "p-bo", name: "Bo" });
  await aPerson(tx, { id: "p-cy", name: "Cy", department: "Sales", audiences: [] });
  await aPerson(tx, { id: "p-di", name: "Di", department: "Sales", computerShare: 20, audiences: [] });
  await aCourse(tx, now);
  return { hr, employee: actorFor(await aPerson(tx, { audiences: [] })) };
}

const periodsOf = (tx: Db, personId: string) =>
  tx
    .select()
    .from(period)
    .where(eq(period.personId, personId))
    .orderBy(asc(period.requirementSlug), asc(period.number));

onBothEngines("editing a requirement", (database) => {
  it("says what it would do, does just that, and is not undone by content", () =>
    database.rolledBack(async (tx) => {
      const { hr } = await aWorld(tx);
      const effect = await effectOfRequirement(tx, hr, sales, now);
      expect(effect).toMatchObject({
        assign: { count: 1, first: [{ id: "p-cy" }] },
        end: { count: 1, first: [{ id: "p-bo" }] },
        leave: { count: 1, first: [{ id: "p-ann" }] },
      });
      const saved = await saveRequirement(tx, hr, { body: sales, reason, seen: 1 }, days(1));
      expect(saved).toEqual({ ok: true, applied: true, scheduled: false, opened: 1, ended: 1 });
      expect(await runRequirements(tx, days(1))).toEqual({ opened: 0, ended: 0 });
      const [opened] = await periodsOf(tx, "p-cy");
      const version = await versionOn(tx, sales.slug, "2026-11-24");
      expect(version).toMatchObject({ number: 2, author: hr.id, reason });
      expect(opened?.requirementVersionId).toBe(version?.id);
      expect(await publishRequirements(tx, [aRequirement], days(2))).toEqual([]);
      expect(await keptFromContent(tx, [aRequirement])).toEqual([sales.slug]);
      expect(await runRequirements(tx, days(2))).toEqual({ opened: 0, ended: 0 });
      expect(await saveRequirement(tx, hr, { body: aRequirement, reason, seen: 1 }, days(2))).toEqual({
        ok: false,
        reason: "stale",
      });
      expect(await verifyChain(tx)).toMatchObject({ broken: null });
    }));

  it("lets a version of a later day wait for it", () =>
    database.rolledBack(async (tx) => {
      const { hr } = await aWorld(tx);
      const later = { ...sales, effectiveFrom: "2026-12-01" };
      expect(await saveRequirement(tx, hr, { body: later, reason, seen: 1 }, now)).toMatchObject({
        ok: true,
        applied: false,
      });
      expect(await runRequirements(tx, days(7))).toEqual({ opened: 0, ended: 0 });
      expect(await versionOn(tx, sales.slug, "2026-11-30")).toMatchObject({ number: 1 });
      expect(await runRequirements(tx, days(8))).toEqual({ opened: 1, ended: 1 });
    }));

  it("begins new ones, refuses a name that is taken or a module that is not there, and ends them", () =>
    database.rolledBack(async (tx) => {
      const { hr, employee } = await aWorld(tx);
      const fresh = { ...sales, slug: "sales-yearly" };
      expect(await saveRequirement(tx, hr, { body: fresh, reason, seen: 0 }, now)).toMatchObject({
        opened: 2,
      });
      for (const [body, refusal] of [
        [fresh, "slug_taken"],
        [{ ...fresh, slug: "other", module: "nothing" }, "no_module"],
      ] as const)
        expect(await saveRequirement(tx, hr, { body, reason, seen: 0 }, now)).toEqual({
          ok: false,
          reason: refusal,
        });
      // Content does not list it, and does not end it.
      await publishRequirements(tx, [aRequirement], now);
      expect(await endRequirement(tx, hr, { slug: fresh.slug, reason }, days(3))).toEqual({
        scheduled: false,
        opened: 0,
        ended: 2,
      });
      expect(await endRequirement(tx, hr, { slug: fresh.slug, reason }, days(3))).toBeNull();
      const ended = await tx.select().from(period).where(eq(period.requirementSlug, fresh.slug));
      expect(ended.map((p) => [p.endedAt, p.endedReason])).toEqual([
        [days(3), "requirement_ended"],
        [days(3), "requirement_ended"],
      ]);
      expect(await tx.$count(requirementVersion, eq(requirementVersion.requirementSlug, fresh.slug))).toBe(2);
      for (const refused of [
        effectOfRequirement(tx, employee, sales, now),
        saveRequirement(tx, employee, { body: sales, reason, seen: 1 }, now),
        endRequirement(tx, employee, { slug: sales.slug, reason }, now),
      ])
        await expect(refused).rejects.toThrow(Forbidden);
    }));

  it("gives a requirement of before there were versions its first, and says nothing of it", () =>
    database.rolledBack(async (tx) => {
      await aWorld(tx);
      await tx.update(period).set({ requirementVersionId: null });
      await tx.update(requirement).set({ versionId: null });
      await tx.delete(requirementVersion);
      expect(await publishRequirements(tx, [aRequirement], now)).toEqual([]);
      expect(await versionOn(tx, aRequirement.slug, "2026-11-23")).toMatchObject({ number: 1 });
    }));
});

onBothEngines("changing a person", (database) => {
  const details = {
    department: "Sales",
    location: "Rotterdam",
    employmentType: "permanent",
    computerShare: 90,
    leftOn: null,
  };

  it("runs the rules again at once, in the same transaction", () =>
    database.rolledBack(async (tx) => {
      const { hr } = await aWorld(tx);
      const change = { personId: "p-bo", details: { ...details, audiences: [] } };
      expect(await changePerson(tx, hr, change, days(1))).toEqual({ changed: 1, opened: 0, ended: 1 });
      expect(await changePerson(tx, hr, change, days(1))).toEqual({ changed: 0, opened: 0, ended: 0 });
      const [event] = await tx.select().from(auditEvent).where(eq(auditEvent.type, "person.changed"));
      expect(event?.data).toEqual({
        personId: "p-bo",
        changes: {
          department: { from: "Customer Support", to: "Sales" },
          audiences: { from: "all-staff", to: "" },
        },
      });
      expect(await changePerson(tx, hr, { ...change, personId: "nobody" }, now)).toBeNull();
      // Nobody moves themselves from under a rule.
      await expect(changePerson(tx, hr, { ...change, personId: hr.id }, now)).rejects.toThrow(Forbidden);
    }));

  it("asks those who use or oversee a system, from the day it is recorded until it ends", () =>
    database.rolledBack(async (tx) => {
      const { hr } = await aWorld(tx);
      await publishRegister(tx, [anAiSystem({ overseers: ["p-di"] })], now);
      const users = {
        ...sales,
        slug: "hirelens-users",
        appliesTo: { any: [{ all: [{ uses: ["hirelens"] }] }, { all: [{ oversees: ["hirelens"] }] }] },
      };
      expect(await saveRequirement(tx, hr, { body: users, reason, seen: 0 }, now)).toMatchObject({
        opened: 1,
      });
      const given = { personId: "p-cy", system: "hirelens", role: "uses" } as const;
      expect(await addSystem(tx, hr, given, now)).toEqual({ changed: 1, opened: 1, ended: 0 });
      expect(await addSystem(tx, hr, given, now)).toMatchObject({ changed: 0 });
      expect(await addSystem(tx, hr, { ...given, system: "nothing" }, now)).toMatchObject({ changed: 0 });
      const held = await personDetails(tx, hr, "p-cy", now);
      const id = held?.systems[0]?.id ?? "";
      expect(await endSystem(tx, hr, { personId: "p-cy", id }, days(2))).toEqual({
        changed: 1,
        opened: 0,
        ended: 1,
      });
      expect(await periodsOf(tx, "p-cy")).toMatchObject([
        { openedBy: "system", endedReason: "does_not_apply" },
      ]);
      // The register's change is found by the next run: its overseer is another.
      await publishRegister(tx, [anAiSystem({ overseers: ["p-bo"] })], days(3));
      expect(await assignRequirements(tx, system, {}, days(3))).toEqual({ opened: 1, ended: 1 });
    }));

  it("puts open dates off by leave, and back when it is withdrawn", () =>
    database.rolledBack(async (tx) => {
      const { hr } = await aWorld(tx);
      const dates = async () => (await periodsOf(tx, "p-bo")).map((p) => [p.dueAt, p.graceUntil]);
      const before = await dates();
      const leave = { personId: "p-bo", from: "2026-12-01", until: "2026-12-10", kind: "parental" } as const;
      await recordLeave(tx, hr, leave, days(2));
      expect(await dates()).toEqual([[new Date("2027-01-02T22:59:59Z"), new Date("2027-01-16T22:59:59Z")]]);
      const id = (await personDetails(tx, hr, "p-bo", now))?.leaves[0]?.id ?? "";
      await withdrawLeave(tx, hr, { personId: "p-bo", id }, days(3));
      expect(await dates()).toEqual(before);
    }));
});
