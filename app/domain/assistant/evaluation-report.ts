import { z } from "zod";
import { parseYaml } from "../content/source.ts";
import { riskClasses } from "../register/terms.ts";
import { figureNames } from "./figure.ts";

const share = z.number().min(0).max(1);
const proportion = z.strictObject({
  value: share.nullable(),
  n: z.number().int().min(0),
  low: share,
  high: share,
});
const group = z.strictObject({ recall: proportion, wronglyCleared: proportion, falseAlarms: proportion });
const groups = z.record(z.string(), group);
const levels = z.enum(riskClasses);

/** The figures of one part of the labelled sets, with whatever further sets were measured. */
const measured = z.strictObject({
  figures: z.partialRecord(z.enum(figureNames), proportion),
  by: z.strictObject({ area: groups, language: groups, style: groups }),
  attackSuccessByKind: z.record(z.string(), proportion),
  confusion: z.record(levels, z.record(levels, z.number().int().min(0))),
});
export type Measured = z.infer<typeof measured>;

/** `dev` was looked at while the product was tuned; `held` was only ever measured. */
export const parts = ["dev", "held"] as const;
export type Part = (typeof parts)[number];
const bothParts = z.strictObject({ dev: measured, held: measured });

/** What `npm run eval -- --write` leaves in the content folder. */
export const evaluationReport = z.strictObject({
  /** When it was measured. */
  date: z.iso.date(),
  /** The day by whose rules every case was judged. */
  judgedOn: z.iso.date(),
  /** Hash of the evaluated rule set. */
  ruleSet: z.string().regex(/^[0-9a-f]{64}$/, "write the SHA-256 of a rule set in hexadecimal"),
  /** Without a model. */
  rules: bothParts,
  /** With models, each apart. */
  model: z.array(bothParts.extend({ name: z.string().min(1), about: z.string() })),
});
export type EvaluationReport = z.infer<typeof evaluationReport>;

/** Reads a report; JSON is YAML, so a fault is told with its line. Throws `ContentError`. */
export function parseReport(json: string, file: string): EvaluationReport {
  return parseYaml(json, evaluationReport, file);
}
