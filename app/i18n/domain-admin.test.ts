import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import type { z } from "zod";
import { keyInput } from "#app/domain/assistant/api-key.ts";
import { parseReport } from "#app/domain/assistant/evaluation-report.ts";
import { figureTexts, groupName } from "#app/domain/assistant/figure.ts";
import { styles } from "#app/domain/assistant/labelled-case.ts";
import { waiverInput, waiverRefusalWords } from "#app/domain/competence/waiver.ts";
import { eventNames } from "#app/domain/evidence/audit-log.ts";
import { attemptGaps, periodGaps } from "#app/domain/evidence/reconciliation.ts";
import { credentialInput } from "#app/domain/lrs/credential.ts";
import {
  auditTexts,
  credentialTexts,
  figureTextsShown,
  gapTexts,
  groupTexts,
  keyTexts,
  waiverTexts,
} from "./domain-admin.ts";

/** What a schema says of these inputs. */
const refusals = (schema: z.ZodType, inputs: readonly object[]): string[] =>
  inputs.flatMap((input) => schema.safeParse(input).error?.issues.map((issue) => issue.message) ?? []);

const all = (...texts: string[][]): string[] => [...new Set(texts.flat())].toSorted();

/** Groups in the report that comes with the product, but for articles, which are the same in every language. */
function groups(): string[] {
  const file = "content/evaluation.json";
  const { rules } = parseReport(readFileSync(file, "utf8"), file);
  const keys = [rules.dev, rules.held].flatMap(({ by, attackSuccessByKind }) => [
    ...Object.keys(by.area),
    ...Object.keys(by.style),
    ...Object.keys(attackSuccessByKind),
  ]);
  return [...keys, ...styles].filter((key) => !key.startsWith("art")).map(groupName);
}

/** All that can be missing of a record. */
function gaps(): string[] {
  const period = {
    registration: "r",
    verbs: [],
    certificate: false,
    completionEvent: false,
    issueEvent: false,
  };
  const attempt = {
    attemptId: "a",
    registration: "r",
    items: 2,
    answered: 1,
    verbs: [],
    periodCompleted: false,
    submissionEvent: false,
  };
  const missing = [
    ...periodGaps([period, { ...period, recognised: true }]),
    ...attemptGaps([
      { ...attempt, passed: true },
      { ...attempt, passed: false },
    ]),
  ];
  return missing.filter((gap) => gap.of === undefined).map((gap) => gap.missing);
}

it.each([
  [
    "waivers",
    waiverTexts,
    all(
      Object.values(waiverRefusalWords),
      refusals(waiverInput, [
        { reason: "", until: "" },
        { reason: "x".repeat(501), until: "" },
      ]),
    ),
  ],
  [
    "API keys",
    keyTexts,
    all(
      refusals(keyInput, [
        { name: "", days: "1" },
        { name: "x\u0007", days: "30" },
      ]),
    ),
  ],
  [
    "clients of the record store",
    credentialTexts,
    all(
      refusals(credentialInput, [
        { name: "", scopes: [], ratePerMinute: "0", bodyLimitBytes: "0" },
        { name: "x".repeat(101), scopes: ["everything"] },
        { name: "x\u0007", scopes: "all" },
      ]),
    ),
  ],
  ["audit events", auditTexts, all(Object.values(eventNames))],
  [
    "figures",
    figureTextsShown,
    all(Object.values(figureTexts).flatMap(({ title, definition }) => [title, definition])),
  ],
  ["gaps of a record", gapTexts, all(gaps())],
  ["groups of cases", groupTexts, all(groups())],
])("has every text of the domain: %s", (_of, listed, inDomain) => {
  expect(listed.toSorted()).toEqual(inDomain);
});
