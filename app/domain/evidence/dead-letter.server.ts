import { and, desc, eq, isNotNull, isNull, lt, sql } from "drizzle-orm";
import type { Db } from "#db/client.server.ts";
import { deadLetter, lrsTarget } from "#db/schema/evidence.ts";
import { statement } from "#db/schema/lrs.ts";
import { person } from "#db/schema/people.ts";
import { recordEvents } from "../audit/event.server.ts";
import { allow, type Actor, system } from "../people/permission.ts";
import { type LetterState, letterState } from "./dead-letter.ts";
import type { StoredStatement } from "./outbox.ts";
import { linesFor } from "./statement-line.server.ts";

const pageSize = 20;
/** Characters of a statement that the page shows; one of a client may have millions. */
const longestShown = 20_000;

/** A statement that a target refused, or that is to be sent to it once more. */
export type Letter = {
  id: number;
  state: LetterState;
  /** The statement: its place in the store, its id, in words, and in JSON as far as `whole` tells. */
  seq: number;
  statementId: string;
  line: string;
  json: string;
  whole: boolean;
  /** What the target said; null when it has said nothing. */
  error: string | null;
  attempts: number;
  at: Date;
  endedAt: Date | null;
  /** Who dropped it, and why. */
  endedBy: string | null;
  reason: string | null;
};

/** A target's open letters, or those that have ended, newest first, a page at a time: those before `before`. Null for a target that is not known. */
export async function deadLetters(
  db: Db,
  actor: Actor,
  input: { target: string; ended: boolean; before?: number | undefined },
): Promise<{ active: boolean; letters: Letter[]; open: number; next: number | null } | null> {
  allow(actor, "evidence.read", {});
  const [target] = await db
    .select({ active: lrsTarget.active })
    .from(lrsTarget)
    .where(eq(lrsTarget.name, input.target));
  if (!target) return null;
  const mine = eq(deadLetter.target, input.target);
  const rows = await db
    .select({
      letter: deadLetter,
      statementId: statement.id,
      size: statement.size,
      json: sql<string>`left(${statement.body}, ${longestShown})`,
      name: person.name,
    })
    .from(deadLetter)
    .innerJoin(statement, eq(statement.seq, deadLetter.seq))
    .leftJoin(person, eq(person.id, deadLetter.endedBy))
    .where(
      and(
        mine,
        input.ended ? isNotNull(deadLetter.endedAt) : isNull(deadLetter.endedAt),
        input.before === undefined ? undefined : lt(deadLetter.id, input.before),
      ),
    )
    .orderBy(desc(deadLetter.id))
    .limit(pageSize + 1);
  const page = rows.slice(0, pageSize);
  const short = page.filter((row) => row.size <= longestShown);
  const lines = await linesFor(
    db,
    short.map((row) => JSON.parse(row.json) as StoredStatement),
  );
  return {
    active: target.active,
    open: await db.$count(deadLetter, and(mine, isNull(deadLetter.endedAt), isNull(deadLetter.retryAt))),
    next: rows.length > pageSize ? (page.at(-1)?.letter.id ?? null) : null,
    letters: page.map(({ letter, statementId, size, json, name }) => ({
      id: letter.id,
      state: letterState(letter),
      seq: letter.seq,
      statementId,
      line: lines.get(statementId) ?? `A statement of ${size.toLocaleString("en-GB")} characters`,
      json,
      whole: size <= longestShown,
      error: letter.error,
      attempts: letter.attempts,
      at: letter.at,
      endedAt: letter.endedAt,
      endedBy: name ?? (letter.endedBy === system.id ? system.name : letter.endedBy),
      reason: letter.reason,
    })),
  };
}

type Replayed = { ok: true; letters: number } | { ok: false; reason: "unknown" };

/** Has the target's refused statements sent once more, or the one of this letter. They go apart from its cursor. */
export async function replayLetters(
  db: Db,
  actor: Actor,
  input: { target: string; letter?: number | undefined },
  now: Date,
): Promise<Replayed> {
  allow(actor, "outbox.manage", {});
  return db.transaction(async (tx) => {
    const rows = await tx
      .update(deadLetter)
      .set({ retryAt: now })
      .where(
        and(
          eq(deadLetter.target, input.target),
          input.letter === undefined ? undefined : eq(deadLetter.id, input.letter),
          isNull(deadLetter.endedAt),
          isNull(deadLetter.retryAt),
        ),
      )
      .returning({ id: deadLetter.id });
    if (rows.length === 0) return { ok: false, reason: "unknown" };
    const subject = { subjectType: "lrs_target", subjectId: input.target };
    const data = { target: input.target, letters: rows.length };
    await recordEvents(tx, actor, [{ type: "dead_letter.replayed", ...subject, data }], now);
    return { ok: true, letters: rows.length };
  });
}

/** Decides that a refused statement is not sent to the target. The statement stays in this store, and the letter with its reason. */
export async function dropLetter(
  db: Db,
  actor: Actor,
  input: { target: string; letter: number; reason: string },
  now: Date,
): Promise<{ ok: true } | { ok: false; reason: "unknown" }> {
  allow(actor, "outbox.manage", {});
  return db.transaction(async (tx) => {
    const [row] = await tx
      .update(deadLetter)
      .set({ outcome: "dropped", endedAt: now, endedBy: actor.id, reason: input.reason, retryAt: null })
      .where(
        and(eq(deadLetter.target, input.target), eq(deadLetter.id, input.letter), isNull(deadLetter.endedAt)),
      )
      .returning({ seq: deadLetter.seq });
    if (!row) return { ok: false, reason: "unknown" };
    const [dropped] = await tx.select({ id: statement.id }).from(statement).where(eq(statement.seq, row.seq));
    await recordEvents(
      tx,
      actor,
      [
        {
          type: "dead_letter.dropped",
          subjectType: "statement",
          subjectId: dropped?.id ?? "",
          data: { target: input.target, letter: input.letter },
        },
      ],
      now,
    );
    return { ok: true };
  });
}
