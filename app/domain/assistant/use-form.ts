import { z } from "zod";
import type { Language } from "../content/language.ts";
import {
  type Facts,
  channels,
  chosen,
  describeFacts,
  factNames,
  noFacts,
  places,
  unregistered,
} from "../risk/facts.ts";
import { type RuleSet, sensitivePurposes } from "../risk/rule-set.ts";
import { notSure } from "./answer.ts";
import { type AnswerWords, fill } from "./answer-words.ts";
import { withChoices } from "./ask-back.ts";

/** The choice of somebody who has not settled on a tool. */
export const noTool = "none";
/** Characters of a tool's name. */
export const longestToolName = 80;

const short = z.string().max(60);
const one = short.default("");
const many = z.preprocess(
  (v) => (v === undefined || v === "" ? [] : [v].flat()),
  z.array(short, "Choose from the list.").max(80, "Choose fewer."),
);
const answer = z.enum(["yes", "no", notSure, ""], "Choose yes, no or not sure.").default("");

/** A use of AI as its form sends it. Nothing has to be answered: what is left out is asked back. */
export const useForm = z
  .object({
    tool: one,
    toolName: z
      .string()
      .trim()
      .max(longestToolName, `The name of a tool has at most ${longestToolName} characters.`)
      .default(""),
    purposes: many,
    dataClasses: many,
    affected: many,
    oversight: one,
    effect: one,
    place: z.enum([...places, ""], "Choose a place from the list.").default(""),
    channels: z.preprocess(
      (v) => (v === undefined || v === "" ? [] : [v].flat()),
      z.array(z.enum(channels), "Choose from the list.").max(channels.length),
    ),
    profiling: answer,
    change: answer,
  })
  .refine(({ tool, toolName }) => tool !== unregistered || toolName !== "", {
    path: ["toolName"],
    message: "Write what the tool is called, or choose another answer above.",
  });
export type UseForm = z.infer<typeof useForm>;

type Choices = Parameters<typeof withChoices>[2];

/**
 * The facts of a use as chosen, with what normally goes with its purposes where the form says nothing of it. "Not sure"
 * leaves a fact unknown, whatever normally goes with the purpose. Null when a value is on no list.
 */
export function factsOfUse(sent: UseForm, choices: Choices): Facts | null {
  const { place, profiling, change } = sent;
  const { system, systemName } = toolOf(sent, choices);
  const { purposes, dataClasses, affected, oversight, effect } = sent;
  const answers = { system, purposes, dataClasses, affected, oversight, effect };
  const nothing = factNames.every((fact) => (answers[fact] ?? "").length === 0);
  const said = { ...noFacts, profiling: yesOrNo(profiling), change: yesOrNo(change) };
  const facts = nothing ? said : withChoices(said, answers, choices);
  if (!facts) return null;
  return {
    ...facts,
    ...Object.fromEntries(facts.unsure.map((fact) => [fact, null])),
    systemName: facts.system ? (systemName ?? facts.systemName) : null,
    place: place === "" ? null : chosen(place),
    channels: sent.channels.length > 0 ? chosen([...new Set(sent.channels)]) : null,
  };
}

const yesOrNo = (said: UseForm["profiling"]): Facts["profiling"] =>
  said === "yes" || said === "no" ? chosen(said === "yes") : null;

/** A name that the register knows is that tool, also where it was chosen as one that is not there. */
function toolOf(
  { tool, toolName }: Pick<UseForm, "tool" | "toolName">,
  { systems }: Choices,
): { system: string | undefined; systemName: string | null } {
  if (tool === "" || tool === noTool) return { system: undefined, systemName: null };
  if (tool !== unregistered) return { system: tool, systemName: null };
  const name = toolName.toLowerCase();
  const known = systems.find((s) => [s.name, ...s.aliases].some((n) => n.toLowerCase() === name));
  return known ? { system: known.slug, systemName: null } : { system: unregistered, systemName: toolName };
}

/** What was checked, as it is read in the history, in the language of the words: only what was chosen. */
export function useSummary(
  facts: Facts,
  names: Parameters<typeof describeFacts>[1],
  { turns, facts: words }: Pick<AnswerWords, "turns" | "facts">,
): string {
  const said = describeFacts(facts, names, words).filter((line) => line.source === "chosen");
  const choices = said.map((line) => line.value).join(" · ") || turns.nothingChosen;
  return fill(turns.useChecked, { choices });
}

export type PurposeGroup = { title: string; purposes: { value: string; label: string }[] };

export const purposeGroupTitles = { everyday: "Everyday", careful: "Needs care" } as const;

/**
 * Purposes as a form offers them, by name in the language they are named in: those without a rule against them, and those
 * that a rule treats with care.
 */
export function purposeGroups(
  { purposes, rules }: Pick<RuleSet, "purposes" | "rules">,
  language: Language,
): PurposeGroup[] {
  const careful = sensitivePurposes(rules);
  const named = (care: boolean): PurposeGroup["purposes"] =>
    purposes
      .filter((p) => careful.has(p.slug) === care)
      .map((p) => ({ value: p.slug, label: p.name }))
      .toSorted((a, b) => a.label.localeCompare(b.label, language));
  return [
    { title: purposeGroupTitles.everyday, purposes: named(false) },
    { title: purposeGroupTitles.careful, purposes: named(true) },
  ];
}
