import { expect, it } from "vitest";
import {
  attemptGaps,
  type CompletedPeriod,
  type Gap,
  periodGaps,
  type SubmittedAttempt,
} from "./reconciliation.ts";

const aPeriod: CompletedPeriod = {
  registration: "r1",
  verbs: ["initialized", "passed", "completed"],
  certificate: true,
  completionEvent: true,
  issueEvent: true,
};
const anAttempt: SubmittedAttempt = {
  attemptId: "a1",
  registration: "r1",
  passed: true,
  items: 12,
  answered: 12,
  verbs: ["scored", "passed"],
  periodCompleted: true,
  submissionEvent: true,
};
const missing = (gaps: Gap[]): string[] =>
  gaps.map(({ missing: what, of }) => (of ? `${what} (${of.there} of ${of.due})` : what));

it("finds nothing where everything stands together", () => {
  expect(periodGaps([aPeriod])).toEqual([]);
  expect(attemptGaps([anAttempt])).toEqual([]);
  expect(
    attemptGaps([{ ...anAttempt, passed: false, verbs: ["scored", "failed"], periodCompleted: false }]),
  ).toEqual([]);
});

it.each<[Partial<CompletedPeriod>, string[]]>([
  [{ verbs: ["completed"] }, ["statement passed"]],
  [{ verbs: ["passed"] }, ["statement completed"]],
  [{ completionEvent: false }, ["audit event period.completed"]],
  [{ issueEvent: false }, ["audit event certificate.issued"]],
  [{ certificate: false, issueEvent: false }, ["certificate", "audit event certificate.issued"]],
  [{ recognised: true }, ["statement recognised"]],
  [{ recognised: true, verbs: ["recognised"], certificate: false, issueEvent: false }, []],
])("names what a completed period lacks: %j", (fault, gaps) => {
  expect(missing(periodGaps([{ ...aPeriod, ...fault }]))).toEqual(gaps);
});

it.each<[Partial<SubmittedAttempt>, string[]]>([
  [{ verbs: ["passed"] }, ["statement scored"]],
  [{ verbs: ["scored", "failed"] }, ["statement passed"]],
  [{ answered: 11 }, ["statements answered (11 of 12)"]],
  [{ answered: 13 }, ["statements answered (13 of 12)"]],
  [{ periodCompleted: false }, ["completed period"]],
  [{ submissionEvent: false }, ["audit event attempt.submitted"]],
])("names what a submitted attempt lacks: %j", (fault, gaps) => {
  expect(missing(attemptGaps([{ ...anAttempt, ...fault }]))).toEqual(gaps);
});
