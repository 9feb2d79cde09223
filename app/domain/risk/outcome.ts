/** What a question can end in: exactly one of these. */
export const outcomes = ["cleared", "not_allowed", "flagged", "asked_back", "not_covered"] as const;
export type Outcome = (typeof outcomes)[number];
export const outcomeNames: Record<Outcome, string> = {
  cleared: "Cleared",
  not_allowed: "Not allowed",
  flagged: "Flagged for review",
  asked_back: "Asked back",
  not_covered: "Not covered by policy",
};

/** Whether a use may begin, under the conditions of the verdict: the only outcome that permits anything. */
export function clears(outcome: Outcome): boolean {
  return outcome === "cleared";
}
