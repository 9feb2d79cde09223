import type { Item } from "../content/item.ts";

/** What first attempts say of an item. */
export type ObservedItem = {
  item: string;
  /** How many answered it. */
  n: number;
  /** Their mean score, 0..1. */
  mean: number;
};

/** Item id → estimated difficulty, of the items that were answered. */
export type Estimates = Readonly<Record<string, number>>;

/** How many answers the author's estimate weighs as much as: with so many observed, each has half a say. */
export const priorAnswers = 20;

/**
 * The difficulty of items from what their author expects and what learners did: the posterior mean of a share whose prior is
 * the author's estimate (beta-binomial shrinkage; Gelman et al. 2013, ch. 2). A few answers move it little, many decide.
 */
export function estimatesOf(
  items: readonly Pick<Item, "id" | "difficulty">[],
  observed: readonly ObservedItem[],
): Estimates {
  const by = new Map(observed.map((one) => [one.item, one]));
  return Object.fromEntries(
    items.flatMap(({ id, difficulty }) => {
      const seen = by.get(id);
      if (!seen || seen.n === 0) return [];
      const posterior = (priorAnswers * difficulty + seen.n * seen.mean) / (priorAnswers + seen.n);
      // As it is stored with a form, so that the stored figure is the one used.
      return [[id, Math.round(posterior * 1000) / 1000]];
    }),
  );
}

/** The items with what is estimated of them in the place of what their author expects. */
export function withEstimates(items: readonly Item[], estimates: Estimates): Item[] {
  return items.map((item) => ({ ...item, difficulty: estimates[item.id] ?? item.difficulty }));
}

/** Whether two items ask the same in the same words, so that answers to one say something of the other. */
export function asksTheSame(a: Item, b: Item): boolean {
  return asked(a) === asked(b);
}

function asked(item: Item): string {
  const { objective: _objective, level: _level, difficulty: _difficulty, clause: _clause, ...rest } = item;
  return JSON.stringify(rest);
}

/** The moment until which answers count for forms drawn at `now`: estimates are made anew each month (UTC). */
export function estimatedUntil(now: Date): Date {
  return new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), 1));
}
