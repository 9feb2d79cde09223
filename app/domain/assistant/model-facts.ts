import { z } from "zod";
import { type AiSystem } from "../register/ai-system.ts";
import { dataClasses } from "../register/terms.ts";
import {
  type Fact,
  type FactName,
  type Facts,
  affectedGroups,
  effects,
  groupsAffected,
  oversights,
  unregistered,
} from "../risk/facts.ts";
import { type Purpose, type RuleSet, sensitivePurposes } from "../risk/rule-set.ts";
import { type JudgeContext, judge } from "../risk/verdict.ts";
import { clears } from "../risk/outcome.ts";
import { findTool } from "./named-tool.ts";
import { withAssumptions } from "./assumption.ts";
import { vocabularyOf } from "./vocabulary.ts";
import { tokens } from "./wording.ts";

/** What a model may report. Everything else of its answer is dropped. */
export const modelFacts = z.object({
  systemName: z.string().max(80).nullable().default(null),
  purposes: z.array(z.string()).max(6).default([]),
  dataClasses: z.array(z.enum(dataClasses)).max(9).default([]),
  affected: z.array(z.enum(affectedGroups)).max(8).default([]),
  oversight: z.enum(oversights).nullable().default(null),
  effect: z.enum(effects).nullable().default(null),
  words: z.record(z.string(), z.string().max(300)).default({}),
});
export type ModelFacts = z.infer<typeof modelFacts>;

/** How far a fact is trusted that only a model found. */
const modelConfidence = 0.7;

/** Values that a model thinks fit, offered as choices for the asker to confirm. */
export type Suggestions = Partial<Record<FactName, string[]>>;

/**
 * Merges a model's reading into the facts found by rule. It can only add risk: sensitive purposes, data classes beyond
 * internal, people affected, no human say, a consequential effect, a tool outside the register. What would help to
 * clear a use becomes a suggestion that the asker confirms.
 */
export function mergeModel(
  given: Facts,
  text: string,
  model: ModelFacts,
  rules: Pick<RuleSet, "purposes" | "lexicon" | "rules" | "reader">,
  systems: readonly AiSystem[],
): { facts: Facts; suggestions: Suggestions } {
  const facts = { ...given };
  const suggestions: Suggestions = {};
  const evidence = (name: string): string => {
    const words = model.words[name] ?? "";
    return text.includes(words) ? words : "";
  };
  const add = <T extends string>(fact: Fact<T[]> | null, values: T[], words: string): Fact<T[]> | null => {
    const value = [...new Set([...(fact?.value ?? []), ...values])];
    if (value.length === (fact?.value.length ?? 0)) return fact;
    return {
      value,
      source: fact?.source === "stated" ? "stated" : "inferred",
      confidence: fact?.confidence ?? modelConfidence,
      words: [fact?.words, words].filter(Boolean).join(" … "),
    };
  };
  const known = new Set(rules.purposes.map((p) => p.slug));
  const sensitive = sensitivePurposes(rules.rules);
  const named = model.purposes.filter((p) => known.has(p));
  facts.purposes = add(
    facts.purposes,
    named.filter((p) => sensitive.has(p)),
    evidence("purposes"),
  );
  if (!facts.purposes && named.length > 0) suggestions.purposes = named;
  const risky = model.dataClasses.filter((c) => c !== "public" && c !== "internal");
  facts.dataClasses = add(facts.dataClasses, risky, evidence("dataClasses"));
  if (!facts.dataClasses && model.dataClasses.length > 0) suggestions.dataClasses = model.dataClasses;
  const people = model.affected.filter((g) => g !== "nobody");
  const groups = add(facts.affected, people, evidence("affected"));
  facts.affected = groups && { ...groups, value: groupsAffected(groups.value) };
  if (model.oversight === "automatic" && facts.oversight?.value !== "automatic")
    facts.oversight = {
      value: "automatic",
      source: "inferred",
      confidence: modelConfidence,
      words: evidence("oversight"),
    };
  if (model.effect === "consequential" && facts.effect?.value !== "consequential")
    facts.effect = {
      value: "consequential",
      source: "inferred",
      confidence: modelConfidence,
      words: evidence("effect"),
    };
  if (!facts.system && model.systemName) {
    const tool = findTool(model.systemName, tokens(model.systemName), vocabularyOf(rules, systems));
    if (tool.system && tool.system.value !== unregistered) suggestions.system = [tool.system.value];
    else if (text.toLowerCase().includes(model.systemName.toLowerCase())) {
      facts.system = {
        value: unregistered,
        source: "inferred",
        confidence: modelConfidence,
        words: model.systemName,
      };
      facts.systemName = model.systemName;
    }
  }
  return { facts: withAssumptions(facts, rules.purposes), suggestions };
}

/**
 * The facts to judge by after a model has read the question too: its risks are added, unless a guess of the model would
 * complete the facts to a permission. Then the rules' own reading stands and the guess becomes choices to confirm.
 */
export function readWithModel(
  given: Facts,
  text: string,
  model: ModelFacts,
  rules: Pick<RuleSet, "purposes" | "lexicon" | "rules" | "reader">,
  register: Pick<JudgeContext, "systems" | "approvals" | "groups">,
  today: string,
): { facts: Facts; suggestions: Suggestions } {
  const merged = mergeModel(given, text, model, rules, register.systems);
  const cleared = (facts: Facts): boolean =>
    clears(judge(facts, { ...register, rules: rules.rules }, today).outcome);
  if (!cleared(merged.facts) || cleared(given)) return merged;
  const { purposes, dataClasses: data, affected } = model;
  const guesses = { purposes, dataClasses: data, affected, ...merged.suggestions };
  return { facts: given, suggestions: guesses };
}

/** JSON Schema of {@link ModelFacts} for the endpoint, with the purposes of this rule set. */
export function modelSchema(purposes: readonly Purpose[]): Record<string, unknown> {
  const list = (values: readonly string[]) => ({ type: "array", items: { type: "string", enum: values } });
  const one = (values: readonly string[]) => ({ type: ["string", "null"], enum: [...values, null] });
  return {
    type: "object",
    properties: {
      systemName: { type: ["string", "null"] },
      purposes: list(purposes.map((p) => p.slug)),
      dataClasses: list(dataClasses),
      affected: list(affectedGroups),
      oversight: one(oversights),
      effect: one(effects),
      words: { type: "object", additionalProperties: { type: "string" } },
    },
    required: ["systemName", "purposes", "dataClasses", "affected", "oversight", "effect", "words"],
    additionalProperties: false,
  };
}
