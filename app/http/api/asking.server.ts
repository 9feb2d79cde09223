import type { KeyHolder } from "#app/domain/assistant/api-key.server.ts";
import { askAddress, type Inquiry, type Reply, replyTo } from "#app/domain/assistant/inquiry.ts";
import { judgement } from "#app/domain/assistant/judgement.server.ts";
import { limitedModel } from "#app/domain/assistant/model-budget.server.ts";
import { worldOf } from "#app/domain/assistant/reading.server.ts";
import { allow } from "#app/domain/people/permission.ts";
import type { Services } from "../services.ts";
import { Problem } from "./problem.ts";

export type Asking = (holder: KeyHolder, asked: Inquiry) => Promise<Reply>;

export type AskingServices = Pick<
  Services,
  "db" | "now" | "model" | "modelLimits" | "askLimit" | "baseUrl" | "vectors" | "embedding"
>;

/**
 * Answers a question by the rules, for the groups of the key's person. Nothing of it is stored. Questions and the model
 * count for the person, whichever key or page they come through. Throws {@link Problem} when the person has asked too
 * much, and `Forbidden` when they may not ask.
 */
export function asking(services: AskingServices): Asking {
  const { db, now, model, modelLimits, askLimit, baseUrl, vectors, embedding } = services;
  return async (holder, asked) => {
    allow(holder, "question.ask", { personId: holder.id });
    const at = now();
    const waiting = await askLimit(holder.id);
    if (waiting) throw new Problem(429, waiting.sentence, { "Retry-After": String(waiting.retryAfter) });
    const limited = limitedModel(db, holder.id, model, modelLimits, at);
    const judged = await judgement(db, asked, await worldOf(db, holder, at), {
      model: limited,
      vectors,
      embedding,
    });
    return { ...replyTo(judged), url: askAddress(baseUrl, judged.text) };
  };
}
