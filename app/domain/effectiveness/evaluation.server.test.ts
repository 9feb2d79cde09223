import { eq } from "drizzle-orm";
import { expect, it } from "vitest";
import type { Db } from "#db/client.server.ts";
import { auditEvent } from "#db/schema/audit.ts";
import { evaluationCriterion } from "#db/schema/effectiveness.ts";
import { person } from "#db/schema/people.ts";
import { aCourse, aModule, aRequirement, rightAnswer, sitAssessment } from "#test/course.ts";
import { onBothEngines } from "#test/database.ts";
import { actorFor, anOrganisation, aPerson, storedStatements } from "#test/factories.ts";
import { submitAssessment } from "../competence/completion.server.ts";
import { startMeasure } from "../competence/sitting.server.ts";
import { verbs } from "../evidence/statement.ts";
import { attemptFor, saveAnswer } from "../learning/attempt.server.ts";
import type { Actor } from "../people/permission.ts";
import { recordChanges } from "../people/person-version.server.ts";
import { type Criterion, criterion } from "./criterion.ts";
import { factsFor } from "./evaluation-facts.server.ts";
import { writeCriterion } from "./evaluation.server.ts";
import { conclude, evaluateDue } from "./evaluation-result.server.ts";
import { evaluationFile, evaluations } from "./evaluation-view.server.ts";
import { type Conclusion, conclusion } from "./verdict.ts";

const written = new Date("2026-05-20T09:00:00Z");
const during = new Date("2026-06-10T09:00:00Z");
const decision = new Date("2026-07-01T09:00:00Z");

const aCriterion = (overrides: Partial<Criterion> = {}): Criterion =>
  criterion.parse({
    title: "Awareness works",
    requirement: aRequirement.slug,
    measure: "gain",
    threshold: 10,
    confirm: "estimate",
    minimumN: 5,
    audiences: [],
    departments: [],
    startsOn: "2026-06-01",
    decisionOn: "2026-07-01",
    evaluatorId: "p-ravi",
    ...overrides,
  });
const aConclusion = (overrides: Partial<Record<keyof Conclusion, string>> = {}): Conclusion =>
  conclusion.parse({
    verdict: "effective",
    reasoning: "Everybody gained, nobody dropped out.",
    ...overrides,
  });

async function aWorld(tx: Db) {
  await anOrganisation(tx);
  const hr = actorFor(await aPerson(tx, { id: "p-ines", roles: ["employee", "hr"], audiences: [] }));
  const ravi = actorFor(await aPerson(tx, { id: "p-ravi", roles: ["employee", "reviewer"], audiences: [] }));
  const second = actorFor(await aPerson(tx, { id: "p-hr2", roles: ["employee", "hr"], audiences: [] }));
  const module = aModule();
  const write = async (overrides: Partial<Criterion> = {}, at = written, more: object = {}) =>
    writeCriterion(
      tx,
      hr,
      { id: null, criterion: aCriterion(overrides), reason: "", lock: true, ...more },
      at,
    );
  return { tx, hr, ravi, second, module, write };
}

/** Takes the pre-test with a share of right answers. */
async function pretest(tx: Db, who: Actor, share: number, now: Date): Promise<void> {
  const started = await startMeasure(
    tx,
    who,
    { requirement: aRequirement.slug, kind: "pretest", seed: 3 },
    now,
  );
  if (!started?.ok) throw new Error(`not started: ${JSON.stringify(started)}`);
  const { attemptId } = started;
  const items = (await attemptFor(tx, who, attemptId, now))?.items ?? [];
  for (const shown of items.slice(0, Math.round(items.length * share))) {
    const { position, revision } = shown;
    const given = rightAnswer(aModule(), shown);
    await saveAnswer(tx, who, { attemptId, position, revision, given }, now);
  }
  await submitAssessment(tx, who, { attemptId }, now);
}

onBothEngines("evaluations", (database) => {
  const world = (body: (w: Awaited<ReturnType<typeof aWorld>>) => Promise<void>) =>
    database.rolledBack(async (tx) => body(await aWorld(tx)));

  it("goes by the groups that were known when the decision date began", () =>
    world(async ({ tx, hr, module }) => {
      const bo = await aPerson(tx, { id: "p-bo", department: "Sales" });
      await aCourse(tx, written, module);
      await tx.update(person).set({ department: "Legal" }).where(eq(person.id, bo.id));
      const change = { personId: bo.id, before: bo, after: { ...bo, department: "Legal" } };
      await recordChanges(tx, [{ ...change, from: "2026-06-15" }], hr.id, new Date("2026-07-10T09:00:00Z"));
      const peopleOf = async (department: string, decisionOn: string) =>
        (await factsFor(tx, aCriterion({ measure: "pass_share", departments: [department], decisionOn })))
          .people;
      expect(await peopleOf("Sales", "2026-07-01")).toEqual([{ id: "p-bo", department: "Sales" }]);
      expect(await peopleOf("Legal", "2026-07-01")).toEqual([]);
      expect(await peopleOf("Legal", "2026-08-01")).toEqual([{ id: "p-bo", department: "Legal" }]);
    }));

  it("fixes a criterion, computes it on its day from what people did, and takes the verdict of another", () =>
    world(async ({ tx, hr, ravi, module, write }) => {
      const people = [];
      for (let i = 0; i < 5; i++) people.push(actorFor(await aPerson(tx, { id: `p-${i}` })));
      await aCourse(tx, written, module);
      const made = await write();
      if (!made?.ok) throw new Error(JSON.stringify(made));
      for (const who of people) {
        await pretest(tx, who, 0.25, during);
        await sitAssessment(tx, who, module, 1, new Date(during.getTime() + 3_600_000));
      }
      // Before the day nobody sees more than how many have taken what.
      expect(await evaluateDue(tx, during)).toBe(0);
      const running = await evaluationFile(tx, hr, made.id, during);
      expect(running).toMatchObject({ state: "running", flow: { both: 5 }, result: null, items: [] });
      expect(await conclude(tx, ravi, { id: made.id, conclusion: aConclusion() }, during)).toEqual({
        ok: false,
        reason: "no_result",
      });

      expect(await evaluateDue(tx, decision)).toBe(1);
      expect(await evaluateDue(tx, decision)).toBe(0);
      const due = await evaluationFile(tx, ravi, made.id, decision);
      expect(due).toMatchObject({
        state: "due",
        late: false,
        concluding: true,
        result: {
          again: true,
          body: { outcome: "met", estimate: { n: 5 }, paired: { post: { value: 100 } } },
        },
      });
      expect(due?.items.length).toBeGreaterThan(0);
      const concluded = await conclude(tx, ravi, { id: made.id, conclusion: aConclusion() }, decision);
      expect(concluded).toEqual({ ok: true });
      expect(await evaluations(tx, hr, decision)).toMatchObject([{ state: "decided", verdict: "effective" }]);
      const again = await conclude(tx, ravi, { id: made.id, conclusion: aConclusion() }, decision);
      expect(again).toEqual({ ok: false, reason: "decided" });

      const ours = (await storedStatements(tx)).filter((one) => one.context?.registration === made.id);
      expect(ours.map((one) => one.verb.id)).toEqual([verbs.fixed, verbs.evaluated, verbs.concluded]);
      expect(ours[1]?.result).toMatchObject({ success: true });
      const events = await tx
        .select({ type: auditEvent.type })
        .from(auditEvent)
        .where(eq(auditEvent.subjectId, made.id))
        .orderBy(auditEvent.seq);
      expect(events.map((one) => one.type)).toEqual([
        "evaluation.drafted",
        "evaluation.fixed",
        "evaluation.evaluated",
        "evaluation.concluded",
      ]);
    }));

  it("refuses a criterion that comes too late or that its author would judge", () =>
    world(async ({ tx, hr, module, write }) => {
      const who = actorFor(await aPerson(tx));
      await aCourse(tx, written, module);
      expect(await write({}, during)).toEqual({ ok: false, reason: "started" });
      expect(await write({ evaluatorId: hr.id })).toEqual({ ok: false, reason: "own_criterion" });
      expect(await write({ evaluatorId: who.id })).toEqual({ ok: false, reason: "evaluator" });
      expect(await write({ requirement: "gone" })).toEqual({ ok: false, reason: "requirement" });
      await pretest(tx, who, 0.5, new Date("2026-06-01T07:00:00Z"));
      const sameDay = new Date("2026-06-01T08:00:00Z");
      expect(await write({}, sameDay)).toEqual({ ok: false, reason: "data" });
      expect(await evaluations(tx, hr, during)).toEqual([]);
      await expect(
        writeCriterion(tx, who, { id: null, criterion: aCriterion(), reason: "", lock: true }, written),
      ).rejects.toThrow("not permitted");
    }));

  it("keeps a fixed criterion, and says for good that it was changed after its start", () =>
    world(async ({ tx, hr, ravi, second, module, write }) => {
      await aPerson(tx);
      await aCourse(tx, written, module);
      const draft = await write({ threshold: 5 }, written, { lock: false });
      if (!draft?.ok) throw new Error(JSON.stringify(draft));
      const { id } = draft;
      expect(await write({ threshold: 10 }, written, { id })).toEqual({ ok: true, id });
      expect(await write({ threshold: 12 }, written, { id })).toEqual({ ok: false, reason: "locked" });
      const early = {
        id,
        criterion: aCriterion({ threshold: 12 }),
        reason: "The board asks for more.",
        lock: true,
      };
      expect(await writeCriterion(tx, second, early, written)).toEqual({ ok: true, id });
      expect(await evaluationFile(tx, hr, id, written)).toMatchObject({ late: false });
      // Whoever wrote a version cannot be named in a later one.
      expect(await write({ evaluatorId: second.id }, during, { id, reason: "Ravi is away." })).toEqual({
        ok: false,
        reason: "own_criterion",
      });
      const late = { id, reason: "A holiday falls into it." };
      expect(await write({ startsOn: "2026-06-20", decisionOn: "2026-08-01" }, during, late)).toEqual({
        ok: true,
        id,
      });
      const file = await evaluationFile(tx, hr, id, during);
      expect(file).toMatchObject({ late: true, state: "planned" });
      expect(file?.versions.map((one) => one.afterStart)).toEqual([false, false, true]);
      const rows = await tx
        .select()
        .from(evaluationCriterion)
        .where(eq(evaluationCriterion.evaluationId, id));
      expect(rows.map((one) => one.body.threshold).toSorted((a, b) => a - b)).toEqual([10, 10, 12]);

      expect(await evaluateDue(tx, new Date("2026-08-01T09:00:00Z"))).toBe(1);
      const at = new Date("2026-08-01T10:00:00Z");
      expect(await write({}, at, late)).toEqual({ ok: false, reason: "evaluated" });
      // Nobody took part: nothing but that can be concluded.
      expect(await conclude(tx, ravi, { id, conclusion: aConclusion() }, at)).toEqual({
        ok: false,
        reason: "forced",
      });
      expect(await conclude(tx, second, { id, conclusion: aConclusion() }, at)).toEqual({
        ok: false,
        reason: "author",
      });
    }));
});
