import { and, asc, eq } from "drizzle-orm";
import type { Db } from "#db/client.server.ts";
import { correctiveAction } from "#db/schema/actions.ts";
import { evaluation, evaluationVerdict } from "#db/schema/effectiveness.ts";
import { evaluationFollowUp } from "#db/schema/follow-up.ts";
import { person } from "#db/schema/people.ts";
import { recordEvents } from "../audit/event.server.ts";
import type { ActionStatus } from "../competence/corrective-action.ts";
import { type Actor, allow, can, reach } from "../people/permission.ts";
import { evaluationReference, type FollowUpRefusal, mayCloseFollowUp } from "./follow-up.ts";

/**
 * Closes what followed from a verdict, once, with what was done: by whose task it was, or by HR. Null when there is no such
 * verdict.
 */
export async function closeFollowUp(
  db: Db,
  actor: Actor,
  input: { id: string; note: string },
  now: Date,
): Promise<{ ok: true } | { ok: false; reason: FollowUpRefusal } | null> {
  return db.transaction(async (tx) => {
    const [row] = await tx
      .select({ number: evaluation.number, verdict: evaluationVerdict })
      .from(evaluation)
      .innerJoin(evaluationVerdict, eq(evaluationVerdict.evaluationId, evaluation.id))
      .where(eq(evaluation.id, input.id))
      .for("update", { of: evaluation });
    if (row?.verdict.followUpOwnerId === actor.id) allow(actor, "effectiveness.read", {});
    else allow(actor, "effectiveness.manage", {});
    if (!row) return null;
    const { number, verdict } = row;
    const closed = (await tx.$count(evaluationFollowUp, eq(evaluationFollowUp.evaluationId, input.id))) > 0;
    const allowed = mayCloseFollowUp({ followUp: verdict.followUp, closed });
    if (!allowed.ok) return allowed;
    await tx
      .insert(evaluationFollowUp)
      .values({ evaluationId: input.id, note: input.note, closedBy: actor.id, closedAt: now });
    await recordEvents(
      tx,
      actor,
      [
        {
          type: "evaluation.follow_up_closed",
          subjectType: "evaluation",
          subjectId: input.id,
          data: { number },
        },
      ],
      now,
    );
    return { ok: true };
  });
}

export type FollowUp = {
  closed: { note: string; by: string; at: Date } | null;
  mayClose: boolean;
  /** Where a corrective action is opened for it; null where the reader may not. */
  newAction: string | null;
  /** Those opened for it that the reader may see. */
  actions: { id: string; number: number; status: ActionStatus }[];
};

/** What became of what followed from a verdict, for a reader of the evaluation. */
export async function followUpOf(
  db: Db,
  actor: Actor,
  of: { id: string; number: number; requirement: string; followUp: string; ownerId: string | null },
): Promise<FollowUp> {
  allow(actor, "effectiveness.read", {});
  const [closed] = await db
    .select({ note: evaluationFollowUp.note, by: person.name, at: evaluationFollowUp.closedAt })
    .from(evaluationFollowUp)
    .innerJoin(person, eq(person.id, evaluationFollowUp.closedBy))
    .where(eq(evaluationFollowUp.evaluationId, of.id));
  const { id, number, status, source, sourceRef } = correctiveAction;
  const reference = evaluationReference(of.number);
  const actions =
    reach(actor, "action.read") === "any"
      ? await db
          .select({ id, number, status })
          .from(correctiveAction)
          .where(and(eq(source, "effectiveness"), eq(sourceRef, reference)))
          .orderBy(asc(number))
      : [];
  const named = new URLSearchParams({
    source: "effectiveness",
    ref: reference,
    requirement: of.requirement,
    scope: "organisation",
  });
  return {
    closed: closed ?? null,
    mayClose:
      mayCloseFollowUp({ followUp: of.followUp, closed: closed !== undefined }).ok &&
      (of.ownerId === actor.id || can(actor, "effectiveness.manage", {})),
    newAction: reach(actor, "action.open") === "any" ? `/actions/new?${named}` : null,
    actions,
  };
}
