import { type AiSystem } from "../register/ai-system.ts";
import { type RiskClass, riskClasses } from "../register/terms.ts";
import type { Approval } from "../register/approval.ts";
import { type FactName, type Facts, factNames, otherPurpose, unregistered } from "./facts.ts";
import type { Outcome } from "./outcome.ts";
import { type RegisterState, type Rule, inEffect, matches } from "./rule.ts";
import { type Signal, signalsOf } from "./signal.ts";
import { type Standing, standing } from "./standing.ts";

/** A rule that fired, with its legal or policy anchor and dates. */
export type Finding = {
  rule: string;
  title: string;
  reason: string;
  result: Rule["result"];
  /** `Art. 5(1)(f)`, `Annex III(4)(a)`, or empty for organisation rules. */
  anchor: string;
  source: string;
  checkedOn: string;
  appliesFrom: string;
  /** Our own policy applies it before the law does. */
  early: boolean;
  derogation: string | null;
  riskClass: RiskClass | null;
  /** `slug#number` of the policy clauses to quote. */
  clauses: string[];
};

/** What the rules decide. Computed only by `judge`; stored with the question and the case. */
export type Verdict = {
  outcome: Outcome;
  /** What was asked: whether a use may begin, or only what the rules say. */
  matter: Facts["matter"];
  riskClass: RiskClass;
  /** Whether the use is, or may be, prohibited or high-risk: a flag of risk, apart from warnings about data or tools. */
  flagged: boolean;
  /** The prohibition or Annex III point of the gravest finding, `art5(1)(f)` or `employment`; null where none is. */
  area: string | null;
  /** Warnings that a use of any risk class can deserve. */
  signals: Signal[];
  /** Whether a reviewer could approve the use; `prohibited` practices never. */
  approvable: boolean;
  findings: Finding[];
  conditions: string[];
  clauses: string[];
  systemSlug: string | null;
  /** The approvals that permit the use. */
  approvals: { id: string; caseId: string | null; reviewOn: string }[];
  /** Tools with which the use is permitted where the asker named none. */
  tools: string[];
  /** Facts to ask for, most telling first; at most three. */
  missing: FactName[];
  /** Rules that fit the use and by law apply from a later day. */
  soon: { rule: string; title: string; anchor: string; appliesFrom: string }[];
  /** The day by whose rules it was judged, YYYY-MM-DD. */
  judgedOn: string;
};

export type JudgeContext = {
  rules: readonly Rule[];
  systems: readonly AiSystem[];
  /** Of the register and of decided cases alike; withdrawn ones are left out by whoever reads them. */
  approvals: readonly Approval[];
  /** The asker's audiences and their own `person:<id>`. */
  groups: readonly string[];
};

/**
 * The verdict on a use by the rules of `today` (YYYY-MM-DD). Uncertainty asks back or goes to a person; it never
 * clears: a use is allowed only when every fact is known, nothing speaks against it and an approval fits.
 */
export function judge(facts: Facts, context: JudgeContext, today: string): Verdict {
  const stand = standing(facts, context, context.groups, today);
  const rated = context.rules.map((r) => ({ rule: r, match: matches(r.when, facts, stand.states) }));
  const fired = rated.filter((r) => r.match === "yes" && inEffect(r.rule, today)).map((r) => r.rule);
  const hanging = rated
    .filter((r) => r.match === "unknown" && inEffect(r.rule, today) && couldFire(r.rule, facts, stand.states))
    .map((r) => r.rule);
  const open = hanging.filter((r) => r.result !== "inform");
  const possible = context.rules.filter((r) => inEffect(r, today) && isSuspected(r, facts));
  const likely = [
    ...possible.filter((r) => facts.suspected.some((s) => s.confidence >= probable && names(r, s))),
    ...open.filter((r) => r.when.purposes !== undefined),
  ];
  const riskClass = highest([...fired, ...likely]);
  const base = {
    matter: facts.matter,
    riskClass,
    flagged: isFlagged(riskClass),
    area: ordered([...fired, ...likely]).find((r) => r.area)?.area ?? null,
    signals: signalsOf(facts, stand.states),
    approvable: approvable(fired),
    findings: ordered(fired).map((r) => finding(r, facts)),
    conditions: [],
    clauses: [...new Set(bearing(ordered(fired)).flatMap((r) => r.clauses))],
    systemSlug: facts.system && facts.system.value !== unregistered ? facts.system.value : null,
    approvals: [],
    tools: [],
    missing: [],
    soon: rated
      .filter((r) => r.match === "yes" && r.rule.appliesFrom > today)
      .map(({ rule: { id, title, anchor, appliesFrom } }) => ({ rule: id, title, anchor, appliesFrom })),
    judgedOn: today,
  };
  return { ...base, ...decide(facts, { fired, open, hanging, possible }, stand, context.systems) };
}

type Decided = Pick<Verdict, "outcome"> &
  Partial<Pick<Verdict, "missing" | "conditions" | "approvals" | "tools">>;

/**
 * Rules that hold; rules that a missing fact leaves open, those among them that forbid or want a review (`open`) and all
 * (`hanging`); and rules of purposes that the text may mean.
 */
type Rated = Record<"fired" | "open" | "hanging" | "possible", readonly Rule[]>;

function decide(
  facts: Facts,
  { fired, open, hanging, possible }: Rated,
  stand: Standing,
  systems: readonly AiSystem[],
): Decided {
  const has = (result: Rule["result"]): boolean => fired.some((r) => r.result === result);
  if (has("prohibit")) return { outcome: "not_allowed" };
  const unknown = factNames.filter((f) => facts[f] === null);
  const needed = neededOf(unknown, hanging, stand);
  // A possible ban is cleared up before anything else is said, an approval first of all.
  const bans = open.filter((r) => r.result === "prohibit");
  if (bans.length > 0) return askOrReview(facts, namedBy(bans, unknown));
  if (possible.some((r) => r.result === "prohibit"))
    return askOrReview(facts, [...new Set<FactName>(["purposes", ...needed])]);
  if (fired.some((r) => r.result === "refuse" && !r.approvable)) return { outcome: "not_allowed" };
  const reviewed = reviewStands(stand, systems);
  if (has("review") && !reviewed && !couldBeReviewed(stand, systems)) return { outcome: "flagged" };
  if (possible.length > 0) return askOrReview(facts, [...new Set<FactName>(["purposes", ...needed])]);
  if (facts.matter === "rules") return { outcome: "not_covered" };
  if (nothingKnown(facts)) return { outcome: "not_covered", missing: ["purposes", "system", "dataClasses"] };
  if (facts.purposes?.value.includes(otherPurpose)) return { outcome: "not_covered" };
  if (has("refuse")) return { outcome: has("review") ? "flagged" : "not_allowed" };
  const permitting = needed.every((f) => f === "system") ? permitted(facts, stand) : [];
  if (needed.length > 0 && permitting.length === 0) {
    const telling = namedBy(open, needed);
    return askOrReview(facts, [
      ...new Set([...needed.filter((f) => alwaysTelling.includes(f)), ...telling, ...needed]),
    ]);
  }
  if (has("review") && !reviewed) return { outcome: "flagged" };
  if (permitting.length === 0) return { outcome: "not_covered" };
  return {
    outcome: "cleared",
    conditions: [
      ...new Set([
        ...permitting.flatMap((a) => a.conditions),
        ...fired.flatMap((r) => r.conditions),
        ...(facts.dataClasses?.source === "assumed" ? [assumedDataCondition] : []),
      ]),
    ],
    approvals: permitting.map(({ id, caseId, reviewOn }) => ({ id, caseId, reviewOn })),
    tools: facts.system ? [] : [...new Set(permitting.map((a) => a.systemSlug))],
  };
}

/** What a clearance rests on that says nothing about the data. */
export const assumedDataCondition =
  "Only public and internal information goes in. Ask again before you enter personal, customer or confidential data.";

/** A suspicion from which on its risk class is told with the question back. */
const probable = 0.55;

/** The approvals a clearance rests on: of the tool named, or of one tool that could be used where none is named. */
function permitted(facts: Facts, stand: Standing): Approval[] {
  if (stand.states.includes("approved")) return stand.approvals;
  return facts.system === null && stand.states.length === 0 ? stand.offer : [];
}

const names = (r: Rule, { purpose }: { purpose: string }): boolean =>
  r.when.purposes?.includes(purpose) ?? false;

/** Whether a purpose that the text may mean would bring a rule to bear which forbids the use or sends it to a person. */
function isSuspected(r: Rule, facts: Facts): boolean {
  return (r.result === "prohibit" || r.result === "review") && facts.suspected.some((s) => names(r, s));
}

const alwaysTelling: FactName[] = ["system", "purposes", "dataClasses"];

/** Asks what is missing, unless the asker has already said not to know: then a person decides. */
function askOrReview(facts: Facts, wanted: FactName[]): Decided {
  if (wanted.some((f) => facts.unsure.includes(f))) return { outcome: "flagged" };
  return { outcome: "asked_back", missing: wanted.slice(0, 3) };
}

/**
 * The unknown facts on which the verdict hangs: tool, purpose and data do by every rule of the register; people affected,
 * human say and effect where a rule that could fire names them, or an approval has limits on people. No other is asked for,
 * so each question put to the asker can change the verdict.
 */
function neededOf(unknown: readonly FactName[], hanging: readonly Rule[], stand: Standing): FactName[] {
  const named = namedBy(hanging, unknown);
  const limits: FactName[] = [
    ...(stand.open.some((a) => a.affected !== null) ? (["affected"] as const) : []),
    ...(stand.open.some((a) => a.oversights !== null) ? (["oversight"] as const) : []),
  ];
  return unknown.filter((f) => alwaysTelling.includes(f) || named.includes(f) || limits.includes(f));
}

/** An open rule could fire when its purpose fits and only facts about the use are missing. */
function couldFire(r: Rule, facts: Facts, states: readonly RegisterState[]): boolean {
  if (r.when.register) return false;
  const purposeFits = matches({ purposes: r.when.purposes }, facts, states) === "yes";
  return r.when.purposes === undefined || purposeFits;
}

/** Unknown facts that the rules hang on. */
function namedBy(rules: readonly Rule[], unknown: readonly FactName[]): FactName[] {
  return unknown.filter((f) => f !== "system" && rules.some((r) => r.when[f] !== undefined));
}

/** Nothing said about a use of AI. Naming people alone is no use yet. */
function nothingKnown(facts: Facts): boolean {
  const { system, purposes, dataClasses, oversight, effect, unsure } = facts;
  return [system, purposes, dataClasses, oversight, effect].every((f) => f === null) && unsure.length === 0;
}

/** A review has been done where a case approved the use, or a high-risk system with overseers is approved for it. */
function reviewStands(stand: Standing, systems: readonly AiSystem[]): boolean {
  return stand.approvals.length > 0 && stand.approvals.every((a) => carriesReview(a, systems));
}

/** Whether further facts could lead to an approval that carries a review; else asking on would be idle. */
function couldBeReviewed(stand: Standing, systems: readonly AiSystem[]): boolean {
  return stand.open.some((a) => carriesReview(a, systems));
}

function carriesReview(approval: Approval, systems: readonly AiSystem[]): boolean {
  if (approval.caseId !== null) return true;
  const system = systems.find((s) => s.slug === approval.systemSlug);
  return system?.riskClass === "high_risk" && system.overseers.length >= 2;
}

function highest(fired: readonly Rule[]): RiskClass {
  return (
    riskClasses[Math.max(0, ...fired.map((r) => riskClasses.indexOf(r.riskClass ?? "minimal")))] ?? "minimal"
  );
}

/** Risk classes that are flagged: what Art. 5 or Art. 6 of the AI Act names. */
export function isFlagged(riskClass: RiskClass): boolean {
  return riskClass === "high_risk" || riskClass === "prohibited";
}

function approvable(fired: readonly Rule[]): boolean {
  return !fired.some((r) => r.result === "prohibit" || (r.result === "refuse" && !r.approvable));
}

const weight: Record<Rule["result"], number> = { prohibit: 0, review: 1, refuse: 2, inform: 3 };

/** Gravest first; law before house rules. */
function ordered(fired: readonly Rule[]): Rule[] {
  return fired.toSorted(
    (a, b) => weight[a.result] - weight[b.result] || Number(a.anchor === "") - Number(b.anchor === ""),
  );
}

/** The rules a verdict rests on: where one forbids the use, what the register says of it no longer matters. */
function bearing(fired: readonly Rule[]): readonly Rule[] {
  const bans = fired.filter((r) => r.result === "prohibit");
  return bans.length > 0 ? bans : fired;
}

/** A rule that fired, as the answer tells it. Whoever profiles people has no exemption (Art. 6(3), last subparagraph). */
function finding(r: Rule, facts: Facts): Finding {
  const { title, reason, result, anchor, source, checkedOn, appliesFrom, early, riskClass, clauses } = r;
  return {
    rule: r.id,
    title,
    reason,
    result,
    anchor,
    source,
    checkedOn,
    appliesFrom,
    early,
    derogation: facts.profiling?.value ? null : (r.derogation ?? null),
    riskClass,
    clauses,
  };
}
