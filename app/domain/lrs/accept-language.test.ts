import { fc, test } from "@fast-check/vitest";
import { describe, expect, it } from "vitest";
import { languageOf } from "./accept-language.ts";

describe("languageOf (RFC 7231 §5.3.5, as xAPI 1.0.3 part 3 §2.1.3 asks)", () => {
  it.each([
    ["the one asked for", "en-GB", ["en-US", "en-GB"], "en-GB"],
    ["in any case", "EN-gb", ["en-US", "en-GB"], "en-GB"],
    ["the better liked", "de;q=0.5, en;q=0.8", ["de", "en"], "en"],
    ["the better liked by its longest range", "en;q=0.9, en-US;q=0.1, de;q=0.5", ["en-US", "de"], "de"],
    ["what a range is a prefix of", "en", ["de", "en-US"], "en-US"],
    ["no longer word that begins alike", "en", ["enm", "de"], "enm"],
    ["the shorter of two under one range", "en", ["en-US", "en"], "en"],
    ["the first named of two liked alike", "fr, de", ["de", "fr"], "fr"],
    ["any by the star", "de;q=0.5, *;q=0.7", ["de", "fr"], "fr"],
    ["any but what is ruled out", "*, en;q=0", ["en", "en-US", "fr"], "fr"],
    ["a sister of what is asked for", "en-GB", ["de", "en-US"], "en-US"],
    ["the parent of what is asked for", "zh-Hant-TW", ["de", "zh"], "zh"],
    ["the undetermined", "pl", ["de", "und"], "und"],
    ["the first", "pl", ["de", "fr"], "de"],
    ["what is not ruled out", "de;q=0", ["de", "fr"], "fr"],
    ["what is ruled out when there is nothing else", "de;q=0", ["de"], "de"],
    ["the first without a header", null, ["de", "en"], "de"],
    ["the undetermined without a header", null, ["de", "und"], "und"],
    ["the first for a header that says nothing", ";;q=,,==", ["de", "en"], "de"],
    ["the good part of a bad header", "x y, en ; q=0.5", ["de", "en"], "en"],
    ["nothing of an empty map", "en", [], undefined],
  ])("%s", (_, header, tags, language) => {
    expect(languageOf(header, tags)).toBe(language);
  });

  test.prop([fc.option(fc.string()), fc.array(fc.string(), { minLength: 1 })])(
    "is always one of the map's",
    (header, tags) => {
      expect(tags).toContain(languageOf(header, tags));
    },
  );
});
