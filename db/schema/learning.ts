import {
  boolean,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  real,
  text,
  timestamp,
  unique,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import { sql } from "drizzle-orm";
import type { AttemptKind } from "#app/domain/learning/attempt-kind.ts";
import type { Form } from "#app/domain/learning/assessment.ts";
import type { Confidence } from "#app/domain/learning/calibration.ts";
import { answered } from "./answered.ts";
import { moduleVersion } from "./content.ts";
import { person } from "./people.ts";

/** A step of a lesson that the learner has been through (a text read, a retrieval question answered). */
export const lessonStep = pgTable(
  "lesson_step",
  {
    registration: uuid("registration").notNull(),
    lesson: text("lesson").notNull(),
    /** Position of the part in the lesson, from 0. */
    part: integer("part").notNull(),
    response: answered("response"),
    correct: boolean("correct"),
    at: timestamp("at", { withTimezone: true }).notNull(),
  },
  (t) => [primaryKey({ columns: [t.registration, t.lesson, t.part] })],
);

export const attempt = pgTable(
  "attempt",
  {
    id: uuid("id").primaryKey(),
    registration: uuid("registration").notNull(),
    personId: text("person_id")
      .notNull()
      .references(() => person.id),
    moduleVersionId: uuid("module_version_id")
      .notNull()
      .references(() => moduleVersion.id),
    kind: text("kind").$type<AttemptKind>().notNull().default("assessment"),
    /** Counts from 1 within the period and kind. */
    number: integer("number").notNull(),
    seed: integer("seed").notNull(),
    form: jsonb("form").$type<Form>().notNull(),
    startedAt: timestamp("started_at", { withTimezone: true }).notNull(),
    /** Server clock; answers after it are not accepted. Null: no time limit, by an accommodation. */
    dueAt: timestamp("due_at", { withTimezone: true }),
    submittedAt: timestamp("submitted_at", { withTimezone: true }),
    /** Scaled score 0..1. */
    score: real("score"),
    passed: boolean("passed"),
  },
  (t) => [
    unique("attempt_number").on(t.registration, t.kind, t.number),
    uniqueIndex("attempt_one_open")
      .on(t.registration)
      .where(sql`submitted_at is null`),
    index("attempt_person").on(t.personId),
    index("attempt_overdue")
      .on(t.dueAt)
      .where(sql`submitted_at is null`),
  ],
);

export const answer = pgTable(
  "answer",
  {
    attemptId: uuid("attempt_id")
      .notNull()
      .references(() => attempt.id),
    /** Position in the form, from 0. */
    position: integer("position").notNull(),
    response: answered("response").notNull(),
    savedAt: timestamp("saved_at", { withTimezone: true }).notNull(),
    /** Raised at each save; a stale tab's save with an older revision is refused. */
    revision: integer("revision").notNull(),
    /** How sure the learner is, where they say so: one of `confidences`. */
    confidence: text("confidence").$type<Confidence>(),
    /** 0..1, set when the attempt is submitted. */
    score: real("score"),
  },
  (t) => [primaryKey({ columns: [t.attemptId, t.position] })],
);

/** HR's permission for one attempt beyond those of the module, with its reason. */
export const attemptGrant = pgTable(
  "attempt_grant",
  {
    id: uuid("id").primaryKey(),
    registration: uuid("registration").notNull(),
    grantedBy: text("granted_by").notNull(),
    reason: text("reason").notNull(),
    grantedAt: timestamp("granted_at", { withTimezone: true }).notNull(),
  },
  (t) => [index("attempt_grant_registration").on(t.registration)],
);

/** More time for a person's assessments, or no limit: decided by HR with a reason. The newest that has not ended counts. */
export const accommodation = pgTable(
  "accommodation",
  {
    id: uuid("id").primaryKey(),
    personId: text("person_id")
      .notNull()
      .references(() => person.id),
    /** The time limit is multiplied by it; null: no limit. */
    timeFactor: real("time_factor"),
    reason: text("reason").notNull(),
    grantedBy: text("granted_by").notNull(),
    grantedAt: timestamp("granted_at", { withTimezone: true }).notNull(),
    endedBy: text("ended_by"),
    endedAt: timestamp("ended_at", { withTimezone: true }),
  },
  (t) => [index("accommodation_person").on(t.personId)],
);

/** A spaced-retrieval practice: a few items some days after a completion. Written when the learner opens it. */
export const practice = pgTable(
  "practice",
  {
    /** Also the xAPI registration of its statements. */
    id: uuid("id").primaryKey(),
    /** The period whose completion it follows. */
    registration: uuid("registration").notNull(),
    personId: text("person_id")
      .notNull()
      .references(() => person.id),
    moduleVersionId: uuid("module_version_id")
      .notNull()
      .references(() => moduleVersion.id),
    /** Days after the completion on which it fell due. */
    day: integer("day").notNull(),
    form: jsonb("form").$type<Form>().notNull(),
    openedAt: timestamp("opened_at", { withTimezone: true }).notNull(),
    completedAt: timestamp("completed_at", { withTimezone: true }),
  },
  (t) => [unique("practice_day").on(t.registration, t.day), index("practice_person").on(t.personId)],
);

export const practiceAnswer = pgTable(
  "practice_answer",
  {
    practiceId: uuid("practice_id")
      .notNull()
      .references(() => practice.id),
    /** Position in the form, from 0. */
    position: integer("position").notNull(),
    response: answered("response").notNull(),
    /** 0..1 */
    score: real("score").notNull(),
    at: timestamp("at", { withTimezone: true }).notNull(),
  },
  (t) => [primaryKey({ columns: [t.practiceId, t.position] })],
);
