import { eq } from "drizzle-orm";
import { randomUUID } from "node:crypto";
import { expect, it } from "vitest";
import type { Db } from "#db/client.server.ts";
import { period } from "#db/schema/competence.ts";
import { practiceAnswer } from "#db/schema/learning.ts";
import { aCourse, aModule, anyAnswer, aRequirement, sitAssessment } from "#test/course.ts";
import { onBothEngines } from "#test/database.ts";
import { actorFor, anOrganisation, aPerson, storedStatements } from "#test/factories.ts";
import { metItems } from "../learning/met-item.server.ts";
import type { Actor } from "../people/permission.ts";
import { submitAssessment } from "./completion.server.ts";
import { answerPractice, duePractices, practiceFor } from "./practice.server.ts";
import { periodSubjects, practisedDays } from "./reminder.server.ts";
import { startMeasure } from "./sitting.server.ts";

const now = new Date("2026-11-24T09:00:00Z");
const later = (days: number): Date => new Date(now.getTime() + days * 86_400_000 + 3_600_000);
const requirement = aRequirement.slug;
const module = aModule();

async function competent(tx: Db): Promise<Actor> {
  await anOrganisation(tx);
  const actor = actorFor(await aPerson(tx));
  await aCourse(tx, now, module);
  await sitAssessment(tx, actor, module, 1, now);
  return actor;
}

async function answer(tx: Db, actor: Actor, position: number, at: Date) {
  const shown = (await practiceFor(tx, actor, requirement, at))?.items[position];
  if (!shown) throw new Error("there is no such item");
  return answerPractice(tx, actor, { requirement, position, given: anyAnswer(shown.item) }, at);
}

onBothEngines("a practice after a completion", (database) => {
  it("falls due on its days, is answered once, and is kept with its statements", () =>
    database.rolledBack(async (tx) => {
      const actor = await competent(tx);
      expect(await duePractices(tx, actor, later(2))).toEqual([]);
      expect(await practiceFor(tx, actor, requirement, later(2))).toBeNull();
      expect(await duePractices(tx, actor, later(3))).toMatchObject([{ requirement, day: 3 }]);
      const view = await practiceFor(tx, actor, requirement, later(3));
      expect(view?.items).toHaveLength(2);
      expect(JSON.stringify(view)).not.toMatch(/correct|feedback/);
      expect(await practiceFor(tx, actor, requirement, later(5))).toEqual(view);

      const before = (await storedStatements(tx)).length;
      expect(await answer(tx, actor, 0, later(3))).toEqual({ ok: true, done: false, otherwise: false });
      expect(await practiceFor(tx, actor, requirement, later(4))).toMatchObject({
        done: false,
        items: [{ explained: { answered: true } }, { explained: null }],
      });
      expect(await answer(tx, actor, 1, later(4))).toEqual({ ok: true, done: true, otherwise: false });
      const statements = (await storedStatements(tx)).slice(before);
      expect(statements).toHaveLength(2);
      expect(new Set(statements.map((one) => one.context?.registration)).size).toBe(1);
      expect(await practiceFor(tx, actor, requirement, later(4))).toMatchObject({
        day: 3,
        done: true,
        items: [{ explained: { answered: true } }, { explained: { answered: true } }],
      });
      expect(await answer(tx, actor, 1, later(4))).toBeNull();
      expect(await duePractices(tx, actor, later(9))).toEqual([]);
      expect(await duePractices(tx, actor, later(10))).toMatchObject([{ day: 10 }]);
    }));

  it("keeps the first of two answers, and says so where they differ", () =>
    database.rolledBack(async (tx) => {
      const actor = await competent(tx);
      expect(await answer(tx, actor, 0, later(3))).toMatchObject({ otherwise: false });
      expect(await answer(tx, actor, 0, later(3))).toMatchObject({ ok: true, otherwise: false });
      await tx.update(practiceAnswer).set({ response: "what another tab sent first" });
      expect(await answer(tx, actor, 0, later(3))).toMatchObject({ ok: true, otherwise: true });
    }));

  it("asks the next time what was not asked before", () =>
    database.rolledBack(async (tx) => {
      const actor = await competent(tx);
      const first = await practiceFor(tx, actor, requirement, later(3));
      await answer(tx, actor, 0, later(3));
      await answer(tx, actor, 1, later(3));
      const second = await practiceFor(tx, actor, requirement, later(10));
      expect(second?.items.map(({ item }) => item.stem)).not.toEqual(
        first?.items.map(({ item }) => item.stem),
      );
    }));

  it("uses up items for forms, and waits while a form is open", () =>
    database.rolledBack(async (tx) => {
      const actor = await competent(tx);
      const met = await metItems(tx, actor.id, module.slug, later(89));
      await answer(tx, actor, 0, later(90));
      const pending = await metItems(tx, actor.id, module.slug, later(90));
      expect([...pending].slice(-2)).not.toEqual([...met].slice(-2));
      expect(await metItems(tx, actor.id, module.slug, later(89))).toEqual(met);
      const kind = "retention";
      const begun = await startMeasure(tx, actor, { requirement, kind, seed: 4 }, later(90));
      if (!begun?.ok) throw new Error("the measure was not begun");
      expect(await duePractices(tx, actor, later(91))).toEqual([]);
      expect(
        await answerPractice(tx, actor, { requirement, position: 1, given: ["c1"] }, later(91)),
      ).toBeNull();
      await submitAssessment(tx, actor, { attemptId: begun.attemptId }, later(91));
      expect(await duePractices(tx, actor, later(91))).toHaveLength(1);
    }));

  it("goes on where a later period carries the competence", () =>
    database.rolledBack(async (tx) => {
      const actor = await competent(tx);
      await answer(tx, actor, 0, later(3));
      await answer(tx, actor, 1, later(3));
      const [row] = await tx.select().from(period).where(eq(period.personId, actor.id));
      if (!row) throw new Error("there is no period");
      await tx
        .update(period)
        .set({ endedAt: later(4) })
        .where(eq(period.id, row.id));
      expect(await duePractices(tx, actor, later(10))).toEqual([]);
      const carried = { ...row, id: randomUUID(), number: 2, carriedFrom: row.id, assignedAt: later(5) };
      await tx.insert(period).values(carried);
      expect(await duePractices(tx, actor, later(6))).toEqual([]);
      expect(await practiceFor(tx, actor, requirement, later(6))).toMatchObject({ day: 3, done: true });
      const subjects = await periodSubjects(tx, eq(period.personId, actor.id), later(6));
      expect((await practisedDays(tx, subjects)).get(carried.id)).toEqual([3]);
      expect(await duePractices(tx, actor, later(10))).toMatchObject([{ day: 10 }]);
    }));

  it("is the learner's own", () =>
    database.rolledBack(async (tx) => {
      const actor = await competent(tx);
      const other = actorFor(await aPerson(tx));
      expect(await duePractices(tx, other, later(3))).toEqual([]);
      expect(await practiceFor(tx, other, requirement, later(3))).toBeNull();
      await answer(tx, actor, 0, later(3));
      expect(await practiceFor(tx, other, requirement, later(3))).toBeNull();
      const given = ["c1"];
      expect(await answerPractice(tx, other, { requirement, position: 1, given }, later(3))).toBeNull();
    }));
});
