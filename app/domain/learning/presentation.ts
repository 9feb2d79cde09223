import { branchPath } from "../content/branch.ts";
import { type Item, longestShortAnswer, type Response } from "../content/item.ts";
import type { FormItem } from "./assessment.ts";

/** A choice as shown. Its id is its place (`c1`, `c2` …): authored ids of ordering and matching items tell the key. */
export type ShownChoice = { id: string; text: string };

/** An item as a learner sees it: no key, no feedback, no authored ids of choices. */
export type PresentedItem = { stem: string } & (
  | { type: "single_choice" | "multiple_response"; options: ShownChoice[] }
  | { type: "true_false" }
  | { type: "ordering"; elements: ShownChoice[] }
  | { type: "matching"; left: { id: string; text: string }[]; right: ShownChoice[] }
  | { type: "scenario"; steps: { id: string; stem: string; options: ShownChoice[] }[] }
  | { type: "short_answer" }
  | { type: "mark_up"; passages: ShownChoice[] }
  /** The nodes met so far; the last one is open unless the scenario has ended. What is chosen is final. */
  | {
      type: "branching";
      steps: {
        id: string;
        stem: string;
        options: ShownChoice[];
        chosen: { id: string; text: string; consequence: string } | null;
      }[];
      ended: boolean;
    }
);

/**
 * What a learner sends or is shown again, in ids as shown. single_choice, multiple_response, mark_up: chosen choices;
 * true_false: `["true"]` or `["false"]`; ordering: all elements in the learner's order;
 * matching: left id → choice; scenario and branching: step id → choice; short_answer: the text.
 */
export type GivenResponse = string[] | Record<string, string> | string;

/**
 * The item in the arrangement of a form, without its key. Of a branching scenario it shows what the choices of `response`
 * have led to, and nothing beyond.
 */
export function presentItem(item: Item, form: FormItem, response: Response | null = null): PresentedItem {
  const { stem } = item;
  switch (item.type) {
    case "single_choice":
    case "multiple_response":
      return { type: item.type, stem, options: choices(item.options, form.order) };
    case "true_false":
      return { type: item.type, stem };
    case "ordering":
      return { type: item.type, stem, elements: choices(item.elements, form.order) };
    case "matching":
      return {
        type: item.type,
        stem,
        left: item.pairs.map((pair, i) => ({ id: leftId(i), text: pair.left })),
        right: choices(
          item.pairs.map((pair) => ({ id: pair.id, text: pair.right })),
          form.order,
        ),
      };
    case "short_answer":
      return { type: item.type, stem };
    case "mark_up":
      return { type: item.type, stem, passages: choices(item.passages, form.order) };
    case "branching": {
      const path = branchPath(item, choicesOf(response));
      return {
        type: item.type,
        stem,
        ended: path.ended,
        steps: path.steps.map(({ node, chosen }) => {
          const options = choices(node.options, form.steps?.[node.id] ?? []);
          const shown = options.find((option) => option.text === chosen?.text);
          return {
            id: node.id,
            stem: node.stem,
            options,
            chosen: chosen && shown ? { ...shown, consequence: chosen.consequence } : null,
          };
        }),
      };
    }
    case "scenario":
      return {
        type: item.type,
        stem,
        steps: item.steps.map((step) => ({
          id: step.id,
          stem: step.stem,
          options: choices(step.options, form.steps?.[step.id] ?? []),
        })),
      };
  }
}

/** A learner's response in authored ids, or null when it cannot be one of this item. Partial matching and scenarios count. */
export function readResponse(item: Item, form: FormItem, given: GivenResponse): Response | null {
  const list = Array.isArray(given) ? given : null;
  switch (item.type) {
    case "true_false":
      return list?.length === 1 && (list[0] === "true" || list[0] === "false") ? list : null;
    case "single_choice":
      return list?.length === 1 ? authored(list, form.order) : null;
    case "multiple_response":
    case "mark_up":
      return list && list.length > 0 ? authored(list, form.order) : null;
    case "short_answer": {
      const text = typeof given === "string" ? given.trim() : "";
      return text !== "" && text.length <= longestShortAnswer ? text : null;
    }
    case "ordering":
      return list?.length === item.elements.length ? authored(list, form.order) : null;
    case "matching": {
      if (Array.isArray(given) || typeof given === "string") return null;
      const entries = Object.entries(given).map(([left, right]) => [
        item.pairs[placeOf(left, "l")]?.id,
        form.order[placeOf(right, "c")],
      ]);
      return entries.length > 0 && complete(entries) ? Object.fromEntries(entries) : null;
    }
    case "scenario":
    case "branching": {
      if (Array.isArray(given) || typeof given === "string") return null;
      const steps: readonly { id: string }[] = item.type === "scenario" ? item.steps : item.nodes;
      const entries = Object.entries(given).map(([step, choice]) => [
        steps.find((s) => s.id === step)?.id,
        form.steps?.[step]?.[placeOf(choice, "c")],
      ]);
      if (entries.length === 0 || !complete(entries)) return null;
      const chosen: Record<string, string> = Object.fromEntries(entries);
      if (item.type === "scenario") return chosen;
      const met = branchPath(item, chosen).steps.filter((one) => one.chosen !== null).length;
      return met === entries.length ? chosen : null;
    }
  }
}

/** A stored response in ids as shown, to fill the form again. */
export function showResponse(item: Item, form: FormItem, response: Response): GivenResponse {
  if (typeof response === "string") return response;
  if (Array.isArray(response)) {
    return item.type === "true_false" ? response : response.map((id) => shownId(form.order.indexOf(id)));
  }
  return Object.fromEntries(
    Object.entries(response).map(([key, value]) =>
      item.type === "matching"
        ? [leftId(item.pairs.findIndex((p) => p.id === key)), shownId(form.order.indexOf(value))]
        : [key, shownId((form.steps?.[key] ?? []).indexOf(value))],
    ),
  );
}

/** The choices of a scenario that a stored response holds. */
export function choicesOf(response: Response | null): Record<string, string> {
  return response === null || Array.isArray(response) || typeof response === "string" ? {} : response;
}

function choices(list: readonly { id: string; text: string }[], order: readonly string[]): ShownChoice[] {
  return order.flatMap((id, place) => {
    const entry = list.find((one) => one.id === id);
    return entry ? [{ id: shownId(place), text: entry.text }] : [];
  });
}

function authored(given: readonly string[], order: readonly string[]): string[] | null {
  const ids = given.map((id) => order[placeOf(id, "c")]);
  return new Set(ids).size === ids.length && ids.every((id) => id !== undefined) ? ids : null;
}

function complete(entries: (string | undefined)[][]): entries is [string, string][] {
  return entries.every(([key, value]) => key !== undefined && value !== undefined);
}

const shownId = (place: number): string => `c${place + 1}`;
const leftId = (place: number): string => `l${place + 1}`;
const placeOf = (id: string, prefix: "c" | "l"): number =>
  new RegExp(`^${prefix}[1-9]\\d?$`).test(id) ? Number(id.slice(1)) - 1 : -1;
