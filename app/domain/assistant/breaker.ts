/** Failures in a row after which calls rest: two may be chance. */
export const failuresInARow = 3;
/** Milliseconds of rest: an endpoint that restarts is back by then, and nobody has waited for a time-out meanwhile. */
export const coolDown = 60_000;

/** What stands between callers and something that may fail. `until` in milliseconds since 1970. */
export type Breaker =
  | { state: "closed"; failures: number }
  | { state: "open"; until: number }
  | { state: "half_open"; until: number };

export const closed: Breaker = { state: "closed", failures: 0 };

/**
 * Whether a call may be tried at `now`, and how the breaker stands then. After the rest one trial goes through; as long as
 * nothing is known of it, the next goes a rest later. A clock that was set back ends the rest.
 */
export function attempt(breaker: Breaker, now: Date): { allowed: boolean; breaker: Breaker } {
  if (breaker.state === "closed") return { allowed: true, breaker };
  const at = now.getTime();
  const rests = at < breaker.until && at >= breaker.until - coolDown;
  if (rests) return { allowed: false, breaker };
  return { allowed: true, breaker: { state: "half_open", until: at + coolDown } };
}

/** The breaker once a call has ended: success closes it, the third failure in a row or a failed trial opens it. */
export function settled(breaker: Breaker, answered: boolean, now: Date): Breaker {
  // A call from before the rest tells nothing of how things are now.
  if (breaker.state === "open") return breaker;
  if (answered) return closed;
  const failures = breaker.state === "closed" ? breaker.failures + 1 : failuresInARow;
  if (failures < failuresInARow) return { state: "closed", failures };
  return { state: "open", until: now.getTime() + coolDown };
}
