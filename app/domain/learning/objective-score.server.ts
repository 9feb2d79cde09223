import { inArray } from "drizzle-orm";
import type { Db } from "#db/client.server.ts";
import { answer } from "#db/schema/learning.ts";
import type { Module } from "../content/module.ts";
import type { Form } from "./assessment.ts";
import { type AttemptRow, itemOf } from "./attempt.server.ts";
import { scaledScore } from "./marking.ts";
import type { ObjectiveScores } from "./refresher.ts";

/** What submitted attempts say of each objective they asked, in the order given. */
export async function objectiveScoresOf(
  db: Db,
  module: Module,
  attempts: readonly AttemptRow[],
): Promise<ObjectiveScores[]> {
  const submitted = attempts.filter((one) => one.submittedAt !== null);
  if (submitted.length === 0) return [];
  const marks = await db
    .select({ attemptId: answer.attemptId, position: answer.position, score: answer.score })
    .from(answer)
    .where(
      inArray(
        answer.attemptId,
        submitted.map((one) => one.id),
      ),
    );
  return submitted.map((row) => {
    const own = marks.filter((mark) => mark.attemptId === row.id);
    const scores = row.form.items.map((_, i) => own.find((mark) => mark.position === i)?.score ?? 0);
    return scoresByObjective(module, row.form, scores);
  });
}

/** The mean score of each objective that a form asks. `scores` are by position. */
export function scoresByObjective(module: Module, form: Form, scores: readonly number[]): ObjectiveScores {
  const by = new Map<string, number[]>();
  form.items.forEach((entry, i) => {
    const { objective } = itemOf(module, entry);
    by.set(objective, [...(by.get(objective) ?? []), scores[i] ?? 0]);
  });
  return Object.fromEntries([...by].map(([objective, own]) => [objective, scaledScore(own)]));
}
