import { describe, expect, it } from "vitest";
import { isOpen, mayStart } from "./attempt.ts";

const rules = { attempts: 2, coolDownHours: 24 };
const at = (text: string): Date => new Date(`${text}:00Z`);
const failed = (number: number, submitted: string) => ({
  number,
  submittedAt: at(submitted),
  passed: false,
});

describe("beginning an attempt", () => {
  const now = at("2026-11-23T10:00");
  it.each([
    ["the first", [], 0, { ok: true, number: 1 }],
    ["while one is open", [{ number: 1, submittedAt: null, passed: null }], 0, { ok: false, reason: "open" }],
    [
      "after a pass",
      [{ number: 1, submittedAt: at("2026-11-01T10:00"), passed: true }],
      0,
      { ok: false, reason: "passed" },
    ],
    [
      "in the cool-down",
      [failed(1, "2026-11-22T10:01")],
      0,
      { ok: false, reason: "cool_down", until: at("2026-11-23T10:01") },
    ],
    ["when the cool-down ends", [failed(1, "2026-11-22T10:00")], 0, { ok: true, number: 2 }],
    [
      "with none left",
      [failed(1, "2026-11-01T10:00"), failed(2, "2026-11-03T10:00")],
      0,
      { ok: false, reason: "exhausted" },
    ],
    [
      "with one granted, at once",
      [failed(1, "2026-11-01T10:00"), failed(2, "2026-11-23T09:59")],
      1,
      { ok: true, number: 3 },
    ],
    [
      "with the granted one used",
      [failed(1, "2026-11-01T10:00"), failed(2, "2026-11-03T10:00"), failed(3, "2026-11-05T10:00")],
      1,
      { ok: false, reason: "exhausted" },
    ],
  ])("%s", (_, attempts, granted, expected) => {
    expect(mayStart(rules, attempts, granted, now)).toEqual(expected);
  });
});

describe("the time limit", () => {
  const dueAt = at("2026-11-23T10:30");
  it.each([
    [null, "2026-11-23T10:29:59Z", true],
    [null, "2026-11-23T10:30:20Z", true],
    [null, "2026-11-23T10:30:21Z", false],
    [at("2026-11-23T10:10"), "2026-11-23T10:11:00Z", false],
  ])("submitted %s, now %s: open %s", (submittedAt, now, open) => {
    expect(isOpen({ submittedAt, dueAt }, new Date(now))).toBe(open);
  });
});
