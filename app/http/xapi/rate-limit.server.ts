import type { LrsClient } from "#app/domain/lrs/credential.ts";

const minute = 60_000;

/** Counts above this are swept of the minutes that are over. */
const sweepAbove = 1_000;

/**
 * Counts the requests of each client in minutes that begin with its first request. Answers null when the request is within
 * the client's limit, and otherwise the whole seconds until the minute is over; a refused request does not count. Each
 * process counts for itself. Remembers one number per client with a limit that was there in the last minute.
 */
export function rateLimit() {
  const counts = new Map<string, { since: number; count: number }>();
  return function allowed(
    { credentialId, ratePerMinute }: Pick<LrsClient, "credentialId" | "ratePerMinute">,
    now: Date,
  ): number | null {
    if (ratePerMinute === null) return null;
    const at = now.getTime();
    const counted = counts.get(credentialId);
    if (!counted || isOver(counted.since, at)) {
      if (counts.size >= sweepAbove)
        for (const [id, { since }] of counts) if (isOver(since, at)) counts.delete(id);
      counts.set(credentialId, { since: at, count: 1 });
      return null;
    }
    if (counted.count >= ratePerMinute) return Math.ceil((counted.since + minute - at) / 1000);
    counted.count++;
    return null;
  };
}

/** A clock that was set back ends the minute too, so that nobody waits for long. */
function isOver(since: number, at: number): boolean {
  return at - since >= minute || at < since;
}
