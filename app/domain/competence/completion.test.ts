import { describe, expect, it } from "vitest";
import { addMonths, completionDates } from "./completion.ts";

const at = (text: string): Date => new Date(`${text}T10:00:00Z`);

describe("adding months", () => {
  it.each([
    ["2026-01-31", 1, "2026-02-28"],
    ["2028-02-29", 12, "2029-02-28"],
    ["2027-02-28", 12, "2028-02-28"],
    ["2026-11-24", 12, "2027-11-24"],
    ["2026-12-31", 2, "2027-02-28"],
  ])("%s and %d months is %s", (from, months, to) => {
    expect(addMonths(at(from), months)).toEqual(at(to));
  });
});

describe("how long a completion counts", () => {
  const rules = { validMonths: 12, windowDays: 60 };
  it.each([
    ["the first, from its day", 1, "2026-12-24", "2026-11-24", "2027-11-24"],
    ["an early renewal, from the anniversary", 2, "2026-12-24", "2026-11-24", "2027-12-24"],
    ["a late renewal, from its day", 2, "2026-10-24", "2026-11-24", "2027-11-24"],
  ])("%s", (_, number, due, done, expires) => {
    const dates = completionDates(rules, { number, dueAt: at(due) }, at(done));
    expect(dates.expiresAt).toEqual(at(expires));
    expect(dates.expiresAt.getTime() - dates.renewFrom.getTime()).toBe(60 * 86_400_000);
  });
});
