import { OpenAIEmbeddings } from "@langchain/openai";
import type { Embedding } from "#app/domain/assistant/passage.server.ts";
import type { Env } from "./env.ts";
import type { SentenceVectors } from "./sentence-vector.ts";

type EmbeddingEnv = Pick<Env, "MODEL_BASE_URL" | "MODEL_API_KEY" | "MODEL_TIMEOUT_MS" | "EMBEDDING_MODEL">;

/**
 * The embedding model behind the same OpenAI-compatible endpoint as the language model, or null when none is
 * configured. A call rejects after `MODEL_TIMEOUT_MS` per attempt, one retry included; callers go on without it.
 */
export function embeddingFrom(env: EmbeddingEnv): Embedding | null {
  const { MODEL_BASE_URL: baseURL, EMBEDDING_MODEL: model } = env;
  if (!baseURL || !model) return null;
  const client = new OpenAIEmbeddings({
    model,
    // Local endpoints ask for no key; the client insists on one.
    apiKey: env.MODEL_API_KEY ?? "none",
    configuration: { baseURL },
    maxRetries: 1,
    timeout: env.MODEL_TIMEOUT_MS,
    // Line breaks are part of what a passage says.
    stripNewLines: false,
  });
  return { model, embed: (texts) => client.embedDocuments(texts) };
}

/** Sentences that are turned into vectors before others have their turn: each takes some milliseconds. */
const atOnce = 8;

/** The model of this process as an embedding model: English only, nothing leaves the machine. */
export function localEmbedding(vectors: SentenceVectors): Embedding {
  return {
    model: "local-en",
    englishOnly: true,
    embed: async (texts) => {
      const made: number[][] = [];
      for (let at = 0; at < texts.length; at += atOnce) {
        made.push(...(await vectors(texts.slice(at, at + atOnce))));
        await new Promise((resolve) => setImmediate(resolve));
      }
      return made;
    },
  };
}
