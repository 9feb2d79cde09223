import { fc, it as property } from "@fast-check/vitest";
import { describe, expect, it } from "vitest";
import { localDay } from "../people/local-day.ts";
import { completionDates, daysLater, dueDates, type Earlier, endOfDay } from "./recurrence.ts";

const rule = { validMonths: 12, windowDays: 60, effectiveFrom: "2025-09-01" };
const person = { hiredOn: "2024-02-29", timeZone: "Europe/Amsterdam" };
const at = (day: string): Date => new Date(`${day}T10:00:00Z`);
const day = (moment: Date): string => localDay(moment, person.timeZone);

describe("the end of a day", () => {
  it.each([
    ["2026-03-28", "Europe/Amsterdam", "2026-03-28T22:59:59.000Z"],
    ["2026-03-29", "Europe/Amsterdam", "2026-03-29T21:59:59.000Z"],
    ["2026-10-25", "Europe/Amsterdam", "2026-10-25T22:59:59.000Z"],
    ["2026-12-31", "Pacific/Auckland", "2026-12-31T10:59:59.000Z"],
    ["2026-12-31", "America/New_York", "2027-01-01T04:59:59.000Z"],
  ])("%s in %s is %s", (named, zone, moment) => {
    expect(endOfDay(named, zone).toISOString()).toBe(moment);
    expect(localDay(endOfDay(named, zone), zone)).toBe(named);
  });
});

describe("due dates", () => {
  it.each<[string, number, { from: string; until: string }[], string]>([
    ["without leave", 30, [], "2026-12-24"],
    ["leave within", 30, [{ from: "2026-12-01", until: "2026-12-10" }], "2027-01-03"],
    ["leave that began before", 30, [{ from: "2026-11-01", until: "2026-11-30" }], "2026-12-30"],
    ["leave afterwards", 30, [{ from: "2026-12-25", until: "2027-02-10" }], "2026-12-24"],
    ["leave on the day itself", 30, [{ from: "2026-12-24", until: "2026-12-24" }], "2026-12-25"],
    [
      "leave that overlaps leave",
      5,
      [
        { from: "2026-11-25", until: "2026-11-27" },
        { from: "2026-11-26", until: "2026-11-30" },
      ],
      "2026-12-05",
    ],
    ["assigned while away, due at once", 0, [{ from: "2026-11-20", until: "2026-11-26" }], "2026-11-27"],
  ])("%s", (_, days, leaves, due) => {
    expect(daysLater("2026-11-24", days, leaves)).toBe(due);
  });

  it("are days of the person, also where it is tomorrow already", () => {
    const assignedAt = new Date("2026-11-24T12:30:00Z");
    const dates = dueDates({ assignedAt, dueDays: 1, graceDays: 2 }, "Pacific/Auckland");
    expect(localDay(dates.dueAt, "Pacific/Auckland")).toBe("2026-11-26");
    expect(localDay(dates.graceUntil, "Pacific/Auckland")).toBe("2026-11-28");
  });
});

const earlier = (expires: string, overrides: Partial<Earlier> = {}): Earlier => ({
  anchorOn: null,
  expiresAt: endOfDay(expires, person.timeZone),
  renewFrom: new Date(endOfDay(expires, person.timeZone).getTime() - 60 * 86_400_000),
  ...overrides,
});

describe("how long a completion counts", () => {
  it.each<[string, object, Earlier | null, string, string]>([
    ["the first, from its day", {}, null, "2026-11-24", "2027-11-24"],
    ["from a leap day, to the 28th", {}, null, "2028-02-29", "2029-02-28"],
    ["an early renewal, from the anniversary", {}, earlier("2026-12-24"), "2026-11-24", "2027-12-24"],
    ["a late renewal, from its day", {}, earlier("2026-10-24"), "2026-11-24", "2027-11-24"],
    [
      "the leap day comes back",
      {},
      earlier("2031-02-28", { anchorOn: "2028-02-29" }),
      "2031-02-01",
      "2032-02-29",
    ],
    ["before the window, no cycle more", {}, earlier("2027-06-01"), "2026-11-24", "2027-06-01"],
    [
      "before the window, anew by rule",
      { earlyRestarts: true },
      earlier("2027-06-01"),
      "2026-11-24",
      "2027-11-24",
    ],
    [
      "asked again early, from the day it was due",
      {},
      earlier("2026-12-24", { renewFrom: at("2026-11-20") }),
      "2026-11-24",
      "2027-12-24",
    ],
    ["from hire, to the next anniversary", { anchor: "hire" }, null, "2026-11-24", "2027-02-28"],
    ["from hire, within the window", { anchor: "hire" }, null, "2027-01-10", "2028-02-29"],
    ["fixed day", { anchor: "fixed", anchorDay: "03-31" }, null, "2026-11-24", "2027-03-31"],
    [
      "fixed day, late",
      { anchor: "fixed", anchorDay: "03-31" },
      earlier("2026-03-31"),
      "2026-05-02",
      "2027-03-31",
    ],
    [
      "fixed day, within its window",
      { anchor: "fixed", anchorDay: "03-31" },
      earlier("2027-03-31"),
      "2027-03-30",
      "2028-03-31",
    ],
    ["fixed leap day", { anchor: "fixed", anchorDay: "02-29" }, null, "2027-06-01", "2028-02-29"],
  ])("%s", (_, overrides, before, done, expires) => {
    const dates = completionDates({ ...rule, ...overrides }, person, before, at(done));
    expect(day(dates.expiresAt)).toBe(expires);
    expect(dates.expiresAt).toEqual(endOfDay(expires, person.timeZone));
    expect(dates.renewFrom.getTime()).toBeLessThan(dates.expiresAt.getTime());
  });

  const anyRule = fc.record({
    validMonths: fc.integer({ min: 1, max: 36 }),
    windowDays: fc.integer({ min: 0, max: 27 }),
    effectiveFrom: fc.constant("2025-09-01"),
    anchor: fc.constantFrom("completion" as const, "hire" as const, "fixed" as const),
    anchorDay: fc.constantFrom("02-29", "01-31", "12-31", "06-15"),
  });
  const zones = fc.constantFrom(
    "Europe/Amsterdam",
    "Pacific/Auckland",
    "America/Los_Angeles",
    "Asia/Kolkata",
  );
  const moment = fc.date({ min: new Date("2026-01-01"), max: new Date("2032-12-31"), noInvalidDate: true });

  property.prop([anyRule, zones, moment])(
    "longer than the window, and never beyond window and cycle",
    (any, timeZone, done) => {
      const { expiresAt, renewFrom } = completionDates(any, { ...person, timeZone }, null, done);
      const days = (expiresAt.getTime() - done.getTime()) / 86_400_000;
      expect(renewFrom.getTime()).toBeGreaterThan(done.getTime() - 86_400_000);
      expect(days).toBeGreaterThan(any.windowDays);
      expect(days).toBeLessThan(any.validMonths * 31 + any.windowDays + 2);
    },
  );

  property.prop([moment, zones, fc.array(fc.integer({ min: 0, max: 59 }), { minLength: 1, maxLength: 12 })])(
    "early renewals keep the anniversary for ever",
    (first, timeZone, earlyBy) => {
      const who = { ...person, timeZone };
      const began = localDay(first, timeZone);
      let held = completionDates(rule, who, null, first);
      earlyBy.forEach((days, cycle) => {
        const done = new Date(held.expiresAt.getTime() - days * 86_400_000);
        held = completionDates(rule, who, held, done);
        const expires = localDay(held.expiresAt, timeZone);
        expect(Number(expires.slice(0, 4))).toBe(Number(began.slice(0, 4)) + cycle + 2);
        const leapless = began.endsWith("02-29") && Number(expires.slice(0, 4)) % 4 !== 0;
        expect(expires.slice(5)).toBe(leapless ? "02-28" : began.slice(5));
      });
    },
  );
});
