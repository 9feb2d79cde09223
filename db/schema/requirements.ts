import {
  type AnyPgColumn,
  boolean,
  date,
  index,
  integer,
  jsonb,
  pgTable,
  text,
  timestamp,
  unique,
  uuid,
} from "drizzle-orm/pg-core";
import type { Requirement } from "#app/domain/competence/requirement.ts";
import type { LeaveKind } from "#app/domain/competence/person-details.ts";
import type { RetrainingCause } from "#app/domain/competence/retraining.ts";
import { requirement } from "./competence.ts";
import { person } from "./people.ts";
import { aiSystem } from "./register.ts";

/** What a requirement said from a day on. Rows are only added: which was in force on a date is a query. */
export const requirementVersion = pgTable(
  "requirement_version",
  {
    id: uuid("id").primaryKey(),
    requirementSlug: text("requirement_slug")
      .notNull()
      .references((): AnyPgColumn => requirement.slug),
    number: integer("number").notNull(),
    body: jsonb("body").$type<Requirement>().notNull(),
    effectiveFrom: date("effective_from", { mode: "string" }).notNull(),
    /** That from this day on nothing is asked any more. */
    ends: boolean("ends").notNull().default(false),
    author: text("author").notNull(),
    reason: text("reason").notNull(),
    at: timestamp("at", { withTimezone: true }).notNull(),
  },
  (t) => [unique("requirement_version_number").on(t.requirementSlug, t.number)],
);

/** Training asked for again before its time, for many people at once. */
export const retraining = pgTable(
  "retraining",
  {
    id: uuid("id").primaryKey(),
    requirementSlug: text("requirement_slug")
      .notNull()
      .references((): AnyPgColumn => requirement.slug),
    cause: text("cause").$type<RetrainingCause>().notNull(),
    reason: text("reason").notNull(),
    dueDays: integer("due_days").notNull(),
    author: text("author").notNull(),
    at: timestamp("at", { withTimezone: true }).notNull(),
  },
  (t) => [index("retraining_requirement").on(t.requirementSlug, t.at)],
);

/** That a person uses a system or oversees it besides those whom its register entry names. */
export const personSystem = pgTable(
  "person_system",
  {
    id: uuid("id").primaryKey(),
    personId: text("person_id")
      .notNull()
      .references(() => person.id),
    systemSlug: text("system_slug")
      .notNull()
      .references(() => aiSystem.slug),
    role: text("role").$type<"uses" | "oversees">().notNull(),
    from: date("from_day", { mode: "string" }).notNull(),
    /** The first day on which it no longer holds; null while it does. */
    until: date("until_day", { mode: "string" }),
    recordedBy: text("recorded_by").notNull(),
    recordedAt: timestamp("recorded_at", { withTimezone: true }).notNull(),
  },
  (t) => [index("person_system_person").on(t.personId)],
);

/** Days on which a person is away and the clock of due dates stands still. Withdrawn rather than deleted. */
export const leave = pgTable(
  "leave",
  {
    id: uuid("id").primaryKey(),
    personId: text("person_id")
      .notNull()
      .references(() => person.id),
    from: date("from_day", { mode: "string" }).notNull(),
    /** Its last day. */
    until: date("until_day", { mode: "string" }).notNull(),
    kind: text("kind").$type<LeaveKind>().notNull(),
    recordedBy: text("recorded_by").notNull(),
    recordedAt: timestamp("recorded_at", { withTimezone: true }).notNull(),
    withdrawnAt: timestamp("withdrawn_at", { withTimezone: true }),
  },
  (t) => [index("leave_person").on(t.personId)],
);
