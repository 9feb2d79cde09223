import { sql } from "drizzle-orm";
import {
  check,
  date,
  index,
  integer,
  pgTable,
  primaryKey,
  text,
  timestamp,
  unique,
  uuid,
} from "drizzle-orm/pg-core";
import type {
  ActionScope,
  ActionSource,
  ActionStatus,
  ActionStep,
  Verdict,
} from "#app/domain/competence/corrective-action.ts";
import { requirement } from "./competence.ts";
import { person } from "./people.ts";

/** A gap and what is done about it (ISO/IEC 42001 10.2). Where it stands is what its events have made of it. */
export const correctiveAction = pgTable(
  "corrective_action",
  {
    id: uuid("id").primaryKey(),
    /** Short number people can say on the phone; may have gaps. */
    number: integer("number").notNull().unique().generatedAlwaysAsIdentity(),
    scope: text("scope").$type<ActionScope>().notNull(),
    /** Whom it is about, where it is one person. */
    personId: text("person_id").references(() => person.id),
    /** The department or audience it is about. */
    groupName: text("group_name"),
    requirementSlug: text("requirement_slug").references(() => requirement.slug),
    nonconformity: text("nonconformity").notNull(),
    source: text("source").$type<ActionSource>().notNull(),
    /** What it came from: the id of a case, an attempt, a finding. */
    sourceRef: text("source_ref"),
    ownerId: text("owner_id")
      .notNull()
      .references(() => person.id),
    dueOn: date("due_on", { mode: "string" }).notNull(),
    status: text("status").$type<ActionStatus>().notNull(),
    openedBy: text("opened_by").notNull(),
    openedAt: timestamp("opened_at", { withTimezone: true }).notNull(),
  },
  (t) => [
    index("corrective_action_list").on(t.status, t.dueOn),
    index("corrective_action_owner").on(t.ownerId),
    index("corrective_action_person").on(t.personId),
    check("corrective_action_person_scope", sql`(${t.scope} = 'person') = (${t.personId} is not null)`),
  ],
);

/** The people an action is about, where it is about several named ones. */
export const correctiveActionMember = pgTable(
  "corrective_action_member",
  {
    actionId: uuid("action_id")
      .notNull()
      .references(() => correctiveAction.id),
    personId: text("person_id")
      .notNull()
      .references(() => person.id),
  },
  (t) => [
    primaryKey({ columns: [t.actionId, t.personId] }),
    index("corrective_action_member_person").on(t.personId),
  ],
);

/** Every step of an action, in order. Rows are only ever inserted. */
export const correctiveActionEvent = pgTable(
  "corrective_action_event",
  {
    id: uuid("id").primaryKey(),
    actionId: uuid("action_id")
      .notNull()
      .references(() => correctiveAction.id),
    position: integer("position").notNull(),
    step: text("step").$type<ActionStep>().notNull(),
    actorId: text("actor_id").notNull(),
    at: timestamp("at", { withTimezone: true }).notNull(),
    note: text("note").notNull(),
    /** Of a plan: why it happened, and who acts by when. */
    cause: text("cause"),
    ownerId: text("owner_id"),
    dueOn: date("due_on", { mode: "string" }),
    /** Of a verification: how it was checked, what was measured before and after, and what came of it. */
    method: text("method"),
    before: text("before"),
    after: text("after"),
    verdict: text("verdict").$type<Verdict>(),
  },
  (t) => [unique("corrective_action_event_position").on(t.actionId, t.position)],
);
