import type { GivenResponse, PresentedItem } from "#app/domain/learning/presentation.ts";
import type { Translate } from "#app/i18n/translate.ts";

/**
 * Reads a learner's response from a form of `AnswerFields`; null when nothing was answered. What cannot be a response
 * (two elements in one place) is passed on short of it, so that the domain refuses it instead of guessing.
 * `decides`: whether what is chosen in a branching scenario is decided; otherwise it is left out.
 */
export function givenFrom(
  form: FormData,
  item: PresentedItem,
  { decides = true }: { decides?: boolean } = {},
): GivenResponse | null {
  switch (item.type) {
    case "single_choice":
    case "multiple_response":
    case "mark_up":
    case "true_false": {
      const chosen = texts(form, answerField());
      return chosen.length > 0 ? chosen : null;
    }
    case "ordering":
      return orderFrom(
        form,
        item.elements.map((element) => element.id),
      );
    case "matching":
      return pairsFrom(
        form,
        item.left.map((left) => left.id),
      );
    case "scenario":
      return pairsFrom(
        form,
        item.steps.map((step) => step.id),
      );
    case "branching": {
      const open = decides ? item.steps.find((step) => step.chosen === null) : undefined;
      const decided = { ...chosenIn(item), ...(open && pairsFrom(form, [open.id])) };
      return Object.keys(decided).length > 0 ? decided : null;
    }
    case "short_answer":
      return texts(form, answerField())[0]?.trim() || null;
  }
}

/** Name of the field that holds a response, or its part for one element, left-hand side or step. */
export function answerField(part?: string): string {
  return part === undefined ? "answer" : `answer.${part}`;
}

/** Id of what came of a decision in a branching scenario; they count from 1. */
export function decisionAnchor(number: number | ""): string {
  return `decision-${number}`;
}

/**
 * Which decision of a branching scenario a response of the form brings, counting from 1; null where it brings none, for
 * the other types too.
 */
export function decisionIn(item: PresentedItem, given: GivenResponse | null): number | null {
  if (item.type !== "branching" || given === null || Array.isArray(given) || typeof given === "string")
    return null;
  const open = item.steps.findIndex((step) => step.chosen === null && given[step.id] !== undefined);
  return open < 0 ? null : open + 1;
}

/**
 * The decision of a branching scenario that a form would take once more: which it is, counting from 1, and whether it was
 * decided otherwise, in another tab or on another device. Null where there is none.
 */
export function decidedBefore(
  form: FormData,
  item: PresentedItem,
): { number: number; otherwise: boolean } | null {
  if (item.type !== "branching") return null;
  for (const [i, { id, chosen }] of item.steps.entries()) {
    const [sent] = texts(form, answerField(id));
    if (chosen !== null && sent !== undefined) return { number: i + 1, otherwise: sent !== chosen.id };
  }
  return null;
}

/** How much of an item is answered. Matching and scenarios may be answered in part. */
export function answeredPart(item: PresentedItem, given: GivenResponse | null): "none" | "some" | "all" {
  if (given === null) return "none";
  if (typeof given === "string") return given === "" ? "none" : "all";
  if (Array.isArray(given)) return given.length > 0 ? "all" : "none";
  if (item.type === "branching") return item.ended ? "all" : "some";
  const parts = item.type === "matching" ? item.left : item.type === "scenario" ? item.steps : [];
  const done = parts.filter((part) => given[part.id] !== undefined).length;
  return done === 0 ? "none" : done < parts.length ? "some" : "all";
}

/** A response in words, a line for each thing chosen; `t` translates what is not of the item. */
export function describeGiven(item: PresentedItem, given: GivenResponse, t: Translate): string[] {
  const list = Array.isArray(given) ? given : [];
  const map = Array.isArray(given) || typeof given === "string" ? {} : given;
  const named = (choices: readonly { id: string; text: string }[], id: string | undefined): string =>
    choices.find((choice) => choice.id === id)?.text ?? "–";
  switch (item.type) {
    case "true_false":
      return list.map((value) => t(value === "true" ? "True" : "False"));
    case "single_choice":
    case "multiple_response":
      return list.map((id) => named(item.options, id));
    case "mark_up":
      return list.map((id) => named(item.passages, id));
    case "short_answer":
      return [String(given)];
    case "branching":
      return item.steps.flatMap((step) => step.chosen?.text ?? []);
    case "ordering":
      return list.map((id, i) => `${i + 1}. ${named(item.elements, id)}`);
    case "matching":
      return item.left.map((left) => `${left.text} → ${named(item.right, map[left.id])}`);
    case "scenario":
      return item.steps.map((step, i) =>
        t("Step {{number}}: {{choice}}", { number: i + 1, choice: named(step.options, map[step.id]) }),
      );
  }
}

/** What was chosen so far in a branching scenario, in ids as shown. */
function chosenIn(item: Extract<PresentedItem, { type: "branching" }>): Record<string, string> {
  return Object.fromEntries(item.steps.flatMap((step) => (step.chosen ? [[step.id, step.chosen.id]] : [])));
}

function texts(form: FormData, name: string): string[] {
  return form.getAll(name).filter((value): value is string => typeof value === "string" && value !== "");
}

function orderFrom(form: FormData, ids: readonly string[]): string[] | null {
  const sent = ids.map((id) => ({ id, place: texts(form, answerField(id))[0] }));
  if (sent.every((one) => one.place === undefined)) return null;
  return ids.flatMap((_, i) => sent.find((one) => one.place === String(i + 1))?.id ?? []);
}

function pairsFrom(form: FormData, ids: readonly string[]): Record<string, string> | null {
  const pairs = ids.flatMap((id) => texts(form, answerField(id)).map((value) => [id, value] as const));
  return pairs.length > 0 ? Object.fromEntries(pairs) : null;
}
