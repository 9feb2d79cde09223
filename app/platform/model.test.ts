import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Model } from "#app/domain/assistant/answer.ts";
import { type FakeModel, startModel } from "#test/fakes/model.ts";
import { modelFrom } from "./model.ts";

describe("modelFrom", () => {
  let endpoint: FakeModel;
  let model: Model;
  beforeEach(async () => {
    endpoint = await startModel();
    model = ours();
  });
  afterEach(() => endpoint.close());

  function ours(timeout = 5000): Model {
    const made = modelFrom({
      MODEL_BASE_URL: endpoint.baseUrl,
      MODEL_API_KEY: "k",
      MODEL_NAME: "small",
      MODEL_TIMEOUT_MS: timeout,
    });
    if (!made) throw new Error("no model");
    return made;
  }
  const extract = (by = model) =>
    by.extract({ instructions: "Read.", text: "May I?", schema: { type: "object", properties: {} } });
  async function phrase(by = model, signal = new AbortController().signal): Promise<string[]> {
    const pieces: string[] = [];
    for await (const piece of by.phrase({ instructions: "Say.", text: "Yes" }, signal)) pieces.push(piece);
    return pieces;
  }

  it("is null when nothing is configured", () => {
    const none = { MODEL_BASE_URL: undefined, MODEL_API_KEY: undefined, MODEL_NAME: undefined };
    expect(modelFrom({ ...none, MODEL_TIMEOUT_MS: 1000 })).toBeNull();
  });

  it("extracts JSON by a schema, with the key and the model's name", async () => {
    endpoint.answer = '{"effect":"advisory"}';
    expect(await extract()).toEqual({ effect: "advisory" });
    expect(endpoint.requests).toMatchObject([
      {
        authorization: "Bearer k",
        body: {
          model: "small",
          messages: [
            { role: "system", content: "Read." },
            { role: "user", content: "May I?" },
          ],
          response_format: { type: "json_schema", json_schema: { name: "facts" } },
        },
      },
    ]);
  });

  it("reads JSON in a Markdown fence", async () => {
    endpoint.answer = '```json\n{"effect":"advisory"}\n```';
    expect(await extract()).toEqual({ effect: "advisory" });
  });

  it("streams the wording in pieces", async () => {
    endpoint.answer = "Yes, if you keep the conditions.";
    const pieces = await phrase();
    expect(pieces.length).toBeGreaterThan(1);
    expect(pieces.join("")).toBe(endpoint.answer);
  });

  it("rejects when the answer is no JSON", async () => {
    endpoint.answer = "Sure! You may.";
    await expect(extract()).rejects.toThrow();
  });

  it("rejects when the endpoint is down, after one retry", async () => {
    endpoint.mood = "down";
    await expect(extract()).rejects.toThrow();
    expect(endpoint.requests).toHaveLength(2);
    await expect(phrase()).rejects.toThrow();
  });

  it("rejects within the time limit when nothing answers", async () => {
    endpoint.mood = "silent";
    await expect(extract(ours(300))).rejects.toThrow();
    await expect(phrase(ours(300))).rejects.toThrow();
  });

  it("rejects when the stream breaks, and stops when the reader leaves", async () => {
    endpoint.answer = "A long answer that breaks off somewhere in the middle.";
    endpoint.mood = "breaking";
    await expect(phrase()).rejects.toThrow();
    endpoint.mood = "silent";
    await expect(phrase(ours(5000), AbortSignal.timeout(100))).rejects.toThrow();
  });
});
