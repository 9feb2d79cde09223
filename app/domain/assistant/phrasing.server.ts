import { and, eq, isNull } from "drizzle-orm";
import type { Db } from "#db/client.server.ts";
import { question } from "#db/schema/assistant.ts";
import { ruleSet } from "#db/schema/risk.ts";
import { type Actor, allow } from "../people/permission.ts";
import { theRegister } from "../register/ai-system.server.ts";
import type { Model } from "./answer.ts";
import { namesIn, verdictIn } from "./answer-translation.ts";
import {
  firstSentence,
  longestPhrasing,
  phrasingInstructions,
  phrasingText,
  standingOf,
} from "./phrasing.ts";
import { ownQuestion } from "./question.server.ts";

/** A piece of the wording; `failed` takes back all pieces before it. */
export type PhrasingEvent = { kind: "text"; text: string } | { kind: "done" } | { kind: "failed" };

/**
 * A model's wording of a decided verdict, sentence by sentence as each is checked against verdict and quotes: a sentence
 * whose quotation is not verbatim is left out, one that contradicts the verdict takes the whole back. What was told is kept with the question and told again without the model. Null when the question is not the actor's; `nothing` when
 * no model is configured or the verdict is still open. Anything that goes wrong ends in `failed`.
 */
export async function phrasingOf(
  db: Db,
  actor: Actor,
  input: { questionId: string },
  model: Pick<Model, "phrase"> | null,
  signal: AbortSignal,
): Promise<AsyncIterable<PhrasingEvent> | "nothing" | null> {
  allow(actor, "question.read", { personId: actor.id });
  const row = await ownQuestion(db, actor, input.questionId);
  if (!row) return null;
  if (row.phrased !== null) return told(row.phrased);
  if (!model || row.verdict.outcome === "asked_back") return "nothing";
  const [rules] = await db.select({ body: ruleSet.body }).from(ruleSet).where(eq(ruleSet.hash, row.ruleSet));
  if (!rules) throw new Error(`the rule set of question ${row.id} is missing`);
  const [first] = await db
    .select({ text: question.text })
    .from(question)
    .where(eq(question.id, row.threadId));
  const context = { ...(await theRegister(db)), rules: rules.body.rules, groups: [] };
  const text = phrasingText(
    { ...row, verdict: verdictIn(row.verdict, rules.body, row.language), text: first?.text ?? row.text },
    namesIn({ rules: rules.body, context }, row.language),
  );
  const instructions = phrasingInstructions(rules.body.prompts.phrase, row.language);
  return spoken(db, row, model.phrase({ instructions, text }, signal), signal);
}

async function* told(text: string): AsyncGenerator<PhrasingEvent> {
  yield { kind: "text", text };
  yield { kind: "done" };
}

async function* spoken(
  db: Db,
  row: Pick<typeof question.$inferSelect, "id" | "verdict" | "answer" | "language">,
  pieces: AsyncIterable<string>,
  signal: AbortSignal,
): AsyncGenerator<PhrasingEvent> {
  const standing = (sentence: string) =>
    standingOf(sentence, row.verdict.outcome, row.answer.quotes, row.language);
  let length = 0;
  let open = "";
  let kept = "";
  try {
    for await (const piece of pieces) {
      length += piece.length;
      open += piece;
      if (length > longestPhrasing) return yield { kind: "failed" };
      for (let next = firstSentence(open); next; next = firstSentence(open)) {
        const found = standing(next.sentence);
        if (found === "contradicts") return yield { kind: "failed" };
        if (found === "stands") {
          kept += next.sentence;
          yield { kind: "text", text: next.sentence };
        }
        open = next.rest;
      }
    }
  } catch (error) {
    // A model that fails, in whatever way, is no fault of ours: the answer is complete without its wording.
    if (signal.aborted || !(error instanceof Error)) return;
    return yield { kind: "failed" };
  }
  const last = standing(open);
  if (last === "contradicts") return yield { kind: "failed" };
  if (last === "stands") kept += open;
  if (kept.trim() === "") return yield { kind: "failed" };
  if (last === "stands" && open !== "") yield { kind: "text", text: open };
  await db
    .update(question)
    .set({ phrased: kept.trim() })
    .where(and(eq(question.id, row.id), isNull(question.phrased)));
  yield { kind: "done" };
}
