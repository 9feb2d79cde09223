import { eq, sql } from "drizzle-orm";
import { expect, it } from "vitest";
import type { Db } from "#db/client.server.ts";
import { auditEvent } from "#db/schema/audit.ts";
import { evaluationCriterion, evaluationVerdict } from "#db/schema/effectiveness.ts";
import { person } from "#db/schema/people.ts";
import { aCourse, aModule, aRequirement } from "#test/course.ts";
import { onBothEngines } from "#test/database.ts";
import { actorFor, anOrganisation, aPerson } from "#test/factories.ts";
import { openAction } from "../competence/corrective-action.server.ts";
import { eraseCategories } from "../evidence/erasure.server.ts";
import { applyRetention } from "../evidence/retention.server.ts";
import { criterion } from "./criterion.ts";
import { lockCriterion, writeCriterion } from "./evaluation.server.ts";
import { conclude, evaluateDue } from "./evaluation-result.server.ts";
import { closeFollowUp, followUpOf } from "./follow-up.server.ts";
import { recordReview } from "./review.server.ts";
import { conclusion } from "./verdict.ts";

const written = new Date("2026-05-20T09:00:00Z");
const decision = new Date("2026-07-01T09:00:00Z");
const later = new Date("2026-07-20T09:00:00Z");

const aCriterion = criterion.parse({
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
});

/** An evaluation that was concluded with something to follow, which is Bo's task. */
async function aWorld(tx: Db) {
  await anOrganisation(tx);
  const hr = actorFor(await aPerson(tx, { id: "p-ines", roles: ["employee", "hr"], audiences: [] }));
  const ravi = actorFor(await aPerson(tx, { id: "p-ravi", roles: ["employee", "reviewer"], audiences: [] }));
  const bo = actorFor(await aPerson(tx, { id: "p-bo", roles: ["employee", "admin"], audiences: [] }));
  await aCourse(tx, written, aModule());
  const input = { id: null, criterion: aCriterion, reason: "", lock: false };
  const made = await writeCriterion(tx, hr, input, written);
  if (!made?.ok) throw new Error(JSON.stringify(made));
  const { id } = made;
  // A draft may change.
  const draft = { ...input, id, criterion: { ...aCriterion, threshold: 12 } };
  expect(await writeCriterion(tx, hr, draft, written)).toEqual({ ok: true, id });
  expect(await lockCriterion(tx, hr, id, written)).toEqual({ ok: true, id });
  expect(await evaluateDue(tx, decision)).toBe(1);
  const concluded = conclusion.parse({
    verdict: "not_determinable",
    reasoning: "Too few people took the pre-test.",
    followUp: "Ask more people to take it.",
    followUpOwnerId: "p-bo",
    followUpOn: "2026-08-01",
  });
  expect(await conclude(tx, ravi, { id, conclusion: concluded }, decision)).toEqual({ ok: true });
  const about = {
    id,
    number: 0,
    requirement: aRequirement.slug,
    followUp: concluded.followUp,
    ownerId: "p-bo",
  };
  return { tx, hr, ravi, bo, id, about };
}

/** What the database says of a statement it refuses; nothing of the transaction around it is lost. */
async function refusal(tx: Db, text: string): Promise<string> {
  try {
    await tx.transaction((inner) => inner.execute(sql.raw(text)));
    return "taken";
  } catch (error) {
    return error instanceof Error && error.cause instanceof Error ? error.cause.message : String(error);
  }
}

onBothEngines("what is fixed of effectiveness", (database) => {
  const world = (body: (w: Awaited<ReturnType<typeof aWorld>>) => Promise<void>) =>
    database.rolledBack(async (tx) => body(await aWorld(tx)));

  it("is neither changed nor removed, also by whoever has the database", () =>
    world(async ({ tx, hr, bo, id }) => {
      await closeFollowUp(tx, bo, { id, note: "Thirty more were asked." }, later);
      const minutes = { attendees: "All", changes: "", decisions: "Nothing needs to change.", actions: [] };
      const form = { ...minutes, heldOn: "2026-07-20" };
      const held = await recordReview(tx, hr, { from: "2026-04-01", until: "2026-06-30", form }, later);
      expect(held.ok).toBe(true);
      for (const [table, change] of [
        ["evaluation_criterion", "starts_on = '2026-05-01'"],
        ["evaluation_result", "outcome = 'met'"],
        ["evaluation_verdict", "verdict = 'effective'"],
        ["evaluation_follow_up", "note = 'Nothing.'"],
        ["management_review", "minutes = '{}'::jsonb"],
      ] as const) {
        for (const [operation, text] of [
          ["UPDATE", `update ${table} set ${change}`],
          ["DELETE", `delete from ${table}`],
          ["TRUNCATE", `truncate ${table} cascade`],
        ] as const)
          expect(await refusal(tx, text)).toMatch(
            new RegExp(`^${operation} of evaluation_\\w+ is refused|^${operation} of ${table} is refused`),
          );
      }
      const kept = await tx.select().from(evaluationVerdict);
      expect(kept).toMatchObject([{ verdict: "not_determinable" }]);
    }));

  it("lets a draft be changed and removed", () =>
    world(async ({ tx, hr }) => {
      const { ok } =
        (await writeCriterion(
          tx,
          hr,
          {
            id: null,
            criterion: { ...aCriterion, startsOn: "2026-08-01", decisionOn: "2026-09-01" },
            reason: "",
            lock: false,
          },
          later,
        )) ?? {};
      expect(ok).toBe(true);
      const drafts = sql`delete from ${evaluationCriterion} where locked_at is null`;
      await tx.execute(drafts);
      expect(await tx.$count(evaluationCriterion)).toBe(1);
    }));

  it("keeps nobody from being erased", () =>
    world(async ({ tx, ravi }) => {
      await tx.update(person).set({ leftOn: "2026-07-02" }).where(eq(person.id, ravi.id));
      await eraseCategories(tx, ravi.id, ["identity", "questions", "answers", "cases"], later);
      await applyRetention(tx, [{ kind: "leaver_answers", days: 1 }], later);
      const [row] = await tx.select({ name: person.name }).from(person).where(eq(person.id, ravi.id));
      expect(row?.name).toMatch(/^Former employee/);
    }));
});

onBothEngines("the follow-up of a verdict", (database) => {
  const world = (body: (w: Awaited<ReturnType<typeof aWorld>>) => Promise<void>) =>
    database.rolledBack(async (tx) => body(await aWorld(tx)));

  it("is closed once, by whose task it is or by HR, and recorded", () =>
    world(async ({ tx, hr, ravi, bo, id, about }) => {
      const close = (by: typeof hr) => closeFollowUp(tx, by, { id, note: "Thirty more were asked." }, later);
      await expect(close(ravi)).rejects.toThrow("effectiveness.manage");
      expect(await followUpOf(tx, ravi, about)).toMatchObject({ closed: null, mayClose: false });
      expect(await followUpOf(tx, hr, about)).toMatchObject({ mayClose: true });
      expect(await close(bo)).toEqual({ ok: true });
      expect(await close(hr)).toEqual({ ok: false, reason: "closed" });
      expect(await followUpOf(tx, hr, about)).toMatchObject({
        closed: { note: "Thirty more were asked.", by: bo.name, at: later },
        mayClose: false,
      });
      const events = await tx.select().from(auditEvent).where(eq(auditEvent.subjectId, id));
      expect(events.at(-1)).toMatchObject({ type: "evaluation.follow_up_closed", actorId: bo.id });
    }));

  it("leads to corrective actions that name the evaluation they came from", () =>
    world(async ({ tx, hr, ravi, about }) => {
      const { newAction } = await followUpOf(tx, hr, { ...about, number: 7 });
      const given = new URL(newAction ?? "", "http://localhost").searchParams;
      expect(Object.fromEntries(given)).toEqual({
        source: "effectiveness",
        ref: "Evaluation 7",
        requirement: aRequirement.slug,
        scope: "organisation",
      });
      const opened = await openAction(
        tx,
        hr,
        {
          scope: "organisation",
          person: "",
          group: "",
          requirement: aRequirement.slug,
          source: "effectiveness",
          sourceRef: "Evaluation 7",
          nonconformity: "Too few take the pre-test.",
          owner: "p-bo@aldermoor.example",
          dueOn: "2026-08-01",
        },
        later,
      );
      expect(opened?.ok).toBe(true);
      expect((await followUpOf(tx, hr, { ...about, number: 7 })).actions).toMatchObject([{ status: "open" }]);
      expect((await followUpOf(tx, hr, { ...about, number: 8 })).actions).toEqual([]);
      // Reviewers open actions, and leave their list to managers and HR.
      expect(await followUpOf(tx, ravi, { ...about, number: 7 })).toMatchObject({ newAction, actions: [] });
      const auditor = { ...ravi, id: "p-auditor", roles: ["employee" as const, "auditor" as const] };
      expect((await followUpOf(tx, auditor, { ...about, number: 7 })).newAction).toBeNull();
    }));
});
