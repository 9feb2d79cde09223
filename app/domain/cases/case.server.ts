import { and, asc, eq, ne } from "drizzle-orm";
import { randomUUID } from "node:crypto";
import type { Db } from "#db/client.server.ts";
import { caseEvent, reviewCase } from "#db/schema/cases.ts";
import type { AuditEntry } from "../audit/event.ts";
import { recordEvents } from "../audit/event.server.ts";
import { recordStatements, statementContext } from "../evidence/statement.server.ts";
import {
  activityId,
  activityTypes,
  buildStatement,
  profile,
  type Statement,
  statementId,
  type VerbName,
} from "../evidence/statement.ts";
import { type Actor, allow } from "../people/permission.ts";
import type { Facts } from "../risk/facts.ts";
import { currentRules } from "../risk/rule-set.server.ts";
import type { RuleSet } from "../risk/rule-set.ts";
import type { Verdict } from "../risk/verdict.ts";
import { dueAt, extendedDue, factsKey, isCaseId, waitingSince } from "./case.ts";
import { type CaseEventKind } from "./status.ts";

export type Case = typeof reviewCase.$inferSelect;
export type CaseEvent = typeof caseEvent.$inferSelect;

/**
 * Brings a question before the reviewers, in the caller's transaction. While a case of the same person with the same
 * facts is open, that case is answered (`existing`) and nothing is written, whoever else asks at the same time. The
 * caller has allowed it (`case.open`), stores the statements and records the entries. Throws before rules are published.
 */
export async function openCase(
  tx: Db,
  input: {
    requesterId: string;
    questionId: string | null;
    title: string;
    facts: Facts;
    verdict: Verdict;
    automatic: boolean;
  },
  now: Date,
): Promise<{
  caseId: string;
  number: number;
  existing: boolean;
  entries: AuditEntry[];
  statements: Statement[];
}> {
  const id = randomUUID();
  const { requesterId, questionId, title, facts, verdict, automatic } = input;
  // A use with unknown facts equals no other: such a case stands for its question alone.
  const key = factsKey(facts) ?? `question:${questionId ?? id}`;
  const rules = await rulesInForce(tx);
  for (;;) {
    const [open] = await tx
      .select({ id: reviewCase.id, number: reviewCase.number })
      .from(reviewCase)
      .where(
        and(
          eq(reviewCase.requesterId, requesterId),
          eq(reviewCase.factsKey, key),
          ne(reviewCase.status, "decided"),
        ),
      );
    if (open) return { caseId: open.id, number: open.number, existing: true, entries: [], statements: [] };
    const [opened] = await tx
      .insert(reviewCase)
      .values({
        id,
        requesterId,
        questionId,
        title,
        facts,
        factsKey: key,
        verdict,
        automatic,
        status: "open",
        openedAt: now,
        dueAt: dueAt(now, verdict, rules),
        revision: 1,
      })
      .onConflictDoNothing()
      .returning();
    // A conflict waits for the other opener to commit; its case is seen on the next round.
    if (!opened) continue;
    await appendEvent(tx, { caseId: id, position: 1, kind: "opened", actorId: requesterId, at: now });
    const { number } = opened;
    const data = { personId: requesterId, number, automatic, riskClass: verdict.riskClass };
    return {
      caseId: id,
      number,
      existing: false,
      entries: [{ type: "case.opened", subjectType: "case", subjectId: id, data }],
      statements: [await caseStatement(tx, opened, requesterId, "opened", 1, now)],
    };
  }
}

/** The published rules. Throws when there are none: nothing can be judged before the first publication. */
export async function rulesInForce(db: Db): Promise<RuleSet> {
  const rules = await currentRules(db);
  if (!rules) throw new Error("no rules are published");
  return rules.body;
}

/** Adds a line to a case's history. */
export async function appendEvent(
  tx: Db,
  event: {
    caseId: string;
    position: number;
    kind: CaseEventKind;
    actorId: string;
    at: Date;
    note?: string;
    data?: Record<string, unknown>;
  },
): Promise<void> {
  await tx.insert(caseEvent).values({ id: randomUUID(), note: "", data: {}, ...event });
}

/**
 * A statement about a case: who did what, its risk class, and for decisions the rating and the result. Free text of
 * people stays in the case, out of the statement store.
 */
export async function caseStatement(
  tx: Db,
  about: Pick<Case, "id" | "number" | "questionId" | "verdict" | "automatic">,
  personId: string,
  verb: VerbName,
  position: number,
  now: Date,
  result?: Statement["result"],
): Promise<Statement> {
  const who = await statementContext(tx, personId);
  const extension = (name: string): string => `${profile}/extensions/${name}`;
  return buildStatement(who, {
    id: statementId(about.id, verb, position),
    at: now,
    verb,
    object: { path: ["cases", about.id], type: activityTypes.case, name: `Case ${about.number}` },
    // A question and the case opened for it are one course of events.
    registration: about.questionId ?? about.id,
    ...(result ? { result } : {}),
    ...(about.questionId
      ? {
          contextActivities: {
            other: [
              {
                objectType: "Activity" as const,
                id: activityId(who.baseIri, "questions", about.questionId),
                definition: { type: activityTypes.question },
              },
            ],
          },
        }
      : {}),
    extensions: {
      [extension("risk-class")]: about.verdict.riskClass,
      [extension("rules")]: about.verdict.findings.map((f) => f.rule),
      [extension("automatic")]: about.automatic,
    },
  });
}

/** The case, locked until the transaction ends, or null. */
export async function lockCase(tx: Db, caseId: string): Promise<Case | null> {
  if (!isCaseId(caseId)) return null;
  const [row] = await tx.select().from(reviewCase).where(eq(reviewCase.id, caseId)).for("update");
  return row ?? null;
}

/**
 * The requester answers a reviewer's question. The time the case waited is added to its due date (escalation-procedure
 * 3.1). Null when there is no such case, or it is not the actor's.
 */
export async function answerInformation(
  db: Db,
  actor: Actor,
  input: { caseId: string; note: string },
  now: Date,
): Promise<{ ok: true } | { ok: false; reason: "not_waiting" } | null> {
  return db.transaction(async (tx) => {
    const about = await lockCase(tx, input.caseId);
    if (about?.requesterId !== actor.id) return null;
    allow(actor, "case.reply", { personId: about.requesterId });
    if (about.status !== "information_requested") return { ok: false, reason: "not_waiting" } as const;
    const history = await tx
      .select({ kind: caseEvent.kind, at: caseEvent.at })
      .from(caseEvent)
      .where(eq(caseEvent.caseId, about.id))
      .orderBy(asc(caseEvent.position));
    const waiting = waitingSince(history) ?? now;
    const revision = about.revision + 1;
    await tx
      .update(reviewCase)
      .set({ status: "open", revision, dueAt: extendedDue(about.dueAt, waiting, now) })
      .where(eq(reviewCase.id, about.id));
    const event = { caseId: about.id, position: revision, kind: "information_given" as const };
    await appendEvent(tx, { ...event, actorId: actor.id, at: now, note: input.note });
    await recordStatements(
      tx,
      [await caseStatement(tx, about, actor.id, "supplemented", revision, now)],
      now,
    );
    await recordEvents(
      tx,
      actor,
      [
        {
          type: "case.information_given",
          subjectType: "case",
          subjectId: about.id,
          data: { number: about.number },
        },
      ],
      now,
    );
    return { ok: true } as const;
  });
}
