import {
  type Question,
  questionsOf,
  ratesOf,
  shareRight,
  type Guesser,
  type GuessScore,
} from "./giveaway.ts";
import type { Item } from "./item.ts";

/** The signs that a test-wise guesser weighs against each other; `first` and `last` are no sign once options are shuffled. */
const signs: readonly Guesser[] = [
  "longest",
  "overlap",
  "no_absolutes",
  "conjunctions",
  "commas",
  "odd_start",
  "odd_one_out",
  "no_reason",
  "caution",
  "hedges",
  "fewest_negations",
];

/**
 * How well somebody guesses who knows nothing of the matter but has learned from all other banks by which signs their keys
 * can be told, all signs weighed together. Each bank is guessed by what the others taught, so nothing is learned by heart.
 */
export function testwiseScore(banks: readonly (readonly Item[])[]): GuessScore {
  const questions = banks.map((items) =>
    questionsOf(items).map((question) => ({ question, marks: marksOf(question) })),
  );
  const guessed = questions.flatMap((own, i) => {
    const weights = learned(questions.filter((_, other) => other !== i).flat());
    return own.map(({ question, marks }) => ({
      right: shareRight(
        question,
        marks.map((row) => weighed(row, weights)),
      ),
      chance: 1 / question.options.length,
    }));
  });
  const mean = (of: (one: (typeof guessed)[number]) => number): number =>
    guessed.reduce((sum, one) => sum + of(one), 0) / Math.max(1, guessed.length);
  return { items: guessed.length, score: mean((one) => one.right), chance: mean((one) => one.chance) };
}

type Marked = { question: Question; marks: number[][] };

/** Of each option how far each sign speaks for it, against the other options of its question. */
function marksOf(question: Question): number[][] {
  const columns = signs.map((sign) => standardised(ratesOf(sign, question)));
  return question.options.map((_, i) => columns.map((column) => column[i] ?? 0));
}

function standardised(values: readonly number[]): number[] {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const deviation = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
  return values.map((value) => (deviation === 0 ? 0 : (value - mean) / deviation));
}

const weighed = (row: readonly number[], weights: readonly number[]): number =>
  row.reduce((sum, value, j) => sum + value * (weights[j] ?? 0), 0);

const rounds = 200;
const step = 0.5;
/** Holds weights back that few questions speak for. */
const restraint = 0.002;

/** Weights of a conditional logistic choice between the options, by gradient ascent. */
function learned(questions: readonly Marked[]): number[] {
  let weights = signs.map(() => 0);
  for (let round = 0; round < rounds; round++) {
    const slope = signs.map(() => 0);
    for (const { question, marks } of questions) {
      const odds = marks.map((row) => Math.exp(weighed(row, weights)));
      const all = odds.reduce((sum, one) => sum + one, 0);
      for (const [i, row] of marks.entries()) {
        const missing = (question.options[i]?.correct ? 1 : 0) - (odds[i] ?? 0) / all;
        for (const [j, value] of row.entries()) slope[j] = (slope[j] ?? 0) + missing * value;
      }
    }
    weights = weights.map((one, j) => one + step * ((slope[j] ?? 0) / questions.length - restraint * one));
  }
  return weights;
}
