import { z } from "zod";
import { type ErasureDecision, erasureCategories, legalGrounds } from "#app/domain/people/erasure.ts";
import { msg } from "#app/i18n/translate.ts";

const reason = z
  .string()
  .trim()
  .min(10, msg("Give the reason in at least ten characters; an auditor will read it."))
  .max(500, msg("Keep the reason within 500 characters."));
const email = z.string().trim().toLowerCase().max(200);
const day = z.iso.date(msg("Enter the last day as a date."));
const choice = z
  .string()
  .regex(
    new RegExp(`^(erase|keep):(${Object.keys(legalGrounds).join("|")})$`),
    msg("Choose whether it is erased or kept, and on which ground."),
  );

/** Everything that can be sent to the page, told apart by `intent`. */
export const requestFields = z.discriminatedUnion("intent", [
  z.object({ intent: z.literal("decide"), id: z.uuid(), ...choices() }),
  z.object({
    intent: z.literal("hold"),
    email,
    categories: z
      .union([z.array(z.enum(erasureCategories)), z.enum(erasureCategories).transform((one) => [one])])
      .default([])
      // After the default, which takes the place of what was not sent: a hold of nothing would keep nothing.
      .refine((all) => all.length > 0, msg("Choose at least one kind of data.")),
    reason,
    until: day,
  }),
  z.object({ intent: z.literal("end_hold"), id: z.uuid() }),
  z.object({ intent: z.literal("left"), email: email.min(1, msg("Enter the e-mail.")), leftOn: day }),
  z.object({ intent: z.literal("file"), email: email.min(1, msg("Enter the e-mail.")), reason }),
]);

function choices() {
  return { identity: choice, questions: choice, answers: choice, proofs: choice, cases: choice };
}

/** The decisions of a form, in the order of the categories. */
export function decisionsIn(form: Record<(typeof erasureCategories)[number], string>): ErasureDecision[] {
  return erasureCategories.map((category) => {
    const [what, ground = ""] = form[category].split(":");
    return { category, erase: what === "erase", ground: ground as ErasureDecision["ground"] };
  });
}
