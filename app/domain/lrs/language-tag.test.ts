import { describe, expect, it } from "vitest";
import { isLanguageTag, languageMapFault } from "./language-tag.ts";

describe("part 2 §2.2 and §4.2, language tags of RFC 5646", () => {
  it.each([
    "en",
    "en-US",
    "EN-us",
    "es-419",
    "zh-Hant-TW",
    "zh-cmn-Hans-CN",
    "zh-min-nan",
    "sl-rozaj-biske-1994",
    "de-CH-1901",
    "de-DE-u-co-phonebk",
    "en-a-bbb-x-a-ccc",
    "x-whatever",
    "en-x-us",
    "und",
    "i-klingon",
    "en-GB-oed",
    "sgn-BE-FR",
    "art-lojban",
    "abcd",
    "abcdefgh",
    "hy-Latn-IT-arevela",
    "qaa-Qaaa-QM-x-southern",
  ])("takes %s", (tag) => {
    expect(isLanguageTag(tag)).toBe(true);
  });

  it.each([
    "",
    "e",
    "a12345678",
    "something",
    "s-something",
    "zh-something-ccc",
    "en-something-AU",
    "en-",
    "-en",
    "en--US",
    "en_US",
    "en-u",
    "en-x",
    "x",
    "x-",
    "x-ninechars",
    "en-US-US",
    "abcd-abc",
    "en-a-b",
    "i-unknown",
    "12",
    "en US",
    "en\n",
    "ën",
  ])("refuses %j", (tag) => {
    expect(isLanguageTag(tag)).toBe(false);
  });

  it("takes any length in linear time", () => {
    const started = performance.now();
    expect(isLanguageTag(`en-x${"-abcdefgh".repeat(100_000)}`)).toBe(true);
    expect(isLanguageTag(`en${"-variant1".repeat(100_000)}`)).toBe(true);
    expect(isLanguageTag(`en${"-a-bcd".repeat(100_000)}-`)).toBe(false);
    expect(isLanguageTag("a".repeat(1_000_000))).toBe(false);
    expect(performance.now() - started).toBeLessThan(1000);
  });

  it("says which key or value of a map is wrong", () => {
    expect(languageMapFault({}, "verb.display")).toBeNull();
    expect(languageMapFault({ "en-US": "sent", de: "" }, "verb.display")).toBeNull();
    expect(languageMapFault("sent", "verb.display")).toMatch(/^verb\.display must be a language map/);
    expect(languageMapFault({ english_: "sent" }, "verb.display")).toMatch(
      /^the keys of verb\.display .*got "english_"$/,
    );
    expect(languageMapFault({ en: null }, "verb.display")).toBe("verb.display.en must be a string; got null");
  });
});
