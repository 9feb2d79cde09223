import { and, isNotNull, isNull, lt, lte, sql } from "drizzle-orm";
import { randomUUID } from "node:crypto";
import type { Db } from "#db/client.server.ts";
import { modelUse } from "#db/schema/assistant.ts";
import { attempt } from "#db/schema/learning.ts";
import { person } from "#db/schema/people.ts";
import { erasureRequest, evidenceHold } from "#db/schema/privacy.ts";
import type { AuditEntry } from "../audit/event.ts";
import { recordEvents } from "../audit/event.server.ts";
import { erasureCategories, type ErasureCategory, heldCategories } from "../people/erasure.ts";
import { system } from "../people/permission.ts";
import { keptUntil, type RetentionKind, type RetentionRule } from "../people/retention.ts";
import { eraseAnswers, eraseCategories, eraseOldThreads } from "./erasure.server.ts";

/**
 * Deletes what was kept as long as the rules say, and nothing that a hold keeps; answers how many rows or people, by kind.
 * Evidence is never among it. Doing it again changes nothing.
 */
export async function applyRetention(
  db: Db,
  rules: readonly Pick<RetentionRule, "kind" | "days">[],
  now: Date,
): Promise<Partial<Record<RetentionKind, number>>> {
  return db.transaction(async (tx) => {
    const done: Partial<Record<RetentionKind, number>> = {};
    const holds = await tx.select().from(evidenceHold).where(isNull(evidenceHold.endedAt));
    const today = now.toISOString().slice(0, 10);
    const held = (personId: string, category: ErasureCategory): boolean =>
      heldCategories(holds, personId, today).has(category);
    const entries: AuditEntry[] = [];
    const note = (kind: RetentionKind, rows: number, before: Date): void => {
      if (rows === 0) return;
      done[kind] = rows;
      const data = { kind, rows, before: before.toISOString() };
      entries.push({ type: "retention.applied", subjectType: "retention", subjectId: kind, data });
    };

    const questions = keptUntil(rules, "questions", now);
    if (questions && !holds.some((hold) => hold.personId === null && heldNow(hold, "questions", today))) {
      const kept = holds.flatMap((one) => (heldNow(one, "questions", today) ? (one.personId ?? []) : []));
      note("questions", await eraseOldThreads(tx, questions, kept), questions);
    }
    const use = keptUntil(rules, "model_use", now);
    if (use) {
      const gone = await tx
        .delete(modelUse)
        .where(lt(modelUse.day, use.toISOString().slice(0, 10)))
        .returning({ day: modelUse.day });
      note("model_use", gone.length, use);
    }
    const answers = keptUntil(rules, "leaver_answers", now);
    if (answers) {
      const people = (await leaversBefore(tx, answers)).filter((one) => !held(one, "answers"));
      for (const personId of people) await eraseAnswers(tx, personId);
      note("leaver_answers", people.length, answers);
    }
    const identity = keptUntil(rules, "leaver_identity", now);
    if (identity) {
      const people = await tx
        .select({ id: person.id })
        .from(person)
        .where(and(isNull(person.erasedAt), lte(person.leftOn, identity.toISOString().slice(0, 10))));
      const free = people.filter(({ id }) => !held(id, "identity"));
      // A proof names its person: it goes with the name, unless a hold keeps it.
      for (const { id } of free)
        await eraseByTime(tx, id, held(id, "proofs") ? ["identity"] : ["identity", "proofs"], now);
      note("leaver_identity", free.length, identity);
    }
    if (entries.length > 0) await recordEvents(tx, system, entries, now);
    return done;
  });
}

const heldNow = (
  hold: { categories: readonly string[]; until: string },
  category: ErasureCategory,
  today: string,
): boolean => hold.categories.includes(category) && hold.until >= today;

/** People who left by then and of whom there are answers still. */
async function leaversBefore(tx: Db, before: Date): Promise<string[]> {
  const rows = await tx
    .selectDistinct({ id: person.id })
    .from(person)
    .innerJoin(attempt, sql`${attempt.personId} = ${person.id}`)
    .where(
      and(
        isNotNull(person.leftOn),
        lte(person.leftOn, before.toISOString().slice(0, 10)),
        sql`exists (select 1 from answer a where a.attempt_id = ${attempt.id})`,
      ),
    );
  return rows.map((row) => row.id);
}

/** The end of the identity of somebody who left long ago, with a record as of any other decision. */
async function eraseByTime(
  tx: Db,
  personId: string,
  erased: readonly ErasureCategory[],
  now: Date,
): Promise<void> {
  const decisions = erasureCategories.map((category) => {
    const erase = erased.includes(category);
    return { category, erase, ground: erase ? ("not_needed" as const) : ("legal_duty" as const) };
  });
  await tx.insert(erasureRequest).values({
    id: randomUUID(),
    personId,
    reason: "",
    requestedBy: system.id,
    requestedAt: now,
    outcome: "partly",
    decisions,
    decidedBy: system.id,
    decidedAt: now,
  });
  await eraseCategories(tx, personId, erased, now);
}
