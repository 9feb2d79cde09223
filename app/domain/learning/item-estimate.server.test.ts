import { eq } from "drizzle-orm";
import { expect, it } from "vitest";
import { attempt } from "#db/schema/learning.ts";
import { aCourse, aModule, sitAssessment } from "#test/course.ts";
import { onBothEngines } from "#test/database.ts";
import { actorFor, anOrganisation, aPerson } from "#test/factories.ts";
import { startMeasure } from "../competence/sitting.server.ts";
import { newestModule, publishContent } from "../content/publish.server.ts";
import { estimatesFor, observedItems } from "./item-estimate.server.ts";

const november = new Date("2026-11-24T09:00:00Z");
const december = new Date("2026-12-02T09:00:00Z");
const module = aModule();

onBothEngines("the difficulty of items as learners show it", (database) => {
  it("comes from first attempts of earlier months, in words that still stand, and is kept with the forms drawn", () =>
    database.rolledBack(async (tx) => {
      await anOrganisation(tx);
      const able = actorFor(await aPerson(tx));
      const half = actorFor(await aPerson(tx));
      const late = actorFor(await aPerson(tx));
      await aCourse(tx, november, module);
      await sitAssessment(tx, able, module, 1, november);
      await sitAssessment(tx, half, module, 0.5, november);
      const first = await newestModule(tx, module.slug);
      if (!first) throw new Error("there is no module");
      expect(await estimatesFor(tx, first, november)).toEqual({});
      const observed = await observedItems(tx, first, december);
      // Everything answered was right; six items were left blank by one of the two.
      expect(observed.map((one) => one.mean)).toEqual(Array.from({ length: 12 }, () => 1));
      expect(observed.filter((one) => one.n === 2)).toHaveLength(6);

      const [changed] = module.items;
      const items = module.items.map((one) => (one === changed ? { ...one, stem: "Other words?" } : one));
      const next = { ...module, version: "1.1.0", change: "editorial" as const, items };
      await publishContent(tx, { modules: [next], policies: [] }, december);
      const second = await newestModule(tx, module.slug);
      if (!second) throw new Error("there is no module");
      const estimates = await estimatesFor(tx, second, december);
      expect(Object.keys(estimates)).toHaveLength(11);
      expect(estimates[changed?.id ?? ""]).toBeUndefined();
      // The author expects 0.7 of everybody.
      expect(new Set(Object.values(estimates))).toEqual(new Set([0.714, 0.727]));

      const input = { requirement: "ai-awareness-yearly", kind: "pretest", seed: 3 } as const;
      const begun = await startMeasure(tx, late, input, december);
      if (!begun?.ok) throw new Error("the pre-test was not begun");
      const [row] = await tx.select().from(attempt).where(eq(attempt.id, begun.attemptId));
      expect(row?.form.estimates).toEqual(estimates);
    }));
});
