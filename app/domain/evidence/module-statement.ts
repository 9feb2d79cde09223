import type { Item, Response } from "../content/item.ts";
import { correctPatterns, interactionOf, responseText } from "./interaction.ts";
import {
  type Activity,
  activityId,
  activityTypes,
  cmi5,
  type Stamp,
  statement,
  type Statement,
  type StatementContext,
} from "./statement.ts";

/** The module version being learned, the period it counts for (`registration`) and the sitting (`sessionId`: the attempt id, or the period id while reading lessons). */
export type Sitting = {
  module: { slug: string; title: string; version: string; language: string };
  registration: string;
  sessionId: string;
};

/** The learner opened the module version for the first time in this sitting (cmi5 §9.3.2). */
export function initialized(who: StatementContext, sitting: Sitting, stamp: Stamp): Statement {
  return statement(who, stamp, "initialized", {
    object: moduleActivity(who, sitting),
    context: sittingContext(who, sitting, { cmi5: true }),
  });
}

/** How far the learner is in the module, as a whole percentage below 100 (cmi5 §9.5.5.1). */
export function progressed(
  who: StatementContext,
  sitting: Sitting,
  input: Stamp & { percent: number; lesson?: { id: string; title: string } },
): Statement {
  const { lesson } = input;
  const context = sittingContext(who, sitting);
  if (lesson) {
    const id = activityId(who.baseIri, "modules", sitting.module.slug, "lessons", lesson.id);
    const name = { [sitting.module.language]: lesson.title };
    context.contextActivities["other"] = [
      { objectType: "Activity", id, definition: { type: activityTypes.lesson, name } },
    ];
  }
  const percent = Math.max(0, Math.min(100, Math.floor(input.percent)));
  return statement(who, input, "progressed", {
    object: moduleActivity(who, sitting),
    result: { extensions: { [`${cmi5}/result/extensions/progress`]: percent } },
    context,
  });
}

/**
 * An answer with its key, in the interaction formats of xAPI §2.4.4.1. It holds the key: build it only once the
 * attempt is submitted (or, for a question inside a lesson, once it is answered). `score` is 0..1.
 */
export function answered(
  who: StatementContext,
  sitting: Sitting,
  input: Stamp & { item: Item; response: Response | null; score: number },
): Statement {
  const { item, response, score } = input;
  const { slug, language } = sitting.module;
  const context = sittingContext(who, sitting);
  context.contextActivities["parent"] = [
    { objectType: "Activity", id: activityId(who.baseIri, "modules", slug) },
  ];
  return statement(who, input, "answered", {
    object: {
      objectType: "Activity",
      id: activityId(who.baseIri, "modules", slug, "items", item.id),
      definition: {
        type: activityTypes.interaction,
        description: { [language]: item.stem },
        ...interactionOf(item, language),
        correctResponsesPattern: correctPatterns(item),
      },
    },
    result: {
      score: { scaled: round(score) },
      success: score >= 1,
      // Left blank is an answer too: it counts, and it scores nothing.
      response: response === null ? "" : responseText(item, response),
    },
    context,
  });
}

type Outcome = Stamp & {
  /** 0..1 */
  score: number;
  /** Scaled score needed, 0..1. */
  masteryScore: number;
  startedAt: Date;
};

/** The attempt's score on its own, apart from pass or fail. */
export function scored(who: StatementContext, sitting: Sitting, input: Outcome): Statement {
  return statement(who, input, "scored", {
    object: moduleActivity(who, sitting),
    result: { score: scoreOf(input.score), duration: isoDuration(input.startedAt, input.at) },
    context: sittingContext(who, sitting, { masteryScore: input.masteryScore }),
  });
}

/** The attempt reached the mastery score (cmi5 §9.3.4). */
export function passed(who: StatementContext, sitting: Sitting, input: Outcome): Statement {
  return judged(who, sitting, input, "passed");
}

/** The attempt did not reach the mastery score (cmi5 §9.3.5). */
export function failed(who: StatementContext, sitting: Sitting, input: Outcome): Statement {
  return judged(who, sitting, input, "failed");
}

/** The learner did all that the module asks (cmi5 §9.3.3); without a score, as cmi5 §9.5.1 wants. */
export function completed(
  who: StatementContext,
  sitting: Sitting,
  input: Stamp & { startedAt: Date },
): Statement {
  return statement(who, input, "completed", {
    object: moduleActivity(who, sitting),
    result: { completion: true, duration: isoDuration(input.startedAt, input.at) },
    context: sittingContext(who, sitting, { cmi5: true, moveOn: true }),
  });
}

function judged(
  who: StatementContext,
  sitting: Sitting,
  input: Outcome,
  verb: "passed" | "failed",
): Statement {
  return statement(who, input, verb, {
    object: moduleActivity(who, sitting),
    result: {
      score: scoreOf(input.score),
      success: verb === "passed",
      duration: isoDuration(input.startedAt, input.at),
    },
    context: sittingContext(who, sitting, { cmi5: true, moveOn: true, masteryScore: input.masteryScore }),
  });
}

function moduleActivity(who: StatementContext, { module }: Sitting): Statement["object"] {
  return {
    objectType: "Activity",
    id: activityId(who.baseIri, "modules", module.slug),
    definition: { type: activityTypes.module, name: { [module.language]: module.title } },
  };
}

/**
 * Context of cmi5 §9.6: registration and session on all; the cmi5 category only on the verbs cmi5 defines, and the
 * moveOn category only where the result holds success or completion. The grouping names the exact version learned.
 */
function sittingContext(
  who: StatementContext,
  { module, registration, sessionId }: Sitting,
  marks: { cmi5?: boolean; moveOn?: boolean; masteryScore?: number } = {},
) {
  const category = [
    ...(marks.cmi5 ? [`${cmi5}/context/categories/cmi5`] : []),
    ...(marks.moveOn ? [`${cmi5}/context/categories/moveon`] : []),
  ];
  const contextActivities: Record<string, Activity[]> = {
    grouping: [
      {
        objectType: "Activity",
        id: activityId(who.baseIri, "modules", module.slug, "versions", module.version),
      },
    ],
  };
  if (category.length > 0)
    contextActivities["category"] = category.map((id) => ({ objectType: "Activity", id }));
  const extensions: Record<string, unknown> = { [`${cmi5}/context/extensions/sessionid`]: sessionId };
  if (marks.masteryScore !== undefined)
    extensions[`${cmi5}/context/extensions/masteryscore`] = round(marks.masteryScore);
  return { registration, contextActivities, language: module.language, extensions };
}

function scoreOf(scaled: number): NonNullable<NonNullable<Statement["result"]>["score"]> {
  return { scaled: round(scaled), raw: round(scaled * 100), min: 0, max: 100 };
}

/** Four decimal places, the precision cmi5 §9.6.3.2 gives a mastery score. */
function round(value: number): number {
  return Math.round(value * 10_000) / 10_000;
}

/** ISO 8601 duration in whole seconds and minutes, as xAPI §4.4 recommends; never negative. */
export function isoDuration(from: Date, to: Date): string {
  const seconds = Math.max(0, Math.round((to.getTime() - from.getTime()) / 1000));
  return `PT${Math.floor(seconds / 60)}M${seconds % 60}S`;
}
