import { z } from "zod";

const numbers = z.array(z.number());
const text = z.string().min(1);

/**
 * The reader of purposes as it stands in `rules/reader.json`: made by `npm run train-reader` from the lexicon and the
 * labelled examples beside it. Weights are whole numbers from -127 to 127 in Base64, times the step of their row.
 */
export const storedReader = z.strictObject({
  /** SHA-256 of each file it was made from, by its path under `rules/`. */
  sources: z.record(z.string(), z.string()),
  /** Folded words for each concept, in all languages. */
  concepts: z.record(z.string(), z.array(text)),
  labels: z.array(text).min(2),
  features: z.array(text),
  scale: numbers,
  weights: z.strictObject({ rows: z.string(), steps: numbers }),
  bias: numbers,
  vectors: z
    .strictObject({
      mean: numbers,
      weights: z.strictObject({ rows: z.string(), steps: numbers }),
      bias: numbers,
    })
    .nullable(),
});
export type StoredReader = z.infer<typeof storedReader>;
