import type { Suspicion } from "../risk/facts.ts";
import { type Purpose, conceptsOf } from "../risk/rule-set.ts";
import { type ConceptIndex, conceptsIn } from "./concept.ts";
import { type Likelihood, type Reader, likelihoods, tellingWords } from "./reader.ts";
import type { Window } from "./window.ts";
import { type Token, find, phrase, tokens } from "./wording.ts";

/** What readers of purposes need to know: the reader, the lexicon and which purposes the rules treat with care. */
export type PurposeReading = {
  reader: Reader;
  concepts: ConceptIndex;
  /** Purposes that a rule forbids or sends to a person. */
  careful: ReadonlySet<string>;
  /** Of these, what a rule forbids. */
  forbidden: ReadonlySet<string>;
  /** Purposes with the words that name them outright. */
  purposes: readonly Pick<Purpose, "slug" | "phrases" | "patterns">[];
};

/** A purpose as read: how likely, and in which stretch of the text. */
export type ReadPurpose = { purpose: string; confidence: number; words: string; window: string };

/** The label of sentences that speak of no use of AI, or of none that these purposes cover. */
export const noPurpose = "none";
/** The label of questions about the rules themselves. */
export const aboutTheRules = "rules";

// The thresholds were set on the development part of the evaluation set (`npm run eval`); what they mean stands beside each.

/** From here on a careful purpose counts as stated. */
const established = 0.6;
/** From here on it may be meant: it is asked back. */
const suspicious = 0.3;
/** The same for a text that would steer the verdict. */
const wary = 0.12;
/** A sentence taken from a longer text says less than a whole message, the less the longer the text. */
const partial = 0.1;
const longer = 0.05;
/** A likelihood that is spread over many purposes tells of none: the likeliest one must have this much for the sum to count. */
const pointed = 0.25;
/** Concepts that together speak of a careful purpose raise the question, and with this likelihood they settle it. */
const supported = 0.22;
/** A careful purpose counts beside the likeliest when it has at least this share of its likelihood. */
const companion = 0.45;
/** A forbidden purpose is cleared up when it has at least this share of the likelihood of all careful ones. */
const possibleBan = 0.05;
/** Words from which on it can be told whether a text is in a language that the reader knows. */
const fewestWords = 5;
/** A request of which less is known may say anything, so that no everyday purpose is read into it. */
const readable = 0.4;
/** Below this an everyday purpose is no more than a guess. */
const guess = 0.17;

/** How much likelier an everyday purpose is whose own words are used. */
const outright = 4;

type Scored = { window: Window; list: Likelihood[]; patterns: string[]; known: number; score: number };

/**
 * The purposes that a conversation speaks of: careful ones that are established, careful ones that may be meant, and the
 * likeliest everyday one. `vectors` are sentence vectors by window text, where there are any; a text that would steer the
 * verdict (`steered`) is asked back at less.
 */
export function readPurposes(
  windows: readonly Window[],
  vectors: ReadonlyMap<string, readonly number[]>,
  reading: PurposeReading,
  steered = false,
): { careful: ReadPurpose[]; suspected: Suspicion[]; plain: ReadPurpose | null; rules: number } {
  const { reader, concepts, careful } = reading;
  const scored = windows.flatMap((window): Scored[] => {
    const words = tokens(window.text);
    if (window.part === "material" && !speaksOfCare(words, reading)) return [];
    const list = likelihoods(words, vectors.get(window.text) ?? null, reader, concepts);
    const risky = list.filter((l) => careful.has(l.label));
    const spread = sum(risky) * Math.min(1, (risky[0]?.p ?? 0) / pointed);
    const read = spread - (window.whole ? 0 : partial + longer * Math.log2(Math.max(1, windows.length / 3)));
    const patterns = patternsIn(words, reading).filter((p) => careful.has(p));
    const named = patterns.some((p) => (list.find((l) => l.label === p)?.p ?? 0) >= supported);
    const score = patterns.length === 0 ? read : Math.max(read, named ? established : suspicious);
    // Pasted material speaks of many things; on its own it raises a question, never more.
    const most = window.part === "material" ? established - 0.01 : 1;
    return [{ window, list, patterns, known: knownShare(words, reader), score: Math.min(score, most) }];
  });
  const found: ReadPurpose[] = [];
  const suspected: Suspicion[] = [];
  for (const s of scored.toSorted((a, b) => b.score - a.score)) {
    if (s.score < (steered ? wary : suspicious)) break;
    const risky = s.list
      .filter((l) => careful.has(l.label))
      .toSorted(
        (a, b) => Number(s.patterns.includes(b.label)) - Number(s.patterns.includes(a.label)) || b.p - a.p,
      );
    const top = risky[0];
    if (!top) break;
    const all = sum(risky);
    const words = (label: string) =>
      tellingWords(s.window.text, tokens(s.window.text), label, reader, concepts);
    const near = risky.filter((l) => l.p >= companion * top.p);
    if (s.score >= established) {
      for (const l of near)
        found.push({
          purpose: l.label,
          confidence: s.score * (l.p / top.p),
          words: words(l.label),
          window: s.window.text,
        });
      for (const l of risky)
        if (reading.forbidden.has(l.label) && !near.includes(l) && l.p >= possibleBan * all)
          suspected.push({ purpose: l.label, confidence: l.p / all, words: words(l.label) });
    } else
      for (const l of near) suspected.push({ purpose: l.label, confidence: s.score, words: words(l.label) });
  }
  return {
    careful: best(found),
    suspected: bestSuspicions(suspected, found),
    ...plainPurpose(scored, reading),
  };
}

const sum = (list: readonly Likelihood[]): number => list.reduce((all, l) => all + l.p, 0);

function best(found: readonly ReadPurpose[]): ReadPurpose[] {
  const kept = new Map<string, ReadPurpose>();
  for (const f of found) if ((kept.get(f.purpose)?.confidence ?? 0) < f.confidence) kept.set(f.purpose, f);
  return [...kept.values()].toSorted((a, b) => b.confidence - a.confidence).slice(0, 4);
}

/** The likeliest few, without what is established anyway. */
function bestSuspicions(suspected: readonly Suspicion[], found: readonly ReadPurpose[]): Suspicion[] {
  const kept = new Map<string, Suspicion>();
  for (const s of suspected) {
    if (found.some((f) => f.purpose === s.purpose)) continue;
    if ((kept.get(s.purpose)?.confidence ?? 0) < s.confidence) kept.set(s.purpose, s);
  }
  return [...kept.values()].toSorted((a, b) => b.confidence - a.confidence).slice(0, 3);
}

/** The likeliest everyday purpose of the request as a whole, and how much of it speaks of none. */
function plainPurpose(
  scored: readonly Scored[],
  { reader, concepts, careful, purposes }: PurposeReading,
): { plain: ReadPurpose | null; rules: number } {
  const requests = scored.filter((s) => s.window.part === "request");
  if (requests.some((s) => s.known < readable)) return { plain: null, rules: 0 };
  const whole = requests.filter((s) => s.window.whole);
  const last = whole.length > 0 ? whole : requests;
  let plain: ReadPurpose | null = null;
  for (const { list: read, window } of last) {
    // How it is put says nothing of what it is for.
    const left = Math.max(0.05, 1 - (read.find((l) => l.label === aboutTheRules)?.p ?? 0));
    for (const { label, p } of read) {
      if (careful.has(label) || label === noPurpose || label === aboutTheRules) continue;
      const list = tokens(window.text);
      const confidence = Math.min(
        1,
        (p / left) * (isNamed(label, window.text, list, purposes) ? outright : 1),
      );
      if (confidence < guess || confidence <= (plain?.confidence ?? 0)) continue;
      const words = tellingWords(window.text, list, label, reader, concepts);
      plain = { purpose: label, confidence, words, window: window.text };
    }
  }
  const rules = Math.max(0, ...last.map((s) => s.list.find((l) => l.label === aboutTheRules)?.p ?? 0));
  return { plain, rules };
}

/** Whether a text names at least two concepts of one pattern: of pasted material nothing else is worth reading closely. */
function speaksOfCare(list: readonly Token[], { purposes, concepts, careful }: PurposeReading): boolean {
  const named = new Set(conceptsIn(list, concepts).map((n) => n.concept));
  return purposes.some(
    (p) =>
      careful.has(p.slug) &&
      p.patterns.some((pattern) => {
        const parts = conceptsOf(pattern);
        const held = parts.filter((part) => part.some((concept) => named.has(concept))).length;
        return held >= Math.min(2, parts.length);
      }),
  );
}

/** The share of words that the reader has met before; 1 in a text too short to tell. */
function knownShare(list: readonly Token[], reader: Reader): number {
  const words = list.filter((t) => /\p{L}/u.test(t.word));
  if (words.length < fewestWords) return 1;
  return words.filter((t) => reader.features.has(`w ${t.word}`)).length / words.length;
}

/** Purposes whose concepts stand together in a text. */
function patternsIn(list: readonly Token[], { purposes, concepts }: PurposeReading): string[] {
  const named = new Set(conceptsIn(list, concepts).map((n) => n.concept));
  const holds = (pattern: string): boolean =>
    conceptsOf(pattern).every((part) => part.some((concept) => named.has(concept)));
  return purposes.filter((p) => p.patterns.some(holds)).map((p) => p.slug);
}

function isNamed(
  label: string,
  text: string,
  list: readonly Token[],
  purposes: PurposeReading["purposes"],
): boolean {
  const phrases = purposes.find((p) => p.slug === label)?.phrases ?? [];
  return phrases.some((p) => find(text, list, phrase(p), false).length > 0);
}
