import { expect, it } from "vitest";
import type { z } from "zod";
import {
  concernEventNames,
  concernKindHints,
  concernKindNames,
  concernRefusalWords,
  concernViewNames,
  longestConcern,
  longestTool,
} from "#app/domain/assistant/concern.ts";
import { feedbackRefusalWords } from "#app/domain/assistant/feedback.ts";
import { modelFailureNotes } from "#app/domain/assistant/model-failure.ts";
import { emptyQuestion, tooLongQuestion } from "#app/domain/assistant/question-text.ts";
import { shareRefusalWords } from "#app/domain/assistant/share.ts";
import { purposeGroupTitles, useForm } from "#app/domain/assistant/use-form.ts";
import { refusalWords } from "#app/domain/cases/decision.ts";
import { queueViewNames } from "#app/domain/cases/queue.ts";
import {
  likelihoodHints,
  likelihoodNames,
  ratingLevelNames,
  severityHints,
  severityNames,
} from "#app/domain/cases/rating.ts";
import { caseDecisionNames, caseEventNames } from "#app/domain/cases/status.ts";
import { unregistered } from "#app/domain/risk/facts.ts";
import * as listed from "./domain-ask.ts";

it.each([
  [listed.purposeGroups, purposeGroupTitles],
  [listed.feedbackRefusals, feedbackRefusalWords],
  [listed.shareRefusals, shareRefusalWords],
  [listed.modelFailures, modelFailureNotes],
  [listed.caseViews, queueViewNames],
  [listed.caseDecisions, caseDecisionNames],
  [listed.caseEvents, caseEventNames],
  [listed.caseRefusals, refusalWords],
  [listed.likelihoods, likelihoodNames],
  [listed.likelihoodHints, likelihoodHints],
  [listed.severities, severityNames],
  [listed.severityHints, severityHints],
  [listed.ratingLevels, ratingLevelNames],
  [listed.concernKinds, concernKindNames],
  [listed.concernKindHints, concernKindHints],
  [listed.concernEvents, concernEventNames],
  [listed.concernViews, concernViewNames],
  [listed.concernRefusals, concernRefusalWords],
])("lists what the domain says: %j", (texts, said) => expect(texts).toEqual(Object.values(said)));

it("lists why a question is refused", () => {
  expect(listed.questionRefusals).toEqual([emptyQuestion, tooLongQuestion]);
});

/** What a schema says of values that it refuses. */
const refusals = (schema: z.ZodType, values: unknown[]): string[] => [
  ...new Set(values.flatMap((value) => schema.safeParse(value).error?.issues.map((i) => i.message) ?? [])),
];

it("lists why a use put together from choices is refused", () => {
  const long = "x".repeat(100);
  const values = [
    { purposes: Array<string>(100).fill("x") },
    { channels: ["smell"] },
    { profiling: "maybe" },
    { toolName: long },
    { place: "moon" },
    { tool: unregistered },
  ];
  expect(refusals(useForm, values).toSorted()).toEqual(expect.arrayContaining(listed.useFormRefusals));
});

it("knows the limits that messages of the forms name", () => {
  expect({ longestConcern, longestTool }).toEqual({ longestConcern: 6000, longestTool: 100 });
});
