import { extensions } from "../evidence/profile-concept.ts";
import {
  activityTypes,
  buildStatement,
  type Stamp,
  type Statement,
  type StatementContext,
} from "../evidence/statement.ts";
import { type Criterion, directionOf } from "./criterion.ts";
import type { Result } from "./result.ts";
import type { Verdict } from "./verdict.ts";

/** What every statement about an evaluation names; its id is the registration. */
type About = Stamp & { evaluation: { id: string; number: number } };

/** A criterion was fixed, or changed with a reason. Its words stay in the database; `sha256` ties them to it. */
export function fixed(
  who: StatementContext,
  input: About & { criterion: Criterion; version: number; sha256: string; afterStart: boolean },
): Statement {
  const { criterion, version, sha256, afterStart } = input;
  const { requirement, measure, threshold, confirm, minimumN, startsOn, decisionOn } = criterion;
  return about(who, input, "fixed", {
    extensions: {
      [extensions.criterion]: {
        version,
        sha256,
        requirement,
        measure,
        threshold,
        direction: directionOf(measure),
        confirm,
        minimumN,
        startsOn,
        decisionOn,
        afterStart,
      },
    },
  });
}

/** An evaluation came to its result. */
export function evaluated(
  who: StatementContext,
  input: About & { result: Result; version: number },
): Statement {
  const { estimate, outcome, flow, data, paired } = input.result;
  const known = Object.entries({ value: estimate.value, low: estimate.low, high: estimate.high }).filter(
    ([, value]) => value !== null,
  );
  const found = {
    version: input.version,
    outcome,
    n: estimate.n,
    ...(paired ? { dropOuts: flow.preOnly } : {}),
    ...Object.fromEntries(known),
    ...data,
  };
  return about(who, input, "evaluated", {
    result: {
      ...(outcome === "not_determinable" ? {} : { success: outcome === "met" }),
      extensions: { [extensions.evaluationResult]: found },
    },
  });
}

/** An evaluator concluded from a result. */
export function concluded(who: StatementContext, input: About & { verdict: Verdict }): Statement {
  return about(who, input, "concluded", { result: { response: input.verdict } });
}

function about(
  who: StatementContext,
  { id, at, evaluation }: About,
  verb: "fixed" | "evaluated" | "concluded",
  rest: Pick<Parameters<typeof buildStatement>[1], "result" | "extensions">,
): Statement {
  return buildStatement(who, {
    id,
    at,
    verb,
    registration: evaluation.id,
    object: {
      path: ["evaluations", evaluation.id],
      type: activityTypes.evaluation,
      name: `Evaluation ${evaluation.number}`,
    },
    ...rest,
  });
}
