import { expect, it } from "vitest";
import "#app/i18n/catalogues.server.ts";
import { translateInto } from "#app/i18n/translate.ts";
import { ratingText } from "./rating-text.ts";

it.each([
  ["en", "Critical (16 of 25): likely × major"],
  ["de", "Kritisch (16 von 25): wahrscheinlich × erheblich"],
] as const)("says a rating in words: %s", (language, text) =>
  expect(ratingText(translateInto(language), { likelihood: 4, severity: 4 })).toBe(text),
);
