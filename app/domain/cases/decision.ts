import { type AiSystem } from "../register/ai-system.ts";
import { type DataClass } from "../register/terms.ts";
import { type Approval, personGroup } from "../register/approval.ts";
import {
  type AffectedGroup,
  type Fact,
  type Facts,
  type Oversight,
  chosen,
  noFacts,
  otherPurpose,
  oversights,
  unregistered,
} from "../risk/facts.ts";
import { clears } from "../risk/outcome.ts";
import { type JudgeContext, type Verdict, judge } from "../risk/verdict.ts";
import type { CaseDecision, CaseStatus } from "./status.ts";
import { criticalFrom, ratingScore } from "./rating.ts";

/** What a reviewer approves: it becomes an approval of exactly this. */
export type Approving = {
  systemSlug: string;
  purposes: string[];
  dataClasses: DataClass[];
  affected: AffectedGroup[];
  oversight: Oversight;
  conditions: string[];
};

type Deciding = { likelihood: number; severity: number; note: string; secondId: string | null };

/** What a reviewer says about a case. `note` is the reason, or the question to the asker. */
export type Decision =
  | { kind: "request_information"; note: string }
  | ({ kind: "reject" } & Deciding)
  | ({ kind: "approve_with_conditions"; approving: Approving } & Deciding);

export type Refusal =
  | "stale"
  | "decided"
  | "own_case"
  | "own_system"
  | "prohibited"
  | "not_approvable"
  | "unregistered"
  | "facts_missing"
  | "beyond_request"
  | "no_conditions"
  | "second_needed"
  | "not_waiting";
export const refusalWords: Record<Refusal, string> = {
  stale: "The case has changed since you opened it. Read what is new, then decide again; your text is kept.",
  decided: "This case is already decided.",
  own_case: "You asked for this yourself. Someone else decides it (four eyes).",
  own_system: "You are the owner of this tool. Someone else decides it (four eyes).",
  prohibited: "A prohibited practice cannot be approved. It can only be rejected.",
  not_approvable:
    "A rule stands against this use that no reviewer can set aside. The case can only be rejected, or ask for information.",
  unregistered:
    "Add the tool to the register first: an approval hangs on an entry that is in use or in pilot.",
  facts_missing: "Name the purpose, the data and the people affected that you approve.",
  beyond_request: "Approve only what was asked for, or less of it. Anything wider is a case of its own.",
  no_conditions: "Name at least one condition.",
  second_needed:
    "Two people decide this together. Name the second reviewer: not yourself, not the asker, not the owner of the tool.",
  not_waiting: "Nobody waits for information on this case at the moment.",
};

/** What a decision is checked against. `groups` are the requester's; `precedents` the earlier decisions, newest first. */
export type DecisionContext = JudgeContext & {
  reviewerIds: readonly string[];
  precedents: readonly CaseDecision[];
  today: string;
};

/** A case as far as a decision looks at it. */
export type Reviewed = {
  id: string;
  requesterId: string;
  status: CaseStatus;
  revision: number;
  facts: Facts;
  verdict: Verdict;
};

type Allowed = { ok: true } | { ok: false; reason: Refusal };
const refuse = (reason: Refusal) => ({ ok: false, reason }) as const;

/**
 * Whether a reviewer may act on a case that was drawn at `revision`: nobody does on what they asked for or on their own
 * system (escalation-procedure 3.2).
 */
export function mayHandle(
  reviewed: Pick<Reviewed, "requesterId" | "status" | "revision" | "verdict">,
  reviewer: { id: string },
  revision: number,
  systems: readonly Pick<AiSystem, "slug" | "owner">[],
): Allowed {
  if (reviewed.requesterId === reviewer.id) return refuse("own_case");
  if (owns(reviewer.id, reviewed.verdict.systemSlug, systems)) return refuse("own_system");
  if (reviewed.status === "decided") return refuse("decided");
  if (reviewed.revision !== revision) return refuse("stale");
  return { ok: true };
}

/** Whether a reviewer may decide a case like this; the refusal names what stands against it. */
export function mayDecide(
  reviewed: Reviewed,
  decider: { id: string },
  input: { revision: number; decision: Decision },
  context: DecisionContext,
): Allowed {
  const handled = mayHandle(reviewed, decider, input.revision, context.systems);
  if (!handled.ok) return handled;
  const { decision } = input;
  if (decision.kind === "request_information") return { ok: true };
  if (decision.kind === "approve_with_conditions") {
    const approved = mayApprove(reviewed, decider, decision.approving, context);
    if (!approved.ok) return approved;
  }
  const alone = decision.secondId === null && !needsSecond(reviewed.verdict, decision, context.precedents);
  if (alone) return { ok: true };
  return isSecond(reviewed, decider, decision.secondId, context) ? { ok: true } : refuse("second_needed");
}

/**
 * Whether two people decide together: to approve a high-risk use, at a rating of 15 or more, or to depart from a
 * precedent (escalation-procedure 3.2).
 */
export function needsSecond(
  verdict: Pick<Verdict, "riskClass">,
  decision: { kind: CaseDecision; likelihood: number; severity: number },
  precedents: readonly CaseDecision[],
): boolean {
  const [latest] = precedents;
  return (
    (verdict.riskClass === "high_risk" && decision.kind === "approve_with_conditions") ||
    ratingScore(decision) >= criticalFrom ||
    (latest !== undefined && latest !== decision.kind)
  );
}

function isSecond(
  reviewed: Reviewed,
  decider: { id: string },
  secondId: string | null,
  context: DecisionContext,
): boolean {
  if (secondId === null || secondId === decider.id || secondId === reviewed.requesterId) return false;
  return (
    context.reviewerIds.includes(secondId) && !owns(secondId, reviewed.verdict.systemSlug, context.systems)
  );
}

function mayApprove(
  reviewed: Reviewed,
  decider: { id: string },
  approving: Approving,
  context: DecisionContext,
): Allowed {
  if (reviewed.verdict.riskClass === "prohibited") return refuse("prohibited");
  if (!reviewed.verdict.approvable) return refuse("not_approvable");
  const system = context.systems.find((s) => s.slug === approving.systemSlug);
  if (!system || (system.status !== "in_use" && system.status !== "pilot")) return refuse("unregistered");
  if (system.owner === decider.id) return refuse("own_system");
  const { purposes, dataClasses, affected, conditions } = approving;
  if ([purposes, dataClasses, affected].some((list) => list.length === 0) || purposes.includes(otherPurpose))
    return refuse("facts_missing");
  if (!withinRequest(approving, reviewed.facts)) return refuse("beyond_request");
  if (conditions.length === 0) return refuse("no_conditions");
  // The register or the law may have changed since the question was judged: an approval must hold by today's rules.
  const granted = approvalFor(reviewed, approving, {
    today: context.today,
    approvedBy: decider.id,
    months: 12,
  });
  const after = judge(
    approvedFacts(approving, reviewed.facts),
    { ...context, approvals: [...context.approvals, granted] },
    context.today,
  );
  if (after.riskClass === "prohibited") return refuse("prohibited");
  const holds = clears(after.outcome);
  return holds ? { ok: true } : refuse("not_approvable");
}

/** Whether nothing is approved that was not asked for. A fact that the asker left open is the reviewer's to settle. */
function withinRequest(approving: Approving, facts: Facts): boolean {
  const system = facts.system?.value ?? unregistered;
  const say = (o: Oversight): number => oversights.indexOf(o);
  return (
    (system === unregistered || system === approving.systemSlug) &&
    within(approving.purposes, openPurposes(facts)) &&
    within(approving.dataClasses, facts.dataClasses) &&
    within(approving.affected, facts.affected) &&
    (facts.oversight === null || say(approving.oversight) <= say(facts.oversight.value))
  );
}

/** The purposes asked for; null where "something else" leaves them to the reviewer. */
export function openPurposes(facts: Facts): Fact<string[]> | null {
  return facts.purposes?.value.includes(otherPurpose) ? null : facts.purposes;
}

function within(values: readonly string[], asked: Fact<readonly string[]> | null): boolean {
  return asked === null || values.every((v) => asked.value.includes(v));
}

function approvedFacts(approving: Approving, facts: Facts): Facts {
  return {
    ...noFacts,
    system: chosen(approving.systemSlug),
    purposes: chosen(approving.purposes),
    dataClasses: chosen(approving.dataClasses),
    affected: chosen(approving.affected),
    oversight: chosen(approving.oversight),
    effect: facts.effect ?? chosen("consequential"),
  };
}

/** The approval that a decision gives to the requester, until `months` from `today`. */
export function approvalFor(
  reviewed: Pick<Reviewed, "id" | "requesterId">,
  approving: Approving,
  given: { today: string; approvedBy: string; months: number },
): Approval {
  return {
    id: `case-${reviewed.id}`,
    systemSlug: approving.systemSlug,
    purposes: approving.purposes,
    dataClasses: approving.dataClasses,
    groups: [personGroup(reviewed.requesterId)],
    conditions: approving.conditions,
    approvedOn: given.today,
    approvedBy: given.approvedBy,
    reviewOn: monthsLater(given.today, given.months),
    clause: null,
    caseId: reviewed.id,
    affected: approving.affected,
    oversights: [approving.oversight],
  };
}

function owns(
  personId: string,
  systemSlug: string | null,
  systems: readonly Pick<AiSystem, "slug" | "owner">[],
): boolean {
  return systemSlug !== null && systems.some((s) => s.slug === systemSlug && s.owner === personId);
}

/** `2026-11-24` plus months, clipped to the month's last day. */
export function monthsLater(day: string, months: number): string {
  const [y = 0, m = 1, d = 1] = day.split("-").map(Number);
  const last = new Date(Date.UTC(y, m + months, 0)).getUTCDate();
  return new Date(Date.UTC(y, m - 1 + months, Math.min(d, last))).toISOString().slice(0, 10);
}
