import { randomUUID } from "node:crypto";
import type { Db } from "#db/client.server.ts";
import type { Language } from "../content/language.ts";
import { type Actor, allow } from "../people/permission.ts";
import { theRegister } from "../register/ai-system.server.ts";
import { currentRules } from "../risk/rule-set.server.ts";
import { namesIn, purposesIn } from "./answer-translation.ts";
import { answerWords, fill } from "./answer-words.ts";
import { maskedMessage } from "./known-name.server.ts";
import { type Asked, settle } from "./question.server.ts";
import { worldOf } from "./reading.server.ts";
import { type PurposeGroup, type UseForm, factsOfUse, purposeGroups, useSummary } from "./use-form.ts";

/**
 * Judges a use that was put together from choices, by the same rules as a question, and stores it as one whose text sums
 * the choices up, in the language of the form. `unknown_choice` when a value is on no list.
 */
export async function checkUse(
  db: Db,
  actor: Actor,
  { language, ...input }: UseForm & { language: Language },
  now: Date,
): Promise<Asked> {
  allow(actor, "question.ask", { personId: actor.id });
  const world = await worldOf(db, actor, now);
  const { systems } = world.context;
  const toolName = await maskedMessage(db, input.toolName, systems);
  const facts = factsOfUse({ ...input, toolName }, { ...world.context, purposes: world.rules.purposes });
  if (!facts) return { ok: false, reason: "unknown_choice" };
  const id = randomUUID();
  const text = useSummary(facts, namesIn(world, language), answerWords[language]);
  const turn = { id, threadId: id, text, title: text, language, watched: true };
  return settle(db, actor, { ...turn, facts, suggestions: {}, reading: null }, world, now);
}

export type UseChoices = { tools: { value: string; label: string }[]; purposes: PurposeGroup[] };

/** What the form offers in a language: the tools of the register and the purposes of the rules in force. */
export async function useChoices(db: Db, actor: Actor, language: Language): Promise<UseChoices> {
  allow(actor, "question.ask", { personId: actor.id });
  const rules = await currentRules(db);
  if (!rules) throw new Error("no rules are published");
  const { systems } = await theRegister(db);
  const { retired } = answerWords[language].askBack;
  return {
    tools: systems
      .map(({ slug, name, status }) => ({
        value: slug,
        label: status === "retired" ? fill(retired, { tool: name }) : name,
      }))
      .toSorted((a, b) => a.label.localeCompare(b.label, language)),
    purposes: purposeGroups({ ...rules.body, purposes: purposesIn(rules.body, language) }, language),
  };
}
