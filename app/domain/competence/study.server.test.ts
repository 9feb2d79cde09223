import { and, eq } from "drizzle-orm";
import { expect, it } from "vitest";
import type { Db } from "#db/client.server.ts";
import { period } from "#db/schema/competence.ts";
import { certificate } from "#db/schema/evidence.ts";
import { statement } from "#db/schema/lrs.ts";
import { answer, attempt, lessonStep } from "#db/schema/learning.ts";
import { aCourse, aModule, aRequirement, anyAnswer, rightAnswer, takeAllLessons } from "#test/course.ts";
import { onBothEngines } from "#test/database.ts";
import { actorFor, anOrganisation, aPerson } from "#test/factories.ts";
import { verifyChain } from "../audit/event.server.ts";
import { statementsOfRecords } from "../evidence/record-statement.server.ts";
import { reconcile } from "../evidence/reconciliation.server.ts";
import { attemptFor, saveAnswer } from "../learning/attempt.server.ts";
import { grantAccommodation } from "../learning/accommodation.server.ts";
import { grantAttempt } from "../learning/attempt-grant.server.ts";
import { resultFor } from "../learning/result.server.ts";
import { type Actor, Forbidden, system } from "../people/permission.ts";
import { submitAssessment, submitOverdue } from "./completion.server.ts";
import { courseFor } from "./course.server.ts";
import { learnerRequirements } from "./curriculum.server.ts";
import { lessonFor } from "./lesson.server.ts";
import { startAssessment } from "./sitting.server.ts";
import { acknowledgePolicies, takeStep } from "./study.server.ts";

const now = new Date("2026-11-24T09:00:00Z");
const later = (minutes: number): Date => new Date(now.getTime() + minutes * 60_000);
const slug = aRequirement.slug;
const module = aModule();

async function aLearner(tx: Db): Promise<Actor> {
  await anOrganisation(tx);
  const learner = await aPerson(tx);
  await aCourse(tx, now, module);
  return actorFor(learner);
}

async function ready(tx: Db): Promise<Actor> {
  const actor = await aLearner(tx);
  await takeAllLessons(tx, actor, module, now);
  await acknowledgePolicies(tx, actor, { requirement: slug, policies: ["ai-policy"] }, now);
  return actor;
}

async function begun(tx: Db, actor: Actor, at: Date, seed = 7): Promise<string> {
  const started = await startAssessment(tx, actor, { requirement: slug, seed }, at);
  if (!started?.ok) throw new Error(`not started: ${JSON.stringify(started)}`);
  return started.attemptId;
}

function neverShown(): never {
  throw new Error("the attempt shows no item");
}

/** Saves the right answer to the first `share` of the items. */
async function answerItems(tx: Db, actor: Actor, attemptId: string, share: number, at: Date): Promise<void> {
  const view = await attemptFor(tx, actor, attemptId, at);
  const items = view?.items ?? [];
  for (const shown of items.slice(0, Math.round(items.length * share))) {
    const given = rightAnswer(module, shown);
    const { position, revision } = shown;
    const saved = await saveAnswer(tx, actor, { attemptId, position, given, revision }, at);
    expect(saved).toMatchObject({ ok: true });
  }
}

async function verbsOf(tx: Db, actor: Actor): Promise<string[]> {
  const { periodId = "" } = (await courseFor(tx, actor, slug, now)) ?? {};
  const found = await statementsOfRecords(tx, [periodId]);
  return (found.get(periodId) ?? []).map(({ statement }) => statement.verb.id.split("/").at(-1) ?? "");
}

onBothEngines("studying", (database) => {
  it("takes steps in order, each once, with its statements", () =>
    database.rolledBack(async (tx) => {
      const actor = await aLearner(tx);
      const step = (part: number, lesson = "first") => ({ requirement: slug, lesson, part, given: null });
      expect(await takeStep(tx, actor, step(1), now)).toBeNull();
      expect(await takeStep(tx, actor, step(0), now)).toEqual({
        ok: true,
        lessonDone: false,
        lessonsDone: false,
        otherwise: false,
      });
      expect(await takeStep(tx, actor, step(0), now)).toMatchObject({ ok: true });
      expect(await takeStep(tx, actor, step(1), now)).toEqual({ ok: false, reason: "unreadable" });
      const before = await lessonFor(tx, actor, slug, "first");
      expect(JSON.stringify(before)).not.toMatch(/correct|feedback/);
      const question = before?.parts[1];
      const given = question?.kind === "question" ? anyAnswer(question.item) : null;
      expect(await takeStep(tx, actor, { ...step(1), given }, now)).toMatchObject({ ok: true });
      expect(await takeStep(tx, actor, { ...step(1), given }, now)).toMatchObject({ otherwise: false });
      const other = { ...step(1), given: ["another"] };
      expect(await takeStep(tx, actor, other, now)).toMatchObject({ ok: true, otherwise: true });
      const after = await lessonFor(tx, actor, slug, "first");
      expect(after).toMatchObject({ next: 2, percent: 50 });
      expect(after?.parts[1]).toMatchObject({ taken: true, given, explained: { answered: true } });
      expect((await verbsOf(tx, actor)).toSorted()).toEqual([
        "answered",
        "initialized",
        "progressed",
        "progressed",
      ]);
      expect(await tx.$count(lessonStep)).toBe(2);
    }));

  it("asks for lessons, then acknowledgements, before the assessment", () =>
    database.rolledBack(async (tx) => {
      const actor = await aLearner(tx);
      const start = () => startAssessment(tx, actor, { requirement: slug, seed: 1 }, now);
      expect(await start()).toEqual({ ok: false, reason: "lessons" });
      await takeAllLessons(tx, actor, module, now);
      expect(await start()).toEqual({ ok: false, reason: "acknowledgement" });
      expect(await acknowledgePolicies(tx, actor, { requirement: slug, policies: [] }, now)).toEqual({
        ok: false,
        reason: "missing",
        slugs: ["ai-policy"],
      });
      for (let i = 0; i < 2; i++)
        expect(
          await acknowledgePolicies(tx, actor, { requirement: slug, policies: ["ai-policy"] }, now),
        ).toEqual({
          ok: true,
        });
      expect((await verbsOf(tx, actor)).filter((verb) => verb === "acknowledged")).toHaveLength(1);
      expect(await start()).toMatchObject({ ok: true });
      expect(await start()).toEqual({ ok: false, reason: "open" });
    }));

  it("lets nobody else see, save or submit an attempt", () =>
    database.rolledBack(async (tx) => {
      const actor = await ready(tx);
      const attemptId = await begun(tx, actor, now);
      const other = actorFor(await aPerson(tx, { roles: ["employee", "hr", "admin"] }));
      expect(await attemptFor(tx, other, attemptId, now)).toBeNull();
      const input = { attemptId, position: 0, given: ["c1"], revision: 0 };
      expect(await saveAnswer(tx, other, input, now)).toBeNull();
      expect(await submitAssessment(tx, other, { attemptId }, now)).toBeNull();
      expect(await resultFor(tx, actor, attemptId)).toBeNull();
      await submitAssessment(tx, actor, { attemptId }, now);
      expect(await resultFor(tx, other, attemptId)).toBeNull();
      expect(await courseFor(tx, other, slug, now)).toBeNull();
    }));

  it("keeps two tabs apart: the one behind is refused with what is saved", () =>
    database.rolledBack(async (tx) => {
      const actor = await ready(tx);
      const attemptId = await begun(tx, actor, now);
      const view = await attemptFor(tx, actor, attemptId, now);
      const position = view?.items.findIndex((i) => i.item.type === "single_choice") ?? -1;
      const save = (given: string[], revision: number) =>
        saveAnswer(tx, actor, { attemptId, position, given, revision }, now);
      expect(await save(["c1"], 0)).toEqual({ ok: true, revision: 1 });
      expect(await save(["c2"], 0)).toEqual({ ok: false, reason: "stale", revision: 1, given: ["c1"] });
      expect(await save(["c1"], 0)).toEqual({ ok: true, revision: 1 });
      expect(await save(["c2"], 1)).toEqual({ ok: true, revision: 2 });
      expect(await save(["c9"], 2)).toEqual({ ok: false, reason: "unreadable" });
      expect((await attemptFor(tx, actor, attemptId, now))?.items[position]).toMatchObject({
        given: ["c2"],
        revision: 2,
      });
    }));

  it.each([
    [1.5, 1.5],
    [null, null],
  ])("tells the time that a person has before it begins: a factor of %s", (timeFactor, times) =>
    database.rolledBack(async (tx) => {
      const actor = await ready(tx);
      const hr = actorFor(await aPerson(tx, { roles: ["employee", "hr"] }));
      const told = async () => (await courseFor(tx, actor, slug, now))?.assessment;
      const usual = (await told())?.minutes ?? 0;
      await grantAccommodation(tx, hr, { personId: actor.id, timeFactor, reason: "Reads slowly." }, now);
      const minutes = times === null ? null : usual * times;
      expect(await told()).toMatchObject({ minutes, timeFactor });
      const view = await attemptFor(tx, actor, await begun(tx, actor, now), now);
      expect(view?.dueAt ?? null).toEqual(minutes === null ? null : later(minutes));
    }),
  );

  it("takes an answer back: the item is as if never answered, and a tab that is behind is still refused", () =>
    database.rolledBack(async (tx) => {
      const actor = await ready(tx);
      const attemptId = await begun(tx, actor, now);
      const save = (given: string[] | null, revision: number) =>
        saveAnswer(tx, actor, { attemptId, position: 0, given, confidence: "certain", revision }, now);
      const shown = async () => (await attemptFor(tx, actor, attemptId, now))?.items[0];
      const given = rightAnswer(
        module,
        (await attemptFor(tx, actor, attemptId, now))?.items[0] ?? neverShown(),
      );
      expect(await save(null, 0)).toEqual({ ok: true, revision: 0 });
      expect(
        await saveAnswer(
          tx,
          actor,
          { attemptId, position: 0, given, confidence: "certain", revision: 0 },
          now,
        ),
      ).toEqual({ ok: true, revision: 1 });
      expect(await save(null, 0)).toMatchObject({ ok: false, reason: "stale", revision: 1 });
      expect(await save(null, 1)).toEqual({ ok: true, revision: 2 });
      expect(await shown()).toMatchObject({ given: null, confidence: null, revision: 2 });
      expect(await save(["c1"], 1)).toMatchObject({ ok: false, reason: "stale", revision: 2, given: [] });
      await submitAssessment(tx, actor, { attemptId }, later(5));
      const result = await resultFor(tx, actor, attemptId);
      expect(result).toMatchObject({ score: 0, calibration: [], erased: null });
      expect(result?.items[0]).toMatchObject({ answered: false, score: 0 });
    }));

  it("completes the period on a pass, once, with certificate, statements and audit events", () =>
    database.rolledBack(async (tx) => {
      const actor = await ready(tx);
      const attemptId = await begun(tx, actor, now);
      expect(JSON.stringify(await attemptFor(tx, actor, attemptId, now))).not.toMatch(/correct|feedback/);
      await answerItems(tx, actor, attemptId, 1, later(5));
      const first = await submitAssessment(tx, actor, { attemptId }, later(10));
      expect(first).toEqual({ ok: true, passed: true, score: 1 });
      const count = await tx.$count(statement);
      expect(await submitAssessment(tx, actor, { attemptId }, later(11))).toEqual(first);
      expect(await tx.$count(statement)).toBe(count);
      expect(await tx.$count(certificate)).toBe(1);

      const [row] = await tx.select().from(period);
      expect(row).toMatchObject({
        completedAt: later(10),
        expiresAt: new Date("2027-11-24T22:59:59Z"),
      });
      const [mine] = await learnerRequirements(tx, actor, later(10));
      expect(mine).toMatchObject({ state: "competent", percent: 100, certificateId: expect.any(String) });
      const verbs = await verbsOf(tx, actor);
      expect(verbs.filter((verb) => verb === "answered")).toHaveLength(13);
      for (const verb of ["scored", "passed", "completed"])
        expect(
          verbs.filter((one) => one === verb),
          verb,
        ).toHaveLength(1);
      expect(await startAssessment(tx, actor, { requirement: slug, seed: 2 }, later(12))).toEqual({
        ok: false,
        reason: "passed",
      });
      expect(await reconcile(tx, system)).toEqual({ periods: 1, attempts: 1, gaps: [] });
      expect(await verifyChain(tx)).toMatchObject({ broken: null });
      const result = await resultFor(tx, actor, attemptId);
      expect(result).toMatchObject({
        passed: true,
        score: 1,
        timedOut: false,
        certificateId: mine?.certificateId,
      });
      expect(result?.clauses["ai-policy#1.1"]).toMatchObject({
        version: "1.0",
        html: "<p>We use AI with care.</p>",
      });
      expect(
        await saveAnswer(tx, actor, { attemptId, position: 0, given: ["c1"], revision: 9 }, later(12)),
      ).toEqual({
        ok: false,
        reason: "closed",
      });
    }));

  it("holds cool-down and limit after failures, until HR grants another attempt", () =>
    database.rolledBack(async (tx) => {
      const actor = await ready(tx);
      const fail = async (at: Date) => {
        const attemptId = await begun(tx, actor, at, at.getTime() % 1000);
        return submitAssessment(tx, actor, { attemptId }, at);
      };
      const held = async (at: Date) => (await learnerRequirements(tx, actor, at))[0]?.held;
      expect(await held(now)).toBeNull();
      expect(await fail(now)).toMatchObject({ passed: false, score: 0 });
      expect(await held(later(60))).toEqual({ reason: "cool_down", until: later(24 * 60) });
      expect(await held(later(24 * 60))).toBeNull();
      expect(await startAssessment(tx, actor, { requirement: slug, seed: 3 }, later(60))).toEqual({
        ok: false,
        reason: "cool_down",
        until: later(24 * 60),
      });
      await fail(later(24 * 60));
      const third = () => startAssessment(tx, actor, { requirement: slug, seed: 4 }, later(72 * 60));
      expect(await third()).toEqual({ ok: false, reason: "exhausted" });
      expect(await held(later(72 * 60))).toEqual({ reason: "exhausted" });
      const { periodId: registration = "" } = (await courseFor(tx, actor, slug, now)) ?? {};
      const grant = { registration, reason: "Was ill on the day." };
      await expect(grantAttempt(tx, actor, grant, now)).rejects.toThrow(Forbidden);
      const hr = actorFor(await aPerson(tx, { roles: ["employee", "hr"] }));
      expect(await grantAttempt(tx, hr, grant, now)).toEqual({ ok: true });
      expect(await held(later(72 * 60))).toBeNull();
      expect(await third()).toMatchObject({ ok: true });
      expect(await reconcile(tx, system)).toMatchObject({ attempts: 2, gaps: [] });
    }));

  it("has no end by the clock for a learner without a time limit", () =>
    database.rolledBack(async (tx) => {
      const actor = await ready(tx);
      const hr = actorFor(await aPerson(tx, { roles: ["employee", "hr"] }));
      const input = { personId: actor.id, timeFactor: null, reason: "Agreed with the doctor." };
      await grantAccommodation(tx, hr, input, now);
      const attemptId = await begun(tx, actor, now);
      await answerItems(tx, actor, attemptId, 1, later(24 * 60));
      expect(await submitOverdue(tx, later(48 * 60))).toBe(0);
      expect(await attemptFor(tx, actor, attemptId, later(48 * 60))).toMatchObject({
        open: true,
        dueAt: null,
      });
      await submitAssessment(tx, actor, { attemptId }, later(48 * 60));
      expect(await resultFor(tx, actor, attemptId)).toMatchObject({
        passed: true,
        timedOut: false,
        submittedAt: later(48 * 60),
      });
    }));

  it("counts what was saved when the time runs out, at the time limit", () =>
    database.rolledBack(async (tx) => {
      const actor = await ready(tx);
      const attemptId = await begun(tx, actor, now);
      await answerItems(tx, actor, attemptId, 1, later(29));
      const shown = await attemptFor(tx, actor, attemptId, later(40));
      expect(shown).toMatchObject({ open: false, submittedAt: null });
      expect(await submitOverdue(tx, later(20))).toBe(0);
      // An answer on its way at the limit is taken: the clock alone must not close the attempt before it arrives.
      expect(await submitOverdue(tx, new Date(later(30).getTime() + 19_000))).toBe(0);
      expect(await submitOverdue(tx, later(40))).toBe(1);
      expect(await resultFor(tx, actor, attemptId)).toMatchObject({
        passed: true,
        timedOut: true,
        submittedAt: later(30),
      });
    }));

  it("closes an attempt that ran out when the next one is asked for", () =>
    database.rolledBack(async (tx) => {
      const actor = await ready(tx);
      const attemptId = await begun(tx, actor, now);
      expect(await startAssessment(tx, actor, { requirement: slug, seed: 9 }, later(31))).toMatchObject({
        ok: false,
        reason: "cool_down",
      });
      const [row] = await tx.select().from(attempt).where(eq(attempt.id, attemptId));
      expect(row).toMatchObject({ submittedAt: later(30), passed: false });
      expect(await verifyChain(tx)).toMatchObject({ broken: null });
    }));
});

onBothEngines("at the same moment", (database) => {
  it("submits once when submitted four times at once", async () => {
    const { db } = database;
    const actor = await ready(db);
    const attemptId = await begun(db, actor, now);
    await answerItems(db, actor, attemptId, 1, now);
    const all = await Promise.all(
      Array.from({ length: 4 }, () => submitAssessment(db, actor, { attemptId }, later(1))),
    );
    expect(new Set(all.map((one) => JSON.stringify(one))).size).toBe(1);
    expect(await db.$count(certificate)).toBe(1);
    expect(await db.$count(answer, and(eq(answer.attemptId, attemptId), eq(answer.score, 1)))).toBe(12);
    expect(await reconcile(db, system)).toEqual({ periods: 1, attempts: 1, gaps: [] });
  });
});
