/** Where a letter stands: refused and open, about to be sent once more, or ended. */
export type LetterState = "refused" | "again" | "delivered" | "dropped";

/** The state of a letter as its row tells it. */
export function letterState(row: {
  retryAt: Date | null;
  outcome: "delivered" | "dropped" | null;
}): LetterState {
  return row.outcome ?? (row.retryAt ? "again" : "refused");
}
