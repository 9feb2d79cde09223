import { and, asc, count, desc, eq, inArray, isNull, ne, type SQL, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import type { Db } from "#db/client.server.ts";
import { question, questionNotice } from "#db/schema/assistant.ts";
import { recordEvents } from "../audit/event.server.ts";
import type { Language } from "../content/language.ts";
import { type Actor, allow, can } from "../people/permission.ts";
import type { Outcome } from "../risk/outcome.ts";
import { longestInLists } from "./answer.ts";
import { ownQuestion } from "./question.server.ts";
import { isNewestTurn } from "./thread.server.ts";

/**
 * Whether the actor is told when the answer to a question of theirs changes; for the whole thread. What was told and is
 * switched off goes. Null when the question is not the actor's.
 */
export async function setWatched(
  db: Db,
  actor: Actor,
  input: { questionId: string; watched: boolean },
  now: Date,
): Promise<{ ok: true } | null> {
  allow(actor, "question.ask", { personId: actor.id });
  const { watched } = input;
  return db.transaction(async (tx) => {
    const about = await ownQuestion(tx, actor, input.questionId, true);
    if (!about) return null;
    const changed = await tx
      .update(question)
      .set({ watched })
      .where(and(eq(question.threadId, about.threadId), ne(question.watched, watched)))
      .returning({ id: question.id });
    if (changed.length === 0) return { ok: true } as const;
    if (!watched)
      await tx.delete(questionNotice).where(
        inArray(
          questionNotice.questionId,
          changed.map((turn) => turn.id),
        ),
      );
    const data = { watched };
    await recordEvents(
      tx,
      actor,
      [{ type: "question.watch_set", subjectType: "question", subjectId: about.threadId, data }],
      now,
    );
    return { ok: true } as const;
  });
}

/** What has changed about an answer that the actor reads, or null. Read by its asker it counts as seen. */
export async function noticeOn(
  db: Db,
  actor: Actor,
  about: { id: string; viewer: "asker" | "colleague" },
  now: Date,
): Promise<{ changes: string[]; after: Outcome; at: Date } | null> {
  const mine = and(eq(questionNotice.questionId, about.id), eq(questionNotice.personId, actor.id));
  if (about.viewer === "asker")
    await db
      .update(questionNotice)
      .set({ seenAt: now })
      .where(and(mine, isNull(questionNotice.seenAt)));
  const [row] = await db
    .select({ changes: questionNotice.changes, after: questionNotice.after, at: questionNotice.at })
    .from(questionNotice)
    .where(eq(questionNotice.questionId, about.id))
    .orderBy(desc(questionNotice.at))
    .limit(1);
  return row ?? null;
}

/** How many of the actor's answers have changed and were not opened since; 0 for those who cannot ask. */
export async function unseenNotices(db: Db, actor: Actor): Promise<number> {
  if (!can(actor, "question.ask", { personId: actor.id })) return 0;
  const [row] = await db
    .select({ n: count() })
    .from(questionNotice)
    .innerJoin(question, eq(question.id, questionNotice.questionId))
    .where(and(ofActor(db, actor), isNull(questionNotice.seenAt)));
  return row?.n ?? 0;
}

export type ChangedAnswer = {
  questionId: string;
  text: string;
  language: Language;
  before: Outcome;
  after: Outcome;
  changes: string[];
  at: Date;
  seen: boolean;
};

/** Changed answers shown at once. */
const mostChanged = 20;

/** The actor's answers that have changed and were not judged again since: unseen ones first, then the newest. */
export async function changedAnswers(db: Db, actor: Actor): Promise<ChangedAnswer[]> {
  allow(actor, "question.read", { personId: actor.id });
  const first = alias(question, "first");
  const rows = await db
    .select({
      notice: questionNotice,
      text: sql<string>`left(${first.text}, ${longestInLists})`,
      language: question.language,
    })
    .from(questionNotice)
    .innerJoin(question, eq(question.id, questionNotice.questionId))
    .innerJoin(first, eq(first.id, question.threadId))
    .where(ofActor(db, actor))
    .orderBy(sql`${questionNotice.seenAt} is not null`, desc(questionNotice.at), asc(questionNotice.id))
    .limit(mostChanged);
  return rows.map(({ notice: { questionId, before, after, changes, at, seenAt }, text, language }) => ({
    questionId,
    text,
    language,
    before,
    after,
    changes,
    at,
    seen: seenAt !== null,
  }));
}

/**
 * A further turn of a thread is the answer that counts; what was told of earlier ones is settled with it. A notice may
 * have been on its way when it was switched off.
 */
function ofActor(db: Db, actor: Actor): SQL | undefined {
  return and(eq(questionNotice.personId, actor.id), eq(question.watched, true), isNewestTurn(db));
}
