import { type ConceptIndex } from "./concept.ts";
import {
  type Reader,
  type Sparse,
  centred,
  featuresOf,
  shares,
  sparse,
  sumsOf,
  vectorSums,
} from "./reader.ts";
import { tokens } from "./wording.ts";

/** A sentence with the purpose it speaks of, and its vector where one was made. */
export type Example = { text: string; label: string; vector: readonly number[] | null };

/** A feature met in fewer examples tells about its example alone. */
const rarest = 2;
/** How much the kinds of features count: whole words and concepts more than their letters. */
const kindScale: Record<string, number> = { w: 1, b: 0.8, s: 0.5, c: 0.35, k: 1.4, p: 1.2 };

/**
 * Makes a reader from labelled examples: multinomial logistic regression, fitted by stochastic gradient descent with
 * step sizes that adapt to each feature (Duchi, Hazan, Singer 2011, AdaGrad). The same examples and seed give the same
 * reader. `most` bounds the features kept: those whose weights tell labels apart best.
 */
export function trainReader(
  examples: readonly Example[],
  concepts: ConceptIndex,
  options: { epochs: number; rate: number; seed: number; most: number },
): Reader {
  const read = examples.map((e) => featuresOf(tokens(e.text), concepts));
  const labels = [...new Set(examples.map((e) => e.label))].toSorted();
  const wanted = examples.map((e) => labels.indexOf(e.label));
  const counts = new Map<string, number>();
  for (const features of read) for (const f of new Set(features)) counts.set(f, (counts.get(f) ?? 0) + 1);
  const all = [...counts].filter(([, n]) => n >= rarest).map(([f]) => f);
  const first = fit(all, read, wanted, labels, counts, {
    ...options,
    epochs: Math.max(3, options.epochs / 2),
  });
  const kept = tellingFeatures(all, first.weights, labels.length, counts, options.most);
  const second = fit(kept, read, wanted, labels, counts, options);
  return { labels, ...second, vectors: fitVectors(examples, wanted, labels.length, options.seed) };
}

type Fitted = Pick<Reader, "features" | "scale" | "weights" | "bias">;

function fit(
  names: readonly string[],
  read: readonly string[][],
  wanted: readonly number[],
  labels: readonly string[],
  counts: ReadonlyMap<string, number>,
  { epochs, rate, seed }: { epochs: number; rate: number; seed: number },
): Fitted {
  const features = new Map(names.map((f, i) => [f, i]));
  const scale = Float32Array.from(names, (f) => {
    const rarity = Math.log(read.length / (counts.get(f) ?? 1));
    return rarity * (kindScale[f.slice(0, 1)] ?? 1);
  });
  const size = labels.length;
  const weights = new Float32Array(names.length * size);
  const bias = new Float32Array(size);
  const steps = new Float32Array(names.length).fill(1e-2);
  const vectors: Sparse[] = read.map((f) => sparse(f, { features, scale }));
  const share = labelWeights(wanted, size);
  const random = generator(seed);
  const order = read.map((_, i) => i);
  for (let epoch = 0; epoch < epochs; epoch++) {
    shuffle(order, random);
    for (const n of order) {
      const x = vectors[n];
      const label = wanted[n] ?? 0;
      if (!x) continue;
      const error = shares(sumsOf(x, weights, bias));
      error[label] = (error[label] ?? 0) - 1;
      const norm = error.reduce((sum, e) => sum + e * e, 0);
      x.at.forEach((feature, j) => {
        const v = x.value[j] ?? 0;
        const seen = (steps[feature] ?? 0) + norm * v * v;
        steps[feature] = seen;
        const step = ((rate * (share[label] ?? 1)) / Math.sqrt(seen)) * v;
        for (let k = 0; k < size; k++) {
          const at = feature * size + k;
          weights[at] = (weights[at] ?? 0) - step * (error[k] ?? 0);
        }
      });
      for (let k = 0; k < size; k++) bias[k] = (bias[k] ?? 0) - 0.02 * (error[k] ?? 0);
    }
  }
  return { features, scale, weights, bias };
}

/** Labels with few examples count more, at most three times as much. */
function labelWeights(wanted: readonly number[], size: number): number[] {
  const counts = Array.from({ length: size }, () => 0);
  for (const label of wanted) counts[label] = (counts[label] ?? 0) + 1;
  return counts.map((n) => Math.min(3, Math.sqrt(wanted.length / size / Math.max(1, n))));
}

/** The `most` features whose weights differ most between labels, given how often they occur. */
function tellingFeatures(
  names: readonly string[],
  weights: Float32Array,
  size: number,
  counts: ReadonlyMap<string, number>,
  most: number,
): string[] {
  const worth = names.map((name, i) => {
    const row = weights.subarray(i * size, (i + 1) * size);
    const spread = row.reduce((sum, w) => sum + w * w, 0);
    return { name, worth: spread * (counts.get(name) ?? 1) };
  });
  return worth
    .toSorted((a, b) => b.worth - a.worth || a.name.localeCompare(b.name))
    .slice(0, most)
    .map((w) => w.name);
}

function fitVectors(
  examples: readonly Example[],
  wanted: readonly number[],
  size: number,
  seed: number,
): Reader["vectors"] {
  const known = examples.flatMap((e, i) => (e.vector ? [{ vector: e.vector, label: wanted[i] ?? 0 }] : []));
  const width = known[0]?.vector.length ?? 0;
  if (width === 0) return null;
  const mean = new Float32Array(width);
  for (const { vector } of known)
    vector.forEach((v, i) => {
      mean[i] = (mean[i] ?? 0) + v / known.length;
    });
  const moved = known.map((k) => ({ ...k, vector: centred(k.vector, mean) }));
  const weights = new Float32Array(size * width);
  const bias = new Float32Array(size);
  const random = generator(seed);
  const order = moved.map((_, i) => i);
  const share = labelWeights(
    known.map((k) => k.label),
    size,
  );
  for (let epoch = 0; epoch < 20; epoch++) {
    shuffle(order, random);
    const rate = 1.8 / (1 + epoch * 0.3);
    for (const n of order) {
      const x = moved[n];
      if (!x) continue;
      const error = shares(vectorSums(x.vector, weights, bias));
      error[x.label] = (error[x.label] ?? 0) - 1;
      const step = rate * (share[x.label] ?? 1);
      for (let k = 0; k < size; k++) {
        const e = error[k] ?? 0;
        for (let i = 0; i < width; i++) {
          const at = k * width + i;
          const w = weights[at] ?? 0;
          weights[at] = w - step * e * (x.vector[i] ?? 0) - rate * 1e-6 * w;
        }
        bias[k] = (bias[k] ?? 0) - 0.02 * e;
      }
    }
  }
  return { mean, weights, bias };
}

/** Numbers from 0 to 1, the same for the same seed (a linear congruential generator; Numerical Recipes, 2nd ed., 7.1). */
function generator(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

function shuffle(list: number[], random: () => number): void {
  for (let i = list.length - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1));
    [list[i], list[j]] = [list[j] ?? 0, list[i] ?? 0];
  }
}
