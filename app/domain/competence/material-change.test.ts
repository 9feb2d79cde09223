import { fc, test } from "@fast-check/vitest";
import { expect, it } from "vitest";
import { afterChange } from "./material-change.ts";

const on = (date: string): Date => new Date(`${date}T09:00:00Z`);
const requirement = { dueDays: 30 };
const changedAt = on("2026-11-24");

it.each([
  // what, change, completed, expires, renewal from, then expires, then renewal from
  ["a year ahead", "material", "2026-10-01", "2027-10-01", "2027-08-02", "2026-12-24", "2026-11-24"],
  ["an editorial change", "editorial", "2026-10-01", "2027-10-01", "2027-08-02", "2027-10-01", "2027-08-02"],
  ["ending sooner anyway", "material", "2025-12-01", "2026-12-01", "2026-10-02", "2026-12-01", "2026-10-02"],
  ["no window before", "material", "2025-12-01", "2026-12-01", "2026-12-01", "2026-12-01", "2026-11-24"],
  ["ended before", "material", "2025-11-01", "2026-11-01", "2026-09-02", "2026-11-01", "2026-09-02"],
  ["ending at that moment", "material", "2025-11-24", "2026-11-24", "2026-09-25", "2026-11-24", "2026-09-25"],
  [
    "begun before, completed after",
    "material",
    "2026-12-01",
    "2027-12-01",
    "2027-10-02",
    "2026-12-31",
    "2026-12-01",
  ],
] as const)("%s (%s)", (_words, change, completed, expires, renew, thenExpires, thenRenew) => {
  const dates = { completedAt: on(completed), expiresAt: on(expires), renewFrom: on(renew) };
  expect(afterChange(change, requirement, dates, changedAt)).toEqual({
    expiresAt: on(thenExpires),
    renewFrom: on(thenRenew),
  });
});

const moment = fc.date({ min: on("2024-01-01"), max: on("2028-01-01"), noInvalidDate: true });

test.prop([moment, fc.nat(800), fc.nat(800), fc.integer({ min: 1, max: 90 }), moment])(
  "never prolongs anything, never takes effect before the change, and does no more when done twice",
  (completedAt, valid, window, dueDays, changed) => {
    const expiresAt = new Date(completedAt.getTime() + valid * 86_400_000);
    const renewFrom = new Date(expiresAt.getTime() - window * 86_400_000);
    const dates = { completedAt, expiresAt, renewFrom };
    const after = afterChange("material", { dueDays }, dates, changed);
    expect(after.expiresAt <= expiresAt && after.renewFrom <= renewFrom).toBe(true);
    if (after.expiresAt < expiresAt) expect(after.expiresAt > changed).toBe(true);
    if (after.renewFrom < renewFrom) expect(after.renewFrom >= changed).toBe(true);
    expect(afterChange("material", { dueDays }, { completedAt, ...after }, changed)).toEqual(after);
  },
);
