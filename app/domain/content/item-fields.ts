import { stringify } from "yaml";
import { type FormType, formTypes, type ItemFields } from "./item-form.ts";
import { readItem } from "./section.ts";
import { withValues } from "./yaml-edit.ts";

const known = new Set([
  "id",
  "type",
  "objective",
  "level",
  "riskDomain",
  "clause",
  "difficulty",
  "audiences",
  "stem",
  "options",
  "passages",
  "elements",
  "pairs",
  "answer",
  "feedback",
  "wrong",
  "accepted",
]);

/** The fields of an item from its YAML, faulty or not; null where it is of a type, or says something, that has no field. */
export function fieldsOf(yaml: string): ItemFields | null {
  const item = readItem(yaml);
  const type = formTypes.find((one) => one === item["type"]);
  if (!type || Object.keys(item).some((key) => !known.has(key))) return null;
  const list = recordsIn(item[listOf[type] ?? ""]);
  const feedback = isRecord(item["feedback"]) ? item["feedback"] : null;
  const accepted = Array.isArray(item["accepted"]) ? item["accepted"] : [];
  return {
    id: textOf(item["id"]),
    type,
    objective: textOf(item["objective"]),
    level: textOf(item["level"]),
    riskDomain: textOf(item["riskDomain"]),
    clause: textOf(item["clause"]),
    difficulty: textOf(item["difficulty"]),
    audiences: Array.isArray(item["audiences"]) ? item["audiences"].map(textOf).join(", ") : "",
    stem: textOf(item["stem"]),
    rows: list.map((row) => ({
      id: textOf(row["id"]),
      text: textOf(row["text"] ?? row["left"]),
      right: textOf(row["right"]),
      feedback: textOf(row["feedback"]),
      correct: row["correct"] === true,
    })),
    answer: item["answer"] === false ? "false" : "true",
    feedback: feedback ? textOf(feedback["true"]) : textOf(item["feedback"]),
    wrong: feedback ? textOf(feedback["false"]) : textOf(item["wrong"]),
    accepted: accepted.map(textOf).join("\n"),
  };
}

const listOf: Partial<Record<FormType, string>> = {
  single_choice: "options",
  multiple_response: "options",
  mark_up: "passages",
  ordering: "elements",
  matching: "pairs",
};

/**
 * The YAML of an item from its fields; the reverse of {@link fieldsOf}. Rows without any text are left out. What `before`, the
 * item as it stands, says the same is left as written.
 */
export function yamlOf(fields: ItemFields, before = ""): string {
  const wanted = valuesOf(fields);
  return withValues(before, wanted) ?? stringify(wanted, { lineWidth: 0 });
}

function valuesOf(fields: ItemFields): Record<string, unknown> {
  const { id, type, objective, level, riskDomain, clause, difficulty, audiences, stem } = fields;
  const named = audiences.split(",").flatMap((one) => one.trim() || []);
  const common = {
    id: id.trim(),
    type,
    objective: objective.trim(),
    level,
    riskDomain: numberOf(riskDomain),
    ...(clause.trim() === "" ? {} : { clause: clause.trim() }),
    ...(difficulty.trim() === "" ? {} : { difficulty: numberOf(difficulty) }),
    ...(named.length === 0 ? {} : { audiences: named }),
    stem: plain(stem),
  };
  return { ...common, ...bodyOf(fields) };
}

function bodyOf(fields: ItemFields): Record<string, unknown> {
  const rows = withIds(fields.rows.filter((row) => `${row.text}${row.right}${row.feedback}`.trim() !== ""));
  const feedback = plain(fields.feedback);
  switch (fields.type) {
    case "single_choice":
    case "multiple_response":
    case "mark_up": {
      const list = rows.map(({ id, text, correct, feedback: why }) => ({
        id,
        text: plain(text),
        ...(correct ? { correct } : {}),
        feedback: plain(why),
      }));
      return fields.type === "mark_up" ? { passages: list } : { options: list };
    }
    case "true_false":
      return { answer: fields.answer === "true", feedback: { true: feedback, false: plain(fields.wrong) } };
    case "ordering":
      return { elements: rows.map(({ id, text }) => ({ id, text: plain(text) })), feedback };
    case "matching":
      return {
        pairs: rows.map(({ id, text, right }) => ({ id, left: plain(text), right: plain(right) })),
        feedback,
      };
    case "short_answer":
      return {
        accepted: fields.accepted.split("\n").flatMap((line) => line.trim() || []),
        feedback,
        wrong: plain(fields.wrong),
      };
  }
}

/** Rows that are new get the first letters that are free. */
function withIds<R extends { id: string }>(rows: readonly R[]): R[] {
  const taken = new Set(rows.map((row) => row.id));
  return rows.map((row) => {
    if (row.id !== "") return row;
    const id = [..."abcdefghijklmnopqrstuvwxyz"].find((letter) => !taken.has(letter)) ?? `x${taken.size}`;
    taken.add(id);
    return { ...row, id };
  });
}

const plain = (text: string): string => text.replaceAll("\r\n", "\n").trim();
const textOf = (value: unknown): string =>
  typeof value === "string" || typeof value === "number" || typeof value === "boolean" ? String(value) : "";
/** A number where it is one, else the text as typed, for the check to complain about. */
const numberOf = (text: string): number | string =>
  text.trim() === "" || Number.isNaN(Number(text)) ? text.trim() : Number(text);

function recordsIn(value: unknown): Record<string, unknown>[] {
  return Array.isArray(value) ? value.filter(isRecord) : [];
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
