import { describe, expect, it } from "vitest";
import { languageNames, languages, translatedLanguages } from "#app/domain/content/language.ts";
import { catalogueOf, interfaceTexts, keysOf, untranslated } from "../scripts/interface-texts.ts";

const { marked, bare } = interfaceTexts();
const placeholders = (text: string): string[] => (text.match(/\{\{\w+\}\}|<\/?\w+\/?>/g) ?? []).toSorted();

describe.each(languages)("the interface in %s", (language) => {
  const texts = catalogueOf(language);

  it("lacks nothing", () => {
    expect(untranslated(marked, language).map((one) => `${one.file}:${one.line} ${one.text}`)).toEqual([]);
  });

  it("has no text that is not used", () => {
    const used = new Set(marked.flatMap(keysOf));
    expect(Object.keys(texts).filter((key) => !used.has(key))).toEqual([]);
  });

  it("keeps the places for names, numbers and links", () => {
    for (const [key, text] of Object.entries(texts)) {
      // One may be said as a word, but for French, whose form for one is that for none too.
      const inWords = key.endsWith("_one") && language !== "fr";
      const places = (of: string): string[] =>
        placeholders(of).filter((place) => !inWords || place !== "{{count}}");
      expect([key, places(text)]).toEqual([key, places(key)]);
    }
  });
});

it("says nothing that is not translated", () => {
  expect(bare.map((one) => `${one.file}:${one.line} ${one.text}`)).toEqual([]);
});

it("is offered in the languages content is translated into", () => {
  expect(Object.keys(languageNames)).toEqual(["en", ...translatedLanguages]);
});
