import { type Card, createEmptyCard, fsrs, Rating } from "ts-fsrs";
import type { Item } from "../content/item.ts";
import type { Module } from "../content/module.ts";
import { arrangeItem, type Form } from "./assessment.ts";

/**
 * Days after a completion on which a learner is asked again (spaced retrieval; Latimier et al. 2021 find g = 0.74 for
 * spaced over massed retrieval).
 */
export const practiceDays = [3, 10, 30, 90] as const;

/** Items asked in a practice. */
export const practiceItems = 2;

/** An answer given earlier, in lessons, an assessment or a practice. `score` is 0..1. */
export type Review = { item: string; objective: string; score: number; at: Date };

const day = 86_400_000;

/**
 * The practice that is due on `now`: the latest day that has come since `completedAt` and is not in `opened`. Earlier ones
 * that were left out lapse, so that nobody is met by a pile. Null when none is due, or the competence no longer counts or
 * is asked.
 */
export function duePractice(
  period: {
    completedAt: Date | null;
    expiresAt: Date | null;
    supersededAt: Date | null;
    endedAt: Date | null;
  },
  done: readonly number[],
  now: Date,
): { day: number; since: Date } | null {
  const { completedAt, expiresAt, supersededAt, endedAt } = period;
  if (completedAt === null || supersededAt !== null || endedAt !== null) return null;
  if (expiresAt !== null && expiresAt <= now) return null;
  const latest = practiceDays.findLast((days) => completedAt.getTime() + days * day <= now.getTime());
  if (latest === undefined || done.includes(latest)) return null;
  return { day: latest, since: new Date(completedAt.getTime() + latest * day) };
}

/** Free Spaced Repetition Scheduler without its random fuzz, so that the same answers give the same order. */
const scheduler = fsrs({ enable_fuzz: false });

/**
 * How likely each objective is still remembered at `now`, 0..1, by the FSRS memory model over the answers so far.
 * An objective that was never asked is at 0.
 */
export function recallOf(
  objectives: readonly string[],
  reviews: readonly Review[],
  now: Date,
): Map<string, number> {
  return new Map(
    objectives.map((objective) => {
      const own = reviews
        .filter((review) => review.objective === objective && review.at <= now)
        .toSorted((a, b) => a.at.getTime() - b.at.getTime());
      const [first] = own;
      if (!first) return [objective, 0];
      const card = own.reduce<Card>(
        (memory, review) =>
          scheduler.next(memory, review.at, review.score >= 1 ? Rating.Good : Rating.Again).card,
        createEmptyCard(first.at),
      );
      return [objective, scheduler.get_retrievability(card, now, false)];
    }),
  );
}

/**
 * Draws a practice: of the objectives that are most likely forgotten one item each (more only where there are too few
 * objectives). An item is new to the learner while more are new than the next form asks, so that practices leave enough for a
 * form that measures; else it is the one met longest ago. `met` are the items met in forms and practices, longest ago first.
 * Items of several steps are left out; `key` stands for a seed.
 */
export function drawPractice(
  module: Pick<Module, "objectives" | "items" | "assessment">,
  reviews: readonly Review[],
  met: ReadonlySet<string>,
  key: string,
  now: Date,
): Form {
  const recall = recallOf(
    module.objectives.map((one) => one.id),
    reviews,
    now,
  );
  const forgotten = module.objectives.map((one) => one.id).toSorted((a, b) => least(recall, a, b));
  const stacks = forgotten.map((objective) => stackOf(module, objective, met));
  const rounds = Array.from({ length: practiceItems }, (_, round) =>
    stacks.flatMap((stack) => stack[round] ?? []),
  );
  const items = rounds.flat().slice(0, practiceItems);
  return { items: items.map((item) => arrangeItem(item, `${key}/${item.id}`)) };
}

function least(recall: ReadonlyMap<string, number>, a: string, b: string): number {
  return (recall.get(a) ?? 0) - (recall.get(b) ?? 0);
}

/** Items of an objective that can be answered in one step, in the order in which practices ask them. */
function stackOf(
  { items, assessment }: Pick<Module, "items" | "assessment">,
  objective: string,
  met: ReadonlySet<string>,
): Item[] {
  const own = items.filter((item) => item.objective === objective);
  const askable = own.filter((item) => item.type !== "scenario" && item.type !== "branching");
  const kept = assessment.blueprint.find((row) => row.objective === objective)?.items ?? 0;
  const spare = Math.max(0, own.filter((item) => !met.has(item.id)).length - kept);
  const fresh = askable.filter((item) => !met.has(item.id));
  const places = new Map([...met].map((id, place) => [id, place]));
  const again = askable
    .filter((item) => met.has(item.id))
    .toSorted((a, b) => (places.get(a.id) ?? 0) - (places.get(b.id) ?? 0));
  return [...fresh.slice(0, spare), ...again, ...fresh.slice(spare)];
}
