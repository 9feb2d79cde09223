import { expect, it } from "vitest";
import { aCourse, aModule, anyAnswer, aRequirement, sitAssessment } from "#test/course.ts";
import { onBothEngines } from "#test/database.ts";
import { actorFor, anOrganisation, aPerson } from "#test/factories.ts";
import { answerPractice, practiceFor } from "../competence/practice.server.ts";
import type { Criterion } from "./criterion.ts";
import { factsFor } from "./evaluation-facts.server.ts";

const now = new Date("2026-11-24T09:00:00Z");
const after = (days: number): Date => new Date(now.getTime() + days * 86_400_000 + 3_600_000);
const requirement = aRequirement.slug;

const criterion: Criterion = {
  title: "It stays",
  requirement,
  measure: "post_mean",
  threshold: 70,
  confirm: "estimate",
  minimumN: 5,
  audiences: [],
  departments: [],
  startsOn: "2026-11-20",
  decisionOn: "2026-12-20",
  evaluatorId: "p-ravi",
};

onBothEngines("the facts of an evaluation", (database) => {
  it("hold the practices answered in full before the decision date, and only where answers are measured", () =>
    database.rolledBack(async (tx) => {
      await anOrganisation(tx);
      const actor = actorFor(await aPerson(tx));
      const module = aModule();
      await aCourse(tx, now, module);
      await sitAssessment(tx, actor, module, 1, now);
      const answer = async (position: number, at: Date) => {
        const shown = (await practiceFor(tx, actor, requirement, at))?.items[position];
        if (!shown) throw new Error("there is no such item");
        await answerPractice(tx, actor, { requirement, position, given: anyAnswer(shown.item) }, at);
      };
      const practices = async (measure: Criterion["measure"] = "post_mean") =>
        (await factsFor(tx, { ...criterion, measure })).practices;
      await answer(0, after(3));
      expect(await practices()).toEqual([]);
      await answer(1, after(3));
      expect(await practices()).toMatchObject([{ personId: actor.id, day: 3, completedAt: after(3) }]);
      expect((await practices())[0]?.score).toBeGreaterThanOrEqual(0);
      await answer(0, after(30));
      await answer(1, after(30));
      expect(await practices()).toHaveLength(1);
      expect(await practices("overdue_share")).toEqual([]);
    }));
});
