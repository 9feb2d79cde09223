import { z } from "zod";
import { formTypes, type ItemFields } from "#app/domain/content/item-form.ts";
import { msg } from "#app/i18n/translate.ts";

const list = z.array(z.string()).default([]);
const short = z.string().max(200).default("");
const long = z.string().max(20_000).default("");

/** What the editor sends: a text, or the fields of an item. `seen` stands for the text it was made from. */
export const editFields = z.discriminatedUnion("as", [
  z.object({
    as: z.literal("text"),
    seen: z.string().max(64),
    text: z.string().max(500_000, msg("A file holds 500,000 characters at most.")),
  }),
  z.object({
    as: z.literal("form"),
    seen: z.string().max(64),
    id: short,
    type: z.enum(formTypes),
    objective: short,
    level: short,
    riskDomain: short,
    clause: short,
    difficulty: short,
    audiences: short,
    stem: long,
    feedback: long,
    wrong: long,
    accepted: long,
    answer: z.enum(["true", "false"]).default("true"),
    rowId: list,
    rowText: list,
    rowRight: list,
    rowFeedback: list,
    /** Places of the rows that are right. */
    correct: list,
  }),
]);
export type Sent = z.infer<typeof editFields>;

/** The item as it was sent, for a form that is drawn again; null when it was no item. */
export function itemIn(values: Readonly<Record<string, string | string[]>>): ItemFields | null {
  if (values["as"] !== "form") return null;
  const text = (name: string): string => [values[name] ?? ""].flat()[0] ?? "";
  const texts = (name: string): string[] => [values[name] ?? []].flat();
  const type = formTypes.find((one) => one === text("type"));
  if (!type) return null;
  return {
    id: text("id"),
    type,
    objective: text("objective"),
    level: text("level"),
    riskDomain: text("riskDomain"),
    clause: text("clause"),
    difficulty: text("difficulty"),
    audiences: text("audiences"),
    stem: text("stem"),
    feedback: text("feedback"),
    wrong: text("wrong"),
    accepted: text("accepted"),
    answer: text("answer") === "false" ? "false" : "true",
    rows: texts("rowId").map((id, i) => ({
      id,
      text: texts("rowText")[i] ?? "",
      right: texts("rowRight")[i] ?? "",
      feedback: texts("rowFeedback")[i] ?? "",
      correct: texts("correct").includes(String(i)),
    })),
  };
}
