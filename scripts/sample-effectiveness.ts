import type { Db } from "#db/client.server.ts";
import { answer } from "#db/schema/learning.ts";
import type { person } from "#db/schema/people.ts";
import { submitAssessment } from "#app/domain/competence/completion.server.ts";
import { enrolmentFor } from "#app/domain/competence/enrolment.server.ts";
import { startMeasure } from "#app/domain/competence/sitting.server.ts";
import type { Item, Response } from "#app/domain/content/item.ts";
import type { Criterion } from "#app/domain/effectiveness/criterion.ts";
import { writeCriterion } from "#app/domain/effectiveness/evaluation.server.ts";
import { conclude, evaluateDue } from "#app/domain/effectiveness/evaluation-result.server.ts";
import { evaluations } from "#app/domain/effectiveness/evaluation-view.server.ts";
import { conclusion } from "#app/domain/effectiveness/verdict.ts";
import { reviewForm } from "#app/domain/effectiveness/review.ts";
import { recordReview } from "#app/domain/effectiveness/review.server.ts";
import { formsOf, itemOf, moduleOf } from "#app/domain/learning/attempt.server.ts";
import { type Actor, system } from "#app/domain/people/permission.ts";

const day = 86_400_000;
const hour = 3_600_000;
const dayOf = (at: Date): string => at.toISOString().slice(0, 10);

type Person = typeof person.$inferSelect;
type Act = { at: Date; run: (at: Date) => Promise<unknown> };
type Span = { began: Date; roles: Date; now: Date };
/** What somebody answers to items, by chance that depends on the text. */
type Respond = (items: readonly Item[], text: string, skill: number) => Response[];

/**
 * The evaluations of the sample organisation: one decided, for which people took pre-tests, one running and one planned;
 * and the management review of the quarter before last month.
 */
export function effectivenessActs(
  db: Db,
  people: readonly Person[],
  { began, roles, now }: Span,
  respond: Respond,
): Act[] {
  const actorOf = (id: string): Actor | null => {
    const who = people.find((one) => one.id === id);
    return who ? { id: who.id, name: who.name, roles: who.roles } : null;
  };
  const [hr, reviewer, admin] = ["p-ines", "p-ravi", "p-sofia"].map(actorOf);
  if (!hr || !reviewer || !admin) return [];
  const after = (from: Date, days: number): Date => new Date(from.getTime() + days * day);
  const write = (at: Date, criterion: Criterion): Act => ({
    at,
    run: (then) => writeCriterion(db, hr, { id: null, criterion, reason: "", lock: true }, then),
  });
  const common = {
    confirm: "estimate" as const,
    minimumN: 10,
    audiences: [],
    departments: [],
    evaluatorId: reviewer.id,
  } satisfies Partial<Criterion>;
  const decision = after(began, 60);
  // Those who sign in stand where a visitor sees something, so the rest were asked.
  const asked = people.filter(
    (one) => Date.parse(one.hiredOn) < began.getTime() && one.roles.every((role) => role === "employee"),
  );
  return [
    write(new Date(began.getTime() + hour), {
      ...common,
      title: "AI awareness: do people know more afterwards?",
      requirement: "ai-awareness-yearly",
      measure: "gain",
      threshold: 15,
      confirm: "interval",
      startsOn: dayOf(after(began, 1)),
      decisionOn: dayOf(decision),
    }),
    ...asked
      .filter((_, i) => i % 5 !== 4)
      .map((one, i) => ({
        at: new Date(after(began, 1 + (i % 2)).getTime() + (i % 40) * 11 * 60_000),
        run: (then: Date) => pretest(db, one, respond, then),
      })),
    { at: after(decision, 1), run: (then) => evaluateDue(db, then) },
    { at: after(decision, 6), run: (then) => concludeSample(db, reviewer, then) },
    write(new Date(roles.getTime() + hour), {
      ...common,
      title: "AI for engineers: is the first attempt enough?",
      requirement: "ai-engineering-yearly",
      measure: "pass_share",
      threshold: 75,
      minimumN: 8,
      startsOn: dayOf(after(roles, 1)),
      decisionOn: dayOf(after(roles, 60)),
    }),
    write(after(now, -5), {
      ...common,
      title: "Does the yearly renewal reach everybody in time?",
      requirement: "ai-awareness-yearly",
      measure: "overdue_share",
      threshold: 10,
      evaluatorId: admin.id,
      startsOn: dayOf(after(now, 14)),
      decisionOn: dayOf(after(now, 104)),
    }),
    { at: after(now, -20), run: (then) => reviewSample(db, admin, hr, then) },
  ];
}

/** Takes the pre-test as somebody who has not been taught. */
async function pretest(db: Db, who: Person, respond: Respond, at: Date): Promise<void> {
  const actor: Actor = { id: who.id, name: who.name, roles: who.roles };
  const requirement = "ai-awareness-yearly";
  const seed = Number.parseInt(who.pseudonym.slice(0, 7), 16);
  const begun = new Date(at.getTime() - 10 * 60_000);
  const started = await startMeasure(db, actor, { requirement, kind: "pretest", seed }, begun);
  const enrolment = await enrolmentFor(db, who.id, requirement);
  if (!started?.ok || !enrolment) return;
  const row = (await formsOf(db, [enrolment.period.id])).find((one) => one.id === started.attemptId);
  if (!row) return;
  const { body } = await moduleOf(db, row);
  const items = row.form.items.map((entry) => itemOf(body, entry));
  await db.insert(answer).values(
    respond(items, `${who.id}/pretest`, 0.6).map((response, position) => ({
      attemptId: row.id,
      position,
      response,
      savedAt: new Date(begun.getTime() + (position + 1) * 30_000),
      revision: 1,
    })),
  );
  await submitAssessment(db, actor, { attemptId: row.id }, at);
}

async function concludeSample(db: Db, evaluator: Actor, at: Date): Promise<void> {
  const due = (await evaluations(db, system, at)).find((one) => one.state === "due");
  if (!due) return;
  const met = due.outcome === "met";
  const { id } = due;
  await conclude(
    db,
    evaluator,
    {
      id,
      conclusion: conclusion.parse({
        verdict: met ? "effective" : due.outcome === "not_met" ? "partly" : "not_determinable",
        reasoning: met
          ? "Those who took both forms gained clearly, and the whole interval lies above the threshold. A part dropped out after the pre-test; nothing suggests that they would have gained less. There is no control group."
          : "The gain did not reach what we had fixed. Several people dropped out after the pre-test, and there is no control group.",
        ...(met
          ? {}
          : {
              followUp: "Revise the lessons whose items were missed most.",
              followUpOwnerId: "p-ines",
              followUpOn: dayOf(new Date(at.getTime() + 60 * day)),
            }),
        recheckOn: dayOf(new Date(at.getTime() + 400 * day)),
      }),
    },
    at,
  );
}

async function reviewSample(db: Db, recorder: Actor, owner: Actor, at: Date): Promise<void> {
  const back = (days: number): string => dayOf(new Date(at.getTime() - days * day));
  const form = reviewForm.parse({
    heldOn: back(0),
    attendees: "Chief executive, chief operating officer, AI governance lead, HR lead, IT administrator",
    changes:
      "Four trainings for single roles come in this month. No change of the law that bears on training.",
    decisions:
      "Coverage of the yearly awareness training is not good enough: managers follow up who is overdue. The AI management system needs no change.",
    what: ["Ask every manager for a date by which those who are overdue will have finished"],
    ownerId: [owner.id],
    on: [dayOf(new Date(at.getTime() + 45 * day))],
  });
  await recordReview(db, recorder, { from: back(91), until: back(1), form }, at);
}
