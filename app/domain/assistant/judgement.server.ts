import type { Db } from "#db/client.server.ts";
import { opensByPolicy } from "../cases/case.ts";
import type { Facts } from "../risk/facts.ts";
import { type Verdict, judge } from "../risk/verdict.ts";
import type { Answer, Model } from "./answer.ts";
import { answerTo } from "./answer.server.ts";
import type { Language } from "./language.ts";
import { type Masked, masked, maskedIn } from "./masking.ts";
import { type World, readQuestion } from "./reading.server.ts";

/** A question read, judged and answered; nothing is stored. */
export type Judgement = {
  /** As masked; the original is kept nowhere. */
  text: string;
  masked: Masked[];
  language: Language;
  facts: Facts;
  verdict: Verdict;
  answer: Answer;
};

/**
 * What the rules of `world` say to a question. `earlier` are the messages of the same conversation before it, oldest
 * first. The text is masked before anything else happens. Writes nothing: for interfaces that only ask.
 */
export async function judgement(
  db: Db,
  input: { text: string; earlier?: readonly string[] },
  world: World,
  deps: { model: Pick<Model, "name" | "extract"> | null },
): Promise<Judgement> {
  const text = masked([...(input.earlier ?? []), input.text].join("\n").replaceAll("\0", "").trim());
  const reading = await readQuestion(text, deps.model, world);
  const verdict = judge(reading.facts, world.context, world.today);
  const automatic = opensByPolicy(verdict, world.rules);
  const answer = await answerTo(db, { ...reading, title: text }, verdict, automatic, world);
  return { text, masked: maskedIn(text), language: "en", facts: reading.facts, verdict, answer };
}
