export const outcomes = [
  "allowed",
  "allowed_with_conditions",
  "not_allowed",
  "needs_review",
  "more_facts_needed",
  "not_covered",
] as const;
export type Outcome = (typeof outcomes)[number];
export const outcomeNames: Record<Outcome, string> = {
  allowed: "Allowed",
  allowed_with_conditions: "Allowed with conditions",
  not_allowed: "Not allowed",
  needs_review: "Needs review first",
  more_facts_needed: "A little more is needed",
  not_covered: "Not covered by policy",
};

/** Whether a use may begin: the only outcomes that permit anything. */
export function clears(outcome: Outcome): boolean {
  return outcome === "allowed" || outcome === "allowed_with_conditions";
}
