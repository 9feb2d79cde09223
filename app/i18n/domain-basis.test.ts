import { expect, it } from "vitest";
import type { z } from "zod";
import {
  attestationInput,
  basisInput,
  basisRefusalWords,
  basisStateNames,
  countingRefusalWords,
  decisionNote,
  observationMethodNames,
  submissionRefusalWords,
} from "#app/domain/competence/basis.ts";
import { basisKindNames } from "#app/domain/competence/basis-kind.ts";
import {
  actionInput,
  actionRefusalWords,
  actionScopeNames,
  actionSourceNames,
  actionStatusNames,
  actionStepNames,
  stepInput,
  verdictNames,
} from "#app/domain/competence/corrective-action.ts";
import { legacyFaultWords } from "#app/domain/competence/legacy-record.ts";
import { fileRefusalWords } from "#app/domain/competence/proof-file.ts";
import {
  actionRefusalTexts,
  actionTexts,
  basisRefusalTexts,
  basisTexts,
  legacyFaultTexts,
} from "./domain-basis.ts";

const long = "x".repeat(3000);
const day = "2026-01-01";
/** What a schema says of these inputs, in words of its own. */
const refusals = (schema: z.ZodType, inputs: readonly unknown[]): string[] =>
  inputs.flatMap((input) => schema.safeParse(input).error?.issues.map((issue) => issue.message) ?? []);
const words = (...of: (Record<string, string> | string[])[]): string[] => [
  ...new Set(of.flatMap((one) => Object.values(one))),
];
const gap = { scope: "department", source: "audit", nonconformity: "x".repeat(20), owner: "a", dueOn: day };

it.each([
  ["bases", basisTexts, words(basisKindNames, basisStateNames, observationMethodNames)],
  [
    "refusals of a basis",
    basisRefusalTexts,
    words(
      submissionRefusalWords,
      countingRefusalWords,
      basisRefusalWords,
      fileRefusalWords,
      refusals(basisInput, [
        {
          requirement: "",
          kind: "",
          title: "",
          issuer: "",
          obtainedOn: "",
          validUntil: "x",
          link: "http://x",
          note: "",
        },
        {
          requirement: "",
          kind: "education",
          title: long,
          issuer: long,
          obtainedOn: day,
          validUntil: "",
          link: `https://${long}`,
          note: long,
        },
      ]),
      refusals(attestationInput, [
        { method: "", observedOn: "", validUntil: "x", note: "" },
        { method: "interview", observedOn: day, validUntil: "", note: long },
      ]),
      refusals(decisionNote, ["", long]),
    ),
  ],
  ["faults of earlier records", legacyFaultTexts, words(legacyFaultWords)],
  [
    "corrective actions",
    actionTexts,
    words(actionScopeNames, actionSourceNames, actionStatusNames, actionStepNames, verdictNames),
  ],
  [
    "refusals of a corrective action",
    actionRefusalTexts,
    words(
      actionRefusalWords,
      refusals(actionInput, [
        { scope: "", source: "", nonconformity: "", owner: "", dueOn: "" },
        { ...gap, scope: "person" },
        { ...gap, scope: "people" },
        gap,
        { ...gap, group: long, sourceRef: long, nonconformity: long },
      ]),
      refusals(stepInput, [
        { step: "planned", cause: "", note: "", owner: "", dueOn: "" },
        { step: "done", note: "" },
        { step: "verified", verdict: "", method: "", before: "", after: "", note: "" },
        { step: "verified", verdict: "effective", method: long, before: long, after: long, note: long },
        { step: "reopened", note: "" },
      ]),
    ),
  ],
])("has every text of the domain: %s", (_of, listed, inDomain) => {
  expect(listed.toSorted()).toEqual(inDomain.toSorted());
});
