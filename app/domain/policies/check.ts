import { checkItemsIn, type WrittenCheck } from "../content/policy-check.ts";
import type { Language } from "../content/language.ts";
import { arrangeItem } from "../learning/assessment.ts";
import { presentItem, readResponse, type ShownChoice } from "../learning/presentation.ts";

/** An item of a check as it is read: no key, no feedback, choices named by their place. */
export type ShownCheckItem = { id: string; clause: string; stem: string; options: ShownChoice[] };

/** What is said of an answer once it is given: of the choice made, never which other one is right. */
export type CheckMark = { id: string; clause: string; right: boolean; feedback: string };

/** The items of a check in the order of choices that `key` (person and version) stands for. */
export function presentCheck(
  check: WrittenCheck,
  key: string,
  language: Language,
): { items: ShownCheckItem[]; language: Language } {
  const written = checkItemsIn(check, language);
  const items = written.items.map((item) => {
    const shown = presentItem(item, arrangeItem(item, `${key}/${item.id}`));
    return {
      id: item.id,
      clause: clauseNumber(item.clause),
      stem: item.stem,
      options: shown.type === "single_choice" ? shown.options : [],
    };
  });
  return { items, language: written.language };
}

/** Marks answers (item id → choice as shown). Nothing is marked while one is missing. */
export function markCheck(
  check: WrittenCheck,
  key: string,
  given: Readonly<Record<string, string>>,
  language: Language,
):
  | { complete: false; missing: string[] }
  | { complete: true; right: boolean; chosen: Record<string, string>; marks: CheckMark[] } {
  const missing: string[] = [];
  const chosen: Record<string, string> = {};
  const marks: CheckMark[] = [];
  for (const item of checkItemsIn(check, language).items) {
    const response = readResponse(item, arrangeItem(item, `${key}/${item.id}`), [given[item.id] ?? ""]);
    const option = Array.isArray(response) ? item.options.find((one) => one.id === response[0]) : undefined;
    if (!option) {
      missing.push(item.id);
      continue;
    }
    chosen[item.id] = option.id;
    const { correct: right, feedback } = option;
    marks.push({ id: item.id, clause: clauseNumber(item.clause), right, feedback });
  }
  if (missing.length > 0) return { complete: false, missing };
  return { complete: true, right: marks.every((mark) => mark.right), chosen, marks };
}

const clauseNumber = (ref: string | undefined): string => ref?.split("#")[1] ?? "";
