import { fc, test } from "@fast-check/vitest";
import { expect, it } from "vitest";
import { endOfDay } from "../competence/recurrence.ts";
import { lastDayUntil, localDay } from "./local-day.ts";

const zones = Intl.supportedValuesOf("timeZone");
const days = fc
  .date({ min: new Date("2020-01-01"), max: new Date("2040-01-01"), noInvalidDate: true })
  .map((at) => at.toISOString().slice(0, 10));

test.prop([fc.constantFrom(...zones), days], { numRuns: 500 })(
  "names an end by the last day on which it has not come, wherever somebody is",
  (zone, day) => {
    const end = endOfDay(day, zone);
    expect(lastDayUntil(end, zone)).toBe(day);
    const before = new Date(end.getTime() - 1);
    expect([localDay(before, zone), localDay(new Date(end.getTime() + 1000), zone) > day]).toEqual([
      day,
      true,
    ]);
  },
);

it.each([
  ["2026-12-07T05:59:59Z", "America/Chicago", "2026-12-06"],
  ["2026-12-06T22:59:59Z", "Europe/Amsterdam", "2026-12-06"],
  ["2026-12-06T14:59:59Z", "Asia/Tokyo", "2026-12-06"],
  ["2026-12-07T00:00:00Z", "UTC", "2026-12-06"],
  ["2026-12-06T23:59:59Z", "No/Where", "2026-12-06"],
])("calls %s in %s %s", (at, zone, day) => {
  expect(lastDayUntil(new Date(at), zone)).toBe(day);
});
