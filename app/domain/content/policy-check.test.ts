import { describe, expect, it } from "vitest";
import { loadContent } from "../../../scripts/content.ts";
import { guessers, guessScores } from "./giveaway.ts";
import { languages, translatedLanguages } from "./language.ts";
import { checkFileName, checkItemsIn, checkOf } from "./policy-check.ts";

const versions = [
  { version: "1.0", effectiveFrom: "2025-01-01", material: true },
  { version: "1.1", effectiveFrom: "2025-06-01", material: false },
  { version: "2.0", effectiveFrom: "2026-01-01", material: true },
  { version: "2.1", effectiveFrom: "2026-06-01", material: false },
];

it.each([
  [["1.0"], "1.0", "1.0"],
  [["1.0"], "1.1", "1.0"],
  [["1.0"], "2.0", null],
  [["1.0"], "2.1", null],
  [["1.0", "2.0", "2.1"], "2.1", "2.1"],
  [["1.0", "2.0"], "2.1", "2.0"],
  [["2.0"], "1.1", null],
])("with checks of %j, version %s is checked by %s", (written, version, found) => {
  const checks = written.map((one) => ({ version: one }));
  expect(checkOf(versions, checks, version)?.version ?? null).toBe(found);
});

it.each([
  ["2.0.check.yaml", { version: "2.0", language: "en" }],
  ["2.0.check.de.yaml", { version: "2.0", language: "de" }],
  ["2.0.check.xx.yaml", null],
  ["2.0.md", null],
])("reads %s as %j", (name, found) => {
  expect(checkFileName(name)).toEqual(found);
});

describe("the checks of the sample organisation", () => {
  const { checks, policies } = loadContent("content");

  it("stand beside every policy in force, in all languages", () => {
    expect(new Set(checks.map((one) => one.slug))).toEqual(new Set(policies.map((one) => one.slug)));
    for (const check of checks)
      expect(check.body.translations.map((one) => one.language).toSorted()).toEqual(
        [...translatedLanguages].toSorted(),
      );
  });

  it.each(languages.flatMap((language) => guessers.map((guesser) => [language, guesser] as const)))(
    "in %s give the guesser by %s no more than chance allows",
    (language, guesser) => {
      const items = checks.flatMap((check) => checkItemsIn(check, language).items);
      const { score, chance, items: count } = guessScores(items)[guesser];
      expect(score).toBeLessThanOrEqual(chance + 2 * Math.sqrt((chance * (1 - chance)) / count));
    },
  );
});
