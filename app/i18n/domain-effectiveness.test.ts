import { expect, it } from "vitest";
import {
  confirmationNames,
  criterionForm,
  evaluationStateNames,
  lockRefusals,
  measureDefinitions,
  measureNames,
} from "#app/domain/effectiveness/criterion.ts";
import { followUpClose, followUpRefusals } from "#app/domain/effectiveness/follow-up.ts";
import { outcomeNames } from "#app/domain/effectiveness/outcome.ts";
import { recordRefusals, reviewForm } from "#app/domain/effectiveness/review.ts";
import { lineTexts, sectionNames } from "#app/domain/effectiveness/review-line.ts";
import { concludeRefusals, conclusion, verdictNames } from "#app/domain/effectiveness/verdict.ts";
import {
  effectivenessFaultTexts,
  effectivenessRefusalTexts,
  evaluationTexts,
  measureDefinitionTexts,
  measureTexts,
  reviewFaultTexts,
  reviewLineTexts,
  reviewRefusalTexts,
  reviewSectionTexts,
} from "./domain-effectiveness.ts";

it.each([
  ["measures", measureTexts, Object.values(measureNames)],
  ["definitions of measures", measureDefinitionTexts, Object.values(measureDefinitions)],
  [
    "evaluations",
    evaluationTexts,
    [confirmationNames, evaluationStateNames, outcomeNames, verdictNames].flatMap(Object.values),
  ],
  ["sections of a review", reviewSectionTexts, Object.values(sectionNames)],
  ["figures of a review", reviewLineTexts, Object.values(lineTexts).flat()],
  ["refusals of a review", reviewRefusalTexts, Object.values(recordRefusals)],
  [
    "refusals",
    effectivenessRefusalTexts,
    [lockRefusals, concludeRefusals, followUpRefusals].flatMap(Object.values),
  ],
])("has every text of the domain: %s", (_of, listed, inDomain) => {
  expect([...new Set(listed)].toSorted()).toEqual([...new Set(inDomain)].toSorted());
});

const right = {
  title: "Awareness works",
  requirement: "r",
  measure: "gain",
  threshold: "10",
  confirm: "estimate",
  minimumN: "10",
  startsOn: "2026-06-01",
  decisionOn: "2026-07-01",
  evaluatorId: "p",
};
it.each([
  [criterionForm, right, { title: "a" }],
  [followUpClose, {}, { note: "Done." }],
  [followUpClose, {}, { note: "a".repeat(2001) }],
  [criterionForm, right, { title: "a".repeat(121) }],
  [criterionForm, right, { requirement: "" }],
  [criterionForm, right, { measure: "" }],
  [criterionForm, right, { threshold: "" }],
  [criterionForm, right, { threshold: "much" }],
  [criterionForm, right, { threshold: "101" }],
  [criterionForm, right, { confirm: "" }],
  [criterionForm, right, { minimumN: "4" }],
  [criterionForm, right, { minimumN: "7.5" }],
  [criterionForm, right, { minimumN: "1000000" }],
  [criterionForm, right, { startsOn: "soon" }],
  [criterionForm, right, { decisionOn: "2026-06-01" }],
  [criterionForm, right, { evaluatorId: "" }],
  [criterionForm, right, { measure: "concern_rate", departments: ["Sales"] }],
  [criterionForm, right, { reason: "a".repeat(1001) }],
  [conclusion, {}, { verdict: "", reasoning: "", followUp: "" }],
  [conclusion, {}, { verdict: "partly", reasoning: "a".repeat(4001), followUp: "a".repeat(2001) }],
  [conclusion, {}, { verdict: "partly", reasoning: "a".repeat(40), followUp: "Do it", followUpOn: "soon" }],
  [conclusion, {}, { verdict: "partly", reasoning: "a".repeat(40), followUp: "Do it" }],
  [conclusion, {}, { verdict: "partly", reasoning: "a".repeat(40) }],
])("says what is wrong in texts that are translated: %#", (schema, base, wrong) => {
  const issues = schema.safeParse({ ...base, ...wrong }).error?.issues ?? [];
  expect(issues.length).toBeGreaterThan(0);
  for (const one of issues) expect(effectivenessFaultTexts).toContain(one.message);
});

const held = { heldOn: "2026-06-01", attendees: "HR lead", decisions: "None needed" };
it.each([
  { heldOn: "soon" },
  { attendees: "a" },
  { attendees: "a".repeat(1001) },
  { changes: "a".repeat(4001) },
  { decisions: "" },
  { decisions: "a".repeat(4001) },
  { what: ["a".repeat(501)] },
  { what: ["Do it"], ownerId: [""], on: ["2026-07-01"] },
  { what: ["Do it"], ownerId: ["p"], on: ["soon"] },
])("says what is wrong with a review in texts that are translated: %#", (wrong) => {
  const issues = reviewForm.safeParse({ ...held, ...wrong }).error?.issues ?? [];
  expect(issues.length).toBeGreaterThan(0);
  for (const one of issues) expect(reviewFaultTexts).toContain(one.message);
});

it("reads a decimal comma", () => {
  expect(criterionForm.parse({ ...right, threshold: "12,5" }).criterion.threshold).toBe(12.5);
});
