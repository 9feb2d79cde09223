import { describe, expect, it } from "vitest";
import {
  policyFiguresOf,
  type Labelled,
  type Retrieved,
  retrievalFigures,
  retrievalSlices,
} from "./retrieval-figures.ts";

const asked = (more: Partial<Labelled> = {}): Labelled => ({
  id: "q",
  lang: "en",
  kind: "single_fact",
  text: "?",
  clauses: ["a#1.1"],
  systems: [],
  answerable: true,
  ...more,
});
const found = (refs: string[], more: Partial<Retrieved> = {}): Retrieved => ({
  refs,
  answerable: true,
  superseded: 0,
  ...more,
});

describe("retrievalFigures", () => {
  const judged = [
    { question: asked(), found: found(["a#1.1"]) },
    {
      question: asked({ clauses: ["b#1.1", "b#1.2"], lang: "de" }),
      found: found(["x", "b#1.2"], { superseded: 1 }),
    },
    {
      question: asked({ clauses: [], systems: ["quill"] }),
      found: found(["1", "2", "3", "4", "5", "quill"]),
    },
    { question: asked(), found: found([], { answerable: false }) },
    { question: asked({ clauses: [], answerable: false, kind: "unanswerable" }), found: found(["x"]) },
    {
      question: asked({ clauses: [], answerable: false, kind: "unanswerable" }),
      found: found([], { answerable: false }),
    },
  ];

  it("counts what was found, where, and what was refused", () => {
    const figures = retrievalFigures(judged);
    expect(figures.recallAt5).toMatchObject({ value: 2 / 5, n: 5 });
    expect(figures.clauseRecallAt5).toMatchObject({ value: 2 / 4, n: 4 });
    expect(figures.mrr).toBeCloseTo((1 + 1 / 2 + 1 / 6 + 0) / 4);
    expect(figures.refusalRecall).toMatchObject({ value: 1 / 2, n: 2 });
    expect(figures.overRefusal).toMatchObject({ value: 1 / 4, n: 4 });
    expect(figures.superseded).toBe(1);
  });

  it("is told apart by language and kind", () => {
    const slices = retrievalSlices(judged);
    expect([...slices.keys()]).toEqual(["all", "language de", "language en", "single fact", "unanswerable"]);
    expect(slices.get("language de")).toMatchObject({ questions: 1, superseded: 1 });
    expect(slices.get("unanswerable")?.mrr).toBeNull();
  });
});

describe("policyFiguresOf", () => {
  const cited = (refs: string[], more = {}) => ({ refs, verbatim: true, superseded: 0, ...more });
  const figures = policyFiguresOf([
    { question: asked(), found: found(["a#1.1"]), cited: cited(["a#1.1", "b#1.1"]) },
    { question: asked(), found: found(["x", "a#1.1"]), cited: cited([], {}) },
    {
      question: asked({ clauses: [], answerable: false }),
      found: found(["x"], { answerable: false }),
      cited: cited(["x"], { verbatim: false, superseded: 1 }),
    },
  ]);

  it("counts citations that are right, asked for, word for word and in force", () => {
    expect(figures.citationPrecision).toMatchObject({ value: 1 / 3, n: 3 });
    expect(figures.citationRecall).toMatchObject({ value: 1 / 2, n: 2 });
    expect(figures.policyQuotesValid).toMatchObject({ value: 1 / 2, n: 2 });
    expect(figures.citationsSuperseded).toMatchObject({ value: 1 / 3, n: 3 });
  });

  it("keeps the mean rank inside its interval", () => {
    expect(figures.policyRank).toMatchObject({ value: 3 / 4, n: 2, high: 1 });
    expect(figures.policyRank.low).toBeLessThan(3 / 4);
    expect(policyFiguresOf([]).policyRank.value).toBeNull();
  });
});
