/** The choices HR has: the time limit times this, or none at all. */
export const timeFactors = [1.25, 1.5, 2] as const;

/** When the time of an attempt that begins at `now` is over; null where it has no limit. */
export function dueAfter(minutes: number, timeFactor: number | null, now: Date): Date | null {
  return timeFactor === null ? null : new Date(now.getTime() + minutes * timeFactor * 60_000);
}
