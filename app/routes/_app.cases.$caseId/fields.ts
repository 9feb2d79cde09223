import { z } from "zod";
import type { Decision } from "#app/domain/cases/decision.ts";
import { dataClasses } from "#app/domain/register/terms.ts";
import { affectedGroups, oversights } from "#app/domain/risk/facts.ts";
import { msg } from "#app/i18n/translate.ts";

const score = (words: string) =>
  z.preprocess(
    (value) => (value === "" ? undefined : value),
    z.coerce.number(words).int(words).min(1, words).max(5, words),
  );

/** A few paragraphs; a reason that needs more belongs into a document of its own. */
const longest = 4000;
const tooLong = msg("Write at most 4000 characters.");
const note = (words: string) => z.string().trim().min(1, words).max(longest, tooLong);

const list = <T extends z.ZodType>(of: T) => z.array(of).default([]);

/** Conditions are written one a line. */
const conditions = z
  .string()
  .transform((text) =>
    text
      .split("\n")
      .map((line) => line.replace(/^[-*•]\s*/, "").trim())
      .filter((line) => line !== ""),
  )
  .refine((lines) => lines.length <= 20, msg("Name at most 20 conditions."))
  .refine(
    (lines) => lines.every((line) => line.length <= 300),
    msg("Write at most 300 characters for a condition."),
  )
  .default([]);

const revision = z.coerce.number().int().min(1);
const rating = {
  likelihood: score(msg("Choose how likely harm is.")),
  severity: score(msg("Choose how bad it would be.")),
};
const secondId = z
  .string()
  .max(100)
  .default("")
  .transform((id) => (id === "" ? null : id));

/** Everything that can be sent to a case, told apart by `intent`. */
export const caseFields = z.discriminatedUnion(
  "intent",
  [
    z.object({ intent: z.literal("reply"), note: note(msg("Write your answer.")) }),
    z.object({
      intent: z.literal("rate"),
      revision,
      ...rating,
      note: z.string().trim().max(longest).default(""),
    }),
    z.object({
      intent: z.literal("request_information"),
      revision,
      note: note(msg("Write what you need to know.")),
    }),
    z.object({
      intent: z.literal("reject"),
      revision,
      ...rating,
      note: note(msg("Give the reason: the asker reads it.")),
      secondId,
    }),
    z.object({
      intent: z.literal("approve_with_conditions"),
      revision,
      ...rating,
      note: note(msg("Give the reason: the asker reads it.")),
      secondId,
      systemSlug: z.string().max(100).default(""),
      purposes: list(z.string().max(100)).transform((slugs) => slugs.filter((slug) => slug !== "")),
      dataClasses: list(z.enum(dataClasses)),
      affected: list(z.enum(affectedGroups)),
      oversight: z.enum(oversights, msg("Choose how much say a person keeps.")),
      conditions,
    }),
  ],
  msg("Choose what you decide."),
);

/** The decision that the fields of a deciding form make. */
export function decisionOf(
  sent: Exclude<z.infer<typeof caseFields>, { intent: "reply" } | { intent: "rate" }>,
): Decision {
  const { note } = sent;
  if (sent.intent === "request_information") return { kind: "request_information", note };
  const { likelihood, severity, secondId } = sent;
  const common = { likelihood, severity, note, secondId };
  if (sent.intent === "reject") return { kind: "reject", ...common };
  const { systemSlug, purposes, dataClasses, affected, oversight, conditions } = sent;
  const approving = { systemSlug, purposes, dataClasses, affected, oversight, conditions };
  return { kind: "approve_with_conditions", approving, ...common };
}
