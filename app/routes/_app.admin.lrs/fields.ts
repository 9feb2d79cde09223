import { z } from "zod";
import { credentialInput } from "#app/domain/lrs/credential.ts";
import { msg } from "#app/i18n/translate.ts";

/** Everything that can be sent from the page of clients, told apart by `intent`. `id` names the credential. */
export const clientFields = z.discriminatedUnion(
  "intent",
  [
    z.object({ intent: z.literal("create"), ...credentialInput.shape }),
    z.object({
      intent: z.literal("rotate"),
      id: z.uuid(),
      confirmed: z.literal("yes", msg("Tick this to go on: the secret in use now stops working.")),
    }),
    z.object({
      intent: z.literal("revoke"),
      id: z.uuid(),
      confirmed: z.literal("yes", msg("Tick this to revoke: it cannot be undone.")),
    }),
  ],
  msg("Choose what you want to do."),
);

export type Intent = z.infer<typeof clientFields>["intent"];
