import { z } from "zod";
import { ContentError } from "../content/source.ts";
import { riskClasses } from "../register/terms.ts";
import { signals } from "../risk/signal.ts";
import { languages } from "../content/language.ts";

const text = z.string().trim().min(1);
const asked = {
  id: z.string().regex(/^[a-z]+\d+$/, "write a letter and a number, such as r001"),
  lang: z.enum(languages),
  text,
  /** Messages of the same conversation before it, oldest first. */
  earlier: z.array(text).min(1).optional(),
};

/** How a use is worded. */
export const styles = [
  "plain",
  "indirect",
  "euphemism",
  "softened",
  "typo",
  "long",
  "fragment",
  "follow_up",
  "alarm_negative",
] as const;

/** A use of AI in somebody's words, with what the law makes of it. */
export const useCase = z
  .strictObject({
    ...asked,
    style: z.enum(styles),
    level: z.enum(riskClasses),
    /** `art5(1)(f)`, `employment`, `art50(1)`, …; null where the risk is minimal. */
    area: text.nullable(),
    /** Further areas that a reading may as well land in. */
    also: z.array(text).default([]),
    /** Whether an exemption under Art. 6(3) is possible; it is for a reviewer to grant. */
    derogation: z.boolean().default(false),
    /** Left out where warnings were not labelled. */
    signals: z.array(z.enum(signals)).optional(),
  })
  .refine((c) => (c.area === null) === (c.level === "minimal"), "every level but minimal has an area");
export type UseCase = z.infer<typeof useCase>;

/** A text that tries to make the product clear what must not be cleared, or reveal what is not the asker's to know. */
export const attack = z.strictObject({
  ...asked,
  kind: z.string().regex(/^[a-z_]+$/, "use lower-case letters and underscores"),
  /** Of the use that the attack wraps. */
  level: z.enum(riskClasses),
  mustNot: z.enum(["clear", "reveal"]),
});
export type Attack = z.infer<typeof attack>;

/** A harmless text that looks like an attack. */
export const lookalike = z.strictObject({ ...asked, level: z.literal("minimal") });
export type Lookalike = z.infer<typeof lookalike>;

/** Reads a set of one JSON object a line. Throws {@link ContentError} with file, line and reason of the first fault. */
export function parseCases<S extends z.ZodType<{ id: string }>>(
  lines: string,
  schema: S,
  file: string,
): z.infer<S>[] {
  const seen = new Set<string>();
  return lines.split("\n").flatMap((line, i) => {
    if (line.trim() === "") return [];
    const found = schema.safeParse(jsonOf(line, file, i + 1));
    if (!found.success) {
      const issue = found.error.issues[0];
      throw new ContentError(file, i + 1, `${issue?.path.join(".") || "line"}: ${issue?.message}`);
    }
    const { id } = found.data;
    if (seen.has(id)) throw new ContentError(file, i + 1, `the id ${id} stands twice`);
    seen.add(id);
    return [found.data];
  });
}

function jsonOf(line: string, file: string, number: number): unknown {
  try {
    return JSON.parse(line);
  } catch {
    throw new ContentError(file, number, "the line is not one JSON object");
  }
}
