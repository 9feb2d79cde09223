import { expect, it } from "vitest";
import { answerField } from "#app/components/item/given.ts";
import { acknowledgePolicies } from "#app/domain/competence/study.server.ts";
import { attemptFor } from "#app/domain/learning/attempt.server.ts";
import { action } from "#app/routes/_app.attempts.$attemptId/route.tsx";
import { action as assessmentAction } from "#app/routes/_app.learn.$requirement.assessment/route.tsx";
import { aCourse, aModule, aRequirement, openItems, takeAllLessons } from "#test/course.ts";
import { onBothEngines } from "#test/database.ts";
import { send, services } from "#test/door.ts";
import { actorFor, anOrganisation, aPerson } from "#test/factories.ts";

const now = new Date("2026-11-24T09:00:00Z");
const as = "p-mila";
const requirement = aRequirement.slug;
const items = openItems("one").filter((one) => one.type === "branching");
const plain = aModule();
const module = aModule({
  items,
  assessment: { ...plain.assessment, blueprint: [{ objective: "o1", items: 1 }] },
});

onBothEngines("a branching scenario in an attempt", (database) => {
  it("is decided by a button that says so, shows what comes of it, and holds to the first decision", async () => {
    await database.rolledBack(async (db) => {
      await anOrganisation(db);
      const actor = actorFor(await aPerson(db, { id: as }));
      await aCourse(db, now, module);
      const context = services(db, now);
      await takeAllLessons(db, actor, module, now);
      await acknowledgePolicies(db, actor, { requirement, policies: ["ai-policy"] }, now);
      const course = { as, params: { requirement } };
      const { location } = await send(
        assessmentAction,
        context,
        `/learn/${requirement}/assessment`,
        {},
        course,
      );
      const attemptId = location?.split("/").at(-1) ?? "";
      const at = `/attempts/${attemptId}`;
      const shown = async () => {
        const one = (await attemptFor(db, actor, attemptId, now))?.items[0];
        if (one?.item.type !== "branching") throw new Error("not the branching scenario");
        return { ...one, steps: one.item.steps };
      };
      const choice = async (text: string): Promise<Record<string, string>> => {
        const { steps } = await shown();
        const step = steps.find(({ options }) => options.some((one) => one.text === text));
        const option = step?.options.find((one) => one.text === text);
        return { [answerField(step?.id)]: option?.id ?? "" };
      };
      const press = async (go: string, more: Record<string, string> = {}, revision?: number) => {
        const fields = { intent: "save", position: "0", go, ...more };
        const known = String(revision ?? (await shown()).revision);
        return send(action, context, at, { ...fields, revision: known }, { as, params: { attemptId } });
      };

      // Nothing chosen is told, and what is only chosen is not decided by going elsewhere.
      expect(await press("stay")).toMatchObject({ status: 422 });
      const asks = await choice("Ask who sent it");
      const pastes = await choice("Paste it");
      expect((await press("review", asks)).location).toBe(`${at}?q=review`);
      expect((await shown()).steps).toHaveLength(1);

      // "Next" decides too, and stays for what comes of it; pressed twice it is one decision.
      expect((await press("next", asks)).location).toBe(`${at}?q=1#decision-1`);
      expect((await press("stay", asks, 0)).location).toBe(`${at}?q=1#decision-1`);
      expect((await press("stay", pastes, 0)).location).toBe(`${at}?q=1&elsewhere=1#decision-1`);
      expect((await shown()).steps[0]?.chosen?.text).toBe("Ask who sent it");

      // The end is reached; how sure the learner is may be said after it.
      const ends = await choice("Keep the names in");
      expect((await press("stay", ends)).location).toBe(`${at}?q=1#decision-2`);
      expect((await press("next", { confidence: "certain" })).location).toBe(`${at}?q=review`);
      expect(await shown()).toMatchObject({ confidence: "certain", item: { ended: true } });
    });
  });
});
