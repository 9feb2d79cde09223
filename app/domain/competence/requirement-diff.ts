import { type Requirement, ruleOf } from "./requirement.ts";

/** What a version of a requirement can change, in the order in which it is told. */
export const requirementFields = [
  "title",
  "module",
  "appliesTo",
  "system",
  "validMonths",
  "windowDays",
  "dueDays",
  "graceDays",
  "anchor",
  "anchorDay",
  "earlyRestarts",
  "triggers",
  "effectiveFrom",
  "effectiveUntil",
  "basis",
  "accepts",
  "criteria",
  "certifications",
] as const;
export type RequirementField = (typeof requirementFields)[number];

export const requirementFieldNames: Record<RequirementField, string> = {
  title: "Title",
  module: "Module",
  appliesTo: "Whom it asks",
  system: "AI system it is about",
  validMonths: "Months it counts",
  windowDays: "Days before its end that renewal opens",
  dueDays: "Days to complete it",
  graceDays: "Days of grace",
  anchor: "Anniversary",
  anchorDay: "Day of the year",
  earlyRestarts: "Early completion begins anew",
  triggers: "Asked again after",
  effectiveFrom: "First day",
  effectiveUntil: "Last day",
  basis: "Basis",
  accepts: "What else may prove it",
  criteria: "Criteria of observed competence",
  certifications: "Certified as",
};

/** Which parts differ between two versions as stored, whose keys stand in one order; the short forms of a rule count as the rule they stand for. */
export function changedFields(before: Requirement, after: Requirement): RequirementField[] {
  const part = (one: Requirement, field: RequirementField): string =>
    JSON.stringify(field === "appliesTo" ? ruleOf(one) : (one[field] ?? defaults[field] ?? null));
  return requirementFields.filter((field) => part(before, field) !== part(after, field));
}

const defaults: Partial<Record<RequirementField, unknown>> = {
  anchor: "completion",
  earlyRestarts: false,
  triggers: [],
  accepts: [],
  criteria: [],
  certifications: [],
};
