import { z } from "zod";

/** What closing a follow-up asks for. */
export const followUpClose = z.object({
  note: z
    .string()
    .trim()
    .min(10, "Say in ten letters or more what was done.")
    .max(2000, "Write at most 2000 letters."),
});

export const followUpRefusals = {
  none: "Nothing followed from this verdict.",
  closed: "This follow-up was closed in the meantime.",
} as const;
export type FollowUpRefusal = keyof typeof followUpRefusals;

/** Whether a follow-up can be closed: there is one, and nobody closed it before. */
export function mayCloseFollowUp(verdict: {
  followUp: string;
  closed: boolean;
}): { ok: true } | { ok: false; reason: FollowUpRefusal } {
  if (verdict.followUp === "") return { ok: false, reason: "none" };
  return verdict.closed ? { ok: false, reason: "closed" } : { ok: true };
}

/** How a corrective action names the evaluation it came from. */
export const evaluationReference = (number: number): string => `Evaluation ${number}`;
