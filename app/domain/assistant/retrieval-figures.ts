import { type Proportion, proportion } from "./proportion.ts";

/** A question whose right passages are known: a line of `test/fixtures/eval/policy.*.jsonl`. */
export type Labelled = {
  id: string;
  lang: string;
  kind: string;
  text: string;
  /** `slug#number` of the clauses that answer it, each needed. */
  clauses: string[];
  /** Register entries that answer it. */
  systems: string[];
  answerable: boolean;
};

/** What retrieval said to a labelled question: refs best first, and whether it claims to have an answer. */
export type Retrieved = {
  refs: string[];
  answerable: boolean;
  /** How many of the passages are of a policy version not in force. */
  superseded: number;
};

export type RetrievalFigures = {
  questions: number;
  /** Of the right clauses and register entries, those among the first five. */
  recallAt5: Proportion;
  /** Of the right clauses alone, those among the first five. */
  clauseRecallAt5: Proportion;
  /** Mean over answerable questions of 1/rank of the first right passage; 0 where none was found. */
  mrr: number | null;
  /** Of the questions without an answer, those refused. */
  refusalRecall: Proportion;
  /** Of the questions with an answer, those refused. */
  overRefusal: Proportion;
  /** Passages of versions not in force; must be 0. */
  superseded: number;
};

type Judged = { question: Labelled; found: Retrieved };

/** Figures over labelled questions with what retrieval said to each. */
export function retrievalFigures(judged: readonly Judged[]): RetrievalFigures {
  const answerable = judged.filter((j) => j.question.answerable);
  const others = judged.filter((j) => !j.question.answerable);
  const inFive = (refs: readonly string[], found: Retrieved): number =>
    refs.filter((ref) => found.refs.slice(0, 5).includes(ref)).length;
  const count = (list: readonly Judged[], one: (j: Judged) => number): number =>
    list.reduce((sum, j) => sum + one(j), 0);
  return {
    questions: judged.length,
    recallAt5: proportion(
      count(answerable, (j) => inFive([...j.question.clauses, ...j.question.systems], j.found)),
      count(answerable, (j) => j.question.clauses.length + j.question.systems.length),
    ),
    clauseRecallAt5: proportion(
      count(answerable, (j) => inFive(j.question.clauses, j.found)),
      count(answerable, (j) => j.question.clauses.length),
    ),
    mrr: answerable.length === 0 ? null : count(answerable, reciprocalRank) / answerable.length,
    refusalRecall: proportion(
      count(others, (j) => (j.found.answerable ? 0 : 1)),
      others.length,
    ),
    overRefusal: proportion(
      count(answerable, (j) => (j.found.answerable ? 0 : 1)),
      answerable.length,
    ),
    superseded: count(judged, (j) => j.found.superseded),
  };
}

/** The figures of all questions, of each language and of each kind, by the name of the slice. */
export function retrievalSlices(judged: readonly Judged[]): Map<string, RetrievalFigures> {
  const by = (of: (q: Labelled) => string): string[] =>
    [...new Set(judged.map((j) => of(j.question)))].toSorted();
  return new Map([
    ["all", retrievalFigures(judged)],
    ...by((q) => q.lang).map(
      (l) => [`language ${l}`, retrievalFigures(judged.filter((j) => j.question.lang === l))] as const,
    ),
    ...by((q) => q.kind).map(
      (k) => [k.replaceAll("_", " "), retrievalFigures(judged.filter((j) => j.question.kind === k))] as const,
    ),
  ]);
}

/** What an answer to a labelled question cites: refs, whether each stands word for word in a clause in force, and of which version. */
export type Cited = { refs: string[]; verbatim: boolean; superseded: number };

export const policyFigures = [
  "policyRecallAt5",
  "policyRank",
  "policyRefused",
  "policyOverRefused",
  "policyQuotesValid",
  "citationPrecision",
  "citationRecall",
  "citationsSuperseded",
] as const;
export type PolicyFigure = (typeof policyFigures)[number];

/** The figures of the policy questions for a report: how well passages are found, and how well answers cite them. */
export function policyFiguresOf(
  judged: readonly (Judged & { cited: Cited })[],
): Record<PolicyFigure, Proportion> {
  const { recallAt5, refusalRecall, overRefusal } = retrievalFigures(judged);
  const sum = (of: (j: (typeof judged)[number]) => number): number => judged.reduce((s, j) => s + of(j), 0);
  const right = ({ question, cited }: (typeof judged)[number]): number =>
    cited.refs.filter((ref) => [...question.clauses, ...question.systems].includes(ref)).length;
  const citations = sum((j) => j.cited.refs.length);
  const quoting = judged.filter((j) => j.cited.refs.length > 0);
  return {
    policyRecallAt5: recallAt5,
    policyRank: meanRank(judged.filter((j) => j.question.answerable)),
    policyRefused: refusalRecall,
    policyOverRefused: overRefusal,
    policyQuotesValid: proportion(quoting.filter((j) => j.cited.verbatim).length, quoting.length),
    citationPrecision: proportion(sum(right), citations),
    citationRecall: proportion(
      sum(right),
      sum((j) => j.question.clauses.length + j.question.systems.length),
    ),
    citationsSuperseded: proportion(
      sum((j) => j.cited.superseded),
      citations,
    ),
  };
}

/** Mean of 1/rank of the first right passage, with the 95 % interval of a mean by the normal distribution. */
function meanRank(judged: readonly Judged[]): Proportion {
  const n = judged.length;
  if (n === 0) return { value: null, n, low: 0, high: 1 };
  const ranks = judged.map(reciprocalRank);
  const value = ranks.reduce((s, r) => s + r, 0) / n;
  const variance = ranks.reduce((s, r) => s + (r - value) ** 2, 0) / Math.max(1, n - 1);
  const half = 1.96 * Math.sqrt(variance / n);
  return { value, n, low: Math.max(0, value - half), high: Math.min(1, value + half) };
}

/** 1/rank of the first right passage; 0 where none was found. */
function reciprocalRank({ question, found }: Judged): number {
  const at = found.refs.findIndex((ref) => [...question.clauses, ...question.systems].includes(ref));
  return at < 0 ? 0 : 1 / (at + 1);
}
