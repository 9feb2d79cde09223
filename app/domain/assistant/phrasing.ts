import { type Facts, describeFacts } from "../risk/facts.ts";
import { type Verdict } from "../risk/verdict.ts";
import { type Outcome, clears, outcomeNames } from "../risk/outcome.ts";
import type { Answer } from "./answer.ts";
import { quotesFaithfully } from "./citation.ts";

/** Characters of a wording; the prompt asks for far fewer. */
export const longestPhrasing = 2000;

/** What a model gets to put into words: the decided verdict with all it rests on, and the masked question as data. */
export function phrasingText(
  question: { text: string; facts: Facts; verdict: Verdict; answer: Answer },
  names: Parameters<typeof describeFacts>[1],
): string {
  const { text, facts, verdict, answer } = question;
  const lines = (title: string, items: readonly string[]): string[] =>
    items.length > 0 ? [`${title}:`, ...items.map((i) => `- ${i}`)] : [];
  return [
    `Verdict: ${outcomeNames[verdict.outcome]}. ${answer.lead}`,
    ...lines(
      "Reasons",
      verdict.findings.map((f) => [f.title, f.reason, f.anchor].filter(Boolean).join(" — ")),
    ),
    ...lines("Conditions", verdict.conditions),
    ...lines(
      "What would be permitted",
      answer.alternatives.map((a) => a.change),
    ),
    ...lines(
      "Quotes",
      answer.quotes.map((q) => `${q.policyTitle} ${q.policyVersion}, ${q.number}: "${q.quote}"`),
    ),
    ...lines(
      "Facts",
      describeFacts(facts, names).map((f) => `${f.title}: ${f.value}`),
    ),
    `<question>\n${text.replace(/<\/?question>/gi, "")}\n</question>`,
  ].join("\n");
}

/** Splits off the first whole sentence, never inside a quotation. Null while none is complete. */
export function firstSentence(text: string): { sentence: string; rest: string } | null {
  for (const end of text.matchAll(/[.!?]["”]?\s+|\n+/g)) {
    const sentence = text.slice(0, end.index + end[0].length);
    if ((sentence.match(/["“”„]/g)?.length ?? 0) % 2 === 0)
      return { sentence, rest: text.slice(sentence.length) };
  }
  return null;
}

const permits =
  /\b(?:you (?:may|can|could)|(?:is|are|be) (?:allowed|permitted|approved|fine|ok(?:ay)?)|go ahead|feel free|yes)\b/i;
const limits =
  /\b(?:not|never|no|nobody|cannot|until|unless|only|before|if|once|instead|without|ask|after)\b|n[’']t\b/i;

const denies = /^\s*(?:no\b|unfortunately)|\b(?:is|are) (?:not|n[’']t) (?:allowed|permitted|approved)\b/i;

/** Whether a sentence may stand under a verdict: its quotations are verbatim, and it neither permits nor denies what the verdict does not. */
export function faithful(sentence: string, outcome: Outcome, quotes: Answer["quotes"]): boolean {
  if (!quotesFaithfully(sentence, quotes)) return false;
  if (clears(outcome)) return !denies.test(sentence);
  return !permits.test(sentence) || limits.test(sentence);
}
