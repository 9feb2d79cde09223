import { z } from "zod";
import type { Outcome } from "./outcome.ts";

/** What an evaluator can conclude about the training. */
export const verdicts = ["effective", "partly", "not_effective", "not_determinable"] as const;
export type Verdict = (typeof verdicts)[number];
export const verdictNames: Record<Verdict, string> = {
  effective: "Effective",
  partly: "Partly effective",
  not_effective: "Not effective",
  not_determinable: "Not determinable",
};

const optionalDay = z
  .union([z.literal(""), z.iso.date("Enter a date.")])
  .transform((value) => value || null)
  .default(null);

/** What an evaluator records. */
export const conclusion = z
  .object({
    verdict: z.enum(verdicts, "Choose a verdict."),
    reasoning: z
      .string()
      .trim()
      .min(20, "Give your reasons in 20 letters or more: an auditor reads them.")
      .max(4000, "Write at most 4000 letters."),
    followUp: z.string().trim().max(2000, "Write at most 2000 letters.").default(""),
    followUpOwnerId: z
      .string()
      .transform((value) => value || null)
      .default(null),
    followUpOn: optionalDay,
    recheckOn: optionalDay,
  })
  .refine((one) => one.followUp === "" || one.followUpOwnerId !== null, {
    path: ["followUpOwnerId"],
    message: "Say who does it.",
  })
  .refine((one) => one.followUp === "" || one.followUpOn !== null, {
    path: ["followUpOn"],
    message: "Say by when.",
  })
  .refine((one) => one.verdict === "effective" || one.followUp !== "", {
    path: ["followUp"],
    message: "Say what follows from it: anything but “effective” needs an action.",
  });
export type Conclusion = z.infer<typeof conclusion>;

export const concludeRefusals = {
  no_result: "There is no result yet. It is computed on the decision date.",
  decided: "This evaluation is decided already.",
  author: "You wrote the criterion. Somebody else must evaluate by it.",
  evaluator: "The criterion names somebody else as evaluator.",
  forced: "Fewer people than the criterion asks for: only “not determinable” can be concluded.",
  beyond: "The criterion was not met, so “effective” would say more than the data.",
  owner: "Choose somebody who is still here.",
  past: "Enter a day that lies ahead.",
} as const;
export type ConcludeRefusal = keyof typeof concludeRefusals;

/** The field of the form that a refusal is about; null where it is about all of it. */
export const fieldOfConclusion: Record<ConcludeRefusal, keyof Conclusion | null> = {
  no_result: null,
  decided: null,
  author: null,
  evaluator: null,
  forced: "verdict",
  beyond: "verdict",
  owner: "followUpOwnerId",
  past: "followUpOn",
};

/**
 * Whether the actor may conclude so. Two pairs of eyes: who wrote a version of the criterion does not judge by it, and it
 * is judged by whom it names, or by anybody else once that person has left. A verdict may say less than the
 * data, for reasons the data do not know, and never more.
 */
export function mayConclude(
  actorId: string,
  evaluation: {
    authors: readonly string[];
    evaluatorId: string;
    evaluatorLeft: boolean;
    outcome: Outcome | null;
    decided: boolean;
  },
  verdict: Verdict,
): { ok: true } | { ok: false; reason: ConcludeRefusal } {
  if (evaluation.decided) return { ok: false, reason: "decided" };
  if (evaluation.outcome === null) return { ok: false, reason: "no_result" };
  if (evaluation.authors.includes(actorId)) return { ok: false, reason: "author" };
  if (actorId !== evaluation.evaluatorId && !evaluation.evaluatorLeft)
    return { ok: false, reason: "evaluator" };
  if (evaluation.outcome === "not_determinable" && verdict !== "not_determinable")
    return { ok: false, reason: "forced" };
  if (evaluation.outcome === "not_met" && verdict === "effective") return { ok: false, reason: "beyond" };
  return { ok: true };
}
