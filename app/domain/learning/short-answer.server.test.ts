import { expect, it } from "vitest";
import { submitAssessment } from "#app/domain/competence/completion.server.ts";
import { lessonFor } from "#app/domain/competence/lesson.server.ts";
import { startAssessment } from "#app/domain/competence/sitting.server.ts";
import { acknowledgePolicies, takeStep } from "#app/domain/competence/study.server.ts";
import { aCourse, aModule, aRequirement, openItems, takeAllLessons } from "#test/course.ts";
import { onBothEngines } from "#test/database.ts";
import { actorFor, anOrganisation, aPerson } from "#test/factories.ts";
import { attemptFor, saveAnswer } from "./attempt.server.ts";
import { resultFor } from "./result.server.ts";

const now = new Date("2026-11-24T09:00:00Z");
const requirement = aRequirement.slug;

onBothEngines("a short answer that reads like something else", (database) => {
  it.each(["2", "2.50", "true", "null", '"2"', "[2]"])(
    "is kept and marked as the text it is: %s",
    async (text) => {
      const items = openItems("one").flatMap((one) =>
        one.type === "short_answer" ? [{ ...one, accepted: [text] }] : [],
      );
      const plain = aModule();
      const [first, ...others] = plain.lessons;
      const module = aModule({
        items,
        assessment: { ...plain.assessment, blueprint: [{ objective: "o1", items: 1 }] },
        lessons: [
          {
            ...first,
            id: "first",
            title: "The first lesson",
            minutes: 3,
            objectives: ["o1"],
            parts: items.map((item) => ({ kind: "question", item: { ...item, id: "in-lesson" } })),
          },
          ...others,
        ],
      });
      await database.rolledBack(async (db) => {
        await anOrganisation(db);
        const actor = actorFor(await aPerson(db, { id: "p-mila" }));
        await aCourse(db, now, module);
        await takeStep(db, actor, { requirement, lesson: "first", part: 0, given: text }, now);
        const [part] = (await lessonFor(db, actor, requirement, "first"))?.parts ?? [];
        expect(part).toMatchObject({ given: text, explained: { score: 1 } });

        await takeAllLessons(db, actor, module, now);
        await acknowledgePolicies(db, actor, { requirement, policies: ["ai-policy"] }, now);
        const started = await startAssessment(db, actor, { requirement, seed: 1 }, now);
        if (!started?.ok) throw new Error("the assessment did not start");
        const { attemptId } = started;
        const answer = { attemptId, position: 0, given: text };
        expect(await saveAnswer(db, actor, { ...answer, revision: 0 }, now)).toEqual({
          ok: true,
          revision: 1,
        });
        // The same once more is no second answer, from whichever tab it comes.
        expect(await saveAnswer(db, actor, { ...answer, revision: 0 }, now)).toEqual({
          ok: true,
          revision: 1,
        });
        expect((await attemptFor(db, actor, attemptId, now))?.items[0]?.given).toBe(text);
        await submitAssessment(db, actor, { attemptId }, now);
        expect(await resultFor(db, actor, attemptId)).toMatchObject({ score: 1, passed: true });
      });
    },
  );
});
