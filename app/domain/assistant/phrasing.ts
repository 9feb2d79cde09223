import { type Facts, describeFacts } from "../risk/facts.ts";
import { type Verdict } from "../risk/verdict.ts";
import { type Outcome, clears } from "../risk/outcome.ts";
import type { Answer } from "./answer.ts";
import { answerWords } from "./answer-words.ts";
import { quotesFaithfully, withoutQuotations } from "./citation.ts";
import { asData } from "./data-marker.ts";
import type { Language } from "../content/language.ts";

/** Characters of a wording; the prompt asks for far fewer. */
export const longestPhrasing = 2000;

const languageInEnglish: Record<Language, string> = {
  en: "British English",
  de: "German",
  fr: "French",
  es: "Spanish",
};

/** The organisation's prompt, with the language to write in. */
export function phrasingInstructions(prompt: string, language: Language): string {
  return `${prompt}\n- Write in ${languageInEnglish[language]}; quotes stay in the language they are written in.`;
}

/**
 * What a model gets to put into words: the decided verdict with all it rests on, in its language, and the masked question
 * as data.
 */
export function phrasingText(
  question: { text: string; language: Language; facts: Facts; verdict: Verdict; answer: Answer },
  names: Parameters<typeof describeFacts>[1],
): string {
  const { text, language, facts, verdict, answer } = question;
  const { outcomes, facts: factWords } = answerWords[language];
  const lines = (title: string, items: readonly string[]): string[] =>
    items.length > 0 ? [`${title}:`, ...items.map((i) => `- ${i}`)] : [];
  return [
    `Verdict: ${outcomes[verdict.outcome]}. ${answer.lead}`,
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
    // What was understood can hold the asker's own words, such as the name of a tool.
    asData(
      [
        text,
        ...lines(
          "Understood",
          describeFacts(facts, names, factWords).map((f) => `${f.title}: ${f.value}`),
        ),
      ].join("\n"),
    ),
  ].join("\n");
}

/** Splits off the first whole sentence, never inside a quotation. Null while none is complete. */
export function firstSentence(text: string): { sentence: string; rest: string } | null {
  for (const end of text.matchAll(/[.!?](?:["”“]|\s?»)?\s+|\n+/g)) {
    const sentence = text.slice(0, end.index + end[0].length);
    if ((sentence.match(/["“”„«»]/g)?.length ?? 0) % 2 === 0)
      return { sentence, rest: text.slice(sentence.length) };
  }
  return null;
}

/** Words of one language that give leave, that bound it, and that refuse. */
type Speech = { permits: RegExp; limits: RegExp; denies: RegExp };

const speech: Record<Language, Speech> = {
  en: {
    permits:
      /\b(?:you (?:may|can|could)|(?:is|are|be) (?:allowed|permitted|approved|fine|ok(?:ay)?)|go ahead|feel free|yes)\b/i,
    limits:
      /\b(?:not|never|no|nobody|cannot|until|unless|only|before|if|once|instead|without|ask|after)\b|n[’']t\b/i,
    denies: /^\s*(?:no\b|unfortunately)|\b(?:is|are) (?:not|n[’']t) (?:allowed|permitted|approved)\b/i,
  },
  de: {
    permits: words(
      "dürfen|darf|darfst|können|kannst|kann|erlaubt|gestattet|zulässig|freigegeben|genehmigt|ja|nur zu|in ordnung|unbedenklich",
    ),
    limits: words(
      "nicht|nie|niemals|kein(?:e[nmrs]?)?(?! problem)|niemand|nein|weder|bis|bevor|erst|nur(?! zu)|wenn|sobald|falls|ohne(?! weiteres)|statt|stattdessen|vorher|zuerst|verboten|untersagt",
    ),
    denies: /^\s*(?:nein|leider)(?!\p{L})|(?:ist|sind) nicht (?:erlaubt|gestattet|zulässig|freigegeben)/iu,
  },
  fr: {
    permits: words(
      "pouvez|peux|peut|peuvent|pourriez|autorisée?s?|permise?s?|admise?s?|approuvée?s?|oui|allez-y|d[’']accord",
    ),
    limits: words(
      "ne|non|pas|jamais|aucune?|ni|tant que|jusqu|sauf|seulement|uniquement|avant|si|lorsque|une fois|plutôt|sans(?! probl)|d[’']abord|après|interdite?s?",
      "n[’']|qu[’']après|s[’']il",
    ),
    denies:
      /^\s*(?:non|malheureusement)(?!\p{L})|(?:n[’']est|ne sont) pas (?:autorisé|permis|admis|approuvé)/iu,
  },
  es: {
    permits: words(
      "puedes?|pueden|podría|podrían|permitid[oa]s?|autorizad[oa]s?|aprobad[oa]s?|sí|adelante|de acuerdo",
    ),
    limits: words(
      "no|nunca|jamás|ningún|ningun[oa]|nadie|ni|hasta|salvo|excepto|solo|sólo|únicamente|antes|si|cuando|una vez|en su lugar|sin(?! problema)|primero|después|prohibid[oa]s?",
    ),
    denies:
      /^\s*(?:no[,.:;]|lamentablemente|desafortunadamente|por desgracia)|no (?:está|están|es|son) (?:permitid|autorizad|aprobad)/iu,
  },
};

/** One of the alternatives as a whole word, also beside letters with accents; `openings` begin a word. */
function words(alternatives: string, openings = "(?!)"): RegExp {
  return new RegExp(`(?<!\\p{L})(?:(?:${alternatives})(?!\\p{L})|(?:${openings}))`, "iu");
}

/**
 * How a sentence stands under a verdict that is told in `language`. `unsupported`: what it quotes stands in no quote word
 * for word, so it is left out. `contradicts`: it permits or denies what the verdict does not, so that nothing of the wording
 * is to be trusted.
 */
export function standingOf(
  sentence: string,
  outcome: Outcome,
  quotes: Answer["quotes"],
  language: Language,
): "stands" | "unsupported" | "contradicts" {
  if (!agrees(sentence, outcome, language)) return "contradicts";
  return quotesFaithfully(sentence, quotes) ? "stands" : "unsupported";
}

/** Leave is looked for in every language, as a model may not keep to one. */
function agrees(sentence: string, outcome: Outcome, language: Language): boolean {
  if (clears(outcome)) return !speech[language].denies.test(sentence);
  // Clauses are English: what they permit is bounded by words around them in the language of the answer.
  const own = language === "en" ? sentence : withoutQuotations(sentence);
  return Object.values(speech).every(({ permits, limits }) => !permits.test(own) || limits.test(own));
}
