import { expect, it } from "vitest";
import type { Criterion } from "./criterion.ts";
import { type EvaluationFacts, outcomeOf, resultOf } from "./result.ts";

const aCriterion: Criterion = {
  title: "Awareness works",
  requirement: "ai-awareness-yearly",
  measure: "gain",
  threshold: 10,
  confirm: "estimate",
  minimumN: 5,
  audiences: [],
  departments: [],
  startsOn: "2026-06-01",
  decisionOn: "2026-07-01",
  evaluatorId: "p-ravi",
};

type Kind = EvaluationFacts["attempts"][number]["kind"];
const taken = (person: string, kind: Kind, on: string, score: number, registration = `r-${person}`) => ({
  id: `${person}-${kind}-${on}`,
  personId: person,
  registration,
  kind,
  score,
  passed: kind === "assessment" ? score >= 0.8 : null,
  submittedAt: new Date(`2026-${on}T12:00:00Z`),
});
const sixPeople = ["a", "b", "c", "d", "e", "f"];

/** Six people who gained 20 points each, in two departments. */
const facts: EvaluationFacts = {
  people: sixPeople.map((id, i) => ({ id, department: i < 5 ? "Support" : "Sales" })),
  attempts: sixPeople.flatMap((id, i) => [
    taken(id, "pretest", "06-03", 0.5 + i / 100),
    taken(id, "assessment", "06-10", 0.7 + i / 100),
  ]),
  standings: [],
  concerns: [],
  practices: [],
};

it("pairs the pre-test with the first assessment of the same period", () => {
  const attempts = [
    ...facts.attempts,
    taken("a", "assessment", "06-20", 1),
    taken("g", "pretest", "06-03", 0.1),
    taken("h", "assessment", "06-03", 0.9),
    // Before the window, and after it.
    taken("i", "pretest", "05-30", 0.1),
    taken("i", "assessment", "06-02", 0.9),
    taken("k", "pretest", "06-30", 0.1),
    taken("k", "assessment", "07-01", 0.9),
  ];
  const result = resultOf(aCriterion, { ...facts, attempts });
  expect(result.estimate.n).toBe(6);
  expect(result.estimate.value).toBeCloseTo(20, 10);
  expect(result.outcome).toBe("met");
  expect(result.flow).toMatchObject({ pre: 8, post: 8, both: 6, preOnly: 2, postOnly: 2 });
  expect(result.paired?.pre.value).toBeCloseTo(52.5, 10);
  expect(result.paired?.normalisedGain).toBeCloseTo(20 / 47.5, 10);
});

it("hides a department of one, and the other with it, since the total stands beside them", () => {
  expect(resultOf(aCriterion, facts).groups).toEqual([
    { name: "Sales", n: null, value: null },
    { name: "Support", n: null, value: null },
  ]);
});

it("shows nothing of fewer than five, and decides nothing", () => {
  const few = resultOf(aCriterion, { ...facts, attempts: facts.attempts.slice(0, 8) });
  expect(few).toMatchObject({
    estimate: { n: 4, value: null, low: null, high: null },
    outcome: "not_determinable",
    paired: null,
    groups: [],
  });
});

it("does not take a second attempt for a first one when the first was before the window", () => {
  const attempts = sixPeople.flatMap((id) => [
    taken(id, "assessment", "05-20", 0.4),
    taken(id, "assessment", "06-20", 1),
  ]);
  expect(resultOf({ ...aCriterion, measure: "post_mean" }, { ...facts, attempts }).estimate.n).toBe(0);
});

it("measures what was lost since the assessment of the same period", () => {
  const attempts = sixPeople.flatMap((id) => [
    taken(id, "assessment", "02-01", 0.9),
    taken(id, "retention", "06-05", 0.8),
  ]);
  const result = resultOf(
    { ...aCriterion, measure: "retention_mean", threshold: 70 },
    { ...facts, attempts },
  );
  expect(result.estimate.value).toBeCloseTo(80, 10);
  expect(result.decay?.value).toBeCloseTo(-10, 10);
});

it("tells by day how those were answered who were asked again, and nothing of few", () => {
  const practices = [
    ...sixPeople.map((id, i) => ({ id, day: 3, score: i < 3 ? 1 : 0.5, on: "06-13" })),
    // The same person twice is one value; before the window it is none.
    { id: "a", day: 3, score: 0, on: "06-20" },
    { id: "g", day: 3, score: 0, on: "05-20" },
    ...sixPeople.slice(2).map((id) => ({ id, day: 30, score: 1, on: "06-25" })),
  ].map(({ id, on, ...one }) => ({ ...one, personId: id, completedAt: new Date(`2026-${on}T12:00:00Z`) }));
  const { practised } = resultOf(aCriterion, { ...facts, practices });
  expect(practised).toMatchObject([
    { day: 3, estimate: { n: 6 } },
    { day: 30, estimate: { n: 4, value: null, low: null, high: null } },
  ]);
  expect(practised?.[0]?.estimate.value).toBeCloseTo((50 + 100 + 100 + 50 * 3) / 6, 10);
  expect(resultOf(aCriterion, facts).practised).toEqual([]);
});

it("says the same of the same facts in any order, and another hash of others", () => {
  const one = resultOf(aCriterion, facts);
  expect(resultOf(aCriterion, { ...facts, attempts: facts.attempts.toReversed() }).data).toEqual(one.data);
  const [first, ...rest] = facts.attempts;
  if (!first) throw new Error("no attempts");
  const other = resultOf(aCriterion, { ...facts, attempts: [{ ...first, score: 0.51 }, ...rest] });
  expect(other.data.sha256).not.toBe(one.data.sha256);
});

const found = { n: 30, value: 12, low: 8, high: 16 };
it.each([
  ["gain", 10, "estimate", 30, "met"],
  ["gain", 12, "estimate", 30, "met"],
  ["gain", 12.1, "estimate", 30, "not_met"],
  ["gain", 10, "interval", 30, "not_met"],
  ["gain", 8, "interval", 30, "met"],
  ["gain", 8, "interval", 31, "not_determinable"],
  ["overdue_share", 12, "estimate", 30, "met"],
  ["overdue_share", 12, "interval", 30, "not_met"],
  ["concern_rate", 11, "estimate", 30, "not_met"],
] as const)(
  "decides %s of at least or at most %f by the %s with %i people: %s",
  (measure, threshold, confirm, minimumN, outcome) => {
    expect(outcomeOf({ measure, threshold, confirm, minimumN }, found)).toBe(outcome);
  },
);
