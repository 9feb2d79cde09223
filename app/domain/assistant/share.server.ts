import { and, asc, desc, eq, gt, ilike, isNull, ne, notExists, or, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import type { Db } from "#db/client.server.ts";
import { question, questionShare } from "#db/schema/assistant.ts";
import { person } from "#db/schema/people.ts";
import { recordEvents } from "../audit/event.server.ts";
import type { Language } from "../content/language.ts";
import { type Actor, allow } from "../people/permission.ts";
import type { Outcome } from "../risk/outcome.ts";
import { longestInLists } from "./answer.ts";
import { ownQuestion } from "./question.server.ts";
import { type ShareRefusal, mayShareWith, mostColleagues, shortestSearch } from "./share.ts";
import { isNewestTurn } from "./thread.server.ts";

export type Colleague = { id: string; name: string; title: string; department: string };

/**
 * Active people whose name contains the text, by name, without the asker and those who may read the thread already. None
 * while the text is too short. Null when the question is not the actor's.
 */
export async function colleaguesFor(
  db: Db,
  actor: Actor,
  input: { questionId: string; search: string },
  now: Date,
): Promise<Colleague[] | null> {
  allow(actor, "question.share", { personId: actor.id });
  const about = await ownQuestion(db, actor, input.questionId);
  if (!about) return null;
  const search = input.search.trim();
  if (search.length < shortestSearch) return [];
  const reading = db
    .select({ one: sql`1` })
    .from(questionShare)
    .where(and(inForce(about.threadId), eq(questionShare.personId, person.id)));
  return db
    .select({ id: person.id, name: person.name, title: person.title, department: person.department })
    .from(person)
    .where(
      and(
        ilike(person.name, `%${search.replace(/[\\%_]/g, "\\$&")}%`),
        ne(person.id, actor.id),
        or(isNull(person.leftOn), gt(person.leftOn, dayOf(now))),
        notExists(reading),
      ),
    )
    .orderBy(asc(person.name), asc(person.id))
    .limit(mostColleagues);
}

/**
 * Lets a colleague read a thread of the actor's own; again changes nothing. Null when the question is not the actor's,
 * or there is no such person.
 */
export async function shareQuestion(
  db: Db,
  actor: Actor,
  input: { questionId: string; personId: string },
  now: Date,
): Promise<{ ok: true } | { ok: false; reason: ShareRefusal } | null> {
  return db.transaction(async (tx) => {
    const about = await ownQuestion(tx, actor, input.questionId, true);
    if (!about) return null;
    allow(actor, "question.share", { personId: about.personId });
    const [colleague] = await tx.select().from(person).where(eq(person.id, input.personId));
    if (!colleague) return null;
    const shares = await sharesOf(tx, about.threadId);
    if (shares.some((share) => share.personId === colleague.id)) return { ok: true } as const;
    const may = mayShareWith(actor.id, colleague, shares.length, dayOf(now));
    if (!may.ok) return may;
    const share = { sharedBy: actor.id, at: now, endedAt: null };
    await tx
      .insert(questionShare)
      .values({ threadId: about.threadId, personId: colleague.id, ...share })
      .onConflictDoUpdate({ target: [questionShare.threadId, questionShare.personId], set: share });
    const data = { personId: colleague.id };
    await recordEvents(
      tx,
      actor,
      [{ type: "question.shared", subjectType: "question", subjectId: about.threadId, data }],
      now,
    );
    return { ok: true } as const;
  });
}

/** Takes a shared thread back; again changes nothing. Null when the question is not the actor's. */
export async function unshareQuestion(
  db: Db,
  actor: Actor,
  input: { questionId: string; personId: string },
  now: Date,
): Promise<{ ok: true } | null> {
  return db.transaction(async (tx) => {
    const about = await ownQuestion(tx, actor, input.questionId, true);
    if (!about) return null;
    allow(actor, "question.share", { personId: about.personId });
    const ended = await tx
      .update(questionShare)
      .set({ endedAt: now })
      .where(and(inForce(about.threadId), eq(questionShare.personId, input.personId)))
      .returning({ personId: questionShare.personId });
    await recordEvents(
      tx,
      actor,
      ended.map((data) => ({
        type: "question.unshared" as const,
        subjectType: "question",
        subjectId: about.threadId,
        data,
      })),
      now,
    );
    return { ok: true } as const;
  });
}

export type Share = { personId: string; name: string; title: string; at: Date };

/** Those who may read a thread besides its asker, by name. */
export function sharesOf(db: Db, threadId: string): Promise<Share[]> {
  return db
    .select({ personId: person.id, name: person.name, title: person.title, at: questionShare.at })
    .from(questionShare)
    .innerJoin(person, eq(person.id, questionShare.personId))
    .where(inForce(threadId))
    .orderBy(asc(person.name), asc(person.id));
}

export type SharedAnswer = {
  id: string;
  text: string;
  language: Language;
  outcome: Outcome;
  sharedBy: string;
  at: Date;
};

/** Shared answers shown at once: the newest. */
const mostShared = 20;

/** The newest answers that colleagues let the actor read, each by the latest turn of its thread. */
export async function sharedWithMe(db: Db, actor: Actor): Promise<SharedAnswer[]> {
  allow(actor, "question.read", { sharedWith: [actor.id] });
  const first = alias(question, "first");
  return db
    .select({
      id: question.id,
      text: sql<string>`left(${first.text}, ${longestInLists})`,
      language: question.language,
      outcome: sql<Outcome>`${question.verdict} ->> 'outcome'`,
      sharedBy: person.name,
      at: questionShare.at,
    })
    .from(questionShare)
    .innerJoin(question, eq(question.threadId, questionShare.threadId))
    .innerJoin(first, eq(first.id, questionShare.threadId))
    .innerJoin(person, eq(person.id, questionShare.sharedBy))
    .where(and(eq(questionShare.personId, actor.id), isNull(questionShare.endedAt), isNewestTurn(db)))
    .orderBy(desc(questionShare.at), desc(question.id))
    .limit(mostShared);
}

const inForce = (threadId: string) =>
  and(eq(questionShare.threadId, threadId), isNull(questionShare.endedAt));

function dayOf(at: Date): string {
  return at.toISOString().slice(0, 10);
}
