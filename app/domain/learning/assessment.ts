import type { Item } from "../content/item.ts";
import type { Module } from "../content/module.ts";

/** The items of an attempt in the order shown, each with the order of its choices. Drawn from a seed and stored. */
export type Form = {
  items: FormItem[];
};

export type FormItem = {
  item: string;
  /** Ids of options, elements or right-hand sides in the order shown; passages keep theirs; empty for true/false, short answers and scenarios. */
  order: string[];
  /** Scenario and branching: step or node id → its option ids in the order shown. */
  steps?: Record<string, string[]>;
};

/**
 * Draws a form by the module's blueprint: of every objective the items it asks for, never one twice, and none of
 * `used` (items of earlier attempts) while unused ones remain. Each objective's items are taken from as many bands of
 * estimated difficulty as the form has items of it, one from each, so that forms are parallel: the same coverage, and about
 * the same difficulty (stratified random parallel tests; Kolen & Brennan 2014, ch. 1). The same seed gives the same form.
 */
export function drawForm(
  module: Pick<Module, "items" | "assessment">,
  seed: number,
  used: ReadonlySet<string> = new Set(),
): Form {
  const random = generator(seed);
  const drawn = module.assessment.blueprint.flatMap(({ objective, items }) => {
    const bank = module.items.filter((item) => item.objective === objective);
    const fresh = bank.filter((item) => !used.has(item.id));
    const seen = shuffled(
      bank.filter((item) => used.has(item.id)),
      random,
    );
    if (fresh.length <= items) return [...fresh, ...seen].slice(0, items);
    return ofEachBand(fresh, items, random);
  });
  return { items: shuffled(drawn, random).map((item) => arranged(item, random)) };
}

/** One item of each of `count` bands of difficulty, which hold about as many items each. */
function ofEachBand(bank: readonly Item[], count: number, random: () => number): Item[] {
  // Shuffled first, so that items of the same difficulty take every place.
  const byDifficulty = shuffled(bank, random).toSorted((a, b) => a.difficulty - b.difficulty);
  return Array.from({ length: count }, (_, band) => {
    const from = Math.floor((band * bank.length) / count);
    const to = Math.floor(((band + 1) * bank.length) / count);
    return byDifficulty[from + Math.floor(random() * (to - from))] as Item;
  });
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
