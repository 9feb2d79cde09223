import { bestPath, branchPath } from "../content/branch.ts";
import type { Item, Response } from "../content/item.ts";

type Component = { id: string; description: Record<string, string> };

/** The interaction part of an activity definition (xAPI 1.0.3 §2.4.4.1, interaction components), without the key. */
export function interactionOf(item: Item, language: string): Record<string, unknown> {
  const component = (id: string, text: string): Component => ({ id, description: { [language]: text } });
  switch (item.type) {
    case "single_choice":
    case "multiple_response":
      return { interactionType: "choice", choices: item.options.map((o) => component(o.id, o.text)) };
    case "true_false":
      return { interactionType: "true-false" };
    case "ordering":
      return { interactionType: "sequencing", choices: item.elements.map((e) => component(e.id, e.text)) };
    case "matching":
      return {
        interactionType: "matching",
        source: item.pairs.map((p) => component(p.id, p.left)),
        target: item.pairs.map((p) => component(p.id, p.right)),
      };
    // Several choices in one: no interaction type of the standard holds that.
    case "scenario":
    case "branching":
      return { interactionType: "other" };
    case "short_answer":
      return { interactionType: "fill-in" };
    case "mark_up":
      return { interactionType: "choice", choices: item.passages.map((p) => component(p.id, p.text)) };
  }
}

/** The key as response patterns. */
export function correctPatterns(item: Item): string[] {
  switch (item.type) {
    case "single_choice":
    case "multiple_response":
      return [joined(item.options.filter((o) => o.correct).map((o) => o.id))];
    case "true_false":
      return [String(item.answer)];
    case "ordering":
      return [joined(item.elements.map((e) => e.id))];
    case "matching":
      return [joined(item.pairs.map((p) => `${p.id}[.]${p.id}`))];
    case "scenario":
      return [joined(item.steps.map((s) => `${s.id}[.]${s.options.find((o) => o.correct)?.id ?? ""}`))];
    case "branching":
      return [joined(Object.entries(bestPath(item)).map(([node, option]) => `${node}[.]${option}`))];
    case "short_answer":
      // A wildcard has no place in the standard's patterns; spellings without one stand for all.
      return item.accepted.filter((one) => !one.includes("*")).map((one) => `{case_matters=false}${one}`);
    case "mark_up":
      return [joined(item.passages.filter((p) => p.correct).map((p) => p.id))];
  }
}

/** A response in the pattern's format: ids joined by `[,]`, pairs by `[.]`, in the item's own order where order says nothing. */
export function responseText(item: Item, response: Response): string {
  if (typeof response === "string") return response;
  if (Array.isArray(response)) {
    if (item.type !== "multiple_response" && item.type !== "mark_up") return joined(response);
    const all = item.type === "mark_up" ? item.passages : item.options;
    return joined(all.filter((o) => response.includes(o.id)).map((o) => o.id));
  }
  const keys =
    item.type === "scenario"
      ? item.steps
      : item.type === "branching"
        ? branchPath(item, response).steps.map((step) => step.node)
        : item.type === "matching"
          ? item.pairs
          : [];
  return joined(keys.filter((k) => response[k.id] !== undefined).map((k) => `${k.id}[.]${response[k.id]}`));
}

const joined = (parts: string[]): string => parts.join("[,]");
