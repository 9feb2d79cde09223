import { eq } from "drizzle-orm";
import { expect, it } from "vitest";
import type { Db } from "#db/client.server.ts";
import { person } from "#db/schema/people.ts";
import { aCourse, aPolicy, aRequirement } from "#test/course.ts";
import { onBothEngines } from "#test/database.ts";
import { actorFor, anOrganisation, aPerson } from "#test/factories.ts";
import { publishContent } from "../content/publish.server.ts";
import { Forbidden, system } from "../people/permission.ts";
import { acknowledgementFilter } from "./acknowledgement-duty.ts";
import { openAcknowledgements } from "./acknowledgement-duty.server.ts";
import { acknowledgementCsv, acknowledgementList } from "./acknowledgement-list.server.ts";
import { assignRequirements } from "./assignment.server.ts";
import { publishRequirements } from "./requirement.server.ts";
import { rule } from "./rule.ts";
import { acknowledgePolicies } from "./study.server.ts";

const now = new Date("2026-11-24T09:00:00Z");
const later = (days: number): Date => new Date(now.getTime() + days * 86_400_000);
const slug = "ai-policy";

async function aWorld(tx: Db) {
  await anOrganisation(tx);
  const boss = await aPerson(tx, { id: "p-boss", roles: ["employee", "manager"], department: "Sales" });
  const ada = await aPerson(tx, { id: "p-ada", name: "Ada", managerId: "p-boss" });
  await aPerson(tx, { id: "p-bob", name: "Bob" });
  await aPerson(tx, { id: "p-gone", leftOn: "2026-11-01" });
  await aPerson(tx, { id: "p-guest", audiences: [] });
  const hr = await aPerson(tx, { id: "p-hr", roles: ["employee", "hr"], audiences: [] });
  await aCourse(tx, now);
  await acknowledgePolicies(tx, actorFor(ada), { requirement: aRequirement.slug, policies: [slug] }, now);
  return { boss: actorFor(boss), ada: actorFor(ada), hr: actorFor(hr) };
}

const list = (tx: Db, actor: Parameters<typeof acknowledgementList>[1], search = {}, at = now) =>
  acknowledgementList(tx, actor, { slug, filter: acknowledgementFilter.parse(search), page: 1 }, at);

onBothEngines("acknowledgements that are due", (database) => {
  it("are those of people whose course asks for the policy, until they are given", () =>
    database.rolledBack(async (tx) => {
      await aWorld(tx);
      const open = await openAcknowledgements(tx, now);
      expect(open.map((one) => one.personId).toSorted()).toEqual(["p-bob", "p-boss"]);
      expect(open[0]).toMatchObject({ slug, version: "1.0", since: now, due: later(30) });
      expect(await openAcknowledgements(tx, now, ["p-ada"])).toEqual([]);
    }));

  it("are those of people whom a rule asks, for as long as it does", () =>
    database.rolledBack(async (tx) => {
      await aWorld(tx);
      const appliesTo = rule.parse({ all: [{ location: ["Austin"] }] });
      const byRule = { ...aRequirement, slug: "by-rule", audiences: [], appliesTo };
      await aPerson(tx, { id: "p-tex", location: "Austin", audiences: [] });
      await publishRequirements(tx, [aRequirement, byRule], now);
      const open = async (): Promise<string[]> => {
        await assignRequirements(tx, system, {}, now);
        return (await openAcknowledgements(tx, now)).map((one) => one.personId).toSorted();
      };
      expect(await open()).toEqual(["p-bob", "p-boss", "p-tex"]);
      await tx.update(person).set({ location: "Rotterdam" }).where(eq(person.id, "p-tex"));
      expect(await open()).toEqual(["p-bob", "p-boss"]);
    }));

  it("are asked of audiences a version names, in the days it gives", () =>
    database.rolledBack(async (tx) => {
      await aWorld(tx);
      await aPerson(tx, { id: "p-temp", audiences: ["temps"], hiredOn: "2026-11-30" });
      const policy = {
        version: "2.0",
        effectiveFrom: "2026-12-01",
        audiences: ["temps"],
        acknowledgeDays: 10,
      };
      await publishContent(tx, { modules: [], policies: [aPolicy({ ...policy, body: "new" })] }, now);
      const open = await openAcknowledgements(tx, later(10));
      expect(open.map((one) => one.personId).toSorted()).toEqual(["p-ada", "p-bob", "p-boss", "p-temp"]);
      for (const one of open)
        expect(one).toMatchObject({
          version: "2.0",
          since: new Date("2026-12-01T00:00:00Z"),
          due: new Date("2026-12-11T00:00:00Z"),
        });
    }));

  it("are listed by state and department, for HR and the manager's team", () =>
    database.rolledBack(async (tx) => {
      const { boss, ada, hr } = await aWorld(tx);
      const all = await list(tx, hr);
      expect(all?.rows.map((row) => [row.id, row.state])).toEqual([
        ["p-bob", "open"],
        ["p-boss", "open"],
        ["p-ada", "given"],
      ]);
      expect(all?.departments).toEqual([
        { name: "Customer Support", given: 1, asked: 2 },
        { name: "Sales", given: 0, asked: 1 },
      ]);
      expect((await list(tx, hr, { state: "overdue" }, later(31)))?.total).toBe(2);
      expect((await list(tx, hr, { q: "ad%a" }))?.total).toBe(0);
      expect((await list(tx, boss))?.rows.map((row) => row.id)).toEqual(["p-ada"]);
      await expect(list(tx, ada)).rejects.toThrow(Forbidden);
      const csv = await acknowledgementCsv(tx, hr, { slug, filter: acknowledgementFilter.parse({}) }, now);
      expect(csv?.trim().split("\r\n")).toHaveLength(4);
    }));
});
