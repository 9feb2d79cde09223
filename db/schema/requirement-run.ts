import { sql } from "drizzle-orm";
import { index, integer, pgTable, text, timestamp, uuid } from "drizzle-orm/pg-core";
import { requirement } from "./competence.ts";
import { requirementVersion } from "./requirements.ts";

/** That a version of a requirement is applied to everybody, a batch of people at a time, and how far that is. */
export const requirementRun = pgTable(
  "requirement_run",
  {
    id: uuid("id").primaryKey(),
    requirementSlug: text("requirement_slug")
      .notNull()
      .references(() => requirement.slug),
    versionId: uuid("version_id")
      .notNull()
      .references(() => requirementVersion.id),
    requestedBy: text("requested_by").notNull(),
    requestedAt: timestamp("requested_at", { withTimezone: true }).notNull(),
    /** How many people there were when it began. */
    total: integer("total").notNull(),
    /** To how many people the trial before it said that something would be assigned, and for how many it would end. */
    expectedAssigned: integer("expected_assigned"),
    expectedEnded: integer("expected_ended"),
    /** The last person, in the order of ids, of those who are through; empty before the first. */
    reached: text("reached").notNull().default(""),
    people: integer("people").notNull().default(0),
    opened: integer("opened").notNull().default(0),
    ended: integer("ended").notNull().default(0),
    assignedPeople: integer("assigned_people").notNull().default(0),
    endedPeople: integer("ended_people").notNull().default(0),
    finishedAt: timestamp("finished_at", { withTimezone: true }),
    /** The run of a later version that went on in its place. */
    overtakenBy: uuid("overtaken_by"),
  },
  (t) => [
    index("requirement_run_open")
      .on(t.requestedAt)
      .where(sql`finished_at is null`),
    index("requirement_run_requirement").on(t.requirementSlug, t.requestedAt),
  ],
);
