import { z } from "zod";
import { type Language, languages } from "../content/language.ts";
import { similarity, trigrams } from "./trigram.ts";

const terms = z.array(z.string().trim().min(1)).min(1);
const perLanguage = z.strictObject({ en: terms, de: terms, fr: terms, es: terms });

/** A term of the policies with what people say instead, in four languages. */
const entry = z.strictObject({ en: terms, also: terms.optional(), de: terms, fr: terms, es: terms });

const clauseRef = z.string().regex(/^[a-z0-9-]+#\d+\.\d+$/, "name a clause as slug#number");

/** `rules/asked.yaml`: questions as people ask them, by the clause that answers each; `elsewhere` those that none does. */
export const askedFile = z.record(z.union([clauseRef, z.literal("elsewhere")]), terms);
export type Asked = z.infer<typeof askedFile>;

/** `rules/glossary.yaml`: how the words of a question lead to the words of the policies. */
export const glossaryFile = z.strictObject({
  /** Words without matter of their own. */
  common: perLanguage,
  /** Matters that the policies leave to others. */
  elsewhere: perLanguage,
  entries: z.array(entry).min(1),
  /** From a file of its own. */
  asked: askedFile.default({}),
});
export type Glossary = z.infer<typeof glossaryFile>;

export const noGlossary: Glossary = {
  common: { en: [], de: [], fr: [], es: [] },
  elsewhere: { en: [], de: [], fr: [], es: [] },
  entries: [],
  asked: {},
};

/** A term found in a question: the words it covers, and the terms of the policies it leads to. */
export type Bridged = {
  from: number;
  to: number;
  /** Which part of a compound it is; 0 for a word as a whole. */
  part: number;
  leadsTo: string[];
  weight: number;
  /** Found by its likeness only. */
  similar: boolean;
};

/** A glossary made ready for look-ups. */
export type Bridge = {
  common: ReadonlySet<string>;
  elsewhere: ReadonlyMap<string, Term[]>;
  terms: ReadonlyMap<string, Term[]>;
  asked: Asked;
  glossary: Glossary;
  /** Keys of one word by trigram, for what is misspelt. */
  byTrigram: ReadonlyMap<string, { key: string; trigrams: string[] }[]>;
};
type Term = { keys: string[]; leadsTo: string[]; weight: number };

/** How much a policy word counts that was reached by another word for it, and by a policy word of the same entry. */
const otherWord = 0.8;
const sameEntry = 0.5;
/** Trigrams two words must share to be taken for the same one misspelt. */
const misspelt = 0.55;

/** The words of a text in lower case: hyphens part them, French elisions are taken off. */
export function words(text: string): string[] {
  return [
    ...text
      .normalize("NFKC")
      .toLowerCase()
      .matchAll(/[\p{L}\p{N}]+(?:['’][\p{L}\p{N}]+)*/gu),
  ]
    .map(([word]) =>
      word.replace(/^(?:l|d|j|m|t|s|c|n|qu|jusqu|lorsqu)['’]/u, "").replace(/['’]\p{L}*$/u, ""),
    )
    .filter((word) => word !== "");
}

/** A word by which inflected forms find each other in four languages; good for look-ups only, not for show. */
export function key(word: string): string {
  const flat = folded(word);
  const endings = /(?:ungen|innen|ern|en|em|er|es|in|ed|ing|e|n|s|x|a|o|as|os)$/;
  const once = flat.length > 4 ? flat.replace(endings, (ending) => rest(flat, ending)) : flat;
  return once.length > 4 ? once.replace(/(?:e|n|s|a|o)$/, (ending) => rest(once, ending)) : once;
}

/** A word without accents, as the lexicon has it. */
export function folded(word: string): string {
  return word.normalize("NFKD").replace(/\p{M}/gu, "").replaceAll("ß", "ss").replaceAll("ł", "l");
}

/** Singular and plural alone fall together: to refuse a question takes the very word ("train" is no "training"). */
function strictKey(word: string): string {
  return folded(word).replace(/(?<=\p{L}{3})s$/u, "");
}

/** An ending is taken off only where at least four letters stay. */
function rest(word: string, ending: string): string {
  return word.length - ending.length >= 4 ? "" : ending;
}

/** The language of a longer text by its common words; English between equals. */
export function languageOf(text: string, common: Glossary["common"]): Language {
  const asked = words(text);
  const hits = (l: Language): number => {
    const known = new Set(common[l]);
    return asked.filter((w) => known.has(w)).length;
  };
  return languages.reduce((most, l) => (hits(l) > hits(most) ? l : most));
}

/** Prepares a glossary; do it once and keep it. */
export function bridgeOf(glossary: Glossary): Bridge {
  const all = glossary.entries.flatMap((e) => [
    ...e.en.map((text) =>
      term(
        text,
        e.en.filter((t) => t !== text),
        sameEntry,
      ),
    ),
    ...[...(e.also ?? []), ...e.de, ...e.fr, ...e.es].map((text) => term(text, e.en, otherWord)),
  ]);
  const found = byFirstKey(all);
  const byTrigram = new Map<string, { key: string; trigrams: string[] }[]>();
  for (const single of new Set(all.flatMap((t) => (t.keys.length === 1 ? t.keys : [])))) {
    if (single.length < 5) continue;
    const entryOf = { key: single, trigrams: trigrams(single) };
    for (const t of entryOf.trigrams) byTrigram.set(t, [...(byTrigram.get(t) ?? []), entryOf]);
  }
  return {
    common: new Set(languages.flatMap((l) => glossary.common[l].flatMap(words))),
    elsewhere: byFirstKey(
      languages.flatMap((l) =>
        glossary.elsewhere[l].map((text) => ({ keys: words(text).map(strictKey), leadsTo: [], weight: 1 })),
      ),
    ),
    terms: found,
    asked: glossary.asked,
    glossary,
    byTrigram,
  };
}

function term(text: string, leadsTo: string[], weight: number): Term {
  return { keys: words(text).map(key), leadsTo, weight };
}

function byFirstKey(all: readonly Term[]): Map<string, Term[]> {
  const found = new Map<string, Term[]>();
  for (const t of all) {
    const [first] = t.keys;
    if (first !== undefined) found.set(first, [...(found.get(first) ?? []), t]);
  }
  return found;
}

/** Every glossary term in a text: as written, inside a compound, or misspelt. */
export function bridged(asked: readonly string[], bridge: Bridge): Bridged[] {
  const keys = asked.map(key);
  const exact = keys.flatMap((_, at) => matchesAt(keys, at, bridge.terms));
  const found = new Set(exact.flatMap((b) => keys.slice(b.from, b.to).map((_, i) => b.from + i)));
  const others = asked.flatMap((word, at) => {
    if (found.has(at) || bridge.common.has(word) || word.length < 5) return [];
    const parts = compoundParts(word, bridge);
    return parts.length > 0
      ? parts.flatMap((part, i) => part.map((t) => foundAt(at, t, { part: i })))
      : misspeltAs(keys[at] ?? "", at, bridge);
  });
  return [...exact, ...others].filter((b) => b.leadsTo.length > 0);
}

/** Whether a text speaks of a matter that the policies leave to others. */
export function isElsewhere(asked: readonly string[], bridge: Bridge): boolean {
  const keys = asked.map(strictKey);
  return keys.some((_, at) => matchesAt(keys, at, bridge.elsewhere).length > 0);
}

function matchesAt(keys: readonly string[], at: number, terms: ReadonlyMap<string, Term[]>): Bridged[] {
  return (terms.get(keys[at] ?? "") ?? [])
    .filter((t) => t.keys.every((k, i) => keys[at + i] === k))
    .map((t) => foundAt(at, t));
}

function foundAt(at: number, { keys, leadsTo, weight }: Term, how: Partial<Bridged> = {}): Bridged {
  return { from: at, to: at + keys.length, part: 0, leadsTo, weight, similar: false, ...how };
}

/** The terms that a long word is made of, part by part: both parts known, or the one that is. */
function compoundParts(word: string, bridge: Bridge): Term[][] {
  if (word.length < 9) return [];
  const single = (part: string): Term[] =>
    (bridge.terms.get(key(part)) ?? []).filter((t) => t.keys.length === 1);
  const splits = Array.from({ length: word.length - 7 }, (_, i) => i + 4).map((at) => {
    const head = single(word.slice(0, at));
    return {
      head: head.length > 0 ? head : single(word.slice(0, at).replace(/s$/, "")),
      tail: single(word.slice(at)),
    };
  });
  const whole = splits.find((s) => s.head.length > 0 && s.tail.length > 0);
  if (whole) return [whole.head, whole.tail];
  const one = splits.find((s) => s.tail.length > 0)?.tail ?? splits.findLast((s) => s.head.length > 0)?.head;
  return one ? [one] : [];
}

function misspeltAs(wanted: string, at: number, bridge: Bridge): Bridged[] {
  const own = trigrams(wanted);
  const near = new Map(own.flatMap((t) => bridge.byTrigram.get(t) ?? []).map((e) => [e.key, e.trigrams]));
  const [best] = [...near]
    .map(([k, t]) => ({ key: k, alike: similarity(own, t) }))
    .filter((n) => n.alike >= misspelt)
    .toSorted((a, b) => b.alike - a.alike || a.key.localeCompare(b.key));
  if (!best) return [];
  return (bridge.terms.get(best.key) ?? [])
    .filter((t) => t.keys.length === 1)
    .map((t) => foundAt(at, t, { weight: t.weight * best.alike, similar: true }));
}
