import { and, arrayContains, asc, eq, gt, isNull, or } from "drizzle-orm";
import type { Db } from "#db/client.server.ts";
import { reviewCase } from "#db/schema/cases.ts";
import { person } from "#db/schema/people.ts";
import type { AuditEntry } from "../audit/event.ts";
import { recordEvents } from "../audit/event.server.ts";
import { recordStatements } from "../evidence/statement.server.ts";
import { profile } from "../evidence/statement.ts";
import { type Actor, allow } from "../people/permission.ts";
import { groupsOf } from "../register/approval.ts";
import { grantApproval } from "../register/approval.server.ts";
import { theRegister } from "../register/ai-system.server.ts";
import { appendEvent, type Case, caseStatement, lockCase, rulesInForce } from "./case.server.ts";
import {
  approvalFor,
  type Decision,
  type DecisionContext,
  mayDecide,
  mayHandle,
  type Refusal,
} from "./decision.ts";
import { precedentsOf } from "./precedent.server.ts";
import { type Rating, ratingScore } from "./rating.ts";

export type Decided = { ok: true } | { ok: false; reason: Refusal } | null;

/**
 * A reviewer's rating of likelihood and severity before deciding; the case stays open. Null when there is no such case;
 * refusals as values, `stale` when the case is no longer at `revision`.
 */
export async function rateCase(
  db: Db,
  actor: Actor,
  input: { caseId: string; revision: number; note: string } & Rating,
  now: Date,
): Promise<Decided> {
  allow(actor, "case.decide", {});
  return db.transaction(async (tx) => {
    const about = await lockCase(tx, input.caseId);
    if (!about) return null;
    const { systems } = await theRegister(tx);
    const handled = mayHandle(about, actor, input.revision, systems);
    if (!handled.ok) return handled;
    const { likelihood, severity, note } = input;
    const revision = about.revision + 1;
    await tx.update(reviewCase).set({ likelihood, severity, revision }).where(eq(reviewCase.id, about.id));
    const event = { caseId: about.id, position: revision, actorId: actor.id, at: now, note };
    await appendEvent(tx, { ...event, kind: "rated", data: { likelihood, severity } });
    const rated = await caseStatement(tx, about, actor.id, "rated", revision, now, ratingResult(input));
    await recordStatements(tx, [rated], now);
    await recordEvents(
      tx,
      actor,
      [caseEntry("case.rated", about, { number: about.number, likelihood, severity })],
      now,
    );
    return { ok: true } as const;
  });
}

/**
 * A reviewer decides a case, or asks for information. An approval becomes a row of the register that counts for the
 * requester alone, until its review date (escalation-procedure 4.1). Two reviewers who decide at once line up: the
 * second is told `decided` or `stale`. Null when there is no such case.
 */
export async function decideCase(
  db: Db,
  actor: Actor,
  input: { caseId: string; revision: number; decision: Decision },
  now: Date,
): Promise<Decided> {
  allow(actor, "case.decide", {});
  return db.transaction(async (tx) => {
    const about = await lockCase(tx, input.caseId);
    if (!about) return null;
    const today = now.toISOString().slice(0, 10);
    const allowed = mayDecide(about, actor, input, await decisionContext(tx, about, today));
    if (!allowed.ok) return allowed;
    const { decision } = input;
    const entries =
      decision.kind === "request_information"
        ? await requestInformation(tx, actor, about, decision.note, now)
        : await conclude(tx, actor, about, decision, now);
    await recordEvents(tx, actor, entries, now);
    return { ok: true } as const;
  });
}

async function requestInformation(
  tx: Db,
  actor: Actor,
  about: Case,
  note: string,
  now: Date,
): Promise<AuditEntry[]> {
  const revision = about.revision + 1;
  await tx
    .update(reviewCase)
    .set({ status: "information_requested", revision })
    .where(eq(reviewCase.id, about.id));
  const event = { caseId: about.id, position: revision, actorId: actor.id, at: now, note };
  await appendEvent(tx, { ...event, kind: "information_requested" });
  await recordStatements(tx, [await caseStatement(tx, about, actor.id, "queried", revision, now)], now);
  return [caseEntry("case.information_requested", about, { number: about.number })];
}

async function conclude(
  tx: Db,
  actor: Actor,
  about: Case,
  decision: Exclude<Decision, { kind: "request_information" }>,
  now: Date,
): Promise<AuditEntry[]> {
  const { kind, likelihood, severity, note, secondId } = decision;
  const revision = about.revision + 1;
  await tx
    .update(reviewCase)
    .set({
      status: "decided",
      decision: kind,
      likelihood,
      severity,
      revision,
      decidedAt: now,
      decidedBy: actor.id,
      decidedWith: secondId,
    })
    .where(eq(reviewCase.id, about.id));
  const months = (await rulesInForce(tx)).approvalMonths;
  const today = now.toISOString().slice(0, 10);
  const granted =
    decision.kind === "approve_with_conditions"
      ? approvalFor(about, decision.approving, { today, approvedBy: actor.id, months })
      : null;
  await appendEvent(tx, {
    caseId: about.id,
    position: revision,
    kind: "decided",
    actorId: actor.id,
    at: now,
    note,
    data: { decision: kind, likelihood, severity, secondId, conditions: granted?.conditions ?? [], granted },
  });
  const statement = await caseStatement(tx, about, actor.id, "decided", revision, now, {
    ...ratingResult(decision),
    response: kind,
    completion: true,
  });
  await recordStatements(tx, [statement], now);
  const data = { number: about.number, decision: kind, likelihood, severity, secondId };
  const entry = caseEntry("case.decided", about, data);
  return granted ? [entry, await grantApproval(tx, granted)] : [entry];
}

function ratingResult(rating: Rating) {
  const { likelihood, severity } = rating;
  const score = ratingScore(rating);
  return { extensions: { [`${profile}/extensions/risk-rating`]: { likelihood, severity, score } } };
}

function caseEntry<T extends "case.rated" | "case.decided" | "case.information_requested">(
  type: T,
  about: Pick<Case, "id">,
  data: Extract<AuditEntry, { type: T }>["data"],
): AuditEntry {
  return { type, subjectType: "case", subjectId: about.id, data } as AuditEntry;
}

/** What a decision on the case is checked against, as it stands today. */
export async function decisionContext(
  db: Db,
  about: Pick<Case, "id" | "requesterId" | "factsKey">,
  today: string,
): Promise<DecisionContext> {
  const register = await theRegister(db);
  const { rules } = await rulesInForce(db);
  const [requester] = await db
    .select({ id: person.id, audiences: person.audiences })
    .from(person)
    .where(eq(person.id, about.requesterId));
  const precedents = await precedentsOf(db, about.factsKey, about.id);
  return {
    ...register,
    rules,
    groups: requester ? groupsOf(requester) : [],
    reviewerIds: (await reviewers(db, today)).map((r) => r.id),
    precedents: precedents.map((p) => p.decision),
    today,
  };
}

/** Everybody who may decide cases on `today`, by name. */
export function reviewers(db: Db, today: string): Promise<{ id: string; name: string }[]> {
  return db
    .select({ id: person.id, name: person.name })
    .from(person)
    .where(
      and(arrayContains(person.roles, ["reviewer"]), or(isNull(person.leftOn), gt(person.leftOn, today))),
    )
    .orderBy(asc(person.name));
}
