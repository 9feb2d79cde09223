/** Whether a criterion was met. */
export const outcomes = ["met", "not_met", "not_determinable"] as const;
export type Outcome = (typeof outcomes)[number];
export const outcomeNames: Record<Outcome, string> = {
  met: "Criterion met",
  not_met: "Criterion not met",
  not_determinable: "Not determinable",
};
