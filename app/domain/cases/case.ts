import { z } from "zod";
import { canonicalJson, sha256 } from "../audit/event.ts";
import { clauseRef } from "../content/item.ts";
import { dataClasses, riskClasses } from "../register/terms.ts";
import { type Facts, affectedGroups, effects, oversights, unregistered } from "../risk/facts.ts";
import { clears } from "../risk/outcome.ts";
import type { RuleSet } from "../risk/rule-set.ts";
import type { Verdict } from "../risk/verdict.ts";
import type { CaseEventKind } from "./status.ts";

/** Whether an address names a case at all; anything else is not asked of the database. */
export const isCaseId = (text: string): boolean => z.uuid().safeParse(text).success;

const text = z.string().trim().min(1);
const score = z.number().int().min(1).max(5);

/** A decided case as content brings it: a precedent and a sample of the procedure. */
export const caseEntry = z.strictObject({
  id: z.string().regex(/^[a-z0-9][a-z0-9-]*$/),
  openedOn: z.iso.date(),
  requester: text,
  question: text,
  facts: z.strictObject({
    system: text,
    purpose: text,
    dataClasses: z.array(z.enum(dataClasses)).min(1),
    affected: z.array(z.enum(affectedGroups)).min(1),
    oversight: z.enum(oversights),
    effect: z.enum(effects),
  }),
  riskClass: z.enum(riskClasses),
  anchor: z.string(),
  rating: z.strictObject({ likelihood: score, severity: score }),
  decision: z.enum(["approve_with_conditions", "reject"]),
  conditions: z.array(text),
  reason: text,
  decidedBy: text,
  decidedOn: z.iso.date(),
  clauses: z.array(clauseRef).min(1),
});
export type CaseEntry = z.infer<typeof caseEntry>;
export const casesFile = z.strictObject({ cases: z.array(caseEntry) });

/**
 * Equal for cases with the same facts: the same tool, purposes, data, people affected and human say
 * (escalation-procedure 4.1). Null while a fact is missing: then nothing is a precedent.
 */
export function factsKey(facts: Facts): string | null {
  const { system, purposes, dataClasses: data, affected, oversight } = facts;
  if (!system || !purposes || !data || !affected || !oversight) return null;
  const tool =
    system.value === unregistered ? `${unregistered}:${facts.systemName?.toLowerCase()}` : system.value;
  return sha256(
    canonicalJson([
      tool,
      purposes.value.toSorted(),
      data.value.toSorted(),
      affected.value.toSorted(),
      oversight.value,
    ]),
  );
}

/** When a case is due: working days by risk class, at the time of day it was opened. Weekends do not count. */
export function dueAt(
  openedAt: Date,
  verdict: Pick<Verdict, "riskClass">,
  rules: Pick<RuleSet, "caseDueWorkingDays">,
): Date {
  const { prohibited, high_risk, other } = rules.caseDueWorkingDays;
  const days = { prohibited, high_risk, limited: other, minimal: other }[verdict.riskClass];
  const due = new Date(openedAt);
  for (let left = days; left > 0;) {
    due.setUTCDate(due.getUTCDate() + 1);
    if (due.getUTCDay() !== 0 && due.getUTCDay() !== 6) left--;
  }
  return due;
}

/** The clock stands still while a case waits for information (escalation-procedure 3.1). */
export function extendedDue(due: Date, requestedAt: Date, givenAt: Date): Date {
  return new Date(due.getTime() + Math.max(0, givenAt.getTime() - requestedAt.getTime()));
}

/** Since when a case waits for information: the first question since the last answer; null when it does not wait. */
export function waitingSince(history: readonly { kind: CaseEventKind; at: Date }[]): Date | null {
  const answered = history.findLastIndex((e) => e.kind === "information_given");
  return history.slice(answered + 1).find((e) => e.kind === "information_requested")?.at ?? null;
}

/** Whether a question's verdict opens a case by policy, without asking. */
export function opensByPolicy(verdict: Verdict, rules: Pick<RuleSet, "automaticCases">): boolean {
  return (
    verdict.outcome === "flagged" && (rules.automaticCases as readonly string[]).includes(verdict.riskClass)
  );
}

/**
 * Whether the asker may bring a question before a reviewer: not where the use is cleared, nor where it is a prohibited
 * practice, which nobody can approve (escalation-procedure 2.1), nor where no use was asked about.
 */
export function mayOpen({ outcome, riskClass, matter }: Verdict): boolean {
  const banned = outcome === "not_allowed" && riskClass === "prohibited";
  return !clears(outcome) && !banned && matter !== "rules";
}
