import { z } from "zod";

/** Cognitive levels after Anderson & Krathwohl (2001). */
export const cognitiveLevels = ["remember", "understand", "apply", "analyse", "evaluate"] as const;

/** The seven domains of the MIT AI Risk Repository, by number. */
export const riskDomains: Record<number, string> = {
  1: "Discrimination and toxicity",
  2: "Privacy and security",
  3: "Misinformation",
  4: "Malicious actors",
  5: "Human-computer interaction",
  6: "Socioeconomic and environmental harms",
  7: "AI system safety, failures and limitations",
};

const id = z.string().regex(/^[a-z0-9][a-z0-9-]*$/, "use lower-case letters, digits and hyphens");
const text = z.string().trim().min(1);
export const clauseRef = z
  .string()
  .regex(/^[a-z0-9-]+#\d+(\.\d+)*$/, "write policy-slug#clause, such as acceptable-use-policy#3.3");

const option = z.strictObject({ id, text, correct: z.boolean().default(false), feedback: text });

const common = {
  id,
  objective: id,
  level: z.enum(cognitiveLevels),
  riskDomain: z.number().int().min(1).max(7),
  clause: clauseRef.optional(),
  /** Estimated share of learners who answer correctly at first. */
  difficulty: z.number().min(0).max(1).default(0.7),
  stem: text,
};

const singleOptions = z
  .array(option)
  .min(2)
  .refine((o) => o.filter((x) => x.correct).length === 1, "exactly one option must be correct")
  .refine(distinctIds, "option ids must differ");

/** An assessment item as authored, key included. Never leaves the server before an attempt is submitted. */
export const item = z.discriminatedUnion("type", [
  z.strictObject({ ...common, type: z.literal("single_choice"), options: singleOptions }),
  z.strictObject({
    ...common,
    type: z.literal("multiple_response"),
    options: z
      .array(option)
      .min(3)
      .refine(
        (o) => o.some((x) => x.correct) && o.some((x) => !x.correct),
        "needs a correct and a wrong option",
      )
      .refine(distinctIds, "option ids must differ"),
  }),
  z.strictObject({
    ...common,
    type: z.literal("true_false"),
    answer: z.boolean(),
    feedback: z.strictObject({ true: text, false: text }),
  }),
  z.strictObject({
    ...common,
    type: z.literal("ordering"),
    elements: z.array(z.strictObject({ id, text })).min(3).refine(distinctIds, "element ids must differ"),
    feedback: text,
  }),
  z.strictObject({
    ...common,
    type: z.literal("matching"),
    pairs: z
      .array(z.strictObject({ id, left: text, right: text }))
      .min(3)
      .refine(distinctIds, "pair ids must differ")
      .refine((p) => new Set(p.map((x) => x.right)).size === p.length, "the right-hand sides must differ"),
    feedback: text,
  }),
  z.strictObject({
    ...common,
    type: z.literal("scenario"),
    steps: z
      .array(z.strictObject({ id, stem: text, options: singleOptions }))
      .min(2)
      .refine(distinctIds, "step ids must differ"),
  }),
]);
export type Item = z.infer<typeof item>;

/**
 * What a learner answers, as ids: chosen options; `true`/`false`; elements in order;
 * for matching and scenario, pair or step id → chosen pair (whose right side) or option id.
 */
export const response = z.union([z.array(id).max(20), z.record(id, id)]);
export type Response = z.infer<typeof response>;

function distinctIds(list: { id: string }[]): boolean {
  return new Set(list.map((x) => x.id)).size === list.length;
}
