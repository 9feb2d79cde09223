import { desc } from "drizzle-orm";
import { correctiveAction } from "#db/schema/actions.ts";
import { evaluationResult } from "#db/schema/effectiveness.ts";
import { openAction, takeActionStep } from "#app/domain/competence/corrective-action.server.ts";
import type { StepInput } from "#app/domain/competence/corrective-action.ts";
import { criterion } from "#app/domain/effectiveness/criterion.ts";
import { writeCriterion } from "#app/domain/effectiveness/evaluation.server.ts";
import { conclude } from "#app/domain/effectiveness/evaluation-result.server.ts";
import { reviewForm } from "#app/domain/effectiveness/review.ts";
import { recordReview } from "#app/domain/effectiveness/review.server.ts";
import { conclusion } from "#app/domain/effectiveness/verdict.ts";
import { must, type World } from "./world.ts";

/** What the organisation does about its training: evaluation, corrective action, management review. */

export const evaluated = { startsOn: "2027-03-02", decisionOn: "2027-05-03" };

export async function fixCriterion(world: World): Promise<void> {
  const body = criterion.parse({
    title: "Most pass at the first attempt",
    requirement: "awareness",
    measure: "pass_share",
    threshold: 80,
    confirm: "estimate",
    minimumN: 10,
    audiences: [],
    departments: [],
    evaluatorId: "ravi",
    ...evaluated,
  });
  const input = { id: null, criterion: body, reason: "", lock: true };
  must(await writeCriterion(world.db, world.actor("ines"), input, world.clock));
}

export async function concludeEvaluation(world: World): Promise<void> {
  const [row] = await world.db.select().from(evaluationResult);
  const said = conclusion.parse({
    verdict: "effective",
    reasoning: "All but one passed at the first attempt.",
  });
  const input = { id: row?.evaluationId ?? "", conclusion: said };
  must(await conclude(world.db, world.actor("ravi"), input, world.clock));
}

export async function openLateAction(world: World): Promise<void> {
  const input = {
    scope: "person",
    person: "lena@aldermoor.example",
    group: "",
    requirement: "awareness",
    source: "overdue",
    sourceRef: "",
    nonconformity: "The training was not done when grace was over.",
    owner: "marta@aldermoor.example",
    dueOn: "2027-05-20",
  } as const;
  must(await openAction(world.db, world.actor("ines"), input, world.clock));
}

async function step(world: World, by: string, input: StepInput): Promise<void> {
  const [row] = await world.db.select().from(correctiveAction).orderBy(desc(correctiveAction.number));
  must(await takeActionStep(world.db, world.actor(by), { actionId: row?.id ?? "", ...input }, world.clock));
}

export const planLateAction = (world: World): Promise<void> =>
  step(world, "marta", {
    step: "planned",
    cause: "No hour was kept free for it.",
    note: "An hour a week is kept free.",
    owner: "marta@aldermoor.example",
    dueOn: "2027-05-20",
  });

export const doLateAction = (world: World): Promise<void> =>
  step(world, "marta", { step: "done", note: "The hour is in the plan." });

/** By somebody else than its owner. */
export async function closeLateAction(world: World): Promise<void> {
  const verified = {
    step: "verified",
    verdict: "effective",
    method: "Looked at the board of the team.",
    before: "2 late",
    after: "1 late",
    note: "",
  } as const;
  await step(world, "ines", verified);
  await step(world, "ines", { step: "closed", note: "" });
}

export const reviewed = { from: "2027-03-01", until: "2027-09-30" };

export async function recordManagementReview(world: World): Promise<void> {
  const form = reviewForm.parse({
    heldOn: "2027-10-01",
    attendees: "Management and HR",
    decisions: "Nothing needs to change.",
  });
  must(await recordReview(world.db, world.actor("sofia"), { ...reviewed, form }, world.clock));
}
