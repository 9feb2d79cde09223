import { asc, eq } from "drizzle-orm";
import { randomUUID } from "node:crypto";
import type { Db } from "#db/client.server.ts";
import { question } from "#db/schema/assistant.ts";
import { type Actor, allow } from "../people/permission.ts";
import { longestQuestion } from "./answer.ts";
import { carriedOn, heardBefore } from "./conversation-facts.ts";
import { extractFacts } from "./extraction.ts";
import { findTool } from "./named-tool.ts";
import { maskedMessage } from "./known-name.server.ts";
import { plainText } from "./plain-text.ts";
import { type Asked, ownQuestion, settle } from "./question.server.ts";
import { type Readers, readQuestion, worldOf } from "./reading.server.ts";
import { vocabularyOf } from "./vocabulary.ts";
import { tokens } from "./wording.ts";

/**
 * A further message in the conversation of a question, read with those before it and judged with the facts of the turn
 * before (see {@link carriedOn}). Masked before anything else. Null when the question is not the actor's; `superseded` when
 * a later turn of its thread is there.
 */
export async function followUp(
  db: Db,
  actor: Actor,
  input: { questionId: string; text: string },
  readers: Readers,
  now: Date,
): Promise<Asked | { ok: false; reason: "superseded" } | null> {
  allow(actor, "question.ask", { personId: actor.id });
  const before = await ownQuestion(db, actor, input.questionId);
  if (!before) return null;
  if (input.text.length > longestQuestion) return { ok: false, reason: "too_long" };
  const turns = await db
    .select({ id: question.id, text: question.text })
    .from(question)
    .where(eq(question.threadId, before.threadId))
    .orderBy(asc(question.askedAt), asc(question.id));
  if (turns.at(-1)?.id !== before.id) return { ok: false, reason: "superseded" };
  const world = await worldOf(db, actor, now);
  const { rules, context } = world;
  const text = await maskedMessage(db, input.text, context.systems);
  if (text === "") return { ok: false, reason: "empty" };
  const heard = turns.map((turn) => turn.text);
  const said = { text, earlier: heardBefore(heard, longestQuestion) };
  // A model takes seconds: it is asked before the transaction begins.
  const reading = await readQuestion(said, readers, world);
  const vocabulary = vocabularyOf(rules, context.systems);
  const plain = plainText(text);
  const tool = findTool(plain, tokens(plain), vocabulary);
  const found = {
    read: reading.facts,
    alone: extractFacts({ text }, vocabulary),
    severalTools: tool.system === null && tool.consumed.size > 0,
  };
  const facts = carriedOn(before.facts, found, rules);
  const id = randomUUID();
  const { threadId, watched, language } = before;
  const turn = { id, threadId, watched, language, text, title: [...said.earlier, text].join("\n") };
  return settle(db, actor, { ...turn, ...reading, facts }, world, now, readers);
}
