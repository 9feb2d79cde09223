import { expect, it } from "vitest";
import {
  detailsInput,
  leaveInput,
  leaveKindNames,
  systemRoleNames,
} from "#app/domain/competence/person-details.ts";
import { certificationFaultWords } from "#app/domain/competence/certification-form.ts";
import { endReasonNames } from "#app/domain/competence/plan.ts";
import { retrainingCauseNames } from "#app/domain/competence/retraining.ts";
import { anchorNames, triggerNames } from "#app/domain/competence/requirement.ts";
import { requirementFieldNames } from "#app/domain/competence/requirement-diff.ts";
import { systemPeopleInput } from "#app/domain/competence/system-people.ts";
import { attributeNames, rowFaultWords } from "#app/domain/competence/rule-form.ts";
import {
  attributeTexts,
  causeTexts,
  certificationTexts,
  detailsTexts,
  endReasonTexts,
  fieldTexts,
  personTexts,
  recurrenceTexts,
  rowFaultTexts,
  systemPeopleTexts,
} from "./domain-requirements.ts";

const long = "x".repeat(101);
const wrong = {
  department: "",
  location: "",
  employmentType: "",
  computerShare: "many",
  audiences: ["Ä"],
  leftOn: "soon",
};
const messages = (result: { error?: { issues: { message: string }[] } | undefined }): string[] =>
  result.error?.issues.map((issue) => issue.message) ?? [];
const issues = [
  detailsInput.safeParse(wrong),
  detailsInput.safeParse({ ...wrong, department: long }),
  leaveInput.safeParse({ kind: "holiday", from: "", until: "" }),
  leaveInput.safeParse({ kind: "sick", from: "2026-02-01", until: "2026-01-01" }),
  leaveInput.safeParse({ kind: "sick", from: "2026-02-01", until: "2036-01-01" }),
].flatMap(messages);
const systemIssues = [
  systemPeopleInput.safeParse({ role: "likes", lastDay: "soon" }),
  systemPeopleInput.safeParse({ role: "uses", lastDay: "" }),
  systemPeopleInput.safeParse({ role: "uses", emails: "a@b.example", department: "Sales", lastDay: "" }),
].flatMap(messages);

it.each([
  ["attributes", attributeTexts, Object.values(attributeNames)],
  ["faults of rows", rowFaultTexts, Object.values(rowFaultWords)],
  ["recurrence", recurrenceTexts, [...Object.values(anchorNames), ...Object.values(triggerNames)]],
  ["causes", causeTexts, Object.values(retrainingCauseNames)],
  ["parts of a requirement", fieldTexts, Object.values(requirementFieldNames)],
  ["faults of certifications", certificationTexts, Object.values(certificationFaultWords)],
  ["words about people", personTexts, [...Object.values(leaveKindNames), ...Object.values(systemRoleNames)]],
  ["refusals of details and leave", detailsTexts, [...new Set(issues)]],
  ["reasons of ends", endReasonTexts, Object.values(endReasonNames)],
  ["refusals of people of a system", systemPeopleTexts, [...new Set(systemIssues)]],
])("has the %s of the domain", (_, words, names) => {
  expect(words.toSorted()).toEqual(names.toSorted());
});
