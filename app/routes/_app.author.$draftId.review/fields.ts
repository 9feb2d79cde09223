import { z } from "zod";
import { longestNote, shortestNote } from "#app/domain/content/draft.ts";
import { longestPartNote } from "#app/domain/content/part-review.ts";
import { msg } from "#app/i18n/translate.ts";

const revision = z.coerce.number().int().min(0);

const part = z.string().min(1).max(300);

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
    intent: z.literal("note"),
    part,
    text: z
      .string()
      .trim()
      .min(1, msg("Write the note first."))
      .max(longestPartNote, msg("Keep the note within 1,000 characters.")),
  }),
  z.object({ intent: z.literal("settle"), note: z.uuid() }),
  z.object({ intent: z.literal("reopen"), note: z.uuid() }),
  z.object({ intent: z.literal("read"), part, text: z.string().max(64) }),
  z.object({
    intent: z.literal("return"),
    revision,
    reason: z.string().trim().min(shortestNote, msg("Give the reason in at least 10 characters.")).max(1000),
  }),
]);
