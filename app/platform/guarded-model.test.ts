import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Model } from "#app/domain/assistant/answer.ts";
import { type FakeModel, startModel } from "#test/fakes/model.ts";
import { guardedModel } from "./guarded-model.ts";
import { modelFrom } from "./model.ts";

describe("guardedModel", () => {
  let endpoint: FakeModel;
  let now: Date;
  beforeEach(async () => {
    endpoint = await startModel();
    endpoint.answer = "{}";
    now = new Date("2026-11-24T09:00:00Z");
  });
  afterEach(() => endpoint.close());

  function ours(timeout = 5000): Model {
    const env = {
      MODEL_BASE_URL: endpoint.baseUrl,
      MODEL_API_KEY: "k",
      MODEL_NAME: "small",
      MODEL_TIMEOUT_MS: timeout,
    };
    const model = guardedModel(modelFrom(env), () => now);
    if (!model) throw new Error("no model");
    return model;
  }
  const extract = (model: Model) =>
    model
      .extract({ instructions: "Read.", text: "May I?", schema: { type: "object", properties: {} } })
      .then(() => "answered", failure);
  async function phrase(
    model: Model,
    signal = new AbortController().signal,
    pieces = Infinity,
  ): Promise<string> {
    try {
      for await (const piece of model.phrase({ instructions: "Say.", text: "Yes" }, signal)) {
        expect(piece).not.toBe("");
        if (--pieces <= 0) return "left";
      }
      return "answered";
    } catch (error) {
      return failure(error);
    }
  }
  const failure = (error: unknown): string =>
    error instanceof Error && "failure" in error ? String(error.failure) : `not told why: ${String(error)}`;
  const seconds = (n: number): void => {
    now = new Date(now.getTime() + n * 1000);
  };

  it("is null without a model", () => expect(guardedModel(null, () => now)).toBeNull());

  it("calls an endpoint no more after three failures, tries it once after a minute, and goes on when it answers", async () => {
    const model = ours();
    endpoint.mood = "down";
    expect([await extract(model), await phrase(model), await extract(model)]).toEqual(
      Array(3).fill("unreachable"),
    );
    const asked = endpoint.requests.length;
    expect([await extract(model), await phrase(model)]).toEqual(["resting", "resting"]);
    seconds(59);
    expect(await extract(model)).toBe("resting");
    expect(endpoint.requests).toHaveLength(asked);
    seconds(1);
    expect(await extract(model)).toBe("unreachable");
    expect(await extract(model)).toBe("resting");
    seconds(60);
    endpoint.mood = "well";
    expect([await extract(model), await extract(model), await phrase(model)]).toEqual(
      Array(3).fill("answered"),
    );
  });

  it("tells a time-out from an endpoint that is not there", async () => {
    endpoint.mood = "silent";
    expect(await extract(ours(200))).toBe("time_out");
    expect(await phrase(ours(200))).toBe("time_out");
    endpoint.mood = "breaking";
    endpoint.answer = "A long answer that breaks off somewhere in the middle.";
    expect(await phrase(ours())).toBe("unreachable");
    await endpoint.close();
    expect(await extract(ours())).toBe("unreachable");
  });

  it.each([
    ["no JSON", "Sure! You may."],
    ["more than facts can be", `{"words":"${"x".repeat(30_000)}"}`],
  ])("takes %s for a bad answer, which is no reason to rest", async (_title, answer) => {
    const model = ours();
    endpoint.answer = answer;
    for (let i = 0; i < 4; i++) expect(await extract(model)).toBe("bad_answer");
    endpoint.answer = "{}";
    expect(await extract(model)).toBe("answered");
  });

  it("does not blame the endpoint for readers who leave", async () => {
    const model = ours();
    endpoint.answer = "Yes, if you keep the conditions.";
    for (let i = 0; i < 4; i++) expect(await phrase(model, undefined, 1)).toBe("left");
    endpoint.mood = "silent";
    for (let i = 0; i < 4; i++) expect(await phrase(model, AbortSignal.timeout(50))).toMatch(/^not told why/);
    endpoint.mood = "well";
    expect(await phrase(model)).toBe("answered");
  });
});
