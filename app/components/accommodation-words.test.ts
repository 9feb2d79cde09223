import { expect, it } from "vitest";
import { translateInto } from "#app/i18n/translate.ts";
import { accommodationWords } from "./accommodation-words.ts";

it.each([
  [1, "0 % more time in assessments"],
  [1.25, "25 % more time in assessments"],
  [2, "100 % more time in assessments"],
  [null, "No time limit in assessments"],
])("says what a time factor of %s is", (timeFactor, words) => {
  expect(accommodationWords(translateInto("en"), timeFactor)).toBe(words);
});
