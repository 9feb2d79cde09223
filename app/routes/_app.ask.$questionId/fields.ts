import { z } from "zod";
import { chosenFacts } from "#app/domain/assistant/ask-back.ts";

/** What the page's forms send: choices for facts, or the consent to bring the question before a reviewer. */
export const answerFields = z.discriminatedUnion(
  "intent",
  [chosenFacts.extend({ intent: z.literal("choose") }), z.object({ intent: z.literal("open-case") })],
  { error: "This page does not know that action. Load it again." },
);
