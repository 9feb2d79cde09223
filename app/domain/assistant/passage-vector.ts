/** Sentences of one passage that get vectors: a long lesson is told by its first ones. */
const mostSentences = 16;

/**
 * What of a passage is compared with a question: its title, each sentence and each item of a list. A question is like
 * one sentence of a clause, seldom like the whole of it.
 */
export function sentencesOf({ title, text }: { title: string; text: string }): string[] {
  const heading = title.replace(/ \([^)]*\)$/, "");
  const sentences = text
    .split(/\n+/)
    .filter((line) => !/^\s*>/.test(line))
    .flatMap((line) =>
      line
        .replace(/^\s*(?:[-*]|\d+\.)\s+|\*\*|\|/g, " ")
        .trim()
        .split(/(?<=[.:;?!])\s+(?=\p{Lu})/u),
    )
    .map((sentence) => sentence.trim())
    .filter((sentence) => /\p{L}{2}/u.test(sentence));
  return [heading, ...sentences].slice(0, mostSentences);
}

/** Vectors laid one after the other, taken apart again; each has `length` numbers. */
export function takenApart(row: ArrayLike<number>, length: number): Float32Array[] {
  const all = Float32Array.from(row);
  return Array.from({ length: Math.floor(all.length / length) }, (_, i) =>
    all.subarray(i * length, (i + 1) * length),
  );
}

/** Vectors of many texts, from which is taken what all of them have in common. */
export type Centred = { mean: Float32Array; vectors: ReadonlyMap<string, Float32Array[]> };

/** Takes the mean off all vectors and makes them of length 1, so that a product of two is their closeness. */
export function centred(given: ReadonlyMap<string, readonly Float32Array[]>): Centred {
  const all = [...given.values()].flat();
  const mean = new Float32Array(all[0]?.length ?? 0);
  for (const v of all)
    for (let i = 0; i < mean.length; i++) mean[i] = (mean[i] ?? 0) + (v[i] ?? 0) / all.length;
  const vectors = new Map([...given].map(([id, list]) => [id, list.map((v) => less(v, mean))]));
  return { mean, vectors };
}

function less(vector: ArrayLike<number>, mean: Float32Array): Float32Array {
  const rest = mean.map((m, i) => (vector[i] ?? 0) - m);
  const length = Math.sqrt(product(rest, rest));
  return length === 0 ? rest : rest.map((x) => x / length);
}

function product(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] ?? 0) * (b[i] ?? 0);
  return sum;
}

/** Closeness of a question to each text, from -1 to 1: that of its closest sentence. */
export function closenessIn({ mean, vectors }: Centred, question: ArrayLike<number>): Map<string, number> {
  const asked = less(question, mean);
  return new Map(
    [...vectors].map(([id, list]) => [id, list.reduce((best, v) => Math.max(best, product(asked, v)), -1)]),
  );
}
