import { z } from "zod";
import { keyInput } from "#app/domain/assistant/api-key.ts";

/** Everything that can be sent from the page of keys, told apart by `intent`. */
export const keyFields = z.discriminatedUnion(
  "intent",
  [
    z.object({ intent: z.literal("create"), ...keyInput.shape }),
    z.object({
      intent: z.literal("revoke"),
      id: z.uuid(),
      confirmed: z.literal("yes", "Tick this to revoke: it cannot be undone."),
    }),
  ],
  "Choose what you want to do.",
);
