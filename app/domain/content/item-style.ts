import { type Guesser, guessers, guessScores, luckiest, versedGuessers } from "./giveaway.ts";
import type { Item } from "./item.ts";
import type { Language } from "./language.ts";

const mostStemWords = 60;
/** Beyond that an option is read twice, and its sense is held in mind no more. */
const mostOptionWords = 35;
/** An explanation that is read beside the next question. */
const mostFeedbackWords = 70;

/** What an author of an item should look at, in the language it is written in. */
export function itemFaults(item: Item, language: Language): string[] {
  const asked = choicesIn(item);
  return [
    ...stemFaults(item.stem, language),
    ...asked.flatMap(({ stem, options }) => [
      ...(stem === null ? [] : stemFaults(stem, language)),
      ...optionFaults(options, language),
    ]),
    ...(feedbackOf(item).some((text) => words(text) > mostFeedbackWords)
      ? [`an explanation is longer than ${mostFeedbackWords} words`]
      : []),
  ].filter((reason, i, all) => all.indexOf(reason) === i);
}

/**
 * What an author should look at in a whole bank: ways to guess that do better in it than luck would explain, which no item
 * shows by itself.
 */
export function bankFaults(items: readonly Item[]): string[] {
  const scores = guessScores(items);
  const per = (share: number): string => `${Math.round(share * 100)} %`;
  const found = (guesser: Guesser, errors: number): string[] => {
    const { items: count, score, chance } = scores[guesser];
    if (count < fewestItems || score <= luckiest(scores[guesser], errors)) return [];
    return [
      `who always takes ${guesserNames[guesser]} is right in ${per(score)}, by chance in ${per(chance)}`,
    ];
  };
  // As the test of the sample's own banks: the more ways to guess, the more luck one of them has.
  return [
    ...guessers.flatMap((guesser) => found(guesser, 2)),
    ...versedGuessers.flatMap((guesser) => found(guesser, 3)),
  ];
}

/** In fewer items luck explains any share. */
const fewestItems = 10;

const guesserNames: Record<Guesser, string> = {
  longest: "the longest option",
  shortest: "the shortest option",
  first: "the first option",
  last: "the last option",
  overlap: "the option that repeats words of the question",
  no_absolutes: "an option without words such as always, never and only",
  conjunctions: "the option with most “and” and “or”",
  commas: "the option with most commas",
  odd_start: "the option that begins otherwise than the others",
  odd_one_out: "the option least like the others",
  no_reason: "an option that gives no reason",
  caution: "the most careful option",
  hedges: "the option with most reservations",
  fewest_negations: "the option with fewest negations",
};

type Option = { text: string; correct: boolean };
type Choice = { stem: string | null; options: readonly Option[] };

/** What is chosen from in an item; `stem` is that of a step, null where it is the item's. */
function choicesIn(item: Item): Choice[] {
  switch (item.type) {
    case "single_choice":
    case "multiple_response":
      return [{ stem: null, options: item.options }];
    case "scenario":
      return item.steps;
    case "branching":
      return item.nodes.map(({ stem, options }) => ({
        stem,
        options: options.map(({ text }) => ({ text, correct: false })),
      }));
    default:
      return [];
  }
}

function stemFaults(stem: string, language: Language): string[] {
  return [
    ...(words(stem) > mostStemWords ? ["the stem is too long"] : []),
    ...(isNegated(stem, language) ? ["the stem is negated; ask for what is right"] : []),
  ];
}

function optionFaults(options: readonly Option[], language: Language): string[] {
  const lengths = options.map((option) => option.text.length);
  const wrong = options.filter((option) => !option.correct);
  const right = options.filter((option) => option.correct);
  const [key] = right;
  const longestWrong = Math.max(...wrong.map((option) => option.text.length));
  const absolute = (option: Option): boolean => absolutes[language].test(option.text);
  return [
    ...(options.some((option) => ofOthers[language].test(option.text))
      ? ["an option speaks of the other options"]
      : []),
    ...(options.some((option) => words(option.text) > mostOptionWords)
      ? [`an option is longer than ${mostOptionWords} words`]
      : []),
    ...(lengths.length > 0 && Math.max(...lengths) > 2.5 * Math.min(...lengths)
      ? ["the options differ much in length"]
      : []),
    ...(right.length === 1 && key && wrong.length > 1 && key.text.length > 1.6 * longestWrong
      ? ["the right option is by far the longest, which gives it away"]
      : []),
    ...(right.length > 0 && wrong.length > 1 && wrong.every(absolute) && !right.some(absolute)
      ? ["every wrong option says always, never, only or the like, which gives the right one away"]
      : []),
  ];
}

function feedbackOf(item: Item): string[] {
  switch (item.type) {
    case "single_choice":
    case "multiple_response":
      return item.options.map((one) => one.feedback);
    case "mark_up":
      return item.passages.map((one) => one.feedback);
    case "scenario":
      return item.steps.flatMap((step) => step.options.map((one) => one.feedback));
    case "true_false":
      return [item.feedback.true, item.feedback.false];
    case "short_answer":
      return [item.feedback, item.wrong];
    case "ordering":
    case "matching":
      return [item.feedback];
    case "branching":
      return [];
  }
}

const words = (text: string): number => text.trim().split(/\s+/).length;

const lastSentence = (text: string): string =>
  text
    .trim()
    .split(/(?<=[.!?:])\s+/)
    .at(-1) ?? text;

/** Whether the question itself is negated; what is told before it, or in a clause of it, may be. */
function isNegated(stem: string, language: Language): boolean {
  // A statement to call true or false asks nothing.
  if (!/[?:…]$/.test(stem.trim())) return false;
  const [main = ""] = lastSentence(stem).split(clauseBegins[language]);
  return (
    (asks[language].test(main) && negation[language].test(main)) || /\b(?:NOT|NICHT|PAS|NO)\b/.test(main)
  );
}

const asks: Record<Language, RegExp> = {
  en: /^(?:which|what|who|where)\b/i,
  de: /^(?:welche[rsmn]?|was|wer|wo)\b/i,
  fr: /^(?:lequel|laquelle|lesquel|quel|que\b|qu['’]|qui\b)/i,
  es: /^¿?(?:cuál|qué|quién)/i,
};

const negation: Record<Language, RegExp> = {
  en: /\b(?:not|except|never|cannot)\b|n['’]t\b/i,
  de: /\b(?:nicht|außer|niemals|kein(?:e[mnrs]?)?)\b/i,
  fr: /\b(?:pas|sauf|jamais|aucune?)\b/i,
  es: /\b(?:no|excepto|salvo|nunca|ninguna?)\b/i,
};

const clauseBegins: Record<Language, RegExp> = {
  en: /,|\b(?:when|if|because|since|while|until|unless|so|and not|rather)\b/i,
  de: /,|\b(?:und nicht|statt)\b/,
  fr: /,|\b(?:si|quand|lorsque|parce|et non|plutôt)\b/i,
  es: /,|\b(?:si|cuando|porque|y no)\b/i,
};

const ofOthers: Record<Language, RegExp> = {
  en: /^(?:all|none|both|neither|any) of (?:the|these|those|them)\b|\b(?:of the above|of the other options)\b|^(?:both )?[a-f] (?:and|or) [a-f]\b/i,
  de: /^(?:alle|keine|beide)[rs]? (?:der |die )?(?:oben|obigen|genannten|anderen|vorstehenden|Antworten|Aussagen)|^(?:alles|nichts|keine|beides) davon\b/i,
  fr: /^(?:toutes?|tous|aucune?) (?:les |des |de ces )(?:réponses|propositions|options|autres)|ci-dessus/i,
  es: /^(?:todas?|todos|ningun[oa]) (?:las |los |de las |de los )?(?:anteriores|opciones|respuestas|demás)/i,
};

const absolutes: Record<Language, RegExp> = {
  en: /\b(?:always|never|only|nobody|no one|nothing|completely)\b/i,
  de: /\b(?:immer|nie|niemals|nur|niemand|nichts|völlig)\b/i,
  fr: /\b(?:toujours|jamais|seulement|uniquement|personne|rien)\b/i,
  es: /\b(?:siempre|nunca|jamás|solo|únicamente|nadie|nada)\b/i,
};
