import type { DataClass } from "../register/terms.ts";
import {
  type AffectedGroup,
  type Effect,
  type Fact,
  type Facts,
  type Oversight,
  type Suspicion,
  effects,
  groupsAffected,
  oversights,
} from "../risk/facts.ts";
import type { RuleSet } from "../risk/rule-set.ts";
import { answerWords, fill } from "./answer-words.ts";
import { withAssumptions } from "./assumption.ts";

/** What a follow-up was read as. */
export type FollowUp = {
  /** From the new message with the earlier ones of its thread. */
  read: Facts;
  /** From the new message alone: what of it is new, and the tool it names. */
  alone: Facts;
  /** Whether the new message names several tools, so that nobody knows which is meant. */
  severalTools: boolean;
};

/**
 * The facts after a follow-up. What was found before and carries risk stays: purposes that rules treat with care, data
 * beyond internal, people affected, no human say, a consequential effect. A fact that the asker chose is changed only
 * where the new message says something riskier. A tool named anew is the one asked about from here on.
 */
export function carriedOn(
  before: Facts,
  { read, alone, severalTools }: FollowUp,
  rules: Pick<RuleSet, "purposes" | "rules">,
): Facts {
  /** What the follow-up says of a fact: of a chosen one only what the new message itself states. */
  const said = <K extends keyof Facts & string>(name: K): Facts[K] => {
    const fact = before[name] as Fact<unknown> | null;
    const heard = fact?.source === "chosen" ? alone[name] : read[name];
    return (heard as Fact<unknown> | null)?.source === "assumed" ? (null as Facts[K]) : heard;
  };
  const merged: Facts = {
    ...toolAfter(before, alone, severalTools),
    purposes: purposesAfter(before.purposes, said("purposes"), rules.rules),
    dataClasses: dataAfter(before.dataClasses, said("dataClasses")),
    affected: peopleAfter(before.affected, said("affected")),
    oversight: worse<Oversight>(before.oversight, said("oversight"), oversights),
    effect: worse<Effect>(before.effect, said("effect"), effects),
    task: read.task ?? before.task,
    place: said("place") ?? before.place,
    channels: grown(before.channels, said("channels")),
    profiling: before.profiling?.value ? before.profiling : (said("profiling") ?? before.profiling),
    change: before.change?.value ? before.change : (said("change") ?? before.change),
    suspected: suspicions(before.suspected, before.purposes?.source === "chosen" ? alone : read),
    matter: before.matter === "rules" && read.matter === "rules" ? "rules" : "use",
    unsure: [],
  };
  const next = keeping(before, withAssumptions(merged, rules.purposes));
  return { ...next, unsure: before.unsure.filter((fact) => next[fact] === null) };
}

/** Puts back what assumptions for the new purposes would have taken away. */
function keeping(before: Facts, next: Facts): Facts {
  return {
    ...next,
    dataClasses: dataAfter(next.dataClasses ?? before.dataClasses, before.dataClasses),
    affected: peopleAfter(next.affected ?? before.affected, before.affected),
    oversight: worse<Oversight>(next.oversight, before.oversight, oversights),
    effect: worse<Effect>(next.effect, before.effect, effects),
  };
}

function toolAfter(before: Facts, alone: Facts, several: boolean): Facts {
  if (several) return { ...before, system: null, systemName: null };
  return alone.system ? { ...before, system: alone.system, systemName: alone.systemName } : before;
}

/** Careful purposes of both; everyday ones of before only where they were chosen, or nothing else was said. */
function purposesAfter(
  before: Facts["purposes"],
  said: Facts["purposes"],
  rules: RuleSet["rules"],
): Facts["purposes"] {
  if (!before || !said) return before ?? said;
  const careful = carefulPurposes(rules);
  const isCareful = (purpose: string): boolean => careful.has(purpose);
  return before.source === "chosen"
    ? grown(before, { ...said, value: said.value.filter(isCareful) })
    : grown(said, { ...before, value: before.value.filter(isCareful) });
}

/** Purposes on which a risk class or more than a duty hangs. */
function carefulPurposes(rules: RuleSet["rules"]): Set<string> {
  return new Set(
    rules.filter((r) => r.result !== "inform" || r.riskClass !== null).flatMap((r) => r.when.purposes ?? []),
  );
}

const harmlessData: DataClass[] = ["public", "internal"];

function dataAfter(before: Facts["dataClasses"], said: Facts["dataClasses"]): Facts["dataClasses"] {
  const beyond = (fact: Fact<DataClass[]>): Fact<DataClass[]> => ({
    ...fact,
    value: fact.value.filter((c) => !harmlessData.includes(c)),
  });
  if (!before || !said) return before ?? said;
  // Data that was only taken for granted gives way to what is said.
  return before.source === "assumed" && said.source !== "assumed"
    ? grown(said, beyond(before))
    : grown(before, beyond(said));
}

function peopleAfter(before: Facts["affected"], said: Facts["affected"]): Facts["affected"] {
  const people = said && { ...said, value: groupsAffected(said.value).filter((g) => g !== "nobody") };
  const both = before ? grown<AffectedGroup>(before, people) : said;
  return both && { ...both, value: groupsAffected(both.value) };
}

/** The values of both. Where something is added, a choice is one no more. */
function grown<T extends string>(first: Fact<T[]> | null, second: Fact<T[]> | null): Fact<T[]> | null {
  if (!first || !second) return first ?? second;
  const value = [...new Set([...first.value, ...second.value])];
  if (value.length === first.value.length) return first;
  const words = [first.words, second.words].filter(Boolean).join(" … ");
  return { ...second, value, words, confidence: Math.max(first.confidence, second.confidence) };
}

/** The riskier of two values; the ladder goes from the least risky to the riskiest. */
function worse<T extends string>(
  before: Fact<T> | null,
  said: Fact<T> | null,
  ladder: readonly T[],
): Fact<T> | null {
  if (!before || !said) return before ?? said;
  return ladder.indexOf(said.value) > ladder.indexOf(before.value) ? said : before;
}

function suspicions(before: readonly Suspicion[], { suspected }: Facts): Suspicion[] {
  const all = [...before, ...suspected];
  return [...new Set(all.map((s) => s.purpose))].map((purpose) =>
    all.filter((s) => s.purpose === purpose).reduce((a, b) => (b.confidence > a.confidence ? b : a)),
  );
}

/** How texts begin that the product wrote for a turn of choices; what they say is in the facts already. */
const ownWords = Object.values(answerWords).map(({ turns, facts }) => ({
  whole: [turns.notSure, turns.judgedAgain],
  beginnings: [fill(turns.useChecked, { choices: "" }), ...Object.values(facts.titles).map((t) => `${t}: `)],
}));
const isOwn = (text: string): boolean =>
  ownWords.some((own) => own.whole.includes(text) || own.beginnings.some((begin) => text.startsWith(begin)));

/**
 * The messages of a thread that a follow-up is read with, oldest first: those that the asker wrote, the newest ones up to so
 * many characters.
 */
export function heardBefore(texts: readonly string[], most: number): string[] {
  let left = most;
  const kept = texts
    .filter((text) => !isOwn(text))
    .toReversed()
    .filter((text) => (left -= text.length) >= 0);
  return kept.toReversed();
}
