import { expect, it } from "vitest";
import { accommodationWords, dueAfter } from "./accommodation.ts";

const now = new Date("2026-11-24T09:00:00Z");

it.each<[number | null, string | null, string]>([
  [1, "2026-11-24T09:20:00.000Z", "0 % more time in assessments"],
  [1.25, "2026-11-24T09:25:00.000Z", "25 % more time in assessments"],
  [2, "2026-11-24T09:40:00.000Z", "100 % more time in assessments"],
  [null, null, "No time limit in assessments"],
])("a factor of %s makes 20 minutes end at %s", (factor, due, words) => {
  expect(dueAfter(20, factor, now)?.toISOString() ?? null).toBe(due);
  expect(accommodationWords(factor)).toBe(words);
});
