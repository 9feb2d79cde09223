import { and, eq } from "drizzle-orm";
import { expect, it } from "vitest";
import type { Db } from "#db/client.server.ts";
import { period } from "#db/schema/competence.ts";
import { attempt } from "#db/schema/learning.ts";
import {
  aCourse,
  aModule,
  anyAnswer,
  aRequirement,
  itemsOfEveryType,
  openItems,
  rightAnswer,
  takeAllLessons,
} from "#test/course.ts";
import { onBothEngines } from "#test/database.ts";
import { actorFor, anOrganisation, aPerson } from "#test/factories.ts";
import { reconcile } from "../evidence/reconciliation.server.ts";
import { attemptFor, saveAnswer } from "../learning/attempt.server.ts";
import { resultFor } from "../learning/result.server.ts";
import { type Actor, system } from "../people/permission.ts";
import { openDuePeriods } from "./assignment.server.ts";
import { submitAssessment } from "./completion.server.ts";
import { courseFor } from "./course.server.ts";
import { startAssessment, startMeasure } from "./sitting.server.ts";
import { acknowledgePolicies } from "./study.server.ts";

const now = new Date("2026-11-24T09:00:00Z");
const later = (days: number): Date => new Date(now.getTime() + days * 86_400_000);
const requirement = aRequirement.slug;
const objectives = ["o1", "o2"];
const base = aModule();
const module = aModule({
  objectives: objectives.map((id) => ({ id, text: `Know ${id}` })),
  items: ["a", "b", "c", "d"].flatMap((suffix) =>
    objectives.flatMap((objective) => itemsOfEveryType(`${objective}-${suffix}`, objective)),
  ),
  lessons: base.lessons.map((lesson, i) => ({ ...lesson, objectives: [objectives[i] ?? "o1"] })),
  assessment: {
    ...base.assessment,
    refresher: true,
    blueprint: objectives.map((objective) => ({ objective, items: 4 })),
  },
});

async function aLearner(tx: Db): Promise<Actor> {
  await anOrganisation(tx);
  const learner = await aPerson(tx);
  await aCourse(tx, now, module);
  return actorFor(learner);
}

/** Answers an attempt: rightly where `knows` says so of the stem, else anyhow; then submits it. */
async function sit(tx: Db, actor: Actor, attemptId: string, knows: (stem: string) => boolean, at: Date) {
  const view = await attemptFor(tx, actor, attemptId, at);
  for (const shown of view?.items ?? []) {
    if (!knows(shown.item.stem)) continue;
    const given = rightAnswer(module, shown);
    await saveAnswer(tx, actor, { attemptId, position: shown.position, given, revision: 0 }, at);
  }
  return submitAssessment(tx, actor, { attemptId }, at);
}

const everything = () => true;

async function begun(started: Promise<{ ok: boolean } | null>): Promise<string> {
  const result = await started;
  if (!result?.ok || !("attemptId" in result)) throw new Error(`not begun: ${JSON.stringify(result)}`);
  return String(result.attemptId);
}

async function passFirst(tx: Db, actor: Actor): Promise<void> {
  await takeAllLessons(tx, actor, module, now);
  await acknowledgePolicies(tx, actor, { requirement, policies: ["ai-policy"] }, now);
  const first = await begun(startAssessment(tx, actor, { requirement, seed: 2 }, now));
  expect(await sit(tx, actor, first, everything, now)).toMatchObject({ passed: true });
}

onBothEngines("forms of one bank", (database) => {
  it("measure before and long after the training, repeat no item, and decide nothing", () =>
    database.rolledBack(async (tx) => {
      const actor = await aLearner(tx);
      expect((await courseFor(tx, actor, requirement, now))?.measures.open).toEqual(["pretest"]);
      const pre = await begun(startMeasure(tx, actor, { requirement, kind: "pretest", seed: 1 }, now));
      expect(await sit(tx, actor, pre, (stem) => stem.includes("o1"), now)).toEqual({
        ok: true,
        passed: false,
        score: 0.5,
      });
      expect(await resultFor(tx, actor, pre)).toMatchObject({
        kind: "pretest",
        passed: false,
        certificateId: null,
      });
      const course = await courseFor(tx, actor, requirement, now);
      expect(course).toMatchObject({
        state: "in_progress",
        measures: { open: [] },
        assessment: { history: [] },
      });

      await passFirst(tx, actor);
      expect(await startMeasure(tx, actor, { requirement, kind: "retention", seed: 3 }, later(89))).toEqual({
        ok: false,
        reason: "too_early",
      });
      const kept = await begun(
        startMeasure(tx, actor, { requirement, kind: "retention", seed: 3 }, later(91)),
      );
      await sit(tx, actor, kept, everything, later(91));
      expect(await courseFor(tx, actor, requirement, later(92))).toMatchObject({
        state: "competent",
        measures: {
          open: [],
          taken: [
            { kind: "pretest", score: 0.5 },
            { kind: "retention", score: 1 },
          ],
        },
      });

      const forms = await tx.select().from(attempt).where(eq(attempt.personId, actor.id));
      const items = forms.flatMap((one) => one.form.items.map((entry) => entry.item));
      expect(items).toHaveLength(24);
      expect(new Set(items).size).toBe(24);
      expect((await reconcile(tx, system)).gaps).toEqual([]);
    }));
});

onBothEngines("a renewal with a refresher", (database) => {
  async function renewed(tx: Db): Promise<{ actor: Actor; at: Date }> {
    const actor = await aLearner(tx);
    await passFirst(tx, actor);
    const [row] = await tx.select().from(period).where(eq(period.personId, actor.id));
    const at = new Date((row?.renewFrom?.getTime() ?? 0) + 3_600_000);
    await openDuePeriods(tx, at);
    return { actor, at };
  }

  it("asks first and is done when nothing was missed", () =>
    database.rolledBack(async (tx) => {
      const { actor, at } = await renewed(tx);
      expect(await courseFor(tx, actor, requirement, at)).toMatchObject({
        lessonsDone: true,
        percent: 0,
        assessment: { kind: "refresher", items: 2, minutes: 8, start: { ok: true } },
        lessons: [{ credited: true }, { credited: true }],
      });
      const asked = await begun(startAssessment(tx, actor, { requirement, seed: 5 }, at));
      expect(await sit(tx, actor, asked, everything, at)).toMatchObject({ passed: true });
      expect(await courseFor(tx, actor, requirement, at)).toMatchObject({ state: "competent" });
      expect((await reconcile(tx, system)).gaps).toEqual([]);
    }));

  it("is taken in full after a material change, or where nothing was completed before", () =>
    database.rolledBack(async (tx) => {
      const { actor, at } = await renewed(tx);
      const mine = and(eq(period.personId, actor.id), eq(period.number, 2));
      const kind = async () => (await courseFor(tx, actor, requirement, at))?.assessment.kind;
      await tx.update(period).set({ openedBy: "material_content" }).where(mine);
      expect(await kind()).toBe("assessment");
      await tx.update(period).set({ openedBy: "retention" }).where(mine);
      expect(await kind()).toBe("refresher");
      await tx.update(period).set({ completedAt: null }).where(eq(period.personId, actor.id));
      expect(await kind()).toBe("assessment");
    }));

  it("teaches only what was missed, asks that again at once, and then is done", () =>
    database.rolledBack(async (tx) => {
      const { actor, at } = await renewed(tx);
      const asked = await begun(startAssessment(tx, actor, { requirement, seed: 5 }, at));
      expect(await sit(tx, actor, asked, (stem) => stem.includes("o1"), at)).toMatchObject({ passed: false });
      expect(await courseFor(tx, actor, requirement, at)).toMatchObject({
        lessonsDone: false,
        nextLesson: module.lessons[1]?.id,
        percent: 0,
        lessons: [{ credited: true }, { credited: false }],
        assessment: { start: { ok: false, reason: "lessons" }, items: 2 },
      });
      await takeAllLessons(tx, actor, { ...module, lessons: module.lessons.slice(1) }, at);
      const again = await begun(startAssessment(tx, actor, { requirement, seed: 6 }, at));
      const view = await attemptFor(tx, actor, again, at);
      expect(view?.items.map(({ item }) => item.stem).every((stem) => stem.includes("o2"))).toBe(true);
      expect(await sit(tx, actor, again, everything, at)).toMatchObject({ passed: true });
      expect(await courseFor(tx, actor, requirement, at)).toMatchObject({ percent: 100, state: "competent" });
      expect((await reconcile(tx, system)).gaps).toEqual([]);
    }));
});

onBothEngines("items answered in the open", (database) => {
  const bank = openItems("one");
  const open = aModule({
    items: [...bank, ...openItems("two")],
    assessment: { ...base.assessment, blueprint: [{ objective: "o1", items: 6 }] },
  });

  async function opened(tx: Db): Promise<{ actor: Actor; attemptId: string }> {
    await anOrganisation(tx);
    const actor = actorFor(await aPerson(tx));
    await aCourse(tx, now, open);
    await takeAllLessons(tx, actor, open, now);
    await acknowledgePolicies(tx, actor, { requirement, policies: ["ai-policy"] }, now);
    return { actor, attemptId: await begun(startAssessment(tx, actor, { requirement, seed: 4 }, now)) };
  }

  it("show of a branching scenario what was decided, and nothing that lies behind", () =>
    database.rolledBack(async (tx) => {
      const { actor, attemptId } = await opened(tx);
      const at = async () =>
        (await attemptFor(tx, actor, attemptId, now))?.items.find(({ item }) => item.type === "branching");
      const first = await at();
      if (first?.item.type !== "branching") throw new Error("no branching item was drawn");
      const { position } = first;
      expect(JSON.stringify(first)).not.toMatch(/She tells you|summary|not needed|score/);
      const ask = first.item.steps[0]?.options.find((one) => one.text === "Ask who sent it")?.id ?? "";
      const paste = first.item.steps[0]?.options.find((one) => one.text === "Paste it")?.id ?? "";
      const save = (given: Record<string, string>, revision: number) =>
        saveAnswer(tx, actor, { attemptId, position, given, revision }, now);
      expect(await save({ n1: ask }, 0)).toEqual({ ok: true, revision: 1 });
      const second = await at();
      expect(second?.item).toMatchObject({
        ended: false,
        steps: [{ chosen: { consequence: "She tells you." } }, { id: "n2", chosen: null }],
      });
      expect(JSON.stringify(second)).not.toMatch(/It works|not needed|She is content/);
      expect(await save({ n1: paste }, 1)).toMatchObject({ ok: false, reason: "stale" });
      expect(await save({ n2: ask }, 1)).toMatchObject({ ok: false, reason: "unreadable" });
      expect(await save(anyAnswer(second?.item as never) as Record<string, string>, 1)).toMatchObject({
        ok: true,
      });
      expect((await at())?.item).toMatchObject({ ended: true });
    }));

  it("keep how sure the learner is, and tell afterwards how well that fitted", () =>
    database.rolledBack(async (tx) => {
      const { actor, attemptId } = await opened(tx);
      const view = await attemptFor(tx, actor, attemptId, now);
      for (const { item, position } of view?.items ?? []) {
        const given = item.type === "mark_up" ? ["c2", "c4"] : anyAnswer(item);
        const input = { attemptId, position, given, confidence: "certain" as const, revision: 0 };
        expect(await saveAnswer(tx, actor, input, now)).toEqual({ ok: true, revision: 1 });
      }
      expect((await attemptFor(tx, actor, attemptId, now))?.items.map((one) => one.confidence)).toEqual(
        Array(6).fill("certain"),
      );
      await submitAssessment(tx, actor, { attemptId }, now);
      const result = await resultFor(tx, actor, attemptId);
      expect(result?.calibration).toMatchObject([{ confidence: "certain", answers: 6 }]);
      expect(result?.calibrated).toBe("overconfident");
      expect((await reconcile(tx, system)).gaps).toEqual([]);
    }));
});
