import { type ConceptIndex, conceptsIn } from "./concept.ts";
import { type Bridge, type Bridged, bridged, folded, isElsewhere, words } from "./glossary.ts";
import type { Language } from "../content/language.ts";
import type { Alternative, Matter, Rarity } from "./ranking.ts";

/** A text to be stemmed by the database in one language's configuration. */
export type ToStem = { text: string; language: Language | "simple" };

/** A question taken apart: its words, and the terms of the policies they lead to. */
export type Query = {
  asked: string[];
  /** Words that carry matter, by place. */
  telling: number[];
  bridged: Bridged[];
  /** Whether it speaks of a matter that the policies leave to others. */
  elsewhere: boolean;
  language: Language;
};

/** Characters of a question that are searched: enough for any question, and no load for a pasted document. */
const longestText = 2000;

/** Takes a question apart. Only words count, so that no text can be a faulty or a hostile query. */
export function queryOf(
  text: string,
  language: Language,
  bridge: Bridge,
  concepts: ConceptIndex | null = null,
): Query {
  const asked = words(text.slice(0, longestText)).map((w) => w.slice(0, 50));
  const telling = asked.flatMap((w, at) =>
    bridge.common.has(w) || w.length < 2 || /^\d+$/.test(w) ? [] : [at],
  );
  return {
    asked,
    telling,
    bridged: [...bridged(asked, bridge), ...(concepts ? conceptual(asked, concepts) : [])],
    elsewhere: isElsewhere(asked, bridge),
    language,
  };
}

/** How much the name of a concept counts: it says roughly what a word means. */
const conceptWeight = 0.6;

/** What the reader's lexicon makes of the words: the English names of its concepts. */
function conceptual(asked: readonly string[], concepts: ConceptIndex): Bridged[] {
  return conceptsIn(
    asked.map((w) => ({ word: folded(w) })),
    concepts,
  ).map(({ concept, at }) => ({
    from: at[0] ?? 0,
    to: (at.at(-1) ?? 0) + 1,
    part: 0,
    leadsTo: [concept.replaceAll("_", " ")],
    weight: conceptWeight,
    similar: false,
  }));
}

/** All that has to be stemmed for a query: its own words in its language and as they are, the glossary's in English. */
export function toStem(query: Query): ToStem[] {
  const own = query.telling.map((at) => query.asked[at] ?? "");
  const terms = query.bridged.flatMap((b) => b.leadsTo);
  const list: ToStem[] = [
    ...own.flatMap((text): ToStem[] => [
      { text, language: query.language },
      { text, language: "en" },
      { text, language: "simple" },
    ]),
    ...terms.map((text): ToStem => ({ text, language: "en" })),
  ];
  return [...new Map(list.map((s) => [`${s.language} ${s.text}`, s])).values()];
}

/** Stemmed words of a text; empty when it has none but stop words. */
export type Stems = (text: string, language: Language | "simple") => string[];

/** Words of a query that no passage has and no glossary knows: candidates for a slip of the pen. */
export function unknownWords(query: Query, stems: Stems, known: (lexeme: string) => boolean): string[] {
  const exact = new Set(
    query.bridged.filter((b) => !b.similar).flatMap((b) => query.asked.map((_, i) => i).slice(b.from, b.to)),
  );
  return [
    ...new Set(
      query.telling
        .filter((at) => !exact.has(at))
        .map((at) => query.asked[at] ?? "")
        .filter((w) => w.length >= 4 && !ownStems(w, query, stems).some(known)),
    ),
  ];
}

function ownStems(word: string, query: Query, stems: Stems): string[] {
  const all = [...stems(word, "en"), ...stems(word, query.language), ...stems(word, "simple")];
  return [...new Set(all)];
}

/** A word of the passages that looks like an unknown one of the question. */
export type Similar = { asked: string; lexeme: string; alike: number };

/**
 * What a question asks about, each matter with all ways to say it, and the worth of what nobody knows: `unknown` words
 * count as rare, because a question is not answered by a passage that lacks its rarest word.
 */
export function mattersOf(
  query: Query,
  stems: Stems,
  known: (lexeme: string) => boolean,
  similar: readonly Similar[],
): { matters: Matter[]; unknown: string[] } {
  const unknown: string[] = [];
  const singles = query.telling.flatMap((at): Matter[] => {
    const word = query.asked[at] ?? "";
    const own = ownStems(word, query, stems).filter(known);
    const single = query.bridged.filter((b) => b.from === at && b.to === at + 1);
    const mine = single.filter((b) => b.part === 0);
    const tail = single.filter((b) => b.part > 0).flatMap((b) => termsOf(b, stems, known));
    const tails = tail.length > 0 ? [{ alternatives: tail }] : [];
    const alternatives: Alternative[] = [
      ...own.map((lexeme) => ({ lexemes: [lexeme], weight: 1 })),
      ...mine.filter((b) => !b.similar || own.length === 0).flatMap((b) => termsOf(b, stems, known)),
      ...similar.filter((s) => s.asked === word).map((s) => ({ lexemes: [s.lexeme], weight: s.alike })),
    ];
    const guessed = own.length === 0 && mine.every((b) => b.similar);
    if (alternatives.length > 0) return [{ alternatives, guessed }, ...tails];
    const partOfTerm = query.bridged.some((b) => b.from <= at && at < b.to);
    const hasMeaning = stems(word, query.language).length > 0 && stems(word, "en").length > 0;
    if (!partOfTerm && hasMeaning) unknown.push(word);
    return tails;
  });
  const phrases = query.bridged
    .filter((b) => b.to > b.from + 1)
    .map((b): Matter => ({ alternatives: termsOf(b, stems, known) }))
    .filter((m) => m.alternatives.length > 0);
  return { matters: [...singles, ...phrases], unknown };
}

function termsOf(b: Bridged, stems: Stems, known: (lexeme: string) => boolean): Alternative[] {
  return b.leadsTo
    .map((text) => ({ lexemes: [...new Set(stems(text, "en"))], weight: b.weight }))
    .filter((a) => a.lexemes.some(known));
}

/** Stemmed words to select passages by: the rarest of all matters, until together they have `most` passages. */
export function selective(
  matters: readonly Matter[],
  having: (lexeme: string) => number,
  most: number,
): string[] {
  const all = [...new Set(matters.flatMap((m) => m.alternatives.flatMap((a) => a.lexemes)))]
    .filter((l) => having(l) > 0)
    .toSorted((a, b) => having(a) - having(b) || a.localeCompare(b));
  const chosen: string[] = [];
  let sum = 0;
  for (const lexeme of all) {
    sum += having(lexeme);
    if (chosen.length > 0 && sum > most) break;
    chosen.push(lexeme);
  }
  return chosen;
}

/** What each stemmed word counts at most, for an order before the ranking proper. */
export function lexemeWeights(matters: readonly Matter[], rarity: Rarity): Map<string, number> {
  const weights = new Map<string, number>();
  for (const m of matters)
    for (const a of m.alternatives)
      for (const l of a.lexemes)
        weights.set(l, Math.max(weights.get(l) ?? 0, (a.weight * rarity(l)) / Math.sqrt(a.lexemes.length)));
  return weights;
}
