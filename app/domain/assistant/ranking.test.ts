import { fc, test } from "@fast-check/vitest";
import { describe, expect, it } from "vitest";
import { answers, type Candidate, fused, numbersNamed, ranked, rarityOf, unknownWorth } from "./ranking.ts";

const rarities: Record<string, number> = { data: 1, custom: 2, retent: 4, tool: 0.5 };
const rarity = (lexeme: string): number => rarities[lexeme] ?? 0;
const said = (...lexemes: string[]) => ({ alternatives: [{ lexemes, weight: 1 }] });
const passage = (id: string, words: string[], more: Partial<Candidate> = {}): Candidate => ({
  id,
  kind: "clause",
  number: null,
  words: new Set(words),
  heading: new Set(),
  closeness: null,
  likeness: 0,
  ...more,
});
const order = (...args: Parameters<typeof ranked>): string[] => ranked(...args).map((r) => r.id);

describe("fused", () => {
  it("puts what two lists have near the top before what one has first", () => {
    const sums = fused([
      { order: ["a", "b", "c"], weight: 1 },
      { order: ["d", "b"], weight: 1 },
    ]);
    expect([...sums].toSorted((x, y) => y[1] - x[1])[0]?.[0]).toBe("b");
    expect(sums.get("a")).toBeCloseTo(1 / 61);
    expect(sums.get("b")).toBeCloseTo(2 / 62);
  });

  const list = fc.record({
    order: fc.uniqueArray(fc.string()),
    weight: fc.double({ min: 0, max: 5, noNaN: true }),
  });
  test.prop([fc.array(list)])("does not depend on the order of the lists", (lists) => {
    for (const [id, sum] of fused(lists)) expect(fused(lists.toReversed()).get(id)).toBeCloseTo(sum);
  });
});

describe("rarityOf", () => {
  test.prop([fc.integer({ min: 1, max: 1e6 }), fc.nat(1e6), fc.nat(1e6)])(
    "falls the more passages have a word, and is never below 0",
    (all, a, b) => {
      const [few = 0, many = 0] = [a % (all + 1), b % (all + 1)].toSorted((x, y) => x - y);
      expect(rarityOf(all, few)).toBeGreaterThanOrEqual(rarityOf(all, many));
      expect(rarityOf(all, many)).toBeGreaterThanOrEqual(0);
    },
  );
});

describe("answers", () => {
  const first = { id: "a", score: 1, coverage: 0.5, closeness: 0.5, likeness: 0.5 };
  const against = { elsewhere: false, likeness: 0.1, closeness: 0.1 };
  it.each([
    ["a passage near in every way", first, against, true, true],
    ["a question like those that nobody answers", first, { ...against, likeness: 0.9 }, true, false],
    [
      "a question about another matter",
      first,
      { elsewhere: true, likeness: 0.3, closeness: 0.3 },
      true,
      false,
    ],
    [
      "a clause that is named",
      { ...first, score: 2.1, coverage: 0 },
      { ...against, likeness: 1 },
      true,
      true,
    ],
    ["words alone", { ...first, closeness: null }, { ...against, closeness: null }, true, true],
    ["no examples and few words", { ...first, coverage: 0.2 }, against, false, false],
  ])("decides on %s", (_title, passage, signs, hasExamples, expected) => {
    expect(answers(passage, signs, hasExamples)).toBe(expected);
  });
});

describe("numbersNamed", () => {
  it.each([
    ["What does clause 2.3 say?", ["2.3"]],
    ["2.3 and 4.10, again 2.3.", ["2.3", "4.10"]],
    ["version 1.2.3 of 15.01.2025", []],
    ["3.1415 or 2026", []],
  ])("in %s are %j", (text, expected) => {
    expect(numbersNamed(text)).toEqual(expected);
  });
});

describe("ranked", () => {
  it("lets the rare word decide", () => {
    const [rare, frequent] = [passage("rare", ["retent"]), passage("frequent", ["data", "tool"])];
    expect(order([said("data"), said("tool"), said("retent")], [frequent, rare], rarity)).toEqual([
      "rare",
      "frequent",
    ]);
  });

  it("prefers a word in the heading, and of two ways to say a thing counts the better once", () => {
    const plain = passage("a", ["custom", "data"]);
    const headed = passage("b", ["custom", "data"], { heading: new Set(["custom"]) });
    expect(order([said("custom")], [plain, headed], rarity)).toEqual(["b", "a"]);
    const both = { alternatives: [...said("custom").alternatives, ...said("data").alternatives] };
    const [first] = ranked([both], [plain], rarity);
    expect(first?.coverage).toBeCloseTo(1);
  });

  it("prefers a clause to a lesson that says the same, and a clause that is named to all", () => {
    const words = ["custom", "data"];
    const lesson = passage("a", words, { kind: "lesson" });
    const clause = passage("b", words);
    const named = passage("c", [], { number: "2.3" });
    expect(order([said("custom")], [lesson, clause], rarity)).toEqual(["b", "a"]);
    expect(order([said("custom")], [lesson, clause, named], rarity, ["2.3"])).toEqual(["c", "b", "a"]);
  });

  it("lets vectors decide between equals", () => {
    const far = passage("a", ["data"], { closeness: 0.1 });
    const near = passage("b", ["data"], { closeness: 0.9 });
    expect(order([said("data")], [far, near], rarity)).toEqual(["b", "a"]);
  });

  it("scores lower what lacks a word nobody has, or has only one that looks like it", () => {
    const only = [passage("a", ["data"])];
    const score = (...args: [...Parameters<typeof ranked>]): number => ranked(...args)[0]?.score ?? 0;
    const each = unknownWorth(100);
    const sure = score([said("data")], only, rarity);
    expect(score([said("data")], only, rarity, [], { count: 1, each })).toBeLessThan(sure);
    const guessed = [{ ...said("data"), guessed: true }];
    expect(score(guessed, only, rarity, [], { count: 0, each })).toBeLessThan(sure);
  });

  const lexemes = fc.subarray(Object.keys(rarities));
  test.prop([fc.array(lexemes, { maxLength: 6 }), fc.array(lexemes, { maxLength: 6 })])(
    "keeps every passage once, best first, with a coverage from 0 to 1",
    (asked, texts) => {
      const found = ranked(
        asked.map((l) => said(...l)),
        texts.map((words, i) => passage(String(i), words)),
        rarity,
      );
      expect(found.map((r) => Number(r.id)).toSorted()).toEqual(texts.map((_, i) => i));
      expect(found).toEqual(found.toSorted((a, b) => b.score - a.score));
      for (const { coverage } of found) {
        expect(coverage).toBeGreaterThanOrEqual(0);
        expect(coverage).toBeLessThanOrEqual(1 + 1e-9);
      }
    },
  );
});
