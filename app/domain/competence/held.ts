/** What is looked at of the cycle before an open one. */
export type EarlierCycle = {
  completedAt: Date | null;
  expiresAt: Date | null;
  supersededAt: Date | null;
  endedAt: Date | null;
};

/**
 * Until when the competence before an open cycle counts, or counted, by itself; null where a renewal would follow nothing:
 * it was never proven, it was taken away before its end (a certificate that was revoked), or the requirement stopped
 * asking in between, so that whoever comes back starts anew. How many cycles there were says none of this: a competence
 * of an earlier system stands before the first, and a second may follow one that was never completed.
 */
export function heldUntil(earlier: EarlierCycle | null): Date | null {
  if (earlier === null || earlier.endedAt !== null) return null;
  const { completedAt, expiresAt, supersededAt } = earlier;
  if (completedAt === null || expiresAt === null) return null;
  return supersededAt !== null && supersededAt < expiresAt ? null : expiresAt;
}

/** The ladder of reminders for somebody who holds that. */
export const ladderOf = (held: Date | null): "first" | "renewal" => (held === null ? "first" : "renewal");
