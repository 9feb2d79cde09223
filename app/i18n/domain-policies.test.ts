import { expect, it } from "vitest";
import { acknowledgementStateNames } from "#app/domain/competence/acknowledgement-duty.ts";
import { revocationCategoryNames } from "#app/domain/evidence/certificate.ts";
import { categoryNames, erasureRefusals, legalGrounds, outcomeNames } from "#app/domain/people/erasure.ts";
import { acknowledgementTexts, erasureTexts, revocationTexts } from "./domain-policies.ts";

it.each([
  ["acknowledgements", acknowledgementTexts, Object.values(acknowledgementStateNames)],
  ["revocations", revocationTexts, Object.values(revocationCategoryNames)],
  [
    "erasures",
    erasureTexts,
    [categoryNames, legalGrounds, outcomeNames, erasureRefusals].flatMap((one) => Object.values(one)),
  ],
])("has the texts of %s", (_, words, names) => {
  expect(words.toSorted()).toEqual(names.toSorted());
});
