import type { Db } from "#db/client.server.ts";
import type { Facts } from "../risk/facts.ts";
import { aboutRules } from "./about-rules.server.ts";
import { answerTo } from "./answer.server.ts";
import { maskedMessage } from "./known-name.server.ts";
import type { Language } from "../content/language.ts";
import { languageOf } from "./language-detection.ts";
import { type Readers, type World, readQuestion } from "./reading.server.ts";
import { type Verdict, judge } from "../risk/verdict.ts";
import { verdictIn } from "./answer-translation.ts";
import { type Answer, excerpt, longestTitle } from "./answer.ts";
import { type Masked, maskedIn } from "./masking.ts";

/** A question read, judged and answered; nothing is stored. */
export type Judgement = {
  /** As masked; the original is kept nowhere. */
  text: string;
  masked: Masked[];
  /** Of the answer, and of the texts of rules in the verdict. */
  language: Language;
  facts: Facts;
  verdict: Verdict;
  answer: Answer;
};

/**
 * What the rules of `world` say to a question, in `language` or else in that of the conversation. `earlier` are the
 * messages of the same conversation before it, oldest first. The text is masked before anything else happens. Writes
 * nothing: for interfaces that only ask.
 */
export async function judgement(
  db: Db,
  input: { text: string; earlier?: readonly string[]; language?: Language },
  world: World,
  readers: Readers,
): Promise<Judgement> {
  const clean = (text: string): Promise<string> => maskedMessage(db, text, world.context.systems);
  const said = {
    text: await clean(input.text),
    earlier: await Promise.all((input.earlier ?? []).map(clean)),
  };
  const text = [...said.earlier, said.text].join("\n");
  const language = input.language ?? languageOf(text);
  const reading = await readQuestion(said, readers, world);
  const judged = judge(reading.facts, world.context, world.today);
  const { verdict, sources } = await aboutRules(db, judged, text, world, readers.embedding);
  // No case is opened here, whatever policy says of stored questions, and the answer must not claim one.
  const title = excerpt(text, longestTitle);
  const answer = await answerTo(db, { ...reading, title, language }, verdict, false, world, sources);
  return {
    text,
    masked: maskedIn(text),
    language,
    facts: reading.facts,
    verdict: verdictIn(verdict, world.rules, language),
    answer,
  };
}
