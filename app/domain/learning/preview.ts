import { bestPath } from "../content/branch.ts";
import type { Item, Response } from "../content/item.ts";
import { arrangeItem } from "./assessment.ts";
import { type ExplainedItem, explainItem } from "./marking.ts";
import {
  choicesOf,
  type GivenResponse,
  presentItem,
  type PresentedItem,
  readResponse,
  showResponse,
} from "./presentation.ts";

/** An item tried out by its author: as a learner sees it, with what is given so far, explained once it is answered. */
export type TriedItem = {
  item: PresentedItem;
  given: GivenResponse | null;
  explained: ExplainedItem | null;
};

/**
 * Tries an item without an attempt, in the arrangement that `key` stands for. `read` reads what is given of the item as
 * shown; of a branching scenario it is asked again at each node met. Nothing is kept.
 */
export function tryItem(
  item: Item,
  key: string,
  read: (shown: PresentedItem) => GivenResponse | null,
): TriedItem {
  const form = arrangeItem(item, key);
  let response: Response | null = null;
  for (;;) {
    const shown = presentItem(item, form, response);
    const given = shown.type === "branching" && shown.ended ? null : read(shown);
    const next = given === null ? null : readResponse(item, form, given);
    const further =
      next !== null && Object.keys(choicesOf(next)).length > Object.keys(choicesOf(response)).length;
    if (item.type === "branching" && further) {
      response = next;
      continue;
    }
    if (item.type !== "branching") response = next;
    const complete = shown.type === "branching" ? shown.ended : response !== null;
    return {
      item: shown,
      given: response === null ? null : showResponse(item, form, response),
      explained: complete ? explainItem(item, response) : null,
    };
  }
}

/** An answer that scores full marks. */
export function rightResponse(item: Item): Response {
  const chosen = (list: readonly { id: string; correct: boolean }[]): string[] =>
    list.filter((one) => one.correct).map((one) => one.id);
  switch (item.type) {
    case "single_choice":
    case "multiple_response":
      return chosen(item.options);
    case "mark_up":
      return chosen(item.passages);
    case "true_false":
      return [String(item.answer)];
    case "ordering":
      return item.elements.map((element) => element.id);
    case "matching":
      return Object.fromEntries(item.pairs.map((pair) => [pair.id, pair.id]));
    case "scenario":
      return Object.fromEntries(item.steps.map((step) => [step.id, chosen(step.options)[0] ?? ""]));
    case "short_answer":
      return item.accepted.find((answer) => !answer.includes("*")) ?? "";
    case "branching":
      return bestPath(item);
  }
}

/** An item with its key, for its author: choices with what is right, everything else as answered rightly. */
export function keyOf(item: Item): ExplainedItem {
  const byChoice = ["single_choice", "multiple_response", "mark_up", "true_false", "scenario"];
  return explainItem(item, byChoice.includes(item.type) ? null : rightResponse(item));
}
