import { type Asked, key, words } from "./glossary.ts";
import { trigrams } from "./trigram.ts";

/** Where the questions stand that no clause answers. */
export const elsewhere = "elsewhere";

/** Example questions made ready for comparison. */
export type AskedIndex = {
  examples: { ref: string; features: Map<string, number>; length: number }[];
  rarity: (feature: string) => number;
};

/** Prepares example questions; do it once and keep it. */
export function askedIndex(asked: Asked): AskedIndex {
  const all = Object.entries(asked).flatMap(([ref, list]) => list.map((text) => ({ ref, text })));
  const counts = new Map<string, number>();
  for (const { text } of all) for (const f of featuresOf(text)) counts.set(f, (counts.get(f) ?? 0) + 1);
  const rarity = (feature: string): number =>
    Math.log((all.length + 1) / ((counts.get(feature) ?? 0) + 0.5)) *
    (feature.startsWith("~") ? partWorth : 1);
  return { examples: all.map(({ ref, text }) => ({ ref, ...weighed(text, rarity) })), rarity };
}

/** How much a group of letters counts beside a word: compounds and inflected forms find each other by them. */
const partWorth = 0.35;

function featuresOf(text: string): Set<string> {
  const all = words(text);
  return new Set([
    ...all.map(key),
    ...all.filter((w) => w.length > 4).flatMap((w) => trigrams(w).map((t) => `~${t}`)),
  ]);
}

function weighed(text: string, rarity: AskedIndex["rarity"]) {
  const features = new Map([...featuresOf(text)].map((f) => [f, rarity(f)]));
  return { features, length: Math.sqrt([...features.values()].reduce((sum, w) => sum + w * w, 0)) };
}

/** How like a question is to the likest example of each clause, from 0 to 1 (cosine of words by rarity). */
export function likenessTo(text: string, { examples, rarity }: AskedIndex): Map<string, number> {
  const asked = weighed(text, rarity);
  const found = new Map<string, number>();
  for (const { ref, features, length } of examples) {
    let sum = 0;
    for (const [f, w] of asked.features) sum += w * (features.get(f) ?? 0);
    const alike = sum === 0 ? 0 : sum / (asked.length * length);
    if (alike > (found.get(ref) ?? 0)) found.set(ref, alike);
  }
  return found;
}
