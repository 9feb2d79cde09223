import { and, desc, eq, isNotNull, isNull } from "drizzle-orm";
import { randomUUID } from "node:crypto";
import type { Db } from "#db/client.server.ts";
import { evaluation, evaluationCriterion, evaluationResult } from "#db/schema/effectiveness.ts";
import { type AuditEntry, canonicalJson, sha256 } from "../audit/event.ts";
import { recordEvents } from "../audit/event.server.ts";
import { currentRequirements } from "../competence/requirement.server.ts";
import { statementId } from "../evidence/statement.ts";
import { recordStatements, statementContext } from "../evidence/statement.server.ts";
import { type Actor, allow } from "../people/permission.ts";
import { changesAfterStart, type Criterion, type LockRefusal, mayLock } from "./criterion.ts";
import { evaluatorsFor } from "./criterion-choices.server.ts";
import { factsFor, factsSinceStart } from "./evaluation-facts.server.ts";
import { fixed } from "./evaluation-statement.ts";

export type CriterionRow = typeof evaluationCriterion.$inferSelect;

/**
 * Writes a criterion down; `lock` fixes it at once. With an `id` it changes a draft, or gives a fixed criterion a further
 * version, for which a reason is asked and which is fixed at once. Null when there is no such evaluation.
 */
export async function writeCriterion(
  db: Db,
  actor: Actor,
  input: { id: string | null; criterion: Criterion; reason: string; lock: boolean },
  now: Date,
): Promise<{ ok: true; id: string } | { ok: false; reason: LockRefusal } | null> {
  allow(actor, "effectiveness.manage", {});
  return db.transaction(async (tx) => {
    const stored = input.id === null ? null : await evaluationForUpdate(tx, input.id);
    if (input.id !== null && stored === null) return null;
    const unfit = await unfitNames(tx, actor, input, now);
    if (unfit) return { ok: false, reason: unfit };
    const decision = await decideVersion(tx, stored, input, now.toISOString().slice(0, 10));
    if (!decision.ok) return decision;
    const entries: AuditEntry[] = [];
    const { id, number } = stored ?? (await newEvaluation(tx, now));
    if (stored === null) {
      const data = { number, requirement: input.criterion.requirement };
      entries.push({ type: "evaluation.drafted", subjectType: "evaluation", subjectId: id, data });
    }
    const { version, lock, afterStart } = decision;
    const hash = lock ? sha256(canonicalJson(input.criterion)) : null;
    const written = {
      requirementSlug: input.criterion.requirement,
      body: input.criterion,
      startsOn: input.criterion.startsOn,
      decisionOn: input.criterion.decisionOn,
      authorId: actor.id,
      reason: version > 1 ? input.reason.trim() : "",
      writtenAt: now,
      lockedAt: lock ? now : null,
      sha256: hash,
      afterStart,
    };
    await tx
      .insert(evaluationCriterion)
      .values({ ...written, evaluationId: id, version })
      .onConflictDoUpdate({
        target: [evaluationCriterion.evaluationId, evaluationCriterion.version],
        set: written,
        setWhere: isNull(evaluationCriterion.lockedAt),
      });
    if (hash !== null) {
      const who = await statementContext(tx, actor.id);
      const stamp = { id: statementId(id, "fixed", version), at: now };
      const about = { evaluation: { id, number }, criterion: input.criterion, version, sha256: hash };
      await recordStatements(tx, [fixed(who, { ...stamp, ...about, afterStart })], now);
      const data = { number, version, sha256: hash, afterStart };
      entries.push({ type: "evaluation.fixed", subjectType: "evaluation", subjectId: id, data });
    }
    await recordEvents(tx, actor, entries, now);
    return { ok: true, id };
  });
}

/** Fixes a draft as it stands; whoever fixes it answers for it. Null when there is no such evaluation. */
export async function lockCriterion(
  db: Db,
  actor: Actor,
  id: string,
  now: Date,
): ReturnType<typeof writeCriterion> {
  allow(actor, "effectiveness.manage", {});
  const row = await newestCriterion(db, id);
  if (!row) return null;
  if (row.lockedAt !== null) return { ok: false, reason: "locked" };
  return writeCriterion(db, actor, { id, criterion: row.body, reason: "", lock: true }, now);
}

type Stored = { id: string; number: number; row: CriterionRow; evaluated: boolean };

/** An evaluation with the version of its criterion that counts, locked until the transaction ends. */
export async function evaluationForUpdate(tx: Db, id: string): Promise<Stored | null> {
  const [about] = await tx.select().from(evaluation).where(eq(evaluation.id, id)).for("update");
  const row = about ? await newestCriterion(tx, id) : null;
  if (!about || !row) return null;
  const [result] = await tx
    .select({ id: evaluationResult.evaluationId })
    .from(evaluationResult)
    .where(eq(evaluationResult.evaluationId, id));
  return { id, number: about.number, row, evaluated: result !== undefined };
}

async function newestCriterion(db: Db, id: string): Promise<CriterionRow | null> {
  const [row] = await db
    .select()
    .from(evaluationCriterion)
    .where(eq(evaluationCriterion.evaluationId, id))
    .orderBy(desc(evaluationCriterion.version))
    .limit(1);
  return row ?? null;
}

async function newEvaluation(tx: Db, now: Date): Promise<{ id: string; number: number }> {
  const [made] = await tx
    .insert(evaluation)
    .values({ id: randomUUID(), createdAt: now })
    .returning({ id: evaluation.id, number: evaluation.number });
  if (!made) throw new Error("the evaluation was not stored");
  return made;
}

type Decision =
  { ok: true; version: number; lock: boolean; afterStart: boolean } | { ok: false; reason: LockRefusal };

/** What writing does: a draft anew, a criterion fixed, or a further version of a fixed one. */
async function decideVersion(
  tx: Db,
  stored: Stored | null,
  input: { criterion: Criterion; reason: string; lock: boolean },
  today: string,
): Promise<Decision> {
  if (stored?.evaluated) return { ok: false, reason: "evaluated" };
  const old = stored?.row.lockedAt ? stored.row : null;
  if (old && input.reason.trim() === "") return { ok: false, reason: "locked" };
  const version = old ? old.version + 1 : (stored?.row.version ?? 1);
  const afterStart = old !== null && (old.afterStart || changesAfterStart(old.body, today));
  const lock = old !== null || input.lock;
  if (lock && !afterStart) {
    const facts = await factsFor(tx, input.criterion);
    const locked = mayLock(input.criterion, factsSinceStart(input.criterion, facts), today);
    if (!locked.ok) return locked;
  }
  return { ok: true, version, lock, afterStart };
}

/** What a criterion names must be there: a requirement in force, and an evaluator who may evaluate and wrote no version. */
async function unfitNames(
  tx: Db,
  actor: Actor,
  { id, criterion: { requirement, evaluatorId } }: { id: string | null; criterion: Criterion },
  now: Date,
): Promise<LockRefusal | null> {
  if (!(await currentRequirements(tx)).some((one) => one.slug === requirement)) return "requirement";
  const fixedBy =
    id === null
      ? []
      : await tx
          .select({ authorId: evaluationCriterion.authorId })
          .from(evaluationCriterion)
          .where(and(eq(evaluationCriterion.evaluationId, id), isNotNull(evaluationCriterion.lockedAt)));
  if (evaluatorId === actor.id || fixedBy.some((one) => one.authorId === evaluatorId)) return "own_criterion";
  const evaluators = await evaluatorsFor(tx, actor, now);
  return evaluators.some((one) => one.id === evaluatorId) ? null : "evaluator";
}
