/** Where a period stands. Exactly one holds at any time. */
export const periodStates = [
  "not_started",
  "in_progress",
  "competent",
  "expiring",
  "overdue",
  "expired",
  "waived",
] as const;
export type PeriodState = (typeof periodStates)[number];

export const periodStateNames: Record<PeriodState, string> = {
  not_started: "Not started",
  in_progress: "In progress",
  competent: "Competent",
  expiring: "Expiring",
  overdue: "Overdue",
  expired: "Expired",
  waived: "Waived",
};
