import { z } from "zod";
import { waiverInput } from "#app/domain/competence/waiver.ts";
import { revocationCategories } from "#app/domain/evidence/certificate.ts";
import { msg } from "#app/i18n/translate.ts";

/** Whatever departs from the rule leaves the same kind of reason. */
const { reason, until } = waiverInput.shape;

/** Everything that can be sent to a record, told apart by `intent`. `id` names the period, the waiver or the certificate. */
export const recordFields = z.discriminatedUnion(
  "intent",
  [
    z.object({ intent: z.literal("waive"), id: z.uuid(), reason, until }),
    z.object({ intent: z.literal("end_waiver"), id: z.uuid(), reason }),
    z.object({ intent: z.literal("end_naming"), id: z.uuid(), reason }),
    z.object({ intent: z.literal("grant_attempt"), id: z.uuid(), reason }),
    z.object({
      intent: z.literal("revoke"),
      id: z.uuid(),
      reason,
      category: z.enum(revocationCategories, msg("Choose what a verifier may know of the reason.")),
      confirmed: z.literal("yes", msg("Tick this to revoke: it cannot be undone.")),
    }),
    z.object({
      intent: z.literal("display"),
      id: z.uuid(),
      showName: z.literal("yes").optional(),
      showScore: z.literal("yes").optional(),
    }),
  ],
  msg("Choose what you want to do."),
);
export type Intent = z.infer<typeof recordFields>["intent"];
