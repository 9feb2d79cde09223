import type { Item } from "../content/item.ts";
import type { Module } from "../content/module.ts";
import { readingSeconds } from "../content/style.ts";
import { passes } from "./marking.ts";

/** What an attempt says of each objective it asked: objective → mean score, 0..1. */
export type ObjectiveScores = Readonly<Record<string, number>>;

/** How many items of each missed objective are asked again after its lessons. */
const itemsAgain = 2;

type Rules = Pick<Module, "assessment" | "lessons">;

/** The objectives that an attempt shows as missed: those below the pass mark. */
export function missedObjectives(passMark: number, scores: ObjectiveScores): string[] {
  return Object.entries(scores)
    .filter(([, score]) => !passes(score, passMark))
    .map(([objective]) => objective);
}

/**
 * What a refresher asks next. It asks first: one item of every objective. Then it asks two of each objective missed the
 * last time. `attempts` are the submitted ones of the period, in their order.
 */
export function refresherBlueprint(
  module: Rules,
  attempts: readonly ObjectiveScores[],
): Module["assessment"]["blueprint"] {
  const last = attempts.at(-1);
  if (!last) return module.assessment.blueprint.map(({ objective }) => ({ objective, items: 1 }));
  const missed = missedObjectives(module.assessment.passMark, last);
  return module.assessment.blueprint
    .filter(({ objective }) => missed.includes(objective))
    .map(({ objective }) => ({ objective, items: itemsAgain }));
}

/** Seconds within which an item of a refresher is read at leisure, so that nine take about five minutes with the thinking. */
const quick = 25;

/**
 * The items that a refresher draws from: of each objective those that are read quickly, while enough of them are new to the
 * learner; else all of it, because a new item that takes longer asks more than one met before. Once nothing is new, those
 * read quickly again. `used` are those met.
 */
export function refresherBank(
  items: readonly Item[],
  blueprint: Module["assessment"]["blueprint"],
  used: ReadonlySet<string>,
): Item[] {
  return blueprint.flatMap(({ objective, items: asked }) => {
    const own = items.filter((item) => item.objective === objective);
    const short = own.filter((item) => readingSeconds(item) <= quick);
    const fresh = short.filter((item) => !used.has(item.id));
    if (fresh.length >= asked) return fresh;
    return short.length >= asked && own.every((item) => used.has(item.id)) ? short : own;
  });
}

/** The lessons that a refresher does not ask for: all before its first attempt, then those of objectives that were not missed. */
export function creditedLessons(module: Rules, attempts: readonly ObjectiveScores[]): Set<string> {
  const last = attempts.at(-1);
  const missed = last ? missedObjectives(module.assessment.passMark, last) : [];
  return new Set(
    module.lessons
      .filter((lesson) => !lesson.objectives.some((objective) => missed.includes(objective)))
      .map((lesson) => lesson.id),
  );
}

/** A refresher is passed when no objective it asked was missed. */
export function refresherPassed(passMark: number, scores: ObjectiveScores): boolean {
  return missedObjectives(passMark, scores).length === 0;
}

/** The limits of a refresher's attempts: asking first costs none of them, and needs no waiting before what was missed is asked again. */
export function refresherRules(
  rules: Pick<Module["assessment"], "attempts" | "coolDownHours">,
  taken: number,
): Pick<Module["assessment"], "attempts" | "coolDownHours"> {
  return { attempts: rules.attempts + 1, coolDownHours: taken <= 1 ? 0 : rules.coolDownHours };
}

/** Minutes for a form of `items` items, in proportion to the whole assessment; five at least. */
export function minutesFor(
  rules: Pick<Module["assessment"], "minutes" | "blueprint">,
  items: number,
): number {
  const all = rules.blueprint.reduce((sum, row) => sum + row.items, 0);
  return Math.max(5, Math.ceil((rules.minutes * items) / all));
}
