import { describe, expect, it } from "vitest";
import { lockedUntil, sessionLives } from "./session.ts";

const now = new Date("2026-11-23T10:00:00Z");
const hours = (count: number): Date => new Date(now.getTime() + count * 3_600_000);

describe("a session", () => {
  it.each([
    ["just opened", { expiresAt: hours(12), lastSeenAt: now }, true],
    ["used an hour ago", { expiresAt: hours(6), lastSeenAt: hours(-1) }, true],
    ["idle for two hours", { expiresAt: hours(6), lastSeenAt: hours(-2) }, false],
    ["at its end though in use", { expiresAt: now, lastSeenAt: now }, false],
  ])("%s", (_words, session, lives) => {
    expect(sessionLives(session, now)).toBe(lives);
  });
});

describe("an account", () => {
  it.each([
    [1, null],
    [4, null],
    [5, 1],
    [6, 2],
    [10, 32],
    [11, 60],
    [5000, 60],
  ])("is locked after %i wrong passwords in a row for %s minutes", (failed, minutes) => {
    expect(lockedUntil(failed, now)).toEqual(
      minutes === null ? null : new Date(now.getTime() + minutes * 60_000),
    );
  });
});
