import type { Fact, Facts } from "../risk/facts.ts";
import type { Rule } from "../risk/rule.ts";
import type { Finding, Verdict } from "../risk/verdict.ts";
import type { CaseEntry } from "./case.ts";

/** The facts of a case that content brings, as a question would have stated them. */
export function factsOf(entry: CaseEntry): Facts {
  const stated = <T>(value: T): Fact<T> => ({ value, source: "stated", words: "" });
  const { system, purpose, dataClasses, affected, oversight, effect } = entry.facts;
  return {
    system: stated(system),
    systemName: null,
    purposes: stated([purpose]),
    dataClasses: stated(dataClasses),
    affected: stated(affected),
    oversight: stated(oversight),
    effect: stated(effect),
    unsure: [],
  };
}

/**
 * The verdict a case that content brings began with: as the file states it, with the rule of today that bears its
 * anchor. It is not judged again, because the register has learned from the decision since.
 */
export function verdictOf(entry: CaseEntry, rules: readonly Rule[]): Verdict {
  const { purpose, system } = entry.facts;
  const withAnchor = rules.filter((r) => entry.anchor !== "" && r.anchor === entry.anchor);
  const fired = withAnchor.find((r) => r.when.purposes?.includes(purpose)) ?? withAnchor[0];
  const prohibited = entry.riskClass === "prohibited";
  return {
    outcome: prohibited ? "not_allowed" : "needs_review",
    riskClass: entry.riskClass,
    approvable: !prohibited,
    findings: fired ? [findingOf(fired)] : [],
    conditions: [],
    clauses: entry.clauses,
    systemSlug: system,
    approvals: [],
    missing: [],
    soon: [],
    judgedOn: entry.openedOn,
  };
}

function findingOf(rule: Rule): Finding {
  const {
    id,
    when: _when,
    appliesUntil: _until,
    approvable: _approvable,
    conditions: _conditions,
    ...rest
  } = rule;
  return { ...rest, rule: id, derogation: rule.derogation ?? null, riskClass: rule.riskClass ?? null };
}
