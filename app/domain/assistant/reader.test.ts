import { describe, expect, it } from "vitest";
import { conceptIndex } from "./concept.ts";
import { centred, featuresOf, likelihoods, tellingWords } from "./reader.ts";
import { restored, stored } from "./reader-store.ts";
import { type Example, trainReader } from "./reader-training.ts";
import { tokens } from "./wording.ts";

const concepts = { person: ["applicant*", "candidate*", "kandidat*"], text: ["letter*", "brief*", "memo*"] };
const index = conceptIndex(Object.entries(concepts).map(([name, terms]) => ({ name, terms })));
const examples: Example[] = [
  ...[
    "rank the applicants",
    "sort the candidates by fit",
    "which candidate to invite",
    "score every applicant",
  ].map((text) => ({ text, label: "screening", vector: [1, 0.1] })),
  ...["write a letter", "draft the memo", "shorten this letter", "a polite letter please"].map((text) => ({
    text,
    label: "drafting",
    vector: [0.1, 1],
  })),
];
const settings = { epochs: 8, rate: 0.7, seed: 7, most: 500 };
const reader = trainReader(examples, index, settings);
const first = (text: string, vector: number[] | null = null) =>
  likelihoods(tokens(text), vector, reader, index)[0]?.label;

describe("a reader", () => {
  it.each([
    ["rank these candidates", "screening"],
    ["please draft a letter", "drafting"],
    // Known by its concept alone: no example is in German.
    ["Kandidaten", "screening"],
    ["ein Brief", "drafting"],
  ])("reads %s as %s", (text, label) => expect(first(text)).toBe(label));

  it("hears sentence vectors where words say nothing", () => {
    expect(first("zzz", [1, 0])).toBe("screening");
    expect(first("zzz", [0, 1])).toBe("drafting");
  });

  it("gives shares that add up to 1", () => {
    const all = likelihoods(tokens("rank a letter"), null, reader, index);
    expect(all.reduce((sum, l) => sum + l.p, 0)).toBeCloseTo(1);
  });

  it("is the same for the same examples and seed", () => {
    expect(trainReader(examples, index, settings)).toEqual(reader);
  });

  it("reads alike after it was kept", () => {
    const kept = stored(reader, { sources: {}, concepts });
    const back = restored(JSON.parse(JSON.stringify(kept)) as typeof kept);
    for (const text of ["rank these candidates", "write a memo to the applicant"]) {
      const [before, after] = [reader, back.reader].map((r) => likelihoods(tokens(text), null, r, index));
      after?.forEach(({ p }, i) => expect(p).toBeCloseTo(before?.[i]?.p ?? 0, 1));
    }
  });

  it("names the words that speak for a label", () => {
    const text = "Could you rank the candidates?";
    const words = tellingWords(text, tokens(text), "screening", reader, index);
    expect(words).toContain("candidates");
    expect(words).not.toContain("Could");
  });
});

describe("featuresOf", () => {
  it("names words, neighbours, letters, concepts and pairs of concepts", () => {
    const features = featuresOf(tokens("letter to applicants"), index);
    for (const feature of [
      "w letter",
      "b letter to",
      "s letter applicants",
      "c ^let",
      "k person",
      "p person text",
    ])
      expect(features).toContain(feature);
  });
});

describe("centred", () => {
  it("has unit length", () => {
    const moved = centred([3, 4], Float32Array.from([0, 0]));
    expect(moved).toEqual([0.6, 0.8]);
  });
});
