import { HumanMessage, SystemMessage } from "@langchain/core/messages";
import { ChatOpenAI } from "@langchain/openai";
import type { Model } from "#app/domain/assistant/answer.ts";
import { ModelFailed } from "#app/domain/assistant/model-failure.ts";
import type { Env } from "./env.ts";

/** Characters of a model's facts: the schema has no room for a tenth of it, so more is something else. */
const longestFacts = 20_000;

type ModelEnv = Pick<Env, "MODEL_BASE_URL" | "MODEL_API_KEY" | "MODEL_NAME" | "MODEL_TIMEOUT_MS">;

/**
 * The language model behind any OpenAI-compatible endpoint, or null when none is configured. A call rejects after
 * `MODEL_TIMEOUT_MS` as a whole, one retry included; callers go on without it.
 */
export function modelFrom(env: ModelEnv): Model | null {
  const { MODEL_BASE_URL: baseURL, MODEL_NAME: name, MODEL_TIMEOUT_MS: timeout } = env;
  if (!baseURL || !name) return null;
  const chat = new ChatOpenAI({
    model: name,
    // Local endpoints ask for no key; the client insists on one.
    apiKey: env.MODEL_API_KEY ?? "none",
    configuration: { baseURL },
    maxRetries: 1,
    timeout,
    // A usage report at the end of a stream is unknown to some endpoints.
    streamUsage: false,
  });
  async function* say({ instructions, text }: { instructions: string; text: string }, options: Options) {
    const messages = [new SystemMessage(instructions), new HumanMessage(text)];
    for await (const piece of await chat.stream(messages, options)) if (piece.text !== "") yield piece.text;
  }
  return {
    name,
    async extract({ schema, ...input }) {
      const json_schema = { name: "facts", schema, strict: false };
      // Streamed, because the client reads a whole answer to a schema strictly and would refuse a Markdown fence.
      let answer = "";
      for await (const piece of say(input, {
        signal: AbortSignal.timeout(timeout),
        response_format: { type: "json_schema", json_schema },
      })) {
        answer += piece;
        if (answer.length > longestFacts) throw new ModelFailed("bad_answer");
      }
      return JSON.parse(withoutFence(answer)) as unknown;
    },
    phrase: (input, signal) =>
      say(input, { signal: AbortSignal.any([signal, AbortSignal.timeout(timeout)]) }),
  };
}

type Options = NonNullable<Parameters<ChatOpenAI["stream"]>[1]>;

/** Endpoints that do not know schemas still answer with JSON, often in a Markdown fence. */
function withoutFence(text: string): string {
  return text
    .trim()
    .replace(/^```(?:json)?\s*/, "")
    .replace(/\s*```$/, "");
}
