import type { Item } from "./item.ts";

/** Ways to pick an option without knowing the matter; a good bank lets none of them do better than chance. */
export const guessers = ["longest", "shortest", "first", "last", "overlap", "no_absolutes"] as const;
export type Guesser = (typeof guessers)[number];

/** The share of single-choice items that a guesser gets right, beside the share that blind chance gets; 0..1. */
export type GuessScore = { items: number; score: number; chance: number };

/**
 * How well each guesser does on the single-choice items (steps of scenarios among them). A tie counts by its share.
 * `overlap` picks the option that shares most words with the stem; `no_absolutes` one without always, never, only, all and
 * the like (testwiseness: Millman, Bishop & Ebel 1965).
 */
export function guessScores(items: readonly Item[]): Record<Guesser, GuessScore> {
  const questions = items.flatMap((item) =>
    item.type === "single_choice"
      ? [{ stem: item.stem, options: item.options }]
      : item.type === "scenario"
        ? item.steps
        : [],
  );
  const chance = mean(questions.map(({ options }) => 1 / options.length));
  const score = (guesser: Guesser): GuessScore => ({
    items: questions.length,
    score: mean(questions.map(({ stem, options }) => shareRight(guesser, stem, options))),
    chance,
  });
  return {
    longest: score("longest"),
    shortest: score("shortest"),
    first: score("first"),
    last: score("last"),
    overlap: score("overlap"),
    no_absolutes: score("no_absolutes"),
  };
}

type Option = { text: string; correct: boolean };

function shareRight(guesser: Guesser, stem: string, options: readonly Option[]): number {
  const rate = (option: Option, place: number): number => {
    switch (guesser) {
      case "longest":
        return option.text.length;
      case "shortest":
        return -option.text.length;
      case "first":
        return -place;
      case "last":
        return place;
      case "overlap":
        return shared(option.text, stem);
      case "no_absolutes":
        return absolutes.test(option.text) ? 0 : 1;
    }
  };
  const rates = options.map(rate);
  const best = options.filter((_, i) => rates[i] === Math.max(...rates));
  return best.filter((option) => option.correct).length / best.length;
}

const absolutes =
  /\b(?:all|always|any|every|everyone|never|no one|nobody|none|only|nothing|must|completely)\b/i;

function shared(text: string, stem: string): number {
  const known = wordsOf(stem);
  return [...wordsOf(text)].filter((word) => known.has(word)).length;
}

/** Words that carry meaning, roughly: those of four letters and more, without their endings. */
function wordsOf(text: string): Set<string> {
  const words = text.toLowerCase().match(/\p{L}{4,}/gu) ?? [];
  return new Set(words.map((word) => word.replace(/(?:ing|ed|es|s)$/, "")));
}

function mean(values: readonly number[]): number {
  return values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;
}
