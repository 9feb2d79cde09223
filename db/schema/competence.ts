import { sql } from "drizzle-orm";
import { date, index, integer, jsonb, pgTable, text, timestamp, unique, uuid } from "drizzle-orm/pg-core";
import type { RecognisedKind } from "#app/domain/competence/basis-kind.ts";
import type { Requirement } from "#app/domain/competence/requirement.ts";
import { moduleVersion } from "./content.ts";
import { person } from "./people.ts";

export const requirement = pgTable("requirement", {
  slug: text("slug").primaryKey(),
  title: text("title").notNull(),
  moduleSlug: text("module_slug").notNull(),
  audiences: text("audiences").array().notNull(),
  position: integer("position").notNull(),
  body: jsonb("body").$type<Requirement>().notNull(),
  /** Set when content no longer lists it: no new periods, old ones stay. */
  endedOn: date("ended_on", { mode: "string" }),
});

/**
 * One certification cycle of one person for one requirement; its id is the xAPI registration.
 * Facts are written once (null → value); the state is computed from them and the time. A material change of the module
 * alone brings dates forward that lie ahead: `certificate_end` and the audit log keep what they were.
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
  },
  (t) => [
    unique("period_cycle").on(t.personId, t.requirementSlug, t.number),
    index("period_standing")
      .on(t.requirementSlug, t.personId)
      .where(sql`superseded_at is null`),
    index("period_renewal")
      .on(t.renewFrom)
      .where(sql`superseded_at is null`),
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
