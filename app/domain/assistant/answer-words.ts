import type { CaseDecision, CaseStatus } from "../cases/status.ts";
import type { RiskClass, systemStatusNames } from "../register/terms.ts";
import type { Fact, FactName, FactWords } from "../risk/facts.ts";
import type { Outcome } from "../risk/outcome.ts";
import type { Finding } from "../risk/verdict.ts";
import { german } from "./answer-words-de.ts";
import { english } from "./answer-words-en.ts";
import { spanish } from "./answer-words-es.ts";
import { french } from "./answer-words-fr.ts";
import type { Language } from "../content/language.ts";
import type { NoticeWords } from "./notice-words.ts";
import type { PageWords } from "./page-words.ts";

/** `model` is where the model took part in the reading; without it, what is inferred comes from the words alone. */
type Sources = Record<Fact<unknown>["source"] | "model" | "unsure", string>;

/**
 * What an answer says in words of its own. A text missing in one language does not compile; `{name}` in a text is filled by
 * {@link fill}. Rules, register and policies bring their own texts.
 */
export type AnswerWords = {
  /** By which days are written (BCP 47). */
  locale: string;
  outcomes: Record<Outcome, string>;
  riskClasses: Record<RiskClass, string>;
  results: Record<Finding["result"], string>;
  systemStatuses: Record<keyof typeof systemStatusNames, string>;
  /** As they stand inside a sentence. */
  caseStates: Record<CaseStatus | CaseDecision, string>;
  facts: FactWords;
  /** Whether names of data begin with a small letter inside a sentence. */
  namesInText: "lower" | "as_given";
  or: string;
  /** The tool in question where it has no name. */
  theTool: string;
  leads: {
    cleared: string;
    clearedWithConditions: string;
    clearedWithTools: string;
    clearedWithToolsAndConditions: string;
    clearedRules: string;
    prohibited: string;
    notAsItStands: string;
    noException: string;
    flagged: string;
    flaggedAutomatically: string;
    askedBack: string;
    askedBackFlagged: string;
    notCovered: string;
    notCoveredRules: string;
  };
  /** The condition of a clearance that rests on data nobody spoke of. */
  assumedData: string;
  askBack: {
    prompts: Record<FactName, string>;
    anotherTool: string;
    somethingElse: string;
    retired: string;
    notSure: string;
    several: string;
    more: string;
  };
  alternatives: { leaveOut: string; otherTool: string; humanCheck: string };
  headings: {
    conditions: string;
    change: string;
    why: string;
    quotes: string;
    decide: string;
    sayMore: string;
    correct: string;
    understood: string;
    register: string;
    precedents: string;
    contact: string;
  };
  card: {
    approvalUntil: string;
    askReviewer: string;
    consent: string;
    caseNumber: string;
    /** `{case}` is the case's number as a link. */
    caseByPolicy: string;
    caseByAsker: string;
    answerBy: string;
    precedent: string;
  };
  why: {
    byLawFrom: string;
    derogation: string;
    ownRule: string;
    /** `{source}` is the law. */
    early: string;
    since: string;
    /** Words of the English citation of a law, such as "Annex", by what stands for them. */
    law: Record<"Regulation (EU)" | "Annex" | "point" | "and" | "to" | "as amended by", string>;
  };
  version: string;
  sources: { asker: Sources; colleague: Sources };
  notKnown: string;
  /** What a turn says of itself that was not written. */
  turns: {
    notSure: string;
    judgedAgain: string;
    /** A use put together in a form: `{choices}` is what was chosen. */
    useChecked: string;
    nothingChosen: string;
  };
  buttons: { answer: string; judgeAgain: string; busy: string; stop: string; again: string };
  wording: {
    source: string;
    waiting: string;
    stoppedEarly: string;
    stopped: string;
    failed: string;
    unread: string;
  };
  /** The answer as plain text to paste elsewhere. */
  copy: { question: string; answer: string; quote: string; judged: string };
  /** The answer to a program, in words. */
  reply: { findOut: string; policies: string; masked: string; address: string };
  notice: NoticeWords;
  page: PageWords;
};

export const answerWords: Record<Language, AnswerWords> = {
  en: english,
  de: german,
  fr: french,
  es: spanish,
};

/** A text with its `{name}`s filled; one without a value stays, so that it is seen. */
export function fill(text: string, values: Record<string, string | number>): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
}

/** The citation of a law in the language of `words`; what is not cited as the AI Act is stays as it is. */
export function citationIn(source: string, { why: { law } }: Pick<AnswerWords, "why">): string {
  if (!/^(?:Regulation \(EU\)|Art\. \d|Annex )/.test(source)) return source;
  return source.replace(
    /\b(?:Regulation \(EU\)|(?:Annex|point|and|to|as amended by)\b)/g,
    (term) => law[term as "Annex"],
  );
}
