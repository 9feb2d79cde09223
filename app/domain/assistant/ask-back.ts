import { z } from "zod";
import { type AiSystem } from "../register/ai-system.ts";
import { dataClasses } from "../register/terms.ts";
import type { Approval } from "../register/approval.ts";
import {
  type FactName,
  type Facts,
  affectedGroups,
  chosen,
  effects,
  factNames,
  groupsAffected,
  otherPurpose,
  oversights,
  unregistered,
} from "../risk/facts.ts";
import { type RuleSet, purposeName } from "../risk/rule-set.ts";
import { type AskBack, notSure } from "./answer.ts";
import { type AnswerWords, fill } from "./answer-words.ts";
import { english } from "./answer-words-en.ts";
import { withAssumptions } from "./assumption.ts";
import type { Suggestions } from "./model-facts.ts";

const several: Record<FactName, boolean> = {
  system: false,
  purposes: true,
  dataClasses: true,
  affected: true,
  oversight: false,
  effect: false,
};

type Choices = Pick<RuleSet, "purposes"> & { systems: readonly AiSystem[]; approvals: readonly Approval[] };

/**
 * The question back for each of the facts in the language of the words, likely choices first: suggested ones, then what
 * the rest of the facts points at. Names of purposes are those of `choices`.
 */
export function askBack(
  missing: readonly FactName[],
  facts: Facts,
  choices: Choices,
  words: AnswerWords,
  suggestions: Suggestions = {},
): AskBack[] {
  return missing.map((fact) => {
    const first = [...(suggestions[fact] ?? []), ...likely(fact, facts, choices)];
    const rank = (value: string): number => (first.includes(value) ? first.indexOf(value) : first.length);
    return {
      fact,
      prompt: words.askBack.prompts[fact],
      multiple: several[fact],
      choices: choicesFor(fact, choices, words).toSorted((a, b) => rank(a.value) - rank(b.value)),
    };
  });
}

/** Values of a fact that approvals for the other facts name. */
function likely(fact: FactName, facts: Facts, { approvals }: Choices): string[] {
  const purposes = facts.purposes?.value ?? [];
  if (fact === "system")
    return approvals.filter((a) => purposes.some((p) => a.purposes.includes(p))).map((a) => a.systemSlug);
  if (fact !== "purposes") return [];
  const system = facts.system?.value;
  return [...new Set(approvals.filter((a) => a.systemSlug === system).flatMap((a) => a.purposes))];
}

/** All values of a fact with their names, the way out last. */
function choicesFor(
  fact: FactName,
  { purposes, systems }: Choices,
  { facts, askBack: said }: AnswerWords,
): AskBack["choices"] {
  const named = <T extends string>(values: readonly T[], names: Record<T, string>) =>
    values.map((value) => ({ value: value as string, label: names[value] }));
  switch (fact) {
    case "system":
      return [
        ...systems.map((s) => ({
          value: s.slug,
          label: s.status === "retired" ? fill(said.retired, { tool: s.name }) : s.name,
        })),
        { value: unregistered, label: said.anotherTool },
      ];
    case "purposes":
      return [...purposes.map((p) => p.slug), otherPurpose].map((value) => ({
        value,
        label: purposeName(purposes, value, said.somethingElse),
      }));
    case "dataClasses":
      return named(dataClasses, facts.dataClasses);
    case "affected":
      return named(affectedGroups, facts.affected);
    case "oversight":
      return named(oversights, facts.oversights);
    case "effect":
      return named(effects, facts.effects);
  }
}

const one = z.preprocess((v) => (Array.isArray(v) ? v[0] : v), z.string().max(60).optional());
const many = z.preprocess(
  (v) => (v === undefined ? undefined : [v].flat()),
  z.array(z.string().max(60)).max(20).optional(),
);

/** The answers to an ask-back as a form sends them: a value, several, or {@link notSure}. Absent facts stay as they were. */
export const chosenFacts = z.object({
  system: one,
  purposes: many,
  dataClasses: many,
  affected: many,
  oversight: one,
  effect: one,
});
export type ChosenFacts = z.infer<typeof chosenFacts>;

/**
 * The facts with what the asker chose; "not sure" leaves the fact unknown and says so. A form that shows what is known
 * sends it back unchanged: that is no choice. Null when a value is on no list, or when nothing was chosen.
 */
export function withChoices(facts: Facts, answers: ChosenFacts, choices: Choices): Facts | null {
  const given = factNames.flatMap((fact) => {
    const values = [answers[fact] ?? []].flat().filter((v) => v !== "");
    const same = isSame([facts[fact]?.value ?? []].flat(), values);
    return values.length > 0 && !same ? [{ fact, values }] : [];
  });
  if (given.length === 0) return null;
  const next: Record<string, unknown> = { ...facts };
  let unsure = [...facts.unsure];
  for (const { fact, values } of given) {
    // Values are the same in every language.
    const known = new Set(choicesFor(fact, choices, english).map((c) => c.value));
    unsure = unsure.filter((f) => f !== fact);
    if (values.includes(notSure)) {
      // What was understood before stands; not being sure takes back only what was taken for granted.
      if (facts[fact] === null || facts[fact].source === "assumed") {
        next[fact] = null;
        unsure.push(fact);
      }
      continue;
    }
    if (values.some((v) => !known.has(v))) return null;
    next[fact] = chosen(valueOf(fact, values));
    if (fact === "system" && values[0] !== facts.system?.value)
      next["systemName"] = choices.systems.find((s) => s.slug === values[0])?.name ?? null;
  }
  return withAssumptions({ ...(next as Facts), unsure }, choices.purposes);
}

const isSame = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((v) => b.includes(v));

function valueOf(fact: FactName, values: string[]): unknown {
  if (!several[fact]) return values[0];
  const unique = [...new Set(values)];
  return fact === "affected" ? groupsAffected(unique as Parameters<typeof groupsAffected>[0]) : unique;
}
