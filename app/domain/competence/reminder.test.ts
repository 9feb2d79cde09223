import { fc, test } from "@fast-check/vitest";
import { expect, it } from "vitest";
import { mailing } from "#test/mailing.ts";
import type { PeriodFacts } from "./assignment.ts";
import { heldUntil, ladderOf } from "./held.ts";
import { dueStep, isOffLadder, noticesOf, remindersFile, rungOf, stageOf, type Step } from "./reminder.ts";

const { reminders } = mailing;
const day = 86_400_000;
const start = new Date("2026-06-01T00:00:00Z");
const at = (days: number): Date => new Date(start.getTime() + days * day);

/** Assigned on day 0, due on day 30, with 14 days of grace; renewals are due as the earlier one ends. */
function aPeriod(overrides: Partial<PeriodFacts> = {}): PeriodFacts {
  return {
    number: 1,
    assignedAt: at(0),
    dueAt: at(30),
    graceUntil: at(44),
    startedAt: null,
    completedAt: null,
    renewFrom: null,
    expiresAt: null,
    supersededAt: null,
    endedAt: null,
    ...overrides,
  };
}
const renewal = { number: 2, dueAt: at(60), graceUntil: at(60), held: at(60) };
type Case = Partial<PeriodFacts> & { held?: Date | null };

it.each<[string, Case, string[], number, string | null]>([
  ["an assignment at once", {}, [], 0, "assigned"],
  ["it once", {}, ["assigned"], 1, null],
  ["two weeks before the date", {}, ["assigned"], 16, "due-14"],
  ["three days before", {}, ["assigned", "due-14"], 27, "due-3"],
  ["nothing within the grace", {}, ["assigned", "due-14", "due-3"], 40, null],
  ["when it is overdue", {}, ["assigned", "due-14", "due-3"], 44, "overdue"],
  ["HR after two weeks more", {}, ["overdue", "overdue-7"], 58, "overdue-14"],
  ["the last step alone after a late start", {}, [], 200, "overdue-14"],
  ["nothing of what a later step has passed", {}, ["overdue"], 28, null],
  ["no earlier date than the assignment", { dueAt: at(10), graceUntil: at(10) }, [], 1, "assigned"],
  ["a renewal as it opens", renewal, [], 0, "renewal-60"],
  ["a renewal a week before", renewal, ["renewal-60"], 53, "renewal-7"],
  ["an expiry", renewal, ["renewal-7"], 60, "expired"],
  ["nothing once it is completed", { completedAt: at(5) }, [], 20, null],
  ["nothing once the next took over", { supersededAt: at(5) }, [], 20, null],
  ["nothing before it is assigned", { assignedAt: at(3) }, [], 2, null],
])("tells %s", (_words, { held = null, ...period }, told, now, step) => {
  expect(dueStep(reminders, aPeriod(period), held, [], told, at(now))?.step ?? null).toBe(step);
});

it("knows where each step stands, and none for what no ladder has", () => {
  expect(rungOf(reminders, "due-3")).toEqual({ ladder: "first", from: "due", days: -3 });
  expect(rungOf(reminders, "expired-7")).toEqual({ ladder: "renewal", from: "overdue", days: 7 });
  expect(rungOf(reminders, "policy-asked")).toEqual({ ladder: "policy", from: "assigned", days: 0 });
  expect(rungOf(reminders, "practice-10")).toBeNull();
});

it("refuses a step before the assignment, and one name on two ladders", () => {
  const [first] = reminders.first;
  const twice = { ...reminders, policy: [...reminders.policy, first] };
  expect(remindersFile.safeParse(twice).error?.issues[0]?.message).toContain("stands in two ladders");
  const early = { ...reminders, first: [{ ...first, days: -1 }] };
  expect(remindersFile.safeParse(early).error?.issues[0]).toMatchObject({ path: ["first", 0, "days"] });
});

it("is silent while a waiver counts, and goes on with the last step after it", () => {
  const waiver = { grantedAt: at(20), until: at(50) };
  expect(dueStep(reminders, aPeriod(), null, [waiver], ["assigned"], at(45))).toBeNull();
  expect(dueStep(reminders, aPeriod(), null, [waiver], ["assigned"], at(50))?.step).toBe("overdue");
});

const runs = fc.array(fc.integer({ min: 0, max: 40 }), { maxLength: 30 });
const dates = fc.record({
  due: fc.integer({ min: 1, max: 60 }),
  grace: fc.integer({ min: 0, max: 30 }),
  number: fc.integer({ min: 0, max: 3 }),
  held: fc.option(fc.integer({ min: 1, max: 60 })),
  done: fc.option(fc.integer({ min: 1, max: 150 })),
});

test.prop([runs, dates])("climbs: each step once, none before its time, none after the end", (pauses, of) => {
  const due = at(of.due);
  const period = aPeriod({
    number: of.number,
    dueAt: due,
    graceUntil: new Date(due.getTime() + of.grace * day),
  });
  const held = of.held === null ? null : at(of.held);
  const told: Step[] = [];
  let now = 0;
  for (const pause of pauses) {
    now += pause;
    const facts = { ...period, completedAt: of.done !== null && of.done <= now ? at(of.done) : null };
    const step = dueStep(
      reminders,
      facts,
      held,
      [],
      told.map((one) => one.step),
      at(now),
    );
    if (!step) continue;
    expect(facts.completedAt).toBeNull();
    const from = { assigned: period.assignedAt, due: period.dueAt, overdue: period.graceUntil }[step.from];
    expect(from.getTime() + step.days * day).toBeLessThanOrEqual(at(now).getTime());
    told.push(step);
  }
  expect(new Set(told.map((one) => one.step)).size).toBe(told.length);
  const ladder = reminders[ladderOf(held)];
  const late = told.filter((one) => one.from === "overdue").map((one) => ladder.indexOf(one));
  expect(late).toEqual(late.toSorted((a, b) => a - b));
});

const step = (...tell: Step["tell"]): Step => ({ step: "s", from: "overdue", days: 0, tell, early: false });

it.each<[string, Step["tell"], string | null, string[]]>([
  ["a learner", ["learner"], "p-boss", ["p-mila training"]],
  ["a learner and their manager", ["learner", "manager"], "p-boss", ["p-mila training", "p-boss team"]],
  [
    "HR where there is no manager",
    ["learner", "manager"],
    null,
    ["p-mila training", "p-ines organisation", "p-hugo organisation"],
  ],
  [
    "everybody once, a manager of HR as the manager",
    ["learner", "manager", "hr"],
    "p-ines",
    ["p-mila training", "p-ines team", "p-hugo organisation"],
  ],
])("tells %s", (_words, tell, managerId, told) => {
  const of = {
    subjectId: "x",
    topic: "training" as const,
    personId: "p-mila",
    managerId,
    hr: ["p-ines", "p-hugo"],
  };
  expect(noticesOf(step(...tell), of).map((one) => `${one.recipientId} ${one.topic}`)).toEqual(told);
});

/** What a person went through, as the cycle before the open one tells it, and what the mail then says on a day. */
const completed = { completedAt: at(-300), expiresAt: at(60), supersededAt: null, endedAt: null };
const unproven = { completedAt: null, expiresAt: null, supersededAt: null, endedAt: null };
const second = { number: 2, dueAt: at(30), graceUntil: at(44) };

it.each<[string, Parameters<typeof heldUntil>[0], Partial<PeriodFacts>, string, number, string, number]>([
  ["a first training", null, {}, "assigned", 0, "assigned", 30],
  ["a first training soon due", null, {}, "due-3", 27, "due", 30],
  ["a first training that is late", null, {}, "assigned", 44, "overdue", 30],
  ["a renewal", completed, renewal, "renewal-60", 0, "renewal", 60],
  ["a lapse", completed, renewal, "renewal-7", 60, "expired", 60],
  [
    "a lapse that the next took over",
    { ...completed, supersededAt: at(60) },
    renewal,
    "expired",
    70,
    "expired",
    60,
  ],
  ["a certificate revoked", { ...completed, supersededAt: at(0) }, second, "assigned", 0, "assigned", 30],
  ["a certificate revoked, soon due", { ...completed, supersededAt: at(0) }, second, "due-14", 20, "due", 30],
  [
    "a certificate revoked, late",
    { ...completed, supersededAt: at(0) },
    second,
    "overdue",
    50,
    "overdue",
    30,
  ],
  [
    "a revocation while the renewal is open",
    { ...completed, supersededAt: at(1) },
    renewal,
    "renewal-60",
    5,
    "due",
    60,
  ],
  [
    "trained again for a cause",
    { ...completed, expiresAt: at(30) },
    { ...second, graceUntil: at(30) },
    "renewal-30",
    5,
    "renewal",
    30,
  ],
  [
    "a competence carried on",
    { ...completed, expiresAt: at(40) },
    { ...renewal, number: 3, dueAt: at(40) },
    "renewal-60",
    5,
    "renewal",
    40,
  ],
  ["back in, nothing ever proven", { ...unproven, endedAt: at(-9) }, second, "assigned", 1, "assigned", 30],
  ["back in, late", { ...unproven, endedAt: at(-9) }, second, "overdue", 44, "overdue", 30],
  [
    "back in after a lapse",
    { ...completed, expiresAt: at(-20), endedAt: at(-30) },
    second,
    "assigned",
    1,
    "assigned",
    30,
  ],
  [
    "an imported competence",
    completed,
    { number: 1, dueAt: at(60), graceUntil: at(60) },
    "renewal-30",
    30,
    "renewal",
    60,
  ],
  [
    "an imported competence that ended",
    completed,
    { number: 1, dueAt: at(60), graceUntil: at(60) },
    "expired",
    61,
    "expired",
    60,
  ],
  [
    "a renewal put off by leave",
    completed,
    { number: 2, dueAt: at(80), graceUntil: at(80) },
    "renewal-30",
    65,
    "due",
    80,
  ],
])("says of %s what its person holds", (_words, earlier, period, last, now, stage, date) => {
  const held = heldUntil(earlier);
  expect(stageOf(aPeriod(period), held, last, reminders, at(now))).toEqual({ stage, date: at(date) });
});

it("offers to switch off only steps of the ladder that the person is on", () => {
  const revoked = heldUntil({ ...completed, supersededAt: at(1) });
  expect(isOffLadder(reminders, revoked, "renewal-60")).toBe(true);
  expect(isOffLadder(reminders, revoked, "due-14")).toBe(false);
  expect(isOffLadder(reminders, heldUntil(completed), "renewal-60")).toBe(false);
  expect(isOffLadder(reminders, revoked, "asked-2026-11-24")).toBe(false);
});
