import { z } from "zod";
import { longestNote, shortestNote } from "#app/domain/content/draft.ts";
import { msg } from "#app/i18n/translate.ts";

const revision = z.coerce.number().int().min(0);

/** What can be decided about a draft. */
export const reviewFields = z.discriminatedUnion("intent", [
  z.object({
    intent: z.literal("submit"),
    revision,
    change: z.enum(["material", "editorial"], msg("Say whether the change is material or editorial.")),
    version: z
      .string()
      .trim()
      .regex(/^\d{1,5}\.\d{1,5}\.\d{1,5}$/, msg("Give a version such as 1.2.0.")),
    changeNote: z
      .string()
      .trim()
      .min(
        shortestNote,
        msg("Say what has changed in at least 10 characters; learners and auditors read it."),
      )
      .max(longestNote, msg("Keep the note within 500 characters.")),
  }),
  z.object({ intent: z.literal("take-back"), revision }),
  z.object({
    intent: z.literal("publish"),
    revision,
    read: z.literal("yes", msg("Confirm that you have read the changes.")),
  }),
  z.object({
    intent: z.literal("return"),
    revision,
    reason: z.string().trim().min(shortestNote, msg("Give the reason in at least 10 characters.")).max(1000),
  }),
]);
