import { expect, it } from "vitest";
import {
  confirmationNames,
  criterionForm,
  evaluationStateNames,
  lockRefusals,
  measureDefinitions,
  measureNames,
} from "#app/domain/effectiveness/criterion.ts";
import { outcomeNames } from "#app/domain/effectiveness/result.ts";
import { concludeRefusals, conclusion, verdictNames } from "#app/domain/effectiveness/verdict.ts";
import {
  effectivenessFaultTexts,
  effectivenessRefusalTexts,
  evaluationTexts,
  measureDefinitionTexts,
  measureTexts,
} from "./domain-effectiveness.ts";

it.each([
  ["measures", measureTexts, Object.values(measureNames)],
  ["definitions of measures", measureDefinitionTexts, Object.values(measureDefinitions)],
  [
    "evaluations",
    evaluationTexts,
    [confirmationNames, evaluationStateNames, outcomeNames, verdictNames].flatMap(Object.values),
  ],
  ["refusals", effectivenessRefusalTexts, [lockRefusals, concludeRefusals].flatMap(Object.values)],
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

it("reads a decimal comma", () => {
  expect(criterionForm.parse({ ...right, threshold: "12,5" }).criterion.threshold).toBe(12.5);
});
