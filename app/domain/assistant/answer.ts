import type { CaseDecision } from "../cases/status.ts";
import type { Alternative } from "../risk/alternative.ts";
import type { FactName } from "../risk/facts.ts";
import type { Verdict } from "../risk/verdict.ts";

/** Characters of a question. Longer ones describe more than one use. */
export const longestQuestion = 2000;

/** The choice that passes a fact on to a person instead of guessing it. */
export const notSure = "unsure";

/** A passage quoted word for word from a policy version in force, as checked by the server. */
export type Quote = {
  clauseId: string;
  policySlug: string;
  policyTitle: string;
  policyVersion: string;
  number: string;
  heading: string;
  quote: string;
};

/** A question back to the asker, with the choices that can change the verdict. */
export type AskBack = {
  fact: FactName;
  prompt: string;
  multiple: boolean;
  choices: { value: string; label: string }[];
};

/** What the asker reads besides the verdict itself. */
export type Answer = {
  lead: string;
  quotes: Quote[];
  askBack: AskBack[];
  /** The model that read the question too, and whether it failed; null when none is configured. */
  reading: { model: string; failed: boolean } | null;
  /** Person to turn to, from the organisation's file. */
  contactId: string | null;
  /** Changes with which the same use would be permitted. */
  alternatives: Alternative[];
  /** Decided cases with the same facts. */
  precedents: { caseId: string; number: number; decision: CaseDecision; decidedOn: string }[];
};

/** The first sentences of an answer: what was decided and what to do now. `automatic` when policy opened a case. */
export function leadOf(verdict: Verdict, tool: string | null, automatic: boolean): string {
  const it = tool ?? "The tool";
  switch (verdict.outcome) {
    case "cleared":
      return verdict.conditions.length > 0
        ? `Yes, if you keep the conditions below. ${it} is approved for this use, this data and your group.`
        : `Yes. ${it} is approved for this use, this data and your group.`;
    case "not_allowed":
      if (verdict.riskClass === "prohibited")
        return "No. This is a prohibited practice: it is not started, tested, bought or built here, and nobody can approve it.";
      return verdict.approvable
        ? "No, not as it stands. Do the task without AI until something below has changed."
        : "No, and no exception can be granted. Do the task without it.";
    case "flagged":
      return automatic
        ? "Not yet. A reviewer has to decide first, and policy has opened a case for that. Do not begin, not even as a trial."
        : "Not yet. A reviewer has to decide first. Do not begin, not even as a trial.";
    case "asked_back":
      return "That depends on what is not known yet. Answer below, then the rules can decide.";
    case "not_covered":
      return "The policies do not settle this. Ask the person named below, and do the task without AI until you have an answer.";
  }
}

/** A language model behind any OpenAI-compatible endpoint. It extracts facts and phrases; it never decides. */
export type Model = {
  /** Name shown to people and kept with what it wrote. */
  name: string;
  /** Structured facts from a masked text, as JSON still to be validated. Rejects on time-out or refusal. */
  extract: (input: {
    instructions: string;
    text: string;
    schema: Record<string, unknown>;
  }) => Promise<unknown>;
  /** The wording of a decided verdict, streamed in pieces. */
  phrase: (input: { instructions: string; text: string }, signal: AbortSignal) => AsyncIterable<string>;
};
