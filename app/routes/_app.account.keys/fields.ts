import { z } from "zod";
import { keyInput } from "#app/domain/assistant/api-key.ts";
import { msg } from "#app/i18n/translate.ts";

/** Everything that can be sent from the page of keys, told apart by `intent`. */
export const keyFields = z.discriminatedUnion(
  "intent",
  [
    z.object({ intent: z.literal("create"), ...keyInput.shape }),
    z.object({
      intent: z.literal("revoke"),
      id: z.uuid(),
      confirmed: z.literal("yes", msg("Tick this to revoke: it cannot be undone.")),
    }),
  ],
  msg("Choose what you want to do."),
);
