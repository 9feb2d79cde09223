export const caseStatuses = ["open", "information_requested", "decided"] as const;
export type CaseStatus = (typeof caseStatuses)[number];
export const caseStatusNames: Record<CaseStatus, string> = {
  open: "Open",
  information_requested: "Waiting for information",
  decided: "Decided",
};
export type CaseDecision = "approve_with_conditions" | "reject";
export const caseDecisionNames: Record<CaseDecision, string> = {
  approve_with_conditions: "Approved with conditions",
  reject: "Rejected",
};
export type CaseEventKind = "opened" | "information_requested" | "information_given" | "rated" | "decided";
export const caseEventNames: Record<CaseEventKind, string> = {
  opened: "Case opened",
  information_requested: "Information requested",
  information_given: "Information given",
  rated: "Risk rated",
  decided: "Case decided",
};
