import { type ConceptIndex, conceptsIn } from "./concept.ts";
import { type Bridge, bridged, folded, words } from "./glossary.ts";
import type { Language } from "../content/language.ts";

/** Terms of one entry of the glossary that stand for it in a gloss. */
const termsEach = 2;

/**
 * A text in English as far as glossary and lexicon know its words: no sentence, but what a sentence would speak of. An
 * English text stays as it is. Null where nothing of it is known.
 */
export function inEnglish(
  text: string,
  language: Language,
  bridge: Bridge,
  concepts: ConceptIndex | null,
): string | null {
  if (language === "en") return text;
  const asked = words(text);
  const named = concepts
    ? conceptsIn(
        asked.map((w) => ({ word: folded(w) })),
        concepts,
      )
    : [];
  const terms = [
    ...named.map((n) => n.concept.replaceAll("_", " ")),
    ...bridged(asked, bridge).flatMap((b) => b.leadsTo.slice(0, termsEach)),
  ];
  return terms.length === 0 ? null : [...new Set(terms)].join(", ");
}
