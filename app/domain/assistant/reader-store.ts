import type { StoredReader } from "../risk/stored-reader.ts";
import { type ConceptIndex, conceptIndex } from "./concept.ts";
import type { Reader } from "./reader.ts";

type Rows = StoredReader["weights"];

/** A reader in the form it is kept in; numbers are rounded to what reading needs. */
export function stored(reader: Reader, from: Pick<StoredReader, "sources" | "concepts">): StoredReader {
  const { labels, features, scale, weights, bias, vectors } = reader;
  return {
    ...from,
    labels,
    features: [...features.keys()],
    scale: rounded(scale, 3),
    weights: packed(weights, labels.length),
    bias: rounded(bias, 4),
    vectors: vectors && {
      mean: rounded(vectors.mean, 4),
      weights: packed(vectors.weights, vectors.mean.length),
      bias: rounded(vectors.bias, 4),
    },
  };
}

/** A kept reader ready to read, with its lexicon. */
export function restored(kept: StoredReader): { reader: Reader; concepts: ConceptIndex } {
  const { labels, features, scale, weights, bias, vectors } = kept;
  const concepts = conceptIndex(Object.entries(kept.concepts).map(([name, terms]) => ({ name, terms })));
  const reader: Reader = {
    labels,
    features: new Map(features.map((f, i) => [f, i])),
    scale: Float32Array.from(scale),
    weights: unpacked(weights, labels.length),
    bias: Float32Array.from(bias),
    vectors: vectors && {
      mean: Float32Array.from(vectors.mean),
      weights: unpacked(vectors.weights, vectors.mean.length),
      bias: Float32Array.from(vectors.bias),
    },
  };
  return { reader, concepts };
}

function rounded(values: Float32Array, digits: number): number[] {
  return Array.from(values, (v) => Number(v.toFixed(digits)));
}

function packed(values: Float32Array, width: number): Rows {
  const count = values.length / width;
  const bytes = new Int8Array(values.length);
  const steps: number[] = [];
  for (let row = 0; row < count; row++) {
    const part = values.subarray(row * width, (row + 1) * width);
    const step = Number((part.reduce((most, v) => Math.max(most, Math.abs(v)), 0) / 127).toPrecision(4));
    steps.push(step);
    part.forEach((v, i) => {
      bytes[row * width + i] = step === 0 ? 0 : Math.round(v / step);
    });
  }
  return { rows: Buffer.from(bytes.buffer).toString("base64"), steps };
}

function unpacked({ rows, steps }: Rows, width: number): Float32Array {
  const bytes = new Int8Array(Buffer.from(rows, "base64"));
  return Float32Array.from(bytes, (b, i) => b * (steps[Math.floor(i / width)] ?? 0));
}
