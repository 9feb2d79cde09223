import { and, eq, isNotNull, isNull, lte } from "drizzle-orm";
import type { Db } from "#db/client.server.ts";
import {
  evaluation,
  evaluationCriterion,
  evaluationResult,
  evaluationVerdict,
} from "#db/schema/effectiveness.ts";
import { person } from "#db/schema/people.ts";
import { recordEvents } from "../audit/event.server.ts";
import { ownAuthority, statementId } from "../evidence/statement.ts";
import { baseIriOf, recordStatements, statementContext } from "../evidence/statement.server.ts";
import { type Actor, allow, system } from "../people/permission.ts";
import { evaluationForUpdate } from "./evaluation.server.ts";
import { factsFor } from "./evaluation-facts.server.ts";
import { concluded, evaluated } from "./evaluation-statement.ts";
import { resultOf } from "./result.ts";
import { type Conclusion, type ConcludeRefusal, mayConclude } from "./verdict.ts";

/** Computes every evaluation whose decision date has come, once, for the schedule; answers how many. */
export async function evaluateDue(db: Db, now: Date): Promise<number> {
  const due = await db
    .selectDistinct({ id: evaluation.id })
    .from(evaluation)
    .innerJoin(evaluationCriterion, eq(evaluationCriterion.evaluationId, evaluation.id))
    .leftJoin(evaluationResult, eq(evaluationResult.evaluationId, evaluation.id))
    .where(
      and(
        isNull(evaluationResult.evaluationId),
        isNotNull(evaluationCriterion.lockedAt),
        lte(evaluationCriterion.decisionOn, now.toISOString().slice(0, 10)),
      ),
    );
  let done = 0;
  for (const { id } of due) if (await evaluate(db, id, now)) done++;
  return done;
}

/** False where the version that counts decides later, or another process was first. */
async function evaluate(db: Db, id: string, now: Date): Promise<boolean> {
  return db.transaction(async (tx) => {
    const stored = await evaluationForUpdate(tx, id);
    if (!stored || stored.evaluated || stored.row.lockedAt === null) return false;
    const { number, row } = stored;
    if (row.decisionOn > now.toISOString().slice(0, 10)) return false;
    const result = resultOf(row.body, await factsFor(tx, row.body));
    const { version } = row;
    const { outcome } = result;
    await tx
      .insert(evaluationResult)
      .values({ evaluationId: id, criterionVersion: version, outcome, body: result, computedAt: now });
    // Nobody computed it but the product, under the account by which it vouches for its statements.
    const baseIri = await baseIriOf(tx);
    const { homePage, name } = ownAuthority(baseIri).account;
    const stamp = { id: statementId(id, "evaluated"), at: now };
    const said = evaluated(
      { homePage, pseudonym: name, baseIri },
      { ...stamp, evaluation: { id, number }, result, version },
    );
    await recordStatements(tx, [said], now);
    const data = { number, version, outcome, n: result.estimate.n, sha256: result.data.sha256 };
    await recordEvents(
      tx,
      system,
      [{ type: "evaluation.evaluated", subjectType: "evaluation", subjectId: id, data }],
      now,
    );
    return true;
  });
}

/** Records what an evaluator concludes from a result, once. Null when there is no such evaluation. */
export async function conclude(
  db: Db,
  actor: Actor,
  input: { id: string; conclusion: Conclusion },
  now: Date,
): Promise<{ ok: true } | { ok: false; reason: ConcludeRefusal } | null> {
  allow(actor, "effectiveness.conclude", {});
  return db.transaction(async (tx) => {
    const stored = await evaluationForUpdate(tx, input.id);
    if (!stored) return null;
    const { id, number } = stored;
    const { conclusion } = input;
    const today = now.toISOString().slice(0, 10);
    const allowed = mayConclude(actor.id, await judgedBy(tx, id, today), conclusion.verdict);
    if (!allowed.ok) return allowed;
    const days = [conclusion.followUpOn, conclusion.recheckOn].filter((one) => one !== null);
    if (days.some((one) => one <= today)) return { ok: false, reason: "past" };
    if (!(await isThere(tx, conclusion.followUpOwnerId, today))) return { ok: false, reason: "owner" };
    await tx
      .insert(evaluationVerdict)
      .values({ evaluationId: id, ...conclusion, evaluatorId: actor.id, decidedAt: now });
    const who = await statementContext(tx, actor.id);
    const stamp = { id: statementId(id, "concluded"), at: now };
    const { verdict } = conclusion;
    await recordStatements(tx, [concluded(who, { ...stamp, evaluation: { id, number }, verdict })], now);
    const data = { number, verdict };
    await recordEvents(
      tx,
      actor,
      [{ type: "evaluation.concluded", subjectType: "evaluation", subjectId: id, data }],
      now,
    );
    return { ok: true };
  });
}

async function isThere(tx: Db, personId: string | null, today: string): Promise<boolean> {
  if (personId === null) return true;
  const [row] = await tx.select({ leftOn: person.leftOn }).from(person).where(eq(person.id, personId));
  return row !== undefined && (row.leftOn === null || row.leftOn > today);
}

/** What decides who may conclude an evaluation. */
export async function judgedBy(
  db: Db,
  id: string,
  today: string,
): Promise<Parameters<typeof mayConclude>[1]> {
  const versions = await db
    .select()
    .from(evaluationCriterion)
    .where(eq(evaluationCriterion.evaluationId, id))
    .orderBy(evaluationCriterion.version);
  const evaluatorId = versions.at(-1)?.body.evaluatorId ?? "";
  const [evaluator] = await db
    .select({ leftOn: person.leftOn })
    .from(person)
    .where(eq(person.id, evaluatorId));
  const [result] = await db
    .select({ outcome: evaluationResult.outcome, verdict: evaluationVerdict.verdict })
    .from(evaluationResult)
    .leftJoin(evaluationVerdict, eq(evaluationVerdict.evaluationId, evaluationResult.evaluationId))
    .where(eq(evaluationResult.evaluationId, id));
  const leftOn = evaluator?.leftOn ?? null;
  return {
    authors: versions.map((one) => one.authorId),
    evaluatorId,
    evaluatorLeft: evaluator === undefined || (leftOn !== null && leftOn <= today),
    outcome: result?.outcome ?? null,
    decided: result?.verdict !== null && result?.verdict !== undefined,
  };
}
