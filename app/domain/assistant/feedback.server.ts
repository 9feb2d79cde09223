import { and, count, desc, eq, notExists, or, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import { randomUUID } from "node:crypto";
import type { Db } from "#db/client.server.ts";
import { question, questionFeedback } from "#db/schema/assistant.ts";
import { recordEvents } from "../audit/event.server.ts";
import { type Actor, allow } from "../people/permission.ts";
import type { Outcome } from "../risk/outcome.ts";
import { type FeedbackFilter, type FeedbackRefusal, feedbackPageSize, feedbackTaken } from "./feedback.ts";
import { masked } from "./masking.ts";
import { ownQuestion } from "./question.server.ts";

/**
 * Stores whether an answer helped its asker, the reason masked like a question. Nothing is overwritten; the newest
 * counts. Null when the question is not the actor's.
 */
export async function giveFeedback(
  db: Db,
  actor: Actor,
  input: { questionId: string; helpful: boolean; reason: string },
  now: Date,
): Promise<{ ok: true } | { ok: false; reason: FeedbackRefusal } | null> {
  allow(actor, "feedback.give", { personId: actor.id });
  const { helpful } = input;
  return db.transaction(async (tx) => {
    const about = await ownQuestion(tx, actor, input.questionId, true);
    if (!about) return null;
    const taken = feedbackTaken(helpful, input.reason);
    if (!taken.ok) return taken;
    const reason = masked(input.reason.replaceAll("\0", "").trim());
    await tx
      .insert(questionFeedback)
      .values({ id: randomUUID(), questionId: about.id, personId: actor.id, helpful, reason, at: now });
    await recordEvents(
      tx,
      actor,
      [{ type: "question.rated", subjectType: "question", subjectId: about.id, data: { helpful } }],
      now,
    );
    return { ok: true } as const;
  });
}

/** What the actor last said about an answer of theirs, or null. */
export async function feedbackOn(
  db: Db,
  actor: Actor,
  questionId: string,
): Promise<{ helpful: boolean; reason: string; at: Date } | null> {
  allow(actor, "feedback.give", { personId: actor.id });
  const [row] = await db
    .select({ helpful: questionFeedback.helpful, reason: questionFeedback.reason, at: questionFeedback.at })
    .from(questionFeedback)
    .where(and(eq(questionFeedback.questionId, questionId), eq(questionFeedback.personId, actor.id)))
    .orderBy(desc(questionFeedback.at), desc(questionFeedback.id))
    .limit(1);
  return row ?? null;
}

export type FeedbackRow = {
  id: string;
  text: string;
  outcome: Outcome;
  helpful: boolean;
  reason: string;
  at: Date;
};
export type FeedbackCount = { outcome: Outcome; helpful: boolean; n: number };

const outcome = sql<Outcome>`${question.verdict} ->> 'outcome'`;

/**
 * What askers think of answers, newest first, a page at a time; and over all of it how often each outcome helped. Only
 * the newest of each answer counts. Names nobody, and nothing that leads to who asked.
 */
export async function feedbackList(
  db: Db,
  actor: Actor,
  filter: FeedbackFilter,
): Promise<{ rows: FeedbackRow[]; more: boolean; counts: FeedbackCount[] }> {
  allow(actor, "feedback.read", {});
  const first = alias(question, "first");
  const rows = await db
    .select({
      id: questionFeedback.id,
      text: first.text,
      outcome,
      helpful: questionFeedback.helpful,
      reason: questionFeedback.reason,
      at: questionFeedback.at,
    })
    .from(questionFeedback)
    .innerJoin(question, eq(question.id, questionFeedback.questionId))
    .innerJoin(first, eq(first.id, question.threadId))
    .where(
      and(
        isNewest(db),
        filter.helpful === "" ? undefined : eq(questionFeedback.helpful, filter.helpful === "yes"),
        filter.outcome === "" ? undefined : eq(outcome, filter.outcome),
      ),
    )
    .orderBy(desc(questionFeedback.at), desc(questionFeedback.id))
    .limit(feedbackPageSize + 1)
    .offset((filter.page - 1) * feedbackPageSize);
  const counts = await db
    .select({ outcome, helpful: questionFeedback.helpful, n: count() })
    .from(questionFeedback)
    .innerJoin(question, eq(question.id, questionFeedback.questionId))
    .where(isNewest(db))
    .groupBy(outcome, questionFeedback.helpful);
  return { rows: rows.slice(0, feedbackPageSize), more: rows.length > feedbackPageSize, counts };
}

/** Holds for what was said last about an answer. */
function isNewest(db: Db) {
  const later = alias(questionFeedback, "later");
  return notExists(
    db
      .select({ one: sql`1` })
      .from(later)
      .where(
        and(
          eq(later.questionId, questionFeedback.questionId),
          or(
            sql`${later.at} > ${questionFeedback.at}`,
            and(eq(later.at, questionFeedback.at), sql`${later.id} > ${questionFeedback.id}`),
          ),
        ),
      ),
  );
}
