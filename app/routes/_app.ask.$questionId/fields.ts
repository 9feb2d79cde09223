import { z } from "zod";
import { chosenFacts } from "#app/domain/assistant/ask-back.ts";
import { feedbackRefusalWords, longestReason } from "#app/domain/assistant/feedback.ts";
import { questionText } from "#app/domain/assistant/question-text.ts";
import { shareFields } from "#app/domain/assistant/share.ts";
import { msg } from "#app/i18n/translate.ts";

const intent = <T extends string>(value: T) => ({ intent: z.literal(value) });

/**
 * What the page's forms send: choices for facts, the consent to bring the question before a reviewer, and what the asker
 * does with the answer.
 */
export const answerFields = z.discriminatedUnion(
  "intent",
  [
    chosenFacts.extend(intent("choose")),
    z.object({ ...intent("follow-up"), text: questionText }),
    z.object(intent("open-case")),
    z.object(intent("judge-again")),
    z.object({ ...intent("watch"), watched: z.enum(["yes", "no"]) }),
    z.object({
      ...intent("feedback"),
      helpful: z.enum(["yes", "no"], { error: msg("Was this answer helpful? Choose yes or no.") }),
      reason: z.string().trim().max(longestReason, feedbackRefusalWords.reason_too_long).default(""),
    }),
    shareFields.extend(intent("share")),
    shareFields.extend({
      ...intent("unshare"),
      confirmed: z.literal("yes", { error: msg("Tick the box to confirm that you take it back.") }),
    }),
  ],
  { error: msg("This page does not know that action. Load it again.") },
);
export type AnswerFields = z.infer<typeof answerFields>;

/** What has just been done, as the address tells the page after a form was sent. */
export const done = z
  .enum(["rated", "shared", "unshared", "watched", "unwatched", "judged"])
  .nullable()
  .catch(null);
export const doneWords: Record<NonNullable<z.infer<typeof done>>, string> = {
  rated: msg("Thank you. Reviewers see your feedback without your name."),
  shared: msg("Shared. Your colleague finds it under Ask."),
  unshared: msg("Taken back. Your colleague cannot open it any more."),
  watched: msg("You are told when this answer changes."),
  unwatched: msg("You are not told any more when this answer changes."),
  judged: msg("Judged again by what holds today."),
};
