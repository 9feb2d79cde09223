import type { Token } from "./wording.ts";

/** A concept with the words for it in each language; folded, `*` for any beginning or ending of a word. */
export type Concept = { name: string; terms: readonly string[] };

/** Where a concept is named: positions of its words in the list of tokens. */
export type Named = { concept: string; at: number[] };

type Entry = { concept: string; words: Pattern[] };
type Pattern = { kind: "exact" | "prefix" | "suffix" | "inside"; text: string };

/** A lexicon ready to be searched. */
export type ConceptIndex = {
  exact: Map<string, Entry[]>;
  prefix: Map<string, Entry[]>;
  suffix: Map<string, Entry[]>;
  inside: Entry[];
};

/** Prepares concepts for {@link conceptsIn}: each term is filed under its first word. */
export function conceptIndex(concepts: readonly Concept[]): ConceptIndex {
  const index: ConceptIndex = { exact: new Map(), prefix: new Map(), suffix: new Map(), inside: [] };
  for (const { name, terms } of concepts)
    for (const term of terms) {
      const words = term.split(/\s+/).filter(Boolean).map(pattern);
      const [first] = words;
      if (!first) continue;
      const entry = { concept: name, words };
      if (first.kind === "inside") index.inside.push(entry);
      else {
        const map = index[first.kind];
        map.set(first.text, [...(map.get(first.text) ?? []), entry]);
      }
    }
  return index;
}

function pattern(word: string): Pattern {
  const [open, closed] = [word.startsWith("*"), word.endsWith("*")];
  const text = word.replace(/^\*|\*$/g, "").replace(/['’.-]/g, "");
  const kind = open && closed ? "inside" : open ? "suffix" : closed ? "prefix" : "exact";
  return { kind, text };
}

const fits = (word: string, { kind, text }: Pattern): boolean =>
  kind === "exact"
    ? word === text
    : kind === "prefix"
      ? word.startsWith(text)
      : kind === "suffix"
        ? word.endsWith(text)
        : word.includes(text);

/** All concepts that a text names, in reading order. A longer term hides shorter ones of the same concept only. */
export function conceptsIn(list: readonly Pick<Token, "word">[], index: ConceptIndex): Named[] {
  const found: Named[] = [];
  const seen = new Set<string>();
  for (let i = 0; i < list.length; i++) {
    const word = list[i]?.word ?? "";
    for (const entry of startingWith(word, index)) {
      if (!entry.words.every((p, k) => fits(list[i + k]?.word ?? "", p))) continue;
      const key = `${entry.concept} ${i}`;
      if (seen.has(key)) continue;
      seen.add(key);
      found.push({ concept: entry.concept, at: entry.words.map((_, k) => i + k) });
    }
  }
  return found;
}

function startingWith(word: string, { exact, prefix, suffix, inside }: ConceptIndex): Entry[] {
  const entries = [...(exact.get(word) ?? [])];
  for (let n = 2; n <= word.length; n++) {
    entries.push(...(prefix.get(word.slice(0, n)) ?? []));
    entries.push(...(suffix.get(word.slice(word.length - n)) ?? []));
  }
  return inside.length === 0
    ? entries
    : [...entries, ...inside.filter((e) => fits(word, e.words[0] ?? { kind: "exact", text: "" }))];
}

/** The words of a text that name a concept, as written. */
export function wordsAt(text: string, list: readonly Token[], { at }: Named): string {
  const [first, last] = [list[at[0] ?? 0], list[at.at(-1) ?? 0]];
  return first && last ? text.slice(first.from, last.to) : "";
}
