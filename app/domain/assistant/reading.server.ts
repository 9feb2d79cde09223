import type { Db } from "#db/client.server.ts";
import { person } from "#db/schema/people.ts";
import { eq } from "drizzle-orm";
import { theOrganisation } from "../people/import.server.ts";
import type { Actor } from "../people/permission.ts";
import { theRegister } from "../register/ai-system.server.ts";
import { groupsOf } from "../register/approval.ts";
import type { Facts } from "../risk/facts.ts";
import type { RuleSet } from "../risk/rule-set.ts";
import { currentRules } from "../risk/rule-set.server.ts";
import type { JudgeContext } from "../risk/verdict.ts";
import type { Answer, Model } from "./answer.ts";
import { asData } from "./data-marker.ts";
import { type ModelFailure, ModelFailed, failureOf } from "./model-failure.ts";
import { type Said, extractFacts, stretchesOf } from "./extraction.ts";
import { languageOf } from "./language-detection.ts";
import type { Embedding } from "./passage.server.ts";
import { vocabularyOf } from "./vocabulary.ts";
import { type Suggestions, modelFacts, modelSchema, readWithModel } from "./model-facts.ts";

/** All that a question of one person is judged by at one moment. */
export type World = {
  rules: RuleSet;
  /** Hash of the rule set, kept with every question it judged. */
  ruleSet: string;
  context: JudgeContext;
  contactId: string | null;
  /** YYYY-MM-DD, in UTC. */
  today: string;
};

/** Reads what a question of the actor is judged by. Throws before rules are published. */
export async function worldOf(db: Db, actor: Actor, now: Date): Promise<World> {
  const [row] = await db
    .select({ id: person.id, audiences: person.audiences })
    .from(person)
    .where(eq(person.id, actor.id));
  return worldFor(db, groupsOf(row ?? { id: actor.id, audiences: [] }), now);
}

/** What a question of somebody in these groups (audiences, `person:<id>`) is judged by. Throws before rules are published. */
export async function worldFor(db: Db, groups: string[], now: Date): Promise<World> {
  const current = await currentRules(db);
  if (!current) throw new Error("no rules are published");
  return {
    rules: current.body,
    ruleSet: current.hash,
    context: { ...(await theRegister(db)), rules: current.body.rules, groups },
    contactId: (await theOrganisation(db))?.policyContactId ?? null,
    today: now.toISOString().slice(0, 10),
  };
}

/** What helps the rules to read, where it is at hand: a language model, and vectors of English sentences. */
export type Readers = {
  model: Pick<Model, "name" | "extract"> | null;
  vectors?: SentenceVectors | null;
  /** What makes vectors for the search among passages. */
  embedding?: Embedding | null;
};

/** Makes vectors of sentences that are alike where the sentences mean alike. English only. */
export type SentenceVectors = (sentences: string[]) => Promise<number[][]>;

/** Vectors of the stretches that the reader reads, if they are English; of long texts, of the first ones. */
async function vectorsOf(
  said: Said,
  vectors: SentenceVectors | null | undefined,
): Promise<Map<string, readonly number[]>> {
  if (!vectors) return new Map();
  const stretches = stretchesOf(said)
    .filter((s) => languageOf(s) === "en")
    .slice(0, mostVectors);
  const made = await vectors(stretches);
  return new Map(stretches.map((s, i) => [s, made[i] ?? []]));
}

/** A vector takes some milliseconds; a pasted document is read without beyond this. */
const mostVectors = 60;

export type Reading = { facts: Facts; suggestions: Suggestions; reading: Answer["reading"] };

/**
 * The facts of a masked text: found by the lexicon, and by the model where one is configured. A model that fails, or
 * answers with anything but the facts asked for, changes nothing; the answer says so.
 */
export async function readQuestion(said: Said, { model, vectors }: Readers, world: World): Promise<Reading> {
  const { rules, context, today } = world;
  const text = [...(said.earlier ?? []), said.text].join("\n");
  const vocabulary = vocabularyOf(rules, context.systems);
  const given = extractFacts(said, vocabulary, await vectorsOf(said, vectors));
  if (!model) return { facts: given, suggestions: {}, reading: null };
  const without = (failed: ModelFailure): Reading => ({
    facts: given,
    suggestions: {},
    reading: { model: model.name, failed },
  });
  const answer = await model
    .extract({
      instructions: rules.prompts.extract,
      text: asData(text),
      schema: modelSchema(rules.purposes),
    })
    .catch((error: unknown) => new ModelFailed(failureOf(error)));
  if (answer instanceof ModelFailed) return without(answer.failure);
  const found = modelFacts.safeParse(answer);
  if (!found.success) return without("bad_answer");
  const read = readWithModel(given, text, found.data, rules, context, today);
  return { ...read, reading: { model: model.name, failed: null } };
}
