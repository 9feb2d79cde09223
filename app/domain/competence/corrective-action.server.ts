import { eq } from "drizzle-orm";
import { randomUUID } from "node:crypto";
import type { Db } from "#db/client.server.ts";
import { correctiveAction, correctiveActionEvent, correctiveActionMember } from "#db/schema/actions.ts";
import { requirement } from "#db/schema/competence.ts";
import { person } from "#db/schema/people.ts";
import type { AuditEntry } from "../audit/event.ts";
import { recordEvents } from "../audit/event.server.ts";
import { type Actor, allow, can, Forbidden } from "../people/permission.ts";
import { peopleForAction } from "./action-people.server.ts";
import {
  type ActionInput,
  type ActionRefusal,
  mayTake,
  statusAfter,
  type StepInput,
} from "./corrective-action.ts";

type NewAction = Omit<ActionInput, "member"> & { member?: readonly string[] | undefined };

export type Opened =
  | { ok: true; id: string }
  | { ok: false; field: "person" | "scope" | "owner" | "dueOn"; reason: ActionRefusal }
  | null;

/**
 * Records a gap in competence with who is to close it by when (ISO/IEC 42001 10.2). Managers do so for their direct
 * reports, HR and reviewers, to whom cases show gaps, for everybody and for groups. Null when the requirement named is not there.
 */
export async function openAction(db: Db, actor: Actor, input: NewAction, now: Date): Promise<Opened> {
  return db.transaction(async (tx) => {
    const about = input.scope === "person" ? await byEmail(tx, input.person) : null;
    if (input.scope === "person") {
      // Whether somebody is not here or is of another team is answered alike.
      if (!can(actor, "action.open")) throw new Forbidden("action.open");
      if (!about || !can(actor, "action.open", { personId: about.id, managerId: about.managerId }))
        return { ok: false, field: "person", reason: "unknown_person" };
    } else allow(actor, "action.open", {});
    const members = input.scope === "people" ? [...new Set(input.member)] : [];
    if (members.length > 0) {
      const known = await peopleForAction(tx, actor, { ids: members }, now);
      if (known.members.length < members.length) return { ok: false, field: "scope", reason: "moved_people" };
    }
    if (input.dueOn < now.toISOString().slice(0, 10))
      return { ok: false, field: "dueOn", reason: "past_due" };
    const owner = await byEmail(tx, input.owner);
    if (!owner) return { ok: false, field: "owner", reason: "unknown_owner" };
    const requirementSlug = input.requirement || null;
    if (requirementSlug !== null && !(await tx.$count(requirement, eq(requirement.slug, requirementSlug))))
      return null;
    const { scope, nonconformity, source, sourceRef, dueOn } = input;
    const { id } = await writeAction(
      tx,
      actor,
      {
        scope,
        personId: about?.id ?? null,
        groupName: scope === "department" || scope === "audience" ? input.group : null,
        requirementSlug,
        nonconformity,
        source,
        sourceRef: sourceRef || null,
        ownerId: owner.id,
        dueOn,
      },
      members,
      now,
    );
    return { ok: true, id };
  });
}

type ActionRow = Pick<
  typeof correctiveAction.$inferInsert,
  | "scope"
  | "personId"
  | "groupName"
  | "requirementSlug"
  | "nonconformity"
  | "source"
  | "sourceRef"
  | "ownerId"
  | "dueOn"
>;

/** Stores a new action with its first step, in the caller's transaction, which has allowed and checked it. */
export async function writeAction(
  tx: Db,
  actor: Actor,
  action: ActionRow,
  members: readonly string[],
  now: Date,
): Promise<{ id: string; number: number }> {
  const id = randomUUID();
  const [row] = await tx
    .insert(correctiveAction)
    .values({ ...action, id, status: "open", openedBy: actor.id, openedAt: now })
    .returning({ number: correctiveAction.number });
  if (!row) throw new Error("the action was not stored");
  if (members.length > 0)
    await tx.insert(correctiveActionMember).values(members.map((personId) => ({ actionId: id, personId })));
  await tx.insert(correctiveActionEvent).values({
    id: randomUUID(),
    actionId: id,
    position: 1,
    step: "opened",
    actorId: actor.id,
    at: now,
    note: action.nonconformity,
    ownerId: action.ownerId,
    dueOn: action.dueOn,
  });
  const { scope, personId = null, source } = action;
  const data = { number: row.number, scope, personId, source };
  const entry: AuditEntry = { type: "action.opened", subjectType: "corrective_action", subjectId: id, data };
  await recordEvents(tx, actor, [entry], now);
  return { id, number: row.number };
}

export type Taken = { ok: true } | { ok: false; field?: "owner" | "dueOn"; reason: ActionRefusal } | null;

/**
 * Takes the next step with an action. Its owner plans and carries it out, or whoever may manage it; the effect is verified
 * and the action closed by somebody else. Null when there is no such action.
 */
export async function takeActionStep(
  db: Db,
  actor: Actor,
  input: { actionId: string } & StepInput,
  now: Date,
): Promise<Taken> {
  return db.transaction(async (tx) => {
    const [row] = await tx
      .select({ action: correctiveAction, managerId: person.managerId })
      .from(correctiveAction)
      .leftJoin(person, eq(person.id, correctiveAction.personId))
      .where(eq(correctiveAction.id, input.actionId))
      .for("update", { of: correctiveAction });
    const ownStep = input.step === "planned" || input.step === "done";
    if (!(ownStep && row?.action.ownerId === actor.id)) allow(actor, "action.manage", resourceOf(row));
    if (!row) return null;
    const { action } = row;
    const events = await tx
      .select()
      .from(correctiveActionEvent)
      .where(eq(correctiveActionEvent.actionId, action.id));
    const doneBy = events.filter((event) => event.step === "done").map((event) => event.actorId);
    const allowed = mayTake(input.step, { ...action, doneBy }, actor.id);
    if (!allowed.ok) return allowed;
    const event: typeof correctiveActionEvent.$inferInsert = {
      id: randomUUID(),
      actionId: action.id,
      position: events.length + 1,
      step: input.step,
      actorId: actor.id,
      at: now,
      note: input.note,
    };
    const set: Partial<typeof correctiveAction.$inferInsert> = { status: statusAfter(input.step) };
    const { number } = action;
    const about = { subjectType: "corrective_action", subjectId: action.id };
    let entry: AuditEntry;
    if (input.step === "planned") {
      const { cause, dueOn } = input;
      if (dueOn < now.toISOString().slice(0, 10)) return { ok: false, field: "dueOn", reason: "past_due" };
      const owner = await byEmail(tx, input.owner);
      if (!owner) return { ok: false, field: "owner", reason: "unknown_owner" };
      Object.assign(event, { cause, ownerId: owner.id, dueOn });
      Object.assign(set, { ownerId: owner.id, dueOn });
      entry = { type: "action.planned", ...about, data: { number, ownerId: owner.id, dueOn } };
    } else if (input.step === "verified") {
      const { method, before, after, verdict } = input;
      Object.assign(event, { method, before, after, verdict });
      set.status = statusAfter("verified", verdict);
      entry = { type: "action.verified", ...about, data: { number, verdict } };
    } else {
      entry = { type: `action.${input.step}`, ...about, data: { number } };
    }
    await tx.insert(correctiveActionEvent).values(event);
    await tx.update(correctiveAction).set(set).where(eq(correctiveAction.id, action.id));
    await recordEvents(tx, actor, [entry], now);
    return { ok: true };
  });
}

/** A person still here, by e-mail address; null when nobody has it. */
async function byEmail(db: Db, email: string): Promise<typeof person.$inferSelect | null> {
  const [row] = await db.select().from(person).where(eq(person.email, email.trim().toLowerCase()));
  return row && row.leftOn === null ? row : null;
}

/** Whom an action is about, as permissions ask; one about a group is HR's alone. */
function resourceOf(
  row: { action: typeof correctiveAction.$inferSelect; managerId: string | null } | undefined,
): { personId?: string | null; managerId?: string | null } {
  if (row?.action.personId == null) return {};
  return { personId: row.action.personId, managerId: row.managerId };
}
