import type { Item, Response } from "../content/item.ts";
import { bestScore, branchPath } from "../content/branch.ts";
import { isAccepted } from "./short-answer.ts";

/**
 * The score of a response, 0..1; no response scores 0. Single choice and true/false are right or wrong. Multiple
 * response: right choices less wrong ones, as a share of the right ones, never below 0, so ticking everything gains
 * nothing; the same for passages marked. Ordering: share of elements in their place. Matching and scenario: share of pairs
 * or steps right. Short answer: accepted or not. Branching: the score of the end reached, 0 before an end.
 */
export function markItem(item: Item, response: Response | null): number {
  if (response === null) return 0;
  const { list, map, text } = read(response);
  switch (item.type) {
    case "single_choice":
      return item.options.some((o) => o.correct && o.id === list[0]) ? 1 : 0;
    case "true_false":
      return list[0] === String(item.answer) ? 1 : 0;
    case "short_answer":
      return isAccepted(text, item.accepted) ? 1 : 0;
    case "branching":
      return branchPath(item, map).score;
    case "multiple_response":
    case "mark_up":
    case "ordering":
    case "matching":
    case "scenario":
      return scoreOf(creditOf(item, response));
  }
}

/** Items of which a part can be right. */
type DividedItem = Extract<
  Item,
  { type: "multiple_response" | "mark_up" | "ordering" | "matching" | "scenario" }
>;

/** What a score is made of: parts that are right, of how many, and choices that count against them. */
export type Credit = { right: number; of: number; wrong: number };

function creditOf(item: DividedItem, response: Response | null): Credit {
  const { list, map } = read(response);
  switch (item.type) {
    case "multiple_response":
      return choicesRight(item.options, list);
    case "mark_up":
      return choicesRight(item.passages, list);
    case "ordering":
      return count(item.elements, (element, i) => list[i] === element.id);
    case "matching":
      return count(item.pairs, (pair) => map[pair.id] === pair.id);
    case "scenario":
      return count(item.steps, (step) => step.options.some((o) => o.correct && o.id === map[step.id]));
  }
}

function choicesRight(
  options: readonly { id: string; correct: boolean }[],
  chosen: readonly string[],
): Credit {
  const right = options.filter((o) => o.correct);
  return {
    right: right.filter((o) => chosen.includes(o.id)).length,
    of: right.length,
    wrong: options.filter((o) => !o.correct && chosen.includes(o.id)).length,
  };
}

function count<T>(list: readonly T[], right: (entry: T, index: number) => boolean): Credit {
  return { right: list.filter(right).length, of: list.length, wrong: 0 };
}

/** Every wrong choice takes a right one back. */
function scoreOf({ right, of, wrong }: Credit): number {
  return Math.max(0, right - wrong) / of;
}

/** A response in each of its shapes; empty in those it does not have. */
function read(response: Response | null): { list: string[]; map: Record<string, string>; text: string } {
  const empty = { list: [], map: {}, text: "" };
  if (response === null) return empty;
  if (typeof response === "string") return { ...empty, text: response };
  return Array.isArray(response) ? { ...empty, list: response } : { ...empty, map: response };
}

/** Scaled score of an attempt, 0..1: the mean over all items of the form, those left blank included. */
export function scaledScore(scores: readonly number[]): number {
  return scores.length === 0 ? 0 : scores.reduce((sum, score) => sum + score, 0) / scores.length;
}

/** Whether a scaled score reaches the pass mark; a rounding error of the mean never fails anybody. */
export function passes(score: number, passMark: number): boolean {
  return score >= passMark - 1e-9;
}

/** A choice in an explanation: whether it was taken, whether it was right, and why. */
export type ExplainedChoice = { text: string; chosen: boolean; correct: boolean; feedback: string };

/** An item explained after submission, with its key. */
export type ExplainedItem = {
  stem: string;
  type: Item["type"];
  objective: string;
  /** `slug#number` of the policy clause it rests on. */
  clause: string | null;
  /** 0..1 */
  score: number;
  answered: boolean;
  /** Null where an item is right or wrong as a whole, and for a branching scenario, whose end has a score. */
  credit: Credit | null;
  /** One part for most types, one per step of a scenario, one per node met of a branching one. */
  parts: { stem: string | null; choices: ExplainedChoice[] }[];
  /** Ordering and matching: the learner's line beside the right one. */
  lines: { label: string; given: string | null; right: string; correct: boolean }[];
  feedback: string | null;
};

/** Explains an item to the learner who answered it; only for submitted attempts and answered retrieval questions. */
export function explainItem(item: Item, response: Response | null): ExplainedItem {
  const { list, map, text: typed } = read(response);
  const common = {
    stem: item.stem,
    type: item.type,
    objective: item.objective,
    clause: item.clause ?? null,
    score: markItem(item, response),
    answered: response !== null,
    credit: null,
    parts: [],
    lines: [],
    feedback: null,
  };
  switch (item.type) {
    case "single_choice":
      return { ...common, parts: [{ stem: null, choices: explained(item.options, list) }] };
    case "multiple_response":
      return {
        ...common,
        credit: creditOf(item, response),
        parts: [{ stem: null, choices: explained(item.options, list) }],
      };
    case "mark_up":
      return {
        ...common,
        credit: creditOf(item, response),
        parts: [{ stem: null, choices: explained(item.passages, list) }],
      };
    case "short_answer": {
      const correct = isAccepted(typed, item.accepted);
      const [right = ""] = item.accepted.filter((one) => !one.includes("*"));
      return {
        ...common,
        feedback: correct ? item.feedback : item.wrong,
        lines: [{ label: "", given: typed || null, right: correct ? typed : right, correct }],
      };
    }
    case "branching":
      return {
        ...common,
        feedback: item.debrief,
        parts: branchPath(item, map).steps.map(({ node, chosen }) => {
          const best = Math.max(...node.options.map((option) => bestScore(item, option)));
          return {
            stem: node.stem,
            choices: node.options.map((option) => ({
              text: option.text,
              feedback: option.consequence,
              chosen: option === chosen,
              correct: bestScore(item, option) === best,
            })),
          };
        }),
      };
    case "true_false":
      return {
        ...common,
        parts: [
          {
            stem: null,
            choices: [true, false].map((value) => ({
              text: value ? "True" : "False",
              chosen: list[0] === String(value),
              correct: value === item.answer,
              feedback: value ? item.feedback.true : item.feedback.false,
            })),
          },
        ],
      };
    case "ordering": {
      const text = new Map(item.elements.map((e) => [e.id, e.text]));
      return {
        ...common,
        credit: creditOf(item, response),
        feedback: item.feedback,
        lines: item.elements.map((element, i) => ({
          label: String(i + 1),
          given: text.get(list[i] ?? "") ?? null,
          right: element.text,
          correct: list[i] === element.id,
        })),
      };
    }
    case "matching": {
      const text = new Map(item.pairs.map((p) => [p.id, p.right]));
      return {
        ...common,
        credit: creditOf(item, response),
        feedback: item.feedback,
        lines: item.pairs.map((pair) => ({
          label: pair.left,
          given: text.get(map[pair.id] ?? "") ?? null,
          right: pair.right,
          correct: map[pair.id] === pair.id,
        })),
      };
    }
    case "scenario":
      return {
        ...common,
        credit: creditOf(item, response),
        parts: item.steps.map((step) => ({
          stem: step.stem,
          choices: explained(step.options, [map[step.id] ?? ""]),
        })),
      };
  }
}

function explained(
  options: readonly { id: string; text: string; correct: boolean; feedback: string }[],
  chosen: readonly string[],
): ExplainedChoice[] {
  return options.map(({ id, text, correct, feedback }) => ({
    text,
    correct,
    feedback,
    chosen: chosen.includes(id),
  }));
}
