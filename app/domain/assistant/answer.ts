import type { CaseDecision } from "../cases/status.ts";
import type { Alternative } from "../risk/alternative.ts";
import type { FactName } from "../risk/facts.ts";
import type { Verdict } from "../risk/verdict.ts";
import { type AnswerWords, fill } from "./answer-words.ts";
import type { ModelFailure } from "./model-failure.ts";

/** Characters of a question: fifty pages of 3,000, the longest mail or document that is pasted with one. */
export const longestQuestion = 150_000;

/** Characters of a question that name it: in a case, and where clauses are looked for. */
export const longestTitle = 2000;

/** Characters of a question in lists. */
export const longestInLists = 300;

/** The beginning of a text, with a sign that it goes on. */
export function excerpt(text: string, length: number): string {
  return text.length > length ? `${text.slice(0, length - 1).trimEnd()}…` : text;
}

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
  /** The model that read the question too, and why it gave nothing if so; null when none is configured. */
  reading: { model: string; failed: ModelFailure | null } | null;
  /** Person to turn to, from the organisation's file. */
  contactId: string | null;
  /** Register entries that answer a question about the rules. */
  entries?: { slug: string; name: string; text: string }[];
  /** Changes with which the same use would be permitted, in the asker's language. */
  alternatives: { change: string; systemSlug: string | null }[];
  /** Decided cases with the same facts. */
  precedents: { caseId: string; number: number; decision: CaseDecision; decidedOn: string }[];
};

/** What a lead speaks of: the tool asked about, the tools to use where none was named, and whether policy opened a case. */
export type LeadMatter = { tool: string | null; tools: readonly string[]; automatic: boolean };

/** What an answer is called: of a question about the rules nothing is permitted or refused. */
export function headingOf(
  { matter, outcome }: Pick<Verdict, "matter" | "outcome">,
  { headings, outcomes }: Pick<AnswerWords, "headings" | "outcomes">,
): string {
  return matter === "rules" ? headings.quotes : outcomes[outcome];
}

/** The first sentences of an answer in the language of the words: what was decided and what to do now. */
export function leadOf(verdict: Verdict, { tool, tools, automatic }: LeadMatter, words: AnswerWords): string {
  const { leads } = words;
  switch (verdict.outcome) {
    case "cleared": {
      if (verdict.matter === "rules") return leads.clearedRules;
      const bound = verdict.conditions.length > 0;
      if (tools.length > 0) {
        const named = { tools: tools.join(` ${words.or} `) };
        return fill(bound ? leads.clearedWithToolsAndConditions : leads.clearedWithTools, named);
      }
      return fill(bound ? leads.clearedWithConditions : leads.cleared, { tool: tool ?? words.theTool });
    }
    case "not_allowed":
      if (verdict.riskClass === "prohibited") return leads.prohibited;
      return verdict.approvable ? leads.notAsItStands : leads.noException;
    case "flagged":
      return automatic ? leads.flaggedAutomatically : leads.flagged;
    case "asked_back":
      return verdict.flagged ? leads.askedBackFlagged : leads.askedBack;
    case "not_covered":
      return verdict.matter === "rules" ? leads.notCoveredRules : leads.notCovered;
  }
}

/** A change with which a use would be permitted, as a sentence. */
export function changeIn(alternative: Alternative, words: AnswerWords): string {
  const { leaveOut, otherTool, humanCheck } = words.alternatives;
  switch (alternative.change) {
    case "leave_out": {
      const data = alternative.dataClasses.map((c) => words.facts.dataClasses[c]).join(", ");
      return fill(leaveOut, { data: words.namesInText === "lower" ? data.toLowerCase() : data });
    }
    case "other_tool":
      return fill(otherTool, { tool: alternative.tool });
    case "human_check":
      return humanCheck;
  }
}

/** A language model behind any OpenAI-compatible endpoint. It extracts facts and phrases; it never decides. */
export type Model = {
  /** Name shown to people and kept with what it wrote. */
  name: string;
  /** Structured facts from a masked text, as JSON still to be validated. Rejects on time-out or refusal, with `ModelFailed` where the reason is known. */
  extract: (input: {
    instructions: string;
    text: string;
    schema: Record<string, unknown>;
  }) => Promise<unknown>;
  /** The wording of a decided verdict, streamed in pieces. */
  phrase: (input: { instructions: string; text: string }, signal: AbortSignal) => AsyncIterable<string>;
};
