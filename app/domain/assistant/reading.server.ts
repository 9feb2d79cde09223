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
import { extractFacts } from "./extraction.ts";
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

export type Reading = { facts: Facts; suggestions: Suggestions; reading: Answer["reading"] };

/**
 * The facts of a masked text: found by the lexicon, and by the model where one is configured. A model that fails, or
 * answers with anything but the facts asked for, changes nothing; the answer says so.
 */
export async function readQuestion(
  text: string,
  model: Pick<Model, "name" | "extract"> | null,
  world: World,
): Promise<Reading> {
  const { rules, context, today } = world;
  const given = extractFacts(text, { ...rules, systems: context.systems });
  if (!model) return { facts: given, suggestions: {}, reading: null };
  const answer = await model
    .extract({
      instructions: rules.prompts.extract,
      text: `<question>\n${text.replace(/<\/?question>/gi, "")}\n</question>`,
      schema: modelSchema(rules.purposes),
    })
    .catch(() => null);
  const found = modelFacts.safeParse(answer);
  if (!found.success) return { facts: given, suggestions: {}, reading: { model: model.name, failed: true } };
  const read = readWithModel(given, text, found.data, rules, context, today);
  return { ...read, reading: { model: model.name, failed: false } };
}
