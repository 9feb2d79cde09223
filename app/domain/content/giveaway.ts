import type { Item } from "./item.ts";

/** Ways to pick an option without knowing the matter, by what lies open; a good bank lets none of them do better than chance. */
export const guessers = ["longest", "shortest", "first", "last", "overlap", "no_absolutes"] as const;

/** Ways that take somebody versed in tests: they go by how wrong options are usually written. */
export const versedGuessers = [
  "conjunctions",
  "commas",
  "odd_start",
  "odd_one_out",
  "no_reason",
  "caution",
  "hedges",
  "fewest_negations",
] as const;
export type Guesser = (typeof guessers)[number] | (typeof versedGuessers)[number];

/** The share of single-choice items that a guesser gets right, beside the share that blind chance gets; 0..1. */
export type GuessScore = { items: number; score: number; chance: number };

type Option = { text: string; correct: boolean };
export type Question = { stem: string; options: readonly Option[] };

/** The single choices of items, steps of scenarios among them. */
export function questionsOf(items: readonly Item[]): Question[] {
  return items.flatMap((item): Question[] =>
    item.type === "single_choice"
      ? [{ stem: item.stem, options: item.options }]
      : item.type === "scenario"
        ? item.steps
        : [],
  );
}

/**
 * How well each guesser does on the single-choice items (steps of scenarios among them). A tie counts by its share.
 * `overlap` picks the option that shares most words with the stem; `no_absolutes` one without always, never, only, all and
 * the like (testwiseness: Millman, Bishop & Ebel 1965); `conjunctions` the one with most "and" and "or", `odd_start` one
 * whose first word no other has, `odd_one_out` the one least like the others, `no_reason` one that gives none, `caution` the
 * one that asks, checks, reports and records most.
 */
export function guessScores(items: readonly Item[]): Record<Guesser, GuessScore> {
  const questions = questionsOf(items);
  const chance = mean(questions.map(({ options }) => 1 / options.length));
  const entries = [...guessers, ...versedGuessers].map((guesser): [Guesser, GuessScore] => [
    guesser,
    {
      items: questions.length,
      score: mean(questions.map((question) => shareRight(question, ratesOf(guesser, question)))),
      chance,
    },
  ]);
  return Object.fromEntries(entries) as Record<Guesser, GuessScore>;
}

/** The most that blind guessing scores by luck: `errors` standard errors of a proportion above chance. */
export function luckiest({ items, chance }: GuessScore, errors: number): number {
  return chance + errors * Math.sqrt((chance * (1 - chance)) / items);
}

/** The share of the options rated best that is right, which is what picking one of them at random scores. */
export function shareRight({ options }: Question, rates: readonly number[]): number {
  const most = Math.max(...rates);
  const best = options.filter((_, i) => rates[i] === most);
  return best.filter((option) => option.correct).length / best.length;
}

/** How much a guesser likes each option of a question. */
export function ratesOf(guesser: Guesser, { stem, options }: Question): number[] {
  const others = (option: Option): Option[] => options.filter((one) => one !== option);
  return options.map((option, place) => {
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
      case "conjunctions":
        return times(option.text, conjunctions);
      case "commas":
        return times(option.text, /[,;:]/g);
      case "odd_start":
        return -others(option).filter((one) => firstWord(one.text) === firstWord(option.text)).length;
      case "odd_one_out":
        return -others(option).reduce((sum, one) => sum + likeness(one.text, option.text), 0);
      case "no_reason":
        return -times(option.text, reasons);
      case "caution":
        return times(option.text, cautions);
      case "hedges":
        return times(option.text, hedges);
      case "fewest_negations":
        return -times(option.text, negations);
    }
  });
}

// Words of the four languages that sample content is written in.
const absolutes =
  /\b(?:all|always|any|every|everyone|never|no one|nobody|none|only|nothing|must|completely)\b/i;
const conjunctions = /(?<!\p{L})(?:and|or|und|oder|et|ou|y|e|o|u)(?!\p{L})/giu;
const reasons =
  /(?<!\p{L})(?:because|since|so that|weil|da|damit|parce que|car|puisque|afin que|porque|ya que|para que)(?!\p{L})/giu;
const cautions =
  /(?<!\p{L})(?:ask|check|report|review|confirm|verif|approv|record|tell|stop|remov|document|frag|prüf|meld|bestätig|halt|demand|vérifi|signal|confirm|consign|pregunt|compr[uo]eb|comprob|inform|avis|registr)\p{L}*/giu;
const hedges =
  /(?<!\p{L})(?:may|might|can|could|usually|often|some|sometimes|unless|until|before|if|kann|oft|manche|meist|wenn|bevor|peut|souvent|parfois|si|avant|puede|menudo|veces|antes)(?!\p{L})/giu;
const negations =
  /(?<!\p{L})(?:not|no|never|nothing|without|nicht|kein\p{L}*|nie|ohne|pas|aucun\p{L}*|jamais|sans|sin|nunca|ning\p{L}+)(?!\p{L})/giu;

const times = (text: string, pattern: RegExp): number => text.match(pattern)?.length ?? 0;

const firstWord = (text: string): string => /\p{L}+/u.exec(text)?.[0].toLowerCase() ?? "";

function shared(text: string, stem: string): number {
  const known = wordsOf(stem);
  return [...wordsOf(text)].filter((word) => known.has(word)).length;
}

/** How many of the words of two texts both have, as a share of all, 0..1. */
function likeness(a: string, b: string): number {
  const all = new Set([...wordsOf(a), ...wordsOf(b)]).size;
  return all === 0 ? 0 : shared(a, b) / all;
}

/** Words that carry meaning, roughly: those of four letters and more, without their endings. */
function wordsOf(text: string): Set<string> {
  const words = text.toLowerCase().match(/\p{L}{4,}/gu) ?? [];
  return new Set(words.map((word) => word.replace(/(?:ing|ed|es|s)$/, "")));
}

function mean(values: readonly number[]): number {
  return values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;
}
