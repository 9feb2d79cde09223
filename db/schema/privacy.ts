import { sql } from "drizzle-orm";
import { date, index, jsonb, pgTable, text, timestamp, uniqueIndex, uuid } from "drizzle-orm/pg-core";
import type { ErasureDecision, ErasureOutcome } from "#app/domain/people/erasure.ts";
import { person } from "./people.ts";

/** Evidence that must not go yet: an open audit, a dispute. It stands in the way of an erasure until it ends. */
export const evidenceHold = pgTable(
  "evidence_hold",
  {
    id: uuid("id").primaryKey(),
    /** Whose data it keeps; null: everybody's. */
    personId: text("person_id").references(() => person.id),
    /** What it keeps: keys of `erasureCategories`. */
    categories: text("categories").array().notNull(),
    reason: text("reason").notNull(),
    /** The last day it holds. */
    until: date("until", { mode: "string" }).notNull(),
    placedBy: text("placed_by").notNull(),
    placedAt: timestamp("placed_at", { withTimezone: true }).notNull(),
    endedBy: text("ended_by"),
    endedAt: timestamp("ended_at", { withTimezone: true }),
  },
  (t) => [index("evidence_hold_person").on(t.personId)],
);

/** A request to erase a person's data (GDPR Art. 17), with the decision on it. */
export const erasureRequest = pgTable(
  "erasure_request",
  {
    id: uuid("id").primaryKey(),
    personId: text("person_id")
      .notNull()
      .references(() => person.id),
    /** Why, in the words of who asked; cleared when the request is carried out. */
    reason: text("reason").notNull(),
    requestedBy: text("requested_by").notNull(),
    requestedAt: timestamp("requested_at", { withTimezone: true }).notNull(),
    outcome: text("outcome").$type<ErasureOutcome>(),
    /** One for each category. */
    decisions: jsonb("decisions").$type<ErasureDecision[]>(),
    decidedBy: text("decided_by"),
    decidedAt: timestamp("decided_at", { withTimezone: true }),
  },
  (t) => [
    uniqueIndex("erasure_request_open")
      .on(t.personId)
      .where(sql`decided_at is null`),
    index("erasure_request_person").on(t.personId, t.requestedAt),
  ],
);
