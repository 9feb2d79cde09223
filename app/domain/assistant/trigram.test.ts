import { fc, test } from "@fast-check/vitest";
import { describe, expect, it } from "vitest";
import { similarity, trigrams } from "./trigram.ts";

describe("trigrams", () => {
  it("are those of pg_trgm: two blanks before a word, one behind, each once", () => {
    expect(trigrams("cat")).toEqual(["  c", " ca", "cat", "at "]);
    expect(trigrams("Banana")).toEqual(["  b", " ba", "ban", "ana", "nan", "na "]);
  });

  it.each([
    ["password", "pasword", 0.7],
    ["retention", "retension", 0.54],
    ["password", "passport", 0.29],
    ["password", "holiday", 0],
  ])("tell how alike %s and %s are: %d", (a, b, alike) => {
    expect(similarity(trigrams(a), trigrams(b))).toBeCloseTo(alike, 2);
  });

  test.prop([fc.string(), fc.string()])("compare the same both ways, from 0 to 1", (a, b) => {
    const [left, right] = [trigrams(a), trigrams(b)];
    const alike = similarity(left, right);
    expect(alike).toBe(similarity(right, left));
    expect(alike).toBeGreaterThanOrEqual(0);
    expect(alike).toBeLessThanOrEqual(1);
  });

  test.prop([fc.string({ minLength: 1 })])("make a word wholly like itself", (word) => {
    expect(similarity(trigrams(word), trigrams(word))).toBe(1);
  });
});
