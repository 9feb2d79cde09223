import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type FakeEmbedding, startEmbedding } from "#test/fakes/embedding.ts";
import { embeddingFrom } from "./embed.ts";
import { readEnv } from "./env.ts";

describe("embeddingFrom", () => {
  let endpoint: FakeEmbedding;
  beforeEach(async () => {
    endpoint = await startEmbedding();
  });
  afterEach(() => endpoint.close());

  const ours = () =>
    embeddingFrom({
      MODEL_BASE_URL: endpoint.baseUrl,
      MODEL_API_KEY: "k",
      MODEL_TIMEOUT_MS: 5000,
      EMBEDDING_MODEL: "small-vectors",
    });

  it("asks the configured model for the vectors of texts, in their order and as they are", async () => {
    const embedding = ours();
    expect(embedding?.model).toBe("small-vectors");
    expect(await embedding?.embed(["one", "two\nlines"])).toEqual([
      [3, 1],
      [9, 2],
    ]);
    expect(endpoint.requests).toEqual([{ model: "small-vectors", input: ["one", "two\nlines"] }]);
  });

  it("rejects when the endpoint does not answer", async () => {
    endpoint.down = true;
    await expect(ours()?.embed(["one"])).rejects.toThrow("503");
  });

  it("is null when no model is configured", () => {
    const env = { MODEL_BASE_URL: endpoint.baseUrl, MODEL_API_KEY: "k", MODEL_TIMEOUT_MS: 5000 };
    expect(embeddingFrom({ ...env, EMBEDDING_MODEL: undefined })).toBeNull();
  });

  it("needs the address of an endpoint", () => {
    expect(() => readEnv({ EMBEDDING_MODEL: "small-vectors" })).toThrow(
      "EMBEDDING_MODEL: set MODEL_BASE_URL",
    );
  });
});
