import { describe, expect, it } from "vitest";
import { decideWaiver, lastDayOf, longestWaiverDays, waiverInput } from "./waiver.ts";

const now = new Date("2026-11-24T09:00:00Z");
const open = { completedAt: null };

/** YYYY-MM-DD, so many days from today. */
const inDays = (days: number): string =>
  new Date(now.getTime() + days * 86_400_000).toISOString().slice(0, 10);

describe("a waiver", () => {
  it("ends when its last day is over, in UTC", () => {
    const decided = decideWaiver(open, "2027-02-28", now);
    expect(decided).toEqual({ ok: true, until: new Date("2027-03-01T00:00:00Z") });
    expect(decided.ok && lastDayOf(decided.until)).toEqual(new Date("2027-02-28T00:00:00Z"));
  });

  it("may end today, but not yesterday", () => {
    expect(decideWaiver(open, inDays(0), now)).toMatchObject({ ok: true });
    expect(decideWaiver(open, inDays(-1), now)).toEqual({ ok: false, reason: "past" });
    expect(decideWaiver(open, "0001-01-01", now)).toEqual({ ok: false, reason: "past" });
  });

  it("postpones for about a year at most", () => {
    expect(decideWaiver(open, inDays(longestWaiverDays - 1), now)).toMatchObject({ ok: true });
    expect(decideWaiver(open, inDays(longestWaiverDays), now)).toEqual({ ok: false, reason: "too_long" });
    expect(decideWaiver(open, "9999-12-31", now)).toEqual({ ok: false, reason: "too_long" });
  });

  it("has nothing to waive in a completed period, whatever the day", () => {
    for (const day of [inDays(10), inDays(-10), inDays(1000)])
      expect(decideWaiver({ completedAt: now }, day, now)).toEqual({ ok: false, reason: "completed" });
  });

  it("needs a reason worth reading and a date that exists", () => {
    const errors = (input: object) =>
      waiverInput.safeParse(input).error?.issues.map((issue) => issue.path[0]) ?? [];
    expect(errors({ reason: "Parental leave.", until: "2027-02-28" })).toEqual([]);
    expect(errors({ reason: "   leave     ", until: "2027-02-28" })).toEqual(["reason"]);
    expect(errors({ reason: "x".repeat(501), until: "2027-02-29" })).toEqual(["reason", "until"]);
    expect(errors({ reason: "Parental leave.", until: "" })).toEqual(["until"]);
    expect(waiverInput.parse({ reason: "  Parental leave. ", until: "2027-02-28" }).reason).toBe(
      "Parental leave.",
    );
  });
});
