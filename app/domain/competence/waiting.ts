/** For how many days a decision that nobody looked at is brought up: looks were not always kept. */
const days = 60;

/** Whether what was decided of a proof is news to its person: done by somebody else, and not looked at since. */
export function isNews(
  last: { actorId: string; at: Date },
  of: { personId: string; seenAt: Date | null },
  now: Date,
): boolean {
  if (last.actorId === of.personId) return false;
  if (of.seenAt !== null) return last.at > of.seenAt;
  return now.getTime() - last.at.getTime() <= days * 86_400_000;
}
