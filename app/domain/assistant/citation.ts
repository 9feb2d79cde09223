import type { Quote } from "./answer.ts";
import { tokens } from "./wording.ts";

/** A clause of a policy version in force, as stored. */
export type Passage = {
  clauseId: string;
  policySlug: string;
  policyTitle: string;
  policyVersion: string;
  number: string;
  heading: string;
  text: string;
};

/** Clauses quoted in one answer: enough to rest on, few enough to be read. */
const mostQuotes = 5;

/** Words too common to tell paragraphs apart. */
const common = new Set(
  "a an and are as at be by for from in into is it may must no not of on only or that the them this to use used with you your".split(
    " ",
  ),
);

/** The paragraph of a clause that shares most words with the matter; the first when none stands out. Always verbatim. */
export function tellingParagraph(clause: string, matter: string): string {
  const wanted = new Set(tokens(matter).flatMap((t) => (common.has(t.word) ? [] : [t.stem])));
  const score = (paragraph: string): number =>
    [...new Set(tokens(paragraph).map((t) => t.stem))].filter((s) => wanted.has(s)).length;
  const [first = clause, ...others] = paragraphs(clause);
  return others.reduce((best, p) => (score(p) > score(best) ? p : best), first);
}

/** Paragraphs as written; one that ends in a colon keeps what follows it. Tables and notes on sources are left out. */
function paragraphs(clause: string): string[] {
  return [...clause.matchAll(/(?:\S.*\n)*\S.*(?:(?<=:)\n\s*\n(?:\S.*\n)*\S.*)?/g)]
    .map(([p]) => p.trim())
    .filter((p) => p !== "" && !/^[>|]/.test(p));
}

/** One quote per passage, in the order given; `matter` says what a clause (`slug#number`) is cited for. */
export function quotesFrom(passages: readonly Passage[], matter: (ref: string) => string): Quote[] {
  return passages.slice(0, mostQuotes).map(({ text, ...passage }) => ({
    ...passage,
    quote: tellingParagraph(text, matter(`${passage.policySlug}#${passage.number}`)),
  }));
}

/** The quotes that stand word for word in the stored clause of the stated version; any other is dropped. */
export function verified(quotes: readonly Quote[], stored: readonly Passage[]): Quote[] {
  return quotes.filter((quote) =>
    stored.some(
      (p) =>
        p.clauseId === quote.clauseId &&
        p.policySlug === quote.policySlug &&
        p.policyVersion === quote.policyVersion &&
        p.number === quote.number &&
        quote.quote.trim() !== "" &&
        p.text.includes(quote.quote),
    ),
  );
}

const quotation = /["“”„«»]([^"“”„«»]*)["“”«»]/g;

/** The texts between double quotation marks: straight, curly, low or angled, as languages have them. */
export function quotations(text: string): string[] {
  return [...text.matchAll(quotation)].map((m) => (m[1] ?? "").trim());
}

/** A text without what stands between double quotation marks. */
export function withoutQuotations(text: string): string {
  return text.replace(quotation, " ");
}

/** Whether everything quoted in a text stands word for word in one of the quotes (white space and a final stop aside). */
export function quotesFaithfully(text: string, quotes: readonly Quote[]): boolean {
  const flat = (t: string): string => t.replace(/\s+/g, " ").trim();
  const known = quotes.map((q) => flat(q.quote));
  const unbalanced = (text.match(/["“”„«»]/g)?.length ?? 0) % 2 === 1;
  return (
    !unbalanced && quotations(text).every((q) => known.some((k) => k.includes(flat(q).replace(/[.,;]$/, ""))))
  );
}
