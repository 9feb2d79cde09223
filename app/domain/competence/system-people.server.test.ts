import { eq } from "drizzle-orm";
import { expect, it } from "vitest";
import type { Db } from "#db/client.server.ts";
import { auditEvent } from "#db/schema/audit.ts";
import { period } from "#db/schema/competence.ts";
import { aCourse, aRequirement } from "#test/course.ts";
import { onBothEngines } from "#test/database.ts";
import { actorFor, anAiSystem, anOrganisation, aPerson } from "#test/factories.ts";
import { Forbidden } from "../people/permission.ts";
import { publishRegister } from "../register/ai-system.server.ts";
import { endSystem } from "./person-details.server.ts";
import { runRequirements } from "./requirement-edit.server.ts";
import { publishRequirements } from "./requirement.server.ts";
import { ruleChoices } from "./requirement-view.server.ts";
import type { SystemPeopleInput } from "./system-people.ts";
import { addSystemPeople, systemPeople } from "./system-people.server.ts";

const now = new Date("2026-11-23T10:00:00Z");
const days = (count: number): Date => new Date(now.getTime() + count * 86_400_000);
const uses: SystemPeopleInput = { role: "uses", emails: [], department: "", lastDay: null };

async function aWorld(tx: Db) {
  await anOrganisation(tx);
  const hr = actorFor(
    await aPerson(tx, { id: "p-hr", department: "Sales", roles: ["employee", "hr"], audiences: [] }),
  );
  for (const id of ["p-ann", "p-bo"])
    await aPerson(tx, { id, name: id, email: `${id}@aldermoor.example`, department: "Sales", audiences: [] });
  await aPerson(tx, { id: "p-cy", name: "p-cy", email: "p-cy@aldermoor.example", audiences: [] });
  await aPerson(tx, { id: "p-gone", department: "Sales", audiences: [], leftOn: "2026-01-01" });
  const old = anAiSystem({ slug: "old-tool", name: "Old tool", status: "rejected", overseers: [] });
  await publishRegister(tx, [anAiSystem({ overseers: ["p-cy"] }), old], now);
  const appliesTo = { any: [{ all: [{ uses: ["hirelens"] }] }] };
  await aCourse(tx, now);
  await publishRequirements(tx, [{ ...aRequirement, audiences: [], appliesTo }], now);
  return hr;
}

onBothEngines("people of a system", (database) => {
  it("are added by address or department until a last day, and asked for as long", () =>
    database.rolledBack(async (tx) => {
      const hr = await aWorld(tx);
      const emails = ["p-ann@aldermoor.example", "nobody@aldermoor.example"];
      expect(
        await addSystemPeople(tx, hr, "hirelens", { ...uses, emails, lastDay: "2026-11-30" }, now),
      ).toEqual({
        ok: true,
        added: 1,
        already: 0,
        own: false,
        unknown: ["nobody@aldermoor.example"],
        opened: 1,
        ended: 0,
      });
      // HR is of Sales too, and leaves themselves out; who left is not there.
      expect(await addSystemPeople(tx, hr, "hirelens", { ...uses, department: "Sales" }, now)).toMatchObject({
        added: 1,
        already: 1,
        own: true,
        opened: 1,
      });
      const view = await systemPeople(tx, hr, "hirelens", now);
      expect(view).toMatchObject({
        counts: { uses: 2, oversees: 0 },
        named: [{ id: "p-cy" }],
        people: [
          { personId: "p-ann", until: "2026-12-01", mayEnd: true },
          { personId: "p-bo", until: null },
        ],
      });
      await runRequirements(tx, days(7));
      expect(await tx.$count(period, eq(period.endedReason, "does_not_apply"))).toBe(0);
      await runRequirements(tx, days(8));
      expect((await systemPeople(tx, hr, "hirelens", days(8)))?.counts.uses).toBe(1);
      const ended = await tx.select().from(period).where(eq(period.endedReason, "does_not_apply"));
      expect(ended.map((one) => one.personId)).toEqual(["p-ann"]);
      const events = await tx.select().from(auditEvent).where(eq(auditEvent.type, "person.system_added"));
      expect(events[0]?.data).toMatchObject({ personId: "p-ann", system: "hirelens", lastDay: "2026-11-30" });
    }));

  it("with a last day can be ended before it", () =>
    database.rolledBack(async (tx) => {
      const hr = await aWorld(tx);
      const emails = ["p-ann@aldermoor.example"];
      await addSystemPeople(tx, hr, "hirelens", { ...uses, emails, lastDay: "2026-11-30" }, now);
      const id = (await systemPeople(tx, hr, "hirelens", now))?.people[0]?.id ?? "";
      expect(await endSystem(tx, hr, { personId: "p-ann", id }, days(1))).toMatchObject({
        changed: 1,
        ended: 1,
      });
      expect(await endSystem(tx, hr, { personId: "p-ann", id }, days(1))).toMatchObject({ changed: 0 });
    }));

  it("are nobody's where the system is rejected, the day is over or nobody is found", () =>
    database.rolledBack(async (tx) => {
      const hr = await aWorld(tx);
      const some = { ...uses, department: "Sales" };
      const refusals: [string, SystemPeopleInput, string][] = [
        ["old-tool", some, "not_in_use"],
        ["hirelens", { ...some, lastDay: "2026-11-22" }, "past"],
        ["hirelens", { ...uses, emails: ["nobody@aldermoor.example"] }, "nobody"],
      ];
      for (const [slug, input, reason] of refusals)
        expect(await addSystemPeople(tx, hr, slug, input, now)).toMatchObject({
          ok: false,
          reason,
        });
      expect(await addSystemPeople(tx, hr, "nothing", some, now)).toBeNull();
      expect((await ruleChoices(tx, hr, now)).systems.map((one) => one.slug)).toEqual(["hirelens"]);
      const employee = actorFor(await aPerson(tx));
      await expect(addSystemPeople(tx, employee, "hirelens", some, now)).rejects.toThrow(Forbidden);
      await expect(systemPeople(tx, employee, "hirelens", now)).rejects.toThrow(Forbidden);
    }));
});
