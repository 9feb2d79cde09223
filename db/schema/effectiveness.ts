import { sql } from "drizzle-orm";
import {
  boolean,
  check,
  date,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  timestamp,
  uuid,
} from "drizzle-orm/pg-core";
import type { Criterion } from "#app/domain/effectiveness/criterion.ts";
import type { Outcome } from "#app/domain/effectiveness/outcome.ts";
import type { Result } from "#app/domain/effectiveness/result.ts";
import type { ReviewFigures, ReviewMinutes } from "#app/domain/effectiveness/review.ts";
import type { Verdict } from "#app/domain/effectiveness/verdict.ts";
import { requirement } from "./competence.ts";
import { person } from "./people.ts";

/** An evaluation whether a training was effective (ISO/IEC 42001 7.2 c); its id is the xAPI registration. */
export const evaluation = pgTable("evaluation", {
  id: uuid("id").primaryKey(),
  /** Short number people can say on the phone; may have gaps. */
  number: integer("number").notNull().unique().generatedAlwaysAsIdentity(),
  createdAt: timestamp("created_at", { withTimezone: true }).notNull(),
});

/**
 * The versions of an evaluation's criterion; the highest counts. One that is not locked is a draft and may change; one
 * that is locked stays, and a change is a further version with its reason.
 */
export const evaluationCriterion = pgTable(
  "evaluation_criterion",
  {
    evaluationId: uuid("evaluation_id")
      .notNull()
      .references(() => evaluation.id),
    version: integer("version").notNull(),
    requirementSlug: text("requirement_slug")
      .notNull()
      .references(() => requirement.slug),
    body: jsonb("body").$type<Criterion>().notNull(),
    startsOn: date("starts_on", { mode: "string" }).notNull(),
    decisionOn: date("decision_on", { mode: "string" }).notNull(),
    authorId: text("author_id")
      .notNull()
      .references(() => person.id),
    /** Why a locked version was replaced; empty of the first. */
    reason: text("reason").notNull(),
    writtenAt: timestamp("written_at", { withTimezone: true }).notNull(),
    lockedAt: timestamp("locked_at", { withTimezone: true }),
    /** SHA-256 of the criterion as locked, as its statement and audit event carry it. */
    sha256: text("sha256"),
    /** Fixed after a start that an earlier version had named: data could have been seen. */
    afterStart: boolean("after_start").notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.evaluationId, t.version] }),
    check("evaluation_criterion_window", sql`${t.startsOn} < ${t.decisionOn}`),
    check("evaluation_criterion_locked", sql`num_nonnulls(${t.lockedAt}, ${t.sha256}) in (0, 2)`),
    check("evaluation_criterion_reason", sql`${t.version} = 1 or ${t.reason} <> ''`),
    // A criterion that is not said to have come late was fixed before its start, or on that day.
    check(
      "evaluation_criterion_in_time",
      sql`${t.afterStart} or ${t.lockedAt} is null or (${t.lockedAt} at time zone 'UTC')::date <= ${t.startsOn}`,
    ),
  ],
);

/** What an evaluation found on its decision date, once. */
export const evaluationResult = pgTable("evaluation_result", {
  evaluationId: uuid("evaluation_id")
    .primaryKey()
    .references(() => evaluation.id),
  criterionVersion: integer("criterion_version").notNull(),
  outcome: text("outcome").$type<Outcome>().notNull(),
  body: jsonb("body").$type<Result>().notNull(),
  computedAt: timestamp("computed_at", { withTimezone: true }).notNull(),
});

/** What a person concluded from a result, once. */
export const evaluationVerdict = pgTable(
  "evaluation_verdict",
  {
    evaluationId: uuid("evaluation_id")
      .primaryKey()
      .references(() => evaluationResult.evaluationId),
    verdict: text("verdict").$type<Verdict>().notNull(),
    reasoning: text("reasoning").notNull(),
    evaluatorId: text("evaluator_id")
      .notNull()
      .references(() => person.id),
    /** What follows from it; empty when nothing does. */
    followUp: text("follow_up").notNull(),
    followUpOwnerId: text("follow_up_owner_id").references(() => person.id),
    followUpOn: date("follow_up_on", { mode: "string" }),
    recheckOn: date("recheck_on", { mode: "string" }),
    decidedAt: timestamp("decided_at", { withTimezone: true }).notNull(),
  },
  (t) => [index("evaluation_verdict_decided").on(t.decidedAt)],
);

/** A management review (ISO/IEC 42001 9.3) as it was held, with the figures that lay before it. Never changes. */
export const managementReview = pgTable(
  "management_review",
  {
    id: uuid("id").primaryKey(),
    number: integer("number").notNull().unique().generatedAlwaysAsIdentity(),
    heldOn: date("held_on", { mode: "string" }).notNull(),
    /** First and last day of the period under review. */
    fromOn: date("from_on", { mode: "string" }).notNull(),
    untilOn: date("until_on", { mode: "string" }).notNull(),
    figures: jsonb("figures").$type<ReviewFigures>().notNull(),
    minutes: jsonb("minutes").$type<ReviewMinutes>().notNull(),
    /** SHA-256 of figures and minutes, as the audit event carries it. */
    sha256: text("sha256").notNull(),
    recordedBy: text("recorded_by")
      .notNull()
      .references(() => person.id),
    recordedAt: timestamp("recorded_at", { withTimezone: true }).notNull(),
  },
  (t) => [index("management_review_held").on(t.heldOn)],
);
