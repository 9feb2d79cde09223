import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import type { Db } from "#db/client.server.ts";
import { onBothEngines } from "#test/database.ts";
import { actorFor, anOrganisation, aPerson, publishedRulebook } from "#test/factories.ts";
import { parseYaml } from "../content/source.ts";
import { casesFile, factsKey } from "./case.ts";
import { factsOf } from "./precedent.ts";
import { precedentsOf, publishCases } from "./precedent.server.ts";
import { caseFor, caseQueue } from "./queue.server.ts";

const now = new Date("2026-11-23T10:00:00Z");
const { cases } = parseYaml(readFileSync("content/cases.yaml", "utf8"), casesFile, "cases.yaml");

async function aWorld(tx: Db, without: string | null = null) {
  await anOrganisation(tx);
  const ids = new Set(cases.flatMap((c) => [c.requester, c.decidedBy]));
  for (const id of ids) if (id !== without) await aPerson(tx, { id });
  await publishedRulebook(tx);
  return actorFor(await aPerson(tx, { roles: ["employee", "reviewer"] }));
}

onBothEngines("decided cases of the content folder", (database) => {
  it("are published once, oldest first, and read like any other case", async () => {
    await database.rolledBack(async (tx) => {
      const reviewer = await aWorld(tx);
      const entries = await publishCases(tx, cases, now);
      expect(entries).toHaveLength(cases.length);
      expect(await publishCases(tx, cases, now)).toEqual([]);
      const { rows } = await caseQueue(tx, reviewer, { view: "decided", page: 1 }, now);
      expect(rows).toHaveLength(cases.length);
      const first = rows.toSorted((a, b) => a.number - b.number)[0];
      expect(first).toMatchObject({ riskClass: "prohibited", anchor: "Art. 5(1)(f)", decision: "reject" });
      const seen = await caseFor(tx, reviewer, first?.id ?? "", now);
      expect(seen?.history.map((e) => e.kind)).toEqual(["opened", "decided"]);
      expect(seen?.system?.name ?? seen?.about.facts.systemName).toBe("Moodlight");
      expect(seen?.about.verdict.approvable).toBe(false);
    });
  });

  it("are precedents for the same facts only", async () => {
    await database.rolledBack(async (tx) => {
      await aWorld(tx);
      await publishCases(tx, cases, now);
      const entry = cases.find((c) => c.facts.system === "wellspring");
      if (!entry) throw new Error("the sample has no Wellspring case");
      const facts = factsOf(entry);
      expect(await precedentsOf(tx, factsKey(facts))).toMatchObject([
        { decision: "approve_with_conditions", decidedOn: "2026-04-24" },
      ]);
      const watched = { ...facts, oversight: { ...facts.oversight!, value: "human_decides" as const } };
      expect(await precedentsOf(tx, factsKey(watched))).toEqual([]);
      expect(await precedentsOf(tx, null)).toEqual([]);
    });
  });

  it("wait for their people, and for their day", async () => {
    await database.rolledBack(async (tx) => {
      await aWorld(tx, "p-mila");
      const theirs = cases.filter((c) => c.requester === "p-mila").length;
      const before = new Date("2026-05-01T00:00:00Z");
      const early = cases.filter((c) => c.decidedOn < "2026-05-01").length;
      expect(await publishCases(tx, cases, before)).toHaveLength(early);
      expect(await publishCases(tx, cases, now)).toHaveLength(cases.length - early - theirs);
      await aPerson(tx, { id: "p-mila" });
      expect(await publishCases(tx, cases, now)).toHaveLength(theirs);
    });
  });
});
