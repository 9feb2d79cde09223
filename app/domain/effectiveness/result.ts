import type { AttemptKind } from "../learning/attempt-kind.ts";
import { practiceDays } from "../learning/practice.ts";
import type { PeriodState } from "../competence/period-state.ts";
import { shareOf } from "../assistant/proportion.ts";
import { canonicalJson, sha256 } from "../audit/event.ts";
import { type Criterion, directionOf } from "./criterion.ts";
import type { Outcome } from "./outcome.ts";
import {
  effectSize,
  type Estimate,
  gainEstimate,
  hiddenGroups,
  meanEstimate,
  meanIndividualGain,
  noEstimate,
  normalisedGain,
  type Pair,
  ratePer100,
  smallestGroup,
} from "./statistics.ts";

/** Stored facts that an evaluation is computed from. */
export type EvaluationFacts = {
  /** Whom the criterion is about. */
  people: readonly { id: string; department: string }[];
  /** Submitted attempts of their periods, before the decision date; those before the start too. */
  attempts: readonly {
    id: string;
    personId: string;
    registration: string;
    kind: AttemptKind;
    /** 0..1 */
    score: number;
    passed: boolean | null;
    submittedAt: Date;
  }[];
  /** Where each stood when the decision date began. */
  standings: readonly { personId: string; state: PeriodState }[];
  /** Ids of the concerns reported in the window. */
  concerns: readonly string[];
  /** Practices of their periods that were answered in full before the decision date. */
  practices: readonly {
    personId: string;
    /** Days after the completion on which it fell due. */
    day: number;
    /** 0..1 */
    score: number;
    completedAt: Date;
  }[];
};

export type GroupResult = { name: string; n: number | null; value: number | null };

/** What an evaluation found. Figures are per cent, percentage points or a rate, as the measure has it. */
export type Result = {
  estimate: Estimate;
  outcome: Outcome;
  /** Of measures by attempts: how many took which form. */
  flow: { people: number; pre: number; post: number; both: number; preOnly: number; postOnly: number };
  /** Of the measure `gain`. */
  paired: {
    pre: Estimate;
    post: Estimate;
    normalisedGain: number | null;
    meanIndividualGain: number | null;
    effectSize: number | null;
  } | null;
  /** Of the retention check: retention minus post of the same people, in percentage points. */
  decay: Estimate | null;
  /**
   * Of measures by attempts: how the same people answered when they were asked again after a completion, by the day it fell
   * due. Absent in results that were computed before it was counted.
   */
  practised?: { day: number; estimate: Estimate }[];
  /** By department; `n` and `value` are null where they are hidden. */
  groups: GroupResult[];
  /** What it was computed from: how many facts, and SHA-256 over them. */
  data: { facts: number; sha256: string };
};

/** One value of one person by which a measure is averaged, with the fact it came from. */
type Value = { personId: string; value: number; fact: string; pair?: Pair };

/** Computes an evaluation by its criterion. The same facts always give the same result. */
export function resultOf(criterion: Criterion, facts: EvaluationFacts): Result {
  const { measure } = criterion;
  const values = valuesOf(criterion, facts);
  const estimate =
    measure === "concern_rate"
      ? ratePer100(facts.concerns.length, facts.people.length)
      : averaged(criterion, values);
  const used =
    measure === "concern_rate"
      ? [...facts.concerns, ...facts.people.map((one) => one.id)]
      : values.map((one) => `${one.fact}=${one.value}`);
  const enough = estimate.n >= smallestGroup;
  const pairs = values.flatMap((one) => (one.pair ? [one.pair] : []));
  return {
    estimate: enough ? estimate : { ...noEstimate, n: estimate.n },
    outcome: outcomeOf(criterion, estimate),
    flow: flowOf(criterion, facts),
    paired:
      measure === "gain" && enough
        ? {
            pre: meanEstimate(pairs.map((one) => one.pre)),
            post: meanEstimate(pairs.map((one) => one.post)),
            normalisedGain: normalisedGain(pairs),
            meanIndividualGain: meanIndividualGain(pairs),
            effectSize: effectSize(pairs),
          }
        : null,
    decay: measure === "retention_mean" ? hiddenIfFew(decayOf(criterion, facts)) : null,
    practised: practisedOf(criterion, facts),
    groups: measure === "concern_rate" || !enough ? [] : groupsOf(criterion, facts, values),
    data: { facts: used.length, sha256: sha256(canonicalJson(used.toSorted())) },
  };
}

/** Whether the criterion is met; not determinable with fewer people than it asks for. */
export function outcomeOf(
  criterion: Pick<Criterion, "measure" | "threshold" | "confirm" | "minimumN">,
  { n, value, low, high }: Estimate,
): Outcome {
  if (n < criterion.minimumN || value === null) return "not_determinable";
  const atLeast = directionOf(criterion.measure) === "at_least";
  const worst = criterion.confirm === "estimate" ? value : atLeast ? low : high;
  if (worst === null) return "not_determinable";
  // Scores are stored as single precision: what is equal in print is equal.
  const distance = atLeast ? worst - criterion.threshold : criterion.threshold - worst;
  return distance >= -1e-4 ? "met" : "not_met";
}

const startOf = (day: string): Date => new Date(`${day}T00:00:00Z`);

/** The window of a criterion: from the start to before the decision date. */
export const windowOf = (one: Pick<Criterion, "startsOn" | "decisionOn">): { from: Date; until: Date } => ({
  from: startOf(one.startsOn),
  until: startOf(one.decisionOn),
});

type Attempt = EvaluationFacts["attempts"][number];
type Forms = { pre: Attempt | null; post: Attempt | null; retention: Attempt | null };

/** Of each period: its pre-test, its first deciding attempt and its retention check; `in`: those of the window only. */
function formsByPeriod(criterion: Criterion, facts: EvaluationFacts, windowed: boolean): Forms[] {
  const { from, until } = windowOf(criterion);
  const by = new Map<string, Attempt[]>();
  for (const one of facts.attempts)
    if (one.submittedAt < until) by.set(one.registration, [...(by.get(one.registration) ?? []), one]);
  return [...by.values()].map((attempts) => {
    const first = (kinds: readonly AttemptKind[]): Attempt | null => {
      const own = attempts
        .filter((one) => kinds.includes(one.kind))
        .toSorted((a, b) => a.submittedAt.getTime() - b.submittedAt.getTime())[0];
      // A second attempt is no first one, wherever the window begins.
      return own && (!windowed || own.submittedAt >= from) ? own : null;
    };
    return {
      pre: first(["pretest"]),
      post: first(["assessment", "refresher"]),
      retention: first(["retention"]),
    };
  });
}

const percent = (score: number): number => score * 100;

/** The values a measure averages, one of each person: the first where somebody has several periods in the window. */
function valuesOf(criterion: Criterion, facts: EvaluationFacts): Value[] {
  const { measure } = criterion;
  if (measure === "concern_rate") return [];
  if (measure === "overdue_share")
    return facts.standings
      .filter((one) => one.state !== "waived")
      .map(({ personId, state }) => ({
        personId,
        value: state === "overdue" || state === "expired" ? 100 : 0,
        fact: `${personId}/${state}`,
      }));
  const found = formsByPeriod(criterion, facts, true).flatMap(
    ({ pre, post, retention }): (Value & { at: Date })[] => {
      if (measure === "gain") {
        if (!pre || !post) return [];
        const pair = { pre: percent(pre.score), post: percent(post.score) };
        const fact = `${pre.id}/${post.id}`;
        return [{ personId: post.personId, value: pair.post - pair.pre, pair, fact, at: post.submittedAt }];
      }
      const one = measure === "retention_mean" ? retention : post;
      if (!one) return [];
      const value = measure === "pass_share" ? (one.passed === true ? 100 : 0) : percent(one.score);
      return [{ personId: one.personId, value, fact: one.id, at: one.submittedAt }];
    },
  );
  const first = new Map<string, Value>();
  for (const { at: _at, ...one } of found.toSorted((a, b) => a.at.getTime() - b.at.getTime()))
    if (!first.has(one.personId)) first.set(one.personId, one);
  return [...first.values()];
}

function averaged({ measure }: Criterion, values: readonly Value[]): Estimate {
  if (measure === "gain") return gainEstimate(values.flatMap((one) => (one.pair ? [one.pair] : [])));
  if (measure !== "pass_share" && measure !== "overdue_share")
    return meanEstimate(values.map((one) => one.value));
  const { n, value, low, high } = shareOf(values, (one) => one.value === 100);
  return value === null ? noEstimate : { n, value: percent(value), low: percent(low), high: percent(high) };
}

function flowOf(criterion: Criterion, facts: EvaluationFacts): Result["flow"] {
  const forms = formsByPeriod(criterion, facts, true);
  const people = (holds: (one: Forms) => boolean): number =>
    new Set(forms.filter(holds).map((one) => (one.pre ?? one.post ?? one.retention)?.personId ?? "")).size;
  return {
    people: facts.people.length,
    pre: people((one) => one.pre !== null),
    post: people((one) => one.post !== null),
    both: people((one) => one.pre !== null && one.post !== null),
    preOnly: people((one) => one.pre !== null && one.post === null),
    postOnly: people((one) => one.pre === null && one.post !== null),
  };
}

/** How much was lost since the assessment that the same people sat in the same period, whenever that was. */
function decayOf(criterion: Criterion, facts: EvaluationFacts): Estimate {
  const { from } = windowOf(criterion);
  return meanEstimate(
    formsByPeriod(criterion, facts, false).flatMap(({ post, retention }) =>
      post && retention && retention.submittedAt >= from
        ? [percent(retention.score) - percent(post.score)]
        : [],
    ),
  );
}

/** The mean score of the practices answered in the window, of each day that they fall due on. */
function practisedOf(criterion: Criterion, facts: EvaluationFacts): { day: number; estimate: Estimate }[] {
  const { from, until } = windowOf(criterion);
  const own = facts.practices.filter(({ completedAt }) => completedAt >= from && completedAt < until);
  return practiceDays.flatMap((day) => {
    const by = new Map<string, number[]>();
    for (const one of own)
      if (one.day === day) by.set(one.personId, [...(by.get(one.personId) ?? []), percent(one.score)]);
    if (by.size === 0) return [];
    const means = [...by.values()].map((all) => all.reduce((sum, score) => sum + score, 0) / all.length);
    return [{ day, estimate: hiddenIfFew(meanEstimate(means)) }];
  });
}

const hiddenIfFew = (one: Estimate): Estimate => (one.n < smallestGroup ? { ...noEstimate, n: one.n } : one);

function groupsOf(criterion: Criterion, facts: EvaluationFacts, values: readonly Value[]): GroupResult[] {
  const departmentOf = new Map(facts.people.map((one) => [one.id, one.department]));
  const by = new Map<string, Value[]>();
  for (const one of values) {
    const name = departmentOf.get(one.personId);
    if (name !== undefined) by.set(name, [...(by.get(name) ?? []), one]);
  }
  const groups = [...by].toSorted(([a], [b]) => (a < b ? -1 : 1));
  const hidden = hiddenGroups(groups.map(([, own]) => own.length));
  return groups.map(([name, own], i) =>
    hidden[i]
      ? { name, n: null, value: null }
      : { name, n: own.length, value: averaged(criterion, own).value },
  );
}
