import { canonicalJson, sha256 } from "../audit/event.ts";
import type { AiSystem } from "../register/ai-system.ts";
import type { Approval } from "../register/approval.ts";
import { riskClassNames, systemStatusNames } from "../register/terms.ts";
import { outcomeNames } from "../risk/outcome.ts";
import type { Finding, Verdict } from "../risk/verdict.ts";
import type { Quote } from "./answer.ts";
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
 * What has changed about an answer since it was given, in sentences for its asker, gravest first. Empty while the answer
 * would be the same today; a new version of a policy counts only where a quoted clause reads differently.
 */
export function changesSince(given: GivenAnswer, today: TodaysAnswer): string[] {
  const [before, after] = [given.verdict, today.verdict];
  const approvals = approvalChanges(before, today);
  return [
    ...(before.outcome === after.outcome
      ? []
      : [`Outcome was ${outcomeNames[before.outcome]}, is now ${outcomeNames[after.outcome]}.`]),
    ...(before.riskClass === after.riskClass
      ? []
      : [`Risk class was ${riskClassNames[before.riskClass]}, is now ${riskClassNames[after.riskClass]}.`]),
    ...approvals,
    ...ruleChanges(before, after, approvals.length > 0),
    ...conditionChanges(before, after),
    ...clauseChanges(given.quotes, today.clauses),
  ];
}

/** Known by what is told, so that the same change is told once however often it is found. */
export function changeHash(changes: readonly string[]): string {
  return sha256(canonicalJson(changes));
}

function approvalChanges(before: Verdict, { verdict: after, systems, approvals }: TodaysAnswer): string[] {
  const systemOf = (approval: Approval | undefined): AiSystem | undefined =>
    systems.find((s) => s.slug === (approval?.systemSlug ?? before.systemSlug));
  const lost = before.approvals.flatMap(({ id, reviewOn }) => {
    const kept = after.approvals.find((a) => a.id === id);
    if (kept)
      return kept.reviewOn === reviewOn
        ? []
        : [
            `An approval that the answer rests on counts until ${day(kept.reviewOn)}, no longer until ${day(reviewOn)}.`,
          ];
    const known = approvals.find((a) => a.id === id);
    const system = systemOf(known);
    const name = system?.name ?? "the tool";
    if (system && (system.status === "retired" || system.status === "rejected"))
      return [`${system.name} is now ${systemStatusNames[system.status].toLowerCase()}.`];
    if (!known) return [`The approval of ${name} was withdrawn.`];
    // One that still counts but does not fit any more is told by the rule that refuses the use for it.
    return known.reviewOn < after.judgedOn
      ? [`The review date of ${name} has passed: its approval counted until ${day(known.reviewOn)}.`]
      : [];
  });
  const gained = after.approvals
    .filter(({ id }) => !before.approvals.some((a) => a.id === id))
    .map(({ id, reviewOn }) => {
      const name = systemOf(approvals.find((a) => a.id === id))?.name ?? "the tool";
      return `An approval of ${name} fits this use now and counts until ${day(reviewOn)}.`;
    });
  return [...new Set([...lost, ...gained])];
}

/** `told`: the register's change was told already, so the house rule that follows from it says nothing more. */
function ruleChanges(before: Verdict, after: Verdict, told: boolean): string[] {
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
    ...begun.map((f) => `A rule applies since ${day(f.appliesFrom)}: ${named(f)}.`),
    ...fresh.map((f) => `A rule counts now that did not before: ${named(f)}.`),
    ...ended.map((f) => `A rule does not count any more: ${named(f)}.`),
    ...announced.map((s) => `A rule will apply by law from ${day(s.appliesFrom)}: ${named(s)}.`),
  ];
}

/** Conditions are told only where the use stays cleared: otherwise nothing is left to keep them for. */
function conditionChanges(before: Verdict, after: Verdict): string[] {
  if (before.outcome !== after.outcome) return [];
  const missing = (from: Verdict, of: Verdict): string[] =>
    of.conditions.filter((condition) => !from.conditions.includes(condition));
  return [
    ...missing(before, after).map((condition) => `New condition: ${condition}`),
    ...missing(after, before).map((condition) => `No longer a condition: ${condition}`),
  ];
}

function clauseChanges(quotes: GivenAnswer["quotes"], clauses: readonly Passage[]): string[] {
  return quotes.flatMap((quote) => {
    const now = clauses.find((c) => c.policySlug === quote.policySlug && c.number === quote.number);
    if (!now) return [`Clause ${quote.number} of ${quote.policyTitle} is not in force any more.`];
    return now.text === quote.clauseText
      ? []
      : [`Clause ${quote.number} of ${now.policyTitle} has a new version (${now.policyVersion}).`];
  });
}

const named = ({ title, anchor }: { title: string; anchor: string }): string =>
  anchor === "" ? title : `${title} (${anchor})`;

const dayFormat = new Intl.DateTimeFormat("en-GB", {
  day: "numeric",
  month: "long",
  year: "numeric",
  timeZone: "UTC",
});

/** 2026-12-02 as 2 December 2026. */
function day(iso: string): string {
  return dayFormat.format(new Date(`${iso}T00:00:00Z`));
}
