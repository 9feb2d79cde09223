import { canonicalJson, sha256 } from "../audit/event.ts";
import type { AiSystem } from "../register/ai-system.ts";
import type { Approval } from "../register/approval.ts";
import type { Finding, Verdict } from "../risk/verdict.ts";
import type { Quote } from "./answer.ts";
import { type AnswerWords, fill } from "./answer-words.ts";
import { english } from "./answer-words-en.ts";
import type { Passage } from "./citation.ts";

/** An answer as its asker has it: the verdict given then, and the clauses quoted with their text of then. */
export type GivenAnswer = { verdict: Verdict; quotes: readonly (Quote & { clauseText: string })[] };

/** What holds today: the verdict by today's rules on the same facts, the register, and the clauses in force. */
export type TodaysAnswer = {
  verdict: Verdict;
  systems: readonly AiSystem[];
  /** Those that were not withdrawn. */
  approvals: readonly Approval[];
  clauses: readonly Passage[];
};

/**
 * What has changed about an answer since it was given, in sentences for its asker, gravest first; the verdicts are in the
 * language of the words. Empty while the answer
 * would be the same today; a new version of a policy counts only where a quoted clause reads differently.
 */
export function changesSince(
  given: GivenAnswer,
  today: TodaysAnswer,
  words: AnswerWords = english,
): string[] {
  const [before, after] = [given.verdict, today.verdict];
  const { notice, outcomes, riskClasses } = words;
  const approvals = approvalChanges(before, today, words);
  return [
    ...(before.outcome === after.outcome
      ? []
      : [fill(notice.outcome, { before: outcomes[before.outcome], after: outcomes[after.outcome] })]),
    ...(before.riskClass === after.riskClass
      ? []
      : [
          fill(notice.riskClass, {
            before: riskClasses[before.riskClass],
            after: riskClasses[after.riskClass],
          }),
        ]),
    ...approvals,
    ...ruleChanges(before, after, approvals.length > 0, words),
    ...conditionChanges(before, after, words),
    ...clauseChanges(given.quotes, today.clauses, words),
  ];
}

/** Known by what is told, so that the same change is told once however often it is found. */
export function changeHash(changes: readonly string[]): string {
  return sha256(canonicalJson(changes));
}

function approvalChanges(
  before: Verdict,
  { verdict: after, systems, approvals }: TodaysAnswer,
  words: AnswerWords,
): string[] {
  const { notice, systemStatuses, namesInText } = words;
  const day = dayIn(words);
  const systemOf = (approval: Approval | undefined): AiSystem | undefined =>
    systems.find((s) => s.slug === (approval?.systemSlug ?? before.systemSlug));
  const lost = before.approvals.flatMap(({ id, reviewOn }) => {
    const kept = after.approvals.find((a) => a.id === id);
    if (kept)
      return kept.reviewOn === reviewOn
        ? []
        : [fill(notice.untilMoved, { day: day(kept.reviewOn), before: day(reviewOn) })];
    const known = approvals.find((a) => a.id === id);
    const system = systemOf(known);
    const name = system?.name ?? notice.theTool;
    if (system && (system.status === "retired" || system.status === "rejected")) {
      const status = systemStatuses[system.status];
      return [
        fill(notice.systemNow, {
          tool: name,
          status: namesInText === "lower" ? status.toLowerCase() : status,
        }),
      ];
    }
    if (!known) return [fill(notice.withdrawn, { tool: name })];
    // One that still counts but does not fit any more is told by the rule that refuses the use for it.
    return known.reviewOn < after.judgedOn
      ? [fill(notice.reviewPassed, { tool: name, day: day(known.reviewOn) })]
      : [];
  });
  const gained = after.approvals
    .filter(({ id }) => !before.approvals.some((a) => a.id === id))
    .map(({ id, reviewOn }) => {
      const name = systemOf(approvals.find((a) => a.id === id))?.name ?? notice.theTool;
      return fill(notice.fits, { tool: name, day: day(reviewOn) });
    });
  return [...new Set([...lost, ...gained])];
}

/** `told`: the register's change was told already, so the house rule that follows from it says nothing more. */
function ruleChanges(before: Verdict, after: Verdict, told: boolean, words: AnswerWords): string[] {
  const { notice } = words;
  const day = dayIn(words);
  const isLater = ({ appliesFrom }: { appliesFrom: string }): boolean => appliesFrom > before.judgedOn;
  const held = (rule: string): boolean => before.findings.some((f) => f.rule === rule);
  // A duty comes and goes with the permission it belongs to.
  const isNews = ({ source, result }: Finding): boolean =>
    !(told && source === "") && (result !== "inform" || before.outcome === after.outcome);
  // Our own policy may apply a rule before the law does; the day the law begins is told all the same.
  const begun = after.findings.filter((f) => isLater(f) && f.appliesFrom <= after.judgedOn);
  const fresh = after.findings.filter((f) => !held(f.rule) && !begun.includes(f) && isNews(f));
  const ended = before.findings.filter((f) => !after.findings.some((g) => g.rule === f.rule) && isNews(f));
  const announced = after.soon.filter(
    (s) => !before.soon.some((known) => known.rule === s.rule && known.appliesFrom === s.appliesFrom),
  );
  return [
    ...begun.map((f) => fill(notice.ruleSince, { day: day(f.appliesFrom), rule: named(f) })),
    ...fresh.map((f) => fill(notice.ruleNew, { rule: named(f) })),
    ...ended.map((f) => fill(notice.ruleEnded, { rule: named(f) })),
    ...announced.map((s) => fill(notice.ruleSoon, { day: day(s.appliesFrom), rule: named(s) })),
  ];
}

/** Conditions are told only where the use stays cleared: otherwise nothing is left to keep them for. */
function conditionChanges(before: Verdict, after: Verdict, { notice }: AnswerWords): string[] {
  if (before.outcome !== after.outcome) return [];
  const missing = (from: Verdict, of: Verdict): string[] =>
    of.conditions.filter((condition) => !from.conditions.includes(condition));
  return [
    ...missing(before, after).map((condition) => fill(notice.conditionNew, { condition })),
    ...missing(after, before).map((condition) => fill(notice.conditionEnded, { condition })),
  ];
}

function clauseChanges(
  quotes: GivenAnswer["quotes"],
  clauses: readonly Passage[],
  { notice }: AnswerWords,
): string[] {
  return quotes.flatMap((quote) => {
    const now = clauses.find((c) => c.policySlug === quote.policySlug && c.number === quote.number);
    if (!now) return [fill(notice.clauseEnded, { number: quote.number, policy: quote.policyTitle })];
    return now.text === quote.clauseText
      ? []
      : [
          fill(notice.clauseNew, {
            number: quote.number,
            policy: now.policyTitle,
            version: now.policyVersion,
          }),
        ];
  });
}

const named = ({ title, anchor }: { title: string; anchor: string }): string =>
  anchor === "" ? title : `${title} (${anchor})`;

/** 2026-12-02 as 2 December 2026, as the language of the words writes it. */
function dayIn({ locale }: Pick<AnswerWords, "locale">): (iso: string) => string {
  const format = new Intl.DateTimeFormat(locale, {
    day: "numeric",
    month: "long",
    year: "numeric",
    timeZone: "UTC",
  });
  return (iso) => format.format(new Date(`${iso}T00:00:00Z`));
}
