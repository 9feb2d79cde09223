import type { Item } from "./item.ts";

/** Types of items that can be written in a form; the others are written as text. */
export const formTypes = [
  "single_choice",
  "multiple_response",
  "mark_up",
  "true_false",
  "ordering",
  "matching",
  "short_answer",
] as const satisfies readonly Item["type"][];
export type FormType = (typeof formTypes)[number];

/** An item as the fields of a form: texts as typed, right or wrong. */
export type ItemFields = {
  id: string;
  type: FormType;
  objective: string;
  level: string;
  riskDomain: string;
  clause: string;
  difficulty: string;
  /** Separated by commas. */
  audiences: string;
  stem: string;
  /** Options, passages, elements or pairs; `text` is the left-hand side of a pair. */
  rows: { id: string; text: string; right: string; feedback: string; correct: boolean }[];
  answer: "true" | "false";
  /** After a right and a wrong answer, or after any. */
  feedback: string;
  wrong: string;
  /** One in each line. */
  accepted: string;
};
