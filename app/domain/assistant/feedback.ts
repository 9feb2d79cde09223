import { z } from "zod";
import { outcomes } from "../risk/outcome.ts";

/** Characters of a reason: a few sentences. */
export const longestReason = 1000;

export type FeedbackRefusal = "reason_needed" | "reason_too_long";
export const feedbackRefusalWords: Record<FeedbackRefusal, string> = {
  reason_needed: "Reason: say in a few words what was wrong or missing, so that it can be put right.",
  reason_too_long: `Reason: use at most ${longestReason} characters.`,
};

/** Whether a judgement on an answer can be taken: a “no” needs its reason, for without one nothing can be put right. */
export function feedbackTaken(
  helpful: boolean,
  reason: string,
): { ok: true } | { ok: false; reason: FeedbackRefusal } {
  if (reason.length > longestReason) return { ok: false, reason: "reason_too_long" };
  if (!helpful && reason.trim() === "") return { ok: false, reason: "reason_needed" };
  return { ok: true };
}

/** What of the feedback a list shows; an empty value narrows nothing. */
export const feedbackFilter = z.object({
  helpful: z.enum(["yes", "no", ""]).catch(""),
  outcome: z.enum([...outcomes, ""]).catch(""),
  page: z.coerce.number().int().min(1).max(10_000).catch(1),
});
export type FeedbackFilter = z.infer<typeof feedbackFilter>;

export const feedbackPageSize = 50;
