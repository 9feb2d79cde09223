import { type ConceptIndex, conceptsIn } from "./concept.ts";
import type { Token } from "./wording.ts";

/** How likely a sentence speaks of a purpose, from 0 to 1; over all labels they add up to 1. */
export type Likelihood = { label: string; p: number };

/** A linear reader of words: weights of features for each label, made from labelled examples. */
export type Reader = {
  labels: string[];
  features: Map<string, number>;
  /** By feature: how much it counts when it occurs. */
  scale: Float32Array;
  /** By feature and label. */
  weights: Float32Array;
  bias: Float32Array;
  /** A second reader, of sentence vectors; null where examples were read without. */
  vectors: { mean: Float32Array; weights: Float32Array; bias: Float32Array } | null;
};

/** Words beyond which two concepts of a text are no longer read as one thought. */
const widestPair = 10;

/**
 * What a reader sees in a text: its words and pairs of neighbours, their letters in threes to fives (so that endings,
 * compounds and slips matter little), and the concepts named in any language, alone and in pairs.
 */
export function featuresOf(list: readonly Pick<Token, "word">[], concepts: ConceptIndex): string[] {
  const features: string[] = [];
  list.forEach(({ word }, i) => {
    features.push(`w ${word}`);
    const [next, after] = [list[i + 1]?.word, list[i + 2]?.word];
    if (next !== undefined) features.push(`b ${word} ${next}`);
    if (after !== undefined) features.push(`s ${word} ${after}`);
    const framed = `^${word}$`;
    for (let n = 3; n <= 5; n++)
      for (let k = 0; k + n <= framed.length; k++) features.push(`c ${framed.slice(k, k + n)}`);
  });
  const named = conceptsIn(list, concepts);
  for (const { concept } of named) features.push(`k ${concept}`);
  named.forEach((a, i) => {
    for (const b of named.slice(i + 1)) {
      if ((b.at[0] ?? 0) - (a.at[0] ?? 0) > widestPair) break;
      if (a.concept !== b.concept) features.push(`p ${[a.concept, b.concept].toSorted().join(" ")}`);
    }
  });
  return features;
}

/** A sparse vector of unit length over a reader's features. */
export type Sparse = { at: number[]; value: number[] };

/** The features of a text that a reader knows, weighted; a feature counts less the more often it repeats. */
export function sparse(features: readonly string[], reader: Pick<Reader, "features" | "scale">): Sparse {
  const counts = new Map<number, number>();
  for (const feature of features) {
    const i = reader.features.get(feature);
    if (i !== undefined) counts.set(i, (counts.get(i) ?? 0) + 1);
  }
  const at = [...counts.keys()];
  const value = at.map((i) => (1 + Math.log(counts.get(i) ?? 1)) * (reader.scale[i] ?? 0));
  const length = Math.sqrt(value.reduce((sum, v) => sum + v * v, 0)) || 1;
  return { at, value: value.map((v) => v / length) };
}

/** Softmax of sums (natural logarithms up to a constant). */
export function shares(sums: readonly number[]): number[] {
  const top = Math.max(...sums);
  const grown = sums.map((s) => Math.exp(s - top));
  const all = grown.reduce((a, b) => a + b, 0);
  return grown.map((g) => g / all);
}

/** The sums of a linear reader for one sparse vector, one for each label. */
export function sumsOf({ at, value }: Sparse, weights: Float32Array, bias: Float32Array): number[] {
  const labels = bias.length;
  const sums = Array.from(bias);
  at.forEach((feature, j) => {
    for (let k = 0; k < labels; k++)
      sums[k] = (sums[k] ?? 0) + (value[j] ?? 0) * (weights[feature * labels + k] ?? 0);
  });
  return sums;
}

/** A sentence vector relative to the mean of all examples, of unit length. */
export function centred(vector: readonly number[], mean: Float32Array): number[] {
  const moved = vector.map((v, i) => v - (mean[i] ?? 0));
  const length = Math.sqrt(moved.reduce((sum, v) => sum + v * v, 0)) || 1;
  return moved.map((v) => v / length);
}

/** The sums of the second reader for one sentence vector. */
export function vectorSums(vector: readonly number[], weights: Float32Array, bias: Float32Array): number[] {
  const size = vector.length;
  return Array.from(bias, (b, k) => {
    let sum = b;
    for (let i = 0; i < size; i++) sum += (weights[k * size + i] ?? 0) * (vector[i] ?? 0);
    return sum;
  });
}

/**
 * The likelihood of each label for one sentence, most likely first. With a sentence vector both readers are heard: the
 * shares of each are multiplied and scaled to 1 again (a geometric mean weighted by `trust`).
 */
export function likelihoods(
  list: readonly Pick<Token, "word">[],
  vector: readonly number[] | null,
  reader: Reader,
  concepts: ConceptIndex,
  trust = 0.35,
): Likelihood[] {
  const words = shares(sumsOf(sparse(featuresOf(list, concepts), reader), reader.weights, reader.bias));
  const { vectors } = reader;
  const both =
    vector && vectors
      ? mean(words, shares(vectorSums(centred(vector, vectors.mean), vectors.weights, vectors.bias)), trust)
      : words;
  return reader.labels
    .map((label, k) => ({ label, p: both[k] ?? 0 }))
    .toSorted((a, b) => b.p - a.p || a.label.localeCompare(b.label));
}

function mean(words: readonly number[], meaning: readonly number[], trust: number): number[] {
  const logs = words.map(
    (w, k) => (1 - trust) * Math.log(w + 1e-9) + trust * Math.log((meaning[k] ?? 0) + 1e-9),
  );
  return shares(logs);
}

/** Words shown as the ground of a reading. */
const mostWords = 4;

/** The words of a text that speak most for a label, in reading order: of each its own weight and that of its concepts. */
export function tellingWords(
  text: string,
  list: readonly Token[],
  label: string,
  reader: Reader,
  concepts: ConceptIndex,
): string {
  const k = reader.labels.indexOf(label);
  const size = reader.labels.length;
  const weight = (feature: string): number => {
    const i = reader.features.get(feature);
    return i === undefined ? 0 : (reader.scale[i] ?? 0) * (reader.weights[i * size + k] ?? 0);
  };
  const speaks = list.map(({ word }) => weight(`w ${word}`));
  for (const { concept, at } of conceptsIn(list, concepts))
    for (const i of at) speaks[i] = (speaks[i] ?? 0) + weight(`k ${concept}`) / at.length;
  return list
    .map((token, i) => ({ token, speaks: speaks[i] ?? 0 }))
    .filter((t) => t.speaks > 0 && t.token.word.length > 2)
    .toSorted((a, b) => b.speaks - a.speaks)
    .slice(0, mostWords)
    .toSorted((a, b) => a.token.from - b.token.from)
    .map(({ token }) => text.slice(token.from, token.to))
    .join(" … ");
}
