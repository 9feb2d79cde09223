import type { Item } from "../content/item.ts";
import type { Module } from "../content/module.ts";
import type { Estimates } from "./item-estimate.ts";

/** The items of an attempt in the order shown, each with the order of its choices. Drawn from a seed and stored. */
export type Form = {
  items: FormItem[];
  /** Of the bank it was drawn from: the difficulty of items as learners had shown it, in the place of the author's. */
  estimates?: Estimates;
};

export type FormItem = {
  item: string;
  /** Ids of options, elements or right-hand sides in the order shown; passages keep theirs; empty for true/false, short answers and scenarios. */
  order: string[];
  /** Scenario and branching: step or node id → its option ids in the order shown. */
  steps?: Record<string, string[]>;
};

/** How many draws are compared before the nearest to the target is taken. */
const draws = 400;
/** How far the mean difficulty of a form may lie from that of its bank. */
const difficultyTolerance = 0.01;

/**
 * Draws a form by the module's blueprint: of every objective the items it asks for, never one twice, and none of
 * `used` while unused ones remain; then those of `used` that were met longest ago, which it names first. Forms are parallel:
 * the same coverage, a mean estimated difficulty within {@link difficultyTolerance} of what the blueprint asks of the whole
 * bank, and as many items that ask for judgement, as near as the items left allow (random parallel forms by rejection; van
 * der Linden 2005, ch. 5). The same seed gives the same form.
 */
export function drawForm(
  module: Pick<Module, "items" | "assessment">,
  seed: number,
  used: ReadonlySet<string> = new Set(),
): Form {
  const random = generator(seed);
  const { blueprint } = module.assessment;
  const banks = blueprint.map(({ objective, items }) => ({
    count: items,
    all: module.items.filter((item) => item.objective === objective),
  }));
  const target = targetOf(banks);
  const places = new Map([...used].map((id, place) => [id, place]));
  const open = banks.map(({ all, count }) => {
    const fresh = all.filter((item) => !used.has(item.id));
    const seen = all
      .filter((item) => used.has(item.id))
      .toSorted((a, b) => (places.get(a.id) ?? 0) - (places.get(b.id) ?? 0));
    return fresh.length <= count
      ? { fixed: [...fresh, ...seen].slice(0, count), from: [], count: 0 }
      : { fixed: [], from: fresh, count };
  });
  let nearest: { items: Item[]; distance: number } | null = null;
  for (let draw = 0; draw < draws && !(nearest && nearest.distance <= 1); draw++) {
    const items = open.flatMap(({ fixed, from, count }) => [...fixed, ...some(from, count, random)]);
    const distance = distanceOf(items, target);
    if (!nearest || distance < nearest.distance) nearest = { items, distance };
    if (open.every(({ from }) => from.length === 0)) break;
  }
  return { items: shuffled(nearest?.items ?? [], random).map((item) => arranged(item, random)) };
}

type Target = { difficulty: number; judged: number };

/** What a form that stands for the whole bank would be: its mean difficulty, and how many of its items ask for judgement. */
function targetOf(banks: readonly { count: number; all: readonly Item[] }[]): Target {
  const filled = banks.filter(({ all }) => all.length > 0);
  const size = filled.reduce((sum, { count }) => sum + count, 0);
  const share = (of: (item: Item) => number): number =>
    filled.reduce(
      (sum, { all, count }) => sum + (count * all.reduce((s, item) => s + of(item), 0)) / all.length,
      0,
    );
  return { difficulty: share((item) => item.difficulty) / Math.max(1, size), judged: share(judges) };
}

/** How far a form is from the target; up to 1 it is as near as forms are held to each other. */
function distanceOf(items: readonly Item[], target: Target): number {
  const difficulty = items.reduce((sum, item) => sum + item.difficulty, 0) / Math.max(1, items.length);
  const judged = items.reduce((sum, item) => sum + judges(item), 0);
  // Half an item either way is what rounding to whole items takes.
  return Math.max(
    Math.abs(difficulty - target.difficulty) / difficultyTolerance,
    Math.abs(judged - target.judged) / 0.501,
  );
}

/** Whether an item asks for judgement rather than for knowledge, as a number to be summed. */
function judges({ level }: Pick<Item, "level">): number {
  return level === "remember" || level === "understand" ? 0 : 1;
}

/** `count` of the items at random. */
function some(items: readonly Item[], count: number, random: () => number): Item[] {
  return shuffled(items, random).slice(0, count);
}

/** The arrangement of one item on its own, such as a retrieval question inside a lesson; `key` stands for a seed. */
export function arrangeItem(item: Item, key: string): FormItem {
  let seed = 2_166_136_261;
  for (const char of key) seed = Math.imul(seed ^ char.charCodeAt(0), 16_777_619);
  return arranged(item, generator(seed));
}

function arranged(item: Item, random: () => number): FormItem {
  const ids = (list: readonly { id: string }[]) => list.map((entry) => entry.id);
  switch (item.type) {
    case "true_false":
    case "short_answer":
      return { item: item.id, order: [] };
    case "mark_up":
      return { item: item.id, order: ids(item.passages) };
    case "single_choice":
    case "multiple_response":
      return { item: item.id, order: shuffled(ids(item.options), random) };
    case "ordering":
      return { item: item.id, order: displaced(ids(item.elements), random) };
    case "matching":
      return { item: item.id, order: displaced(ids(item.pairs), random) };
    case "scenario":
    case "branching": {
      const steps = item.type === "scenario" ? item.steps : item.nodes;
      return {
        item: item.id,
        order: [],
        steps: Object.fromEntries(steps.map((step) => [step.id, shuffled(ids(step.options), random)])),
      };
    }
  }
}

/** A shuffle that is never the order given, which is the key of ordering and matching items. */
function displaced(ids: readonly string[], random: () => number): string[] {
  const mixed = shuffled(ids, random);
  return mixed.every((id, i) => id === ids[i]) ? [...mixed.slice(1), ...mixed.slice(0, 1)] : mixed;
}

/** Fisher–Yates. */
function shuffled<T>(list: readonly T[], random: () => number): T[] {
  const mixed = [...list];
  for (let i = mixed.length - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1));
    [mixed[i], mixed[j]] = [mixed[j] as T, mixed[i] as T];
  }
  return mixed;
}

/** Mulberry32: small, and the same on every machine, so that a stored seed reproduces the draw. */
function generator(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}
