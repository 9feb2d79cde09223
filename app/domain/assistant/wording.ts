/** A word of a text: as compared, as stemmed, whether it ends in 's, and where it stands. */
export type Token = { word: string; stem: string; possessive: boolean; from: number; to: number };

/** Where a phrase was found: the positions of its own words (gaps left out) and the words as written. */
export type Found = { at: number[]; words: string };

/** French words that are written together with the next one. */
const elision = "(?:[cdjlmnst]|qu|jusqu|lorsqu|puisqu)['’](?=[\\p{L}])";
const wordPattern = new RegExp(
  `(?<![\\p{L}\\p{N}])${elision}|[\\p{L}\\p{N}]+(?:['’.\\-‑][\\p{L}\\p{N}]+)*`,
  "giu",
);

/** Splits a text into words, without case, accents, hyphens and possessive endings. */
export function tokens(text: string): Token[] {
  return [...text.matchAll(wordPattern)].map((m) => {
    const word = plain(m[0]);
    const possessive = /['’]s$/.test(m[0]);
    return { word, stem: stem(word), possessive, from: m.index, to: m.index + m[0].length };
  });
}

function plain(word: string): string {
  return word
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .replace(/[łŁ]/g, "l")
    .replace(/ß/g, "ss")
    .toLowerCase()
    .replace(/['’]s$/, "")
    .replace(/['’.\-‑]/g, "");
}

/** A rough English stem: plural, -ing, -ed and American spelling fall together. */
export function stem(word: string): string {
  if (word.length <= 3) return word;
  let s = word.replace(/iz(e|es|ed|ing)$/, "is$1").replace(/yz(e|es|ed|ing)$/, "ys$1");
  if (s.endsWith("ies")) s = s.replace(/ies$/, "y");
  else if (/(s|x|z|ch|sh)es$/.test(s)) s = s.slice(0, -2);
  else if (/[^sui]s$/.test(s)) s = s.slice(0, -1);
  if (s.length > 5 && s.endsWith("ing")) s = undouble(s.slice(0, -3));
  else if (s.length > 4 && s.endsWith("ed")) s = undouble(s.slice(0, -2));
  return s.length > 4 ? s.replace(/e$/, "") : s;
}

function undouble(s: string): string {
  return /([bdgmnprt])\1$/.test(s) ? s.slice(0, -1) : s;
}

/** A phrase ready to be searched: stems, with null for a gap. What is possessive there must be so in the text. */
export type Phrase = (Pick<Token, "stem" | "possessive"> | null)[];

export function phrase(text: string): Phrase {
  return text.split(/\s+/).flatMap<Phrase[number]>((part) => (part === "*" ? [null] : tokens(part)));
}

/** Words between the parts of a phrase that a `*` may stand for. */
const widestGap = 4;

/** All places where a phrase stands in a text. `fuzzy` forgives one slip in a longer word. */
export function find(text: string, list: readonly Token[], wanted: Phrase, fuzzy: boolean): Found[] {
  const hits: Found[] = [];
  for (const start of startsOf(list, wanted[0] ?? null, fuzzy)) {
    const at = matchFrom(list, start, wanted, fuzzy);
    const [first, last] = [list[at?.[0] ?? -1], list[at?.at(-1) ?? -1]];
    if (at && first && last) hits.push({ at, words: text.slice(first.from, last.to) });
  }
  return hits;
}

/** Where each stem stands in a list of words: many phrases are looked up in one long text. */
const positions = new WeakMap<readonly Token[], Map<string, number[]>>();

/** The places where a phrase with this first word can begin, in reading order. */
function startsOf(list: readonly Token[], first: Phrase[number], fuzzy: boolean): readonly number[] {
  if (first === null) return list.map((_, i) => i);
  let byStem = positions.get(list);
  if (!byStem) {
    byStem = new Map<string, number[]>();
    for (const [i, token] of list.entries()) {
      const at = byStem.get(token.stem);
      if (at) at.push(i);
      else byStem.set(token.stem, [i]);
    }
    positions.set(list, byStem);
  }
  if (!fuzzy || first.stem.length < shortestSlip) return byStem.get(first.stem) ?? [];
  const starts = [...byStem].flatMap(([stem, at]) =>
    stem === first.stem || slip(stem, first.stem, shortestSlip) ? at : [],
  );
  return starts.toSorted((a, b) => a - b);
}

/** Letters that a word has at least for a slip of the pen to be forgiven. */
const shortestSlip = 6;

function matchFrom(list: readonly Token[], start: number, wanted: Phrase, fuzzy: boolean): number[] | null {
  const at: number[] = [];
  let next = start;
  let gap = 0;
  for (const part of wanted) {
    if (part === null) {
      gap = widestGap;
      continue;
    }
    let here = -1;
    for (let i = next; i <= Math.min(next + gap, list.length - 1) && here < 0; i++) {
      const token = list[i];
      if (token && fits(token, part, fuzzy)) here = i;
    }
    if (here < 0) return null;
    at.push(here);
    next = here + 1;
    gap = 0;
  }
  return at;
}

function fits(token: Token, part: NonNullable<Phrase[number]>, fuzzy: boolean): boolean {
  if (part.possessive && !token.possessive) return false;
  return token.stem === part.stem || (fuzzy && slip(token.stem, part.stem, shortestSlip));
}

/** Whether two words of at least `length` letters differ by one slip: a letter more, less, other, or two swapped. */
export function slip(a: string, b: string, length: number): boolean {
  if (Math.min(a.length, b.length) < length || Math.abs(a.length - b.length) > 1 || a[0] !== b[0] || a === b)
    return false;
  let i = 0;
  while (i < a.length && a[i] === b[i]) i++;
  if (a.length === b.length)
    return (
      a.slice(i + 1) === b.slice(i + 1) ||
      (a[i] === b[i + 1] && a[i + 1] === b[i] && a.slice(i + 2) === b.slice(i + 2))
    );
  return a.length > b.length ? a.slice(i + 1) === b.slice(i) : a.slice(i) === b.slice(i + 1);
}
