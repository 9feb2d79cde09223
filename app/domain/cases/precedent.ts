import { type Fact, type Facts, noFacts } from "../risk/facts.ts";
import type { Rule } from "../risk/rule.ts";
import { type Finding, type Verdict, isFlagged } from "../risk/verdict.ts";
import { signalsOf } from "../risk/signal.ts";
import type { CaseEntry } from "./case.ts";

/** The facts of a case that content brings, as a question would have stated them. */
export function factsOf(entry: CaseEntry): Facts {
  const stated = <T>(value: T): Fact<T> => ({ value, source: "stated", confidence: 1, words: "" });
  const { system, purpose, dataClasses, affected, oversight, effect } = entry.facts;
  return {
    ...noFacts,
    system: stated(system),
    systemName: null,
    purposes: stated([purpose]),
    dataClasses: stated(dataClasses),
    affected: stated(affected),
    oversight: stated(oversight),
    effect: stated(effect),
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
    matter: "use",
    outcome: prohibited ? "not_allowed" : "flagged",
    riskClass: entry.riskClass,
    flagged: isFlagged(entry.riskClass),
    area: fired?.area || null,
    signals: signalsOf(factsOf(entry), []),
    approvable: !prohibited,
    findings: fired ? [findingOf(fired)] : [],
    conditions: [],
    clauses: entry.clauses,
    systemSlug: system,
    approvals: [],
    tools: [],
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
    area: _area,
    ...rest
  } = rule;
  return { ...rest, rule: id, derogation: rule.derogation ?? null, riskClass: rule.riskClass ?? null };
}
