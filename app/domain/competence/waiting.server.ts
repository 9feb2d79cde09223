import { and, asc, desc, eq, inArray } from "drizzle-orm";
import type { Db } from "#db/client.server.ts";
import { correctiveAction } from "#db/schema/actions.ts";
import { basis, basisEvent } from "#db/schema/basis.ts";
import { basisLook } from "#db/schema/basis-look.ts";
import { openErasureRequests } from "../evidence/erasure-request.server.ts";
import { type Actor, allow, can } from "../people/permission.ts";
import { basisState, type BasisState } from "./basis.ts";
import { waitingBases } from "./basis-view.server.ts";
import { isOverdue } from "./corrective-action.ts";
import { isNews } from "./waiting.ts";

/** What waits for somebody beside their training, in a line each. */
export type Waiting = {
  /** Proofs of the reader that were decided since they last looked. */
  decided: OwnProof[];
  /** Proofs of the reader that wait for a decision by others. */
  undecided: OwnProof[];
  /** Corrective actions that the reader is to carry out. */
  actions: { id: string; nonconformity: string; dueOn: string; overdue: boolean }[];
  /** How many wait for a decision of the reader; 0 for those who decide none. */
  toDecide: { proofs: number; erasures: number };
};

export type OwnProof = { id: string; title: string; state: BasisState; at: Date };

/** What waits for the actor, and what of theirs waits for others. */
export async function waitingFor(db: Db, actor: Actor, now: Date): Promise<Waiting> {
  allow(actor, "record.read", { personId: actor.id });
  const proofs = await ownProofs(db, actor.id, now);
  const today = now.toISOString().slice(0, 10);
  const { ownerId, status, dueOn } = correctiveAction;
  const actions = await db
    .select()
    .from(correctiveAction)
    .where(and(eq(ownerId, actor.id), inArray(status, ["open", "planned"])))
    .orderBy(asc(dueOn), asc(correctiveAction.id));
  return {
    decided: proofs.filter((one) => one.state !== "submitted"),
    undecided: proofs.filter((one) => one.state === "submitted"),
    actions: actions.map((one) => ({
      id: one.id,
      nonconformity: one.nonconformity,
      dueOn: one.dueOn,
      overdue: isOverdue(one, today),
    })),
    toDecide: {
      proofs: can(actor, "basis.decide") ? await waitingBases(db, actor) : 0,
      erasures: can(actor, "erasure.decide") ? await openErasureRequests(db, actor) : 0,
    },
  };
}

/** Proofs that wait, and those of which something was decided that their person has not seen yet; newest first. */
async function ownProofs(db: Db, personId: string, now: Date): Promise<OwnProof[]> {
  const rows = await db
    .select({ id: basis.id, title: basis.title, submittedAt: basis.submittedAt, seenAt: basisLook.at })
    .from(basis)
    .leftJoin(basisLook, eq(basisLook.basisId, basis.id))
    .where(eq(basis.personId, personId))
    .orderBy(desc(basis.submittedAt), asc(basis.id));
  if (rows.length === 0) return [];
  const events = await db
    .select()
    .from(basisEvent)
    .where(
      inArray(
        basisEvent.basisId,
        rows.map((row) => row.id),
      ),
    )
    .orderBy(asc(basisEvent.position));
  return rows.flatMap(({ id, title, submittedAt, seenAt }): OwnProof[] => {
    const own = events.filter((one) => one.basisId === id);
    const last = own.at(-1);
    if (last && !isNews(last, { personId, seenAt }, now)) return [];
    return [{ id, title, state: basisState(own), at: last?.at ?? submittedAt }];
  });
}

/** Keeps that somebody looked at a proof of their own; looks of others are not kept here. */
export async function lookedAtBasis(db: Db, actor: Actor, basisId: string, now: Date): Promise<void> {
  const [own] = await db
    .select({ id: basis.id })
    .from(basis)
    .where(and(eq(basis.id, basisId), eq(basis.personId, actor.id)));
  if (!own) return;
  await db
    .insert(basisLook)
    .values({ basisId, at: now })
    .onConflictDoUpdate({ target: basisLook.basisId, set: { at: now } });
}
