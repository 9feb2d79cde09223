/** Absolute life of a session, and how long one may lie idle (OWASP ASVS 5.0 V7.3). */
export const sessionHours = 12;
export const idleHours = 2;
/** Sign-in is locked after this many failures in a row, for longer at each further one. */
export const failuresBeforeLock = 5;

/** Whether a stored session still opens the door. */
export function sessionLives(session: { expiresAt: Date; lastSeenAt: Date }, now: Date): boolean {
  return session.expiresAt > now && now.getTime() - session.lastSeenAt.getTime() < idleHours * 3_600_000;
}

/**
 * Until when an account is locked after `failed` wrong passwords in a row; null when it is not.
 * Doubles from one minute to at most one hour, so guessing is hopeless and a locked-out person is not helpless.
 */
export function lockedUntil(failed: number, now: Date): Date | null {
  if (failed < failuresBeforeLock) return null;
  const minutes = Math.min(60, 2 ** (failed - failuresBeforeLock));
  return new Date(now.getTime() + minutes * 60_000);
}
