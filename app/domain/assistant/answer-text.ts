import type { Verdict } from "../risk/verdict.ts";
import { type Answer, headingOf } from "./answer.ts";
import { answerWords, fill } from "./answer-words.ts";
import type { Language } from "../content/language.ts";

/** What a copied answer consists of, its texts in its language; `address` is where it can be read in full. */
export type AnswerToCopy = {
  text: string;
  language: Language;
  verdict: Verdict;
  answer: Pick<Answer, "lead" | "alternatives" | "quotes">;
  address: string;
};

/**
 * An answer as plain text to paste elsewhere: question, verdict, conditions, what would change it, the clauses word for
 * word with their numbers and versions, the day it was judged and its address.
 */
export function answerText({ text, language, verdict, answer, address }: AnswerToCopy): string {
  const words = answerWords[language];
  const { copy, headings } = words;
  const list = (title: string, items: readonly string[]): string[] =>
    items.length > 0 ? ["", `${title}:`, ...items.map((item) => `- ${item}`)] : [];
  return [
    fill(copy.question, { text }),
    "",
    fill(copy.answer, { outcome: headingOf(verdict, words), lead: answer.lead }),
    ...list(headings.conditions, verdict.conditions),
    ...list(
      headings.why,
      verdict.findings.map((f) => [f.title, f.reason, f.anchor].filter(Boolean).join(" – ")),
    ),
    ...list(
      headings.change,
      answer.alternatives.map((a) => a.change),
    ),
    ...answer.quotes.flatMap((q) => [
      "",
      fill(copy.quote, {
        policy: q.policyTitle,
        number: q.number,
        heading: q.heading,
        version: q.policyVersion,
      }),
      `“${q.quote}”`,
    ]),
    "",
    fill(copy.judged, { day: verdict.judgedOn, address }),
  ].join("\n");
}
