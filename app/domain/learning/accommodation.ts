/** The choices HR has: the time limit times this, or none at all. */
export const timeFactors = [1.25, 1.5, 2] as const;

/** How many minutes somebody has whose limit is multiplied by `timeFactor`; null: no limit. */
export function minutesWith(minutes: number, timeFactor: number | null): number | null {
  return timeFactor === null ? null : Math.round(minutes * timeFactor);
}

/** When the time of an attempt that begins at `now` is over; null where it has no limit. */
export function dueAfter(minutes: number, timeFactor: number | null, now: Date): Date | null {
  return timeFactor === null ? null : new Date(now.getTime() + minutes * timeFactor * 60_000);
}
