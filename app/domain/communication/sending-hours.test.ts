import { fc, test } from "@fast-check/vitest";
import { expect, it } from "vitest";
import { sendingHours } from "./hours.ts";
import { localDay } from "../people/local-day.ts";
import { nextSending } from "./sending-hours.ts";

const office = { from: "08:00", until: "18:00", weekends: false };
const early = { from: "02:15", until: "04:00", weekends: true };

it.each([
  ["within the hours", "2026-11-24T09:00:00Z", "Europe/Amsterdam", office, "2026-11-24T09:00:00Z"],
  ["before them", "2026-11-24T05:00:00Z", "Europe/Amsterdam", office, "2026-11-24T07:00:00Z"],
  ["as they end", "2026-11-24T17:00:00Z", "Europe/Amsterdam", office, "2026-11-25T07:00:00Z"],
  ["on a Friday evening", "2026-11-27T19:00:00Z", "Europe/Amsterdam", office, "2026-11-30T07:00:00Z"],
  ["on a Saturday", "2026-11-28T10:00:00Z", "Europe/Amsterdam", office, "2026-11-30T07:00:00Z"],
  [
    "on a Saturday that is wanted",
    "2026-11-28T10:00:00Z",
    "Europe/Amsterdam",
    { ...office, weekends: true },
    "2026-11-28T10:00:00Z",
  ],
  ["elsewhere on the globe", "2026-11-24T09:00:00Z", "America/Los_Angeles", office, "2026-11-24T16:00:00Z"],
  ["over the end of summer time", "2026-10-23T18:00:00Z", "Europe/Amsterdam", office, "2026-10-26T07:00:00Z"],
  ["over its beginning", "2026-03-27T18:00:00Z", "Europe/Amsterdam", office, "2026-03-30T06:00:00Z"],
  [
    "in the hour that summer time skips",
    "2026-03-28T23:00:00Z",
    "Europe/Amsterdam",
    early,
    "2026-03-29T01:15:00Z",
  ],
  [
    "in a place that does not exist, by UTC",
    "2026-11-24T05:00:00Z",
    "Mars/Olympus",
    office,
    "2026-11-24T08:00:00Z",
  ],
])("sends %s when its reader is at work", (_words, now, zone, hours, sent) => {
  expect(nextSending(new Date(now), zone, hours)).toEqual(new Date(sent));
});

const zones = fc.constantFrom(
  "Europe/Amsterdam",
  "America/St_Johns",
  "Asia/Kathmandu",
  "Pacific/Apia",
  "UTC",
);
const moments = fc.date({ min: new Date("2026-01-01"), max: new Date("2027-12-31"), noInvalidDate: true });
const spans = fc
  .tuple(fc.integer({ min: 0, max: 22 }), fc.integer({ min: 1, max: 23 }), fc.boolean())
  .filter(([from, until]) => until > from)
  .map(([from, until, weekends]) => ({
    from: `${String(from).padStart(2, "0")}:30`,
    until: `${String(until).padStart(2, "0")}:45`,
    weekends,
  }));

test.prop([moments, zones, spans])("is never in the past, never far, and stays", (now, zone, hours) => {
  expect(sendingHours.parse(hours)).toEqual(hours);
  const at = nextSending(now, zone, hours);
  expect(at.getTime()).toBeGreaterThanOrEqual(now.getTime());
  expect(at.getTime() - now.getTime()).toBeLessThan(4 * 86_400_000);
  expect(nextSending(at, zone, hours)).toEqual(at);
});

it("knows which day it is at a place", () => {
  expect(localDay(new Date("2026-11-24T23:30:00Z"), "Europe/Amsterdam")).toBe("2026-11-25");
  expect(localDay(new Date("2026-11-24T03:30:00Z"), "America/New_York")).toBe("2026-11-23");
});

it.each([
  [{ ...office, from: "8:00" }],
  [{ ...office, until: "24:00" }],
  [{ ...office, until: "08:30" }],
  [{ ...office, from: "18:00", until: "08:00" }],
])("refuses hours that leave no time: %j", (hours) => {
  expect(sendingHours.safeParse(hours).success).toBe(false);
});
