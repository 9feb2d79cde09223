import { and, asc, count, desc, eq, exists, inArray, lt, ne, or, type SQL, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import type { Db } from "#db/client.server.ts";
import { correctiveAction, correctiveActionEvent, correctiveActionMember } from "#db/schema/actions.ts";
import { requirement } from "#db/schema/competence.ts";
import { person } from "#db/schema/people.ts";
import { type Actor, allow, can, Forbidden, reach } from "../people/permission.ts";
import { type Member, membersOf } from "./action-people.server.ts";
import {
  type ActionFilter,
  type ActionScope,
  type ActionSource,
  type ActionStatus,
  type ActionStep,
  isOverdue,
  mayTake,
  nextSteps,
  type Verdict,
} from "./corrective-action.ts";
import { namesOf } from "./record-evidence.server.ts";

export type ActionRow = {
  id: string;
  number: number;
  scope: ActionScope;
  /** The person or group it is about; null for the whole organisation. */
  about: string | null;
  personId: string | null;
  requirement: string | null;
  nonconformity: string;
  source: ActionSource;
  sourceRef: string | null;
  status: ActionStatus;
  owner: string;
  ownerId: string;
  dueOn: string;
  overdue: boolean;
  openedAt: Date;
};

export const actionPageSize = 50;

const subject = alias(person, "subject");
const owner = alias(person, "owner");

/** What the actor may see: managers what is about their reports; everybody what they own or have opened. */
function visible(actor: Actor): SQL | undefined {
  const far = reach(actor, "action.read");
  if (far === null) throw new Forbidden("action.read");
  if (far === "any") return undefined;
  const own = or(eq(correctiveAction.ownerId, actor.id), eq(correctiveAction.openedBy, actor.id));
  return far === "team" ? or(own, eq(subject.managerId, actor.id)) : own;
}

/** Actions by due date, a page at a time, with how many are unfinished and overdue. */
export async function actionList(
  db: Db,
  actor: Actor,
  filter: ActionFilter,
  now: Date,
): Promise<{ rows: ActionRow[]; more: boolean; counts: Record<ActionFilter["view"], number> }> {
  const seen = visible(actor);
  const today = now.toISOString().slice(0, 10);
  const { status, dueOn, ownerId } = correctiveAction;
  const views: Record<ActionFilter["view"], SQL | undefined> = {
    unfinished: ne(status, "closed"),
    overdue: and(inArray(status, ["open", "planned"]), lt(dueOn, today)),
    mine: and(eq(ownerId, actor.id), ne(status, "closed")),
    closed: eq(status, "closed"),
  };
  const counts = { unfinished: 0, overdue: 0, mine: 0, closed: 0 };
  for (const [view, matching] of Object.entries(views) as [ActionFilter["view"], SQL | undefined][]) {
    const [row] = await db
      .select({ n: count() })
      .from(correctiveAction)
      .leftJoin(subject, eq(subject.id, correctiveAction.personId))
      .where(and(seen, matching));
    counts[view] = row?.n ?? 0;
  }
  const order = filter.view === "closed" ? desc(correctiveAction.openedAt) : asc(dueOn);
  const rows = await rowsOf(db, and(seen, views[filter.view]))
    .orderBy(order, asc(correctiveAction.id))
    .limit(actionPageSize + 1)
    .offset((filter.page - 1) * actionPageSize);
  return {
    rows: rows.slice(0, actionPageSize).map((row) => actionRow(row, today)),
    more: rows.length > actionPageSize,
    counts,
  };
}

/** The unfinished actions about one person, alone or with others, for those who may see them. */
export async function actionsAbout(db: Db, actor: Actor, personId: string, now: Date): Promise<ActionRow[]> {
  if (reach(actor, "action.read") === null) return [];
  const matching = and(
    visible(actor),
    or(
      eq(correctiveAction.personId, personId),
      exists(
        db
          .select({ one: sql`1` })
          .from(correctiveActionMember)
          .where(
            and(
              eq(correctiveActionMember.actionId, correctiveAction.id),
              eq(correctiveActionMember.personId, personId),
            ),
          ),
      ),
    ),
    ne(correctiveAction.status, "closed"),
  );
  const rows = await rowsOf(db, matching).orderBy(asc(correctiveAction.dueOn));
  return rows.map((row) => actionRow(row, now.toISOString().slice(0, 10)));
}

export type ActionEvent = {
  step: ActionStep;
  by: string;
  at: Date;
  note: string;
  cause: string | null;
  owner: string | null;
  dueOn: string | null;
  method: string | null;
  before: string | null;
  after: string | null;
  verdict: Verdict | null;
};

/** One action with its history and the steps that the reader may take. Null when there is none. */
export async function actionFor(
  db: Db,
  actor: Actor,
  id: string,
  now: Date,
): Promise<{
  action: ActionRow & { ownerEmail: string };
  /** Whom it is about, where it is about several. */
  members: Member[];
  events: ActionEvent[];
  steps: ActionStep[];
} | null> {
  const [row] = await rowsOf(db, eq(correctiveAction.id, id));
  if (!row) return null;
  const { personId, ownerId, openedBy } = row.action;
  if (ownerId !== actor.id && !(openedBy === actor.id && can(actor, "action.open")))
    allow(actor, "action.read", { personId: null, managerId: personId === null ? null : row.managerId });
  const events = await db
    .select()
    .from(correctiveActionEvent)
    .where(eq(correctiveActionEvent.actionId, id))
    .orderBy(asc(correctiveActionEvent.position));
  const nameOf = await namesOf(
    db,
    events.flatMap((event) => [event.actorId, ...(event.ownerId === null ? [] : [event.ownerId])]),
  );
  const doneBy = events.filter((event) => event.step === "done").map((event) => event.actorId);
  const resource = personId === null ? {} : { personId, managerId: row.managerId };
  const manages = can(actor, "action.manage", resource);
  const steps = nextSteps(row.action.status).filter(
    (step) =>
      (manages || (ownerId === actor.id && (step === "planned" || step === "done"))) &&
      mayTake(step, { ...row.action, doneBy }, actor.id).ok,
  );
  return {
    action: { ...actionRow(row, now.toISOString().slice(0, 10)), ownerEmail: row.ownerEmail },
    members: row.action.scope === "people" ? await membersOf(db, id) : [],
    events: events.map(
      ({ step, actorId, at, note, cause, ownerId: given, dueOn, method, before, after, verdict }) => ({
        step,
        by: nameOf(actorId),
        at,
        note,
        cause,
        owner: given === null ? null : nameOf(given),
        dueOn,
        method,
        before,
        after,
        verdict,
      }),
    ),
    steps,
  };
}

type Row = {
  action: typeof correctiveAction.$inferSelect;
  subjectName: string | null;
  managerId: string | null;
  ownerName: string;
  ownerEmail: string;
  requirement: string | null;
};

function rowsOf(db: Db, where: SQL | undefined) {
  return db
    .select({
      action: correctiveAction,
      subjectName: subject.name,
      managerId: subject.managerId,
      ownerName: owner.name,
      ownerEmail: owner.email,
      requirement: requirement.title,
    })
    .from(correctiveAction)
    .leftJoin(subject, eq(subject.id, correctiveAction.personId))
    .innerJoin(owner, eq(owner.id, correctiveAction.ownerId))
    .leftJoin(requirement, eq(requirement.slug, correctiveAction.requirementSlug))
    .where(where)
    .$dynamic();
}

function actionRow(row: Row, today: string): ActionRow {
  const { id, number, scope, groupName, personId, nonconformity, source, sourceRef } = row.action;
  const { status, ownerId, dueOn, openedAt } = row.action;
  return {
    id,
    number,
    scope,
    about: row.subjectName ?? groupName,
    personId,
    requirement: row.requirement,
    nonconformity,
    source,
    sourceRef,
    status,
    owner: row.ownerName,
    ownerId,
    dueOn,
    overdue: isOverdue(row.action, today),
    openedAt,
  };
}
