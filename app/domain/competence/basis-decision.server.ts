import { asc, eq } from "drizzle-orm";
import { randomUUID } from "node:crypto";
import type { Db } from "#db/client.server.ts";
import { basis, basisEvent } from "#db/schema/basis.ts";
import type { AuditEntry } from "../audit/event.ts";
import { recordEvents } from "../audit/event.server.ts";
import { type Actor, allow } from "../people/permission.ts";
import {
  type BasisEventKind,
  type BasisRefusal,
  basisState,
  type BasisState,
  type CountingRefusal,
  mayCount,
  mayStep,
} from "./basis.ts";
import { completeByBasis, lockedNewest } from "./recognition.server.ts";
import { endCompetence } from "./revocation.server.ts";

/** A basis with where it stands, locked for the caller's transaction; null when there is none. */
export async function lockedBasis(
  tx: Db,
  id: string,
): Promise<{
  row: typeof basis.$inferSelect;
  state: BasisState;
  /** Of the next event. */
  position: number;
  /** The period it completed, if it did. */
  periodId: string | null;
} | null> {
  const [row] = await tx.select().from(basis).where(eq(basis.id, id)).for("update");
  if (!row) return null;
  const events = await tx
    .select()
    .from(basisEvent)
    .where(eq(basisEvent.basisId, id))
    .orderBy(asc(basisEvent.position));
  const periodId = events.find((event) => event.periodId !== null)?.periodId ?? null;
  return { row, state: basisState(events), position: events.length + 1, periodId };
}

export type Decided =
  /** `lastDay`: on which what it completes counts, where the person is; null where it completes nothing. */
  | { ok: true; lastDay: string | null }
  | { ok: false; field?: "requirement" | "until"; reason: BasisRefusal | CountingRefusal }
  | null;

/**
 * Approves a basis (ISO/IEC 42001 7.2 b). With `counts` it completes the person's open period of a requirement, until the
 * end of a day at most; else it is kept on the record alone. Nobody decides about themselves or what they submitted.
 * Null when there is no such basis.
 */
export async function approveBasis(
  db: Db,
  actor: Actor,
  input: { basisId: string; note: string; counts: { requirement: string; until: string } | null },
  now: Date,
): Promise<Decided> {
  return db.transaction(async (tx) => {
    const found = await lockedBasis(tx, input.basisId);
    allow(actor, "basis.decide", { personId: found?.row.personId ?? null });
    if (!found) return null;
    const { row, state, position } = found;
    const allowed = mayStep("approved", { ...row, state }, actor.id);
    if (!allowed.ok) return allowed;
    const { counts } = input;
    const entries: AuditEntry[] = [];
    let done: { periodId: string; expiresAt: Date; lastDay: string } | null = null;
    if (counts) {
      const newest = await lockedNewest(tx, row.personId, counts.requirement);
      // An attestation answers the criteria of one requirement and of no other.
      const strange = row.kind === "attestation" && row.requirementSlug !== counts.requirement;
      const open = newest && { completedAt: newest.period.completedAt, attemptOpen: newest.attemptOpen };
      const today = now.toISOString().slice(0, 10);
      const may = strange
        ? ({ ok: false, reason: "not_accepted" } as const)
        : mayCount(row, newest?.requirement ?? {}, open, counts.until, today);
      if (!may.ok || !newest) {
        const reason = may.ok ? "nothing_open" : may.reason;
        const field = reason === "over" || reason === "beyond_basis" ? "until" : "requirement";
        return { ok: false, field, reason };
      }
      const basisOf = { kind: row.kind, lastDay: counts.until };
      const completed = await completeByBasis(tx, newest, basisOf, now);
      const { expiresAt, lastDay } = completed;
      done = { periodId: newest.period.id, expiresAt, lastDay };
      entries.push(completed.entry);
    }
    await writeEvent(tx, actor, { basisId: row.id, position, kind: "approved", note: input.note }, done, now);
    entries.push({
      type: "basis.approved",
      subjectType: "basis",
      subjectId: row.id,
      data: {
        personId: row.personId,
        kind: row.kind,
        requirement: counts?.requirement ?? null,
        until: done?.expiresAt.toISOString() ?? null,
      },
    });
    await recordEvents(tx, actor, entries, now);
    return { ok: true, lastDay: done?.lastDay ?? null };
  });
}

/** Refuses a basis with the reason, which the person reads. Null when there is no such basis. */
export function refuseBasis(
  db: Db,
  actor: Actor,
  input: { basisId: string; note: string },
  now: Date,
): Promise<Decided> {
  return step(db, actor, "refused", input, now);
}

/**
 * Revokes what was approved: a proof that turned out to be wrong. The competence it gave ends at once, and the training is
 * due again. Null when there is no such basis.
 */
export function revokeBasis(
  db: Db,
  actor: Actor,
  input: { basisId: string; note: string },
  now: Date,
): Promise<Decided> {
  return step(db, actor, "revoked", input, now);
}

async function step(
  db: Db,
  actor: Actor,
  kind: "refused" | "revoked",
  input: { basisId: string; note: string },
  now: Date,
): Promise<Decided> {
  return db.transaction(async (tx) => {
    const found = await lockedBasis(tx, input.basisId);
    allow(actor, "basis.decide", { personId: found?.row.personId ?? null });
    if (!found) return null;
    const { row, state, position, periodId } = found;
    const allowed = mayStep(kind, { ...row, state }, actor.id);
    if (!allowed.ok) return allowed;
    await writeEvent(tx, actor, { basisId: row.id, position, kind, note: input.note }, null, now);
    const data = { personId: row.personId, kind: row.kind };
    const entry: AuditEntry = { type: `basis.${kind}`, subjectType: "basis", subjectId: row.id, data };
    await recordEvents(tx, actor, [entry], now);
    if (kind === "revoked" && periodId !== null) await endCompetence(tx, actor, periodId, now);
    return { ok: true, lastDay: null };
  });
}

async function writeEvent(
  tx: Db,
  actor: Actor,
  event: { basisId: string; position: number; kind: BasisEventKind; note: string },
  done: { periodId: string } | null,
  at: Date,
): Promise<void> {
  const { basisId, position, kind, note } = event;
  const periodId = done?.periodId ?? null;
  await tx
    .insert(basisEvent)
    .values({ id: randomUUID(), basisId, position, kind, actorId: actor.id, at, note, periodId });
}
