import { z } from "zod";
import { longestQuestion } from "./answer.ts";

export const emptyQuestion = "Write what you want to do: which tool, what for, with which data.";
export const tooLongQuestion = `A question has at most ${longestQuestion.toLocaleString("en-GB")} characters, about fifty pages. Describe one use and leave the rest out.`;

/** What somebody typed, with each line's end as one character: a form sends two, which nobody has typed. */
export const asTyped = (text: string): string => text.replaceAll("\r\n", "\n").trim();

/** A question or a follow-up as a form sends it. */
export const questionText = z
  .string({ error: emptyQuestion })
  .overwrite(asTyped)
  .min(1, emptyQuestion)
  .max(longestQuestion, tooLongQuestion);
