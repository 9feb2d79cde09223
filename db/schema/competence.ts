import { sql } from "drizzle-orm";
import {
  type AnyPgColumn,
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
import type { EndReason, OpenedBy } from "#app/domain/competence/plan.ts";
import type { RecognisedKind } from "#app/domain/competence/basis-kind.ts";
import type { Requirement } from "#app/domain/competence/requirement.ts";
import { moduleVersion } from "./content.ts";
import { person } from "./people.ts";
import { requirementVersion, retraining } from "./requirements.ts";

export const requirement = pgTable("requirement", {
  slug: text("slug").primaryKey(),
  title: text("title").notNull(),
  moduleSlug: text("module_slug").notNull(),
  audiences: text("audiences").array().notNull(),
  position: integer("position").notNull(),
  body: jsonb("body").$type<Requirement>().notNull(),
  /** Set when content no longer lists it: no new periods, old ones stay. */
  endedOn: date("ended_on", { mode: "string" }),
  /** Where it was last written: content leaves alone what was edited in the browser. */
  origin: text("origin").$type<"content" | "browser">().notNull().default("content"),
  /** The version that `body` is; null where it was stored before there were versions. */
  versionId: uuid("version_id").references((): AnyPgColumn => requirementVersion.id),
});

/**
 * One certification cycle of one person for one requirement; its id is the xAPI registration.
 * Facts are written once (null → value); the state is computed from them and the time. Only a material change of the module
 * or training asked for again brings dates forward that lie ahead (`certificate_end` and the audit log keep what they
 * were), and only leave puts the due date of open ones off.
 */
export const period = pgTable(
  "period",
  {
    id: uuid("id").primaryKey(),
    personId: text("person_id")
      .notNull()
      .references(() => person.id),
    requirementSlug: text("requirement_slug")
      .notNull()
      .references(() => requirement.slug),
    number: integer("number").notNull(),
    assignedAt: timestamp("assigned_at", { withTimezone: true }).notNull(),
    dueAt: timestamp("due_at", { withTimezone: true }).notNull(),
    /** dueAt plus grace: from here on the period is overdue. */
    graceUntil: timestamp("grace_until", { withTimezone: true }).notNull(),
    moduleVersionId: uuid("module_version_id").references(() => moduleVersion.id),
    startedAt: timestamp("started_at", { withTimezone: true }),
    completedAt: timestamp("completed_at", { withTimezone: true }),
    /** When renewal opens: the competence counts, but the learner should act. */
    renewFrom: timestamp("renew_from", { withTimezone: true }),
    expiresAt: timestamp("expires_at", { withTimezone: true }),
    /** What completed it other than the training itself; null otherwise. */
    recognisedAs: text("recognised_as").$type<RecognisedKind>(),
    /** When the next cycle took over; until then this is the period that stands (see `standing`). */
    supersededAt: timestamp("superseded_at", { withTimezone: true }),
    /** When the requirement stopped asking it of the person, as the rules found; what was proven stays as record. */
    endedAt: timestamp("ended_at", { withTimezone: true }),
    endedReason: text("ended_reason").$type<EndReason>(),
    /** What opened it; null before openings were told apart. */
    openedBy: text("opened_by").$type<OpenedBy>(),
    /** The version of the requirement by which it was opened. */
    requirementVersionId: uuid("requirement_version_id").references(() => requirementVersion.id),
    retrainingId: uuid("retraining_id").references(() => retraining.id),
    /** The period whose competence, still counting, this one takes over when the requirement asks again. */
    carriedFrom: uuid("carried_from"),
    /** Days given until due and for grace, without leave: from them the dates are reckoned again when leave is recorded. */
    dueDays: integer("due_days"),
    graceDays: integer("grace_days"),
    /** The day from which anniversaries are reckoned, written with the completion. */
    anchorOn: date("anchor_on", { mode: "string" }),
    /** When it was recorded, where that is later than what it tells of: records of an earlier system. */
    recordedAt: timestamp("recorded_at", { withTimezone: true }),
  },
  (t) => [
    unique("period_cycle").on(t.personId, t.requirementSlug, t.number),
    // Everything that the state follows from, in the order in which the first of several stands: coverage of all people
    // is read from here alone.
    index("period_standing")
      .on(
        t.requirementSlug,
        t.personId,
        t.number,
        t.completedAt,
        t.renewFrom,
        t.expiresAt,
        t.graceUntil,
        t.startedAt,
        t.dueAt,
        t.id,
      )
      .where(sql`superseded_at is null and ended_at is null`),
    // The same of all cycles there were: coverage over time is read from here alone.
    index("period_history").on(
      t.requirementSlug,
      t.personId,
      t.number,
      t.assignedAt,
      t.startedAt,
      t.completedAt,
      t.renewFrom,
      t.expiresAt,
      t.graceUntil,
      t.supersededAt,
      t.endedAt,
    ),
    index("period_renewal")
      .on(t.renewFrom)
      .where(sql`superseded_at is null`),
    index("period_retraining").on(t.retrainingId),
  ],
);

/** An exemption for a time. Prolonging is a further row, so that each decision keeps its reason and author. */
export const waiver = pgTable(
  "waiver",
  {
    id: uuid("id").primaryKey(),
    periodId: uuid("period_id")
      .notNull()
      .references(() => period.id),
    reason: text("reason").notNull(),
    grantedBy: text("granted_by").notNull(),
    grantedAt: timestamp("granted_at", { withTimezone: true }).notNull(),
    until: timestamp("until", { withTimezone: true }).notNull(),
    /** Written once, where it was ended before `until`. */
    endedAt: timestamp("ended_at", { withTimezone: true }),
    endedBy: text("ended_by"),
    endReason: text("end_reason"),
  },
  (t) => [index("waiver_period").on(t.periodId, t.until)],
);
