import { sql } from "drizzle-orm";
import { check, index, integer, pgTable, text, timestamp, unique, uuid } from "drizzle-orm/pg-core";
import type { ConcernEventKind, ConcernKind, ConcernStatus } from "#app/domain/assistant/concern.ts";
import { person } from "./people.ts";

export const concern = pgTable(
  "concern",
  {
    id: uuid("id").primaryKey(),
    /** Short number people can say on the phone; may have gaps. */
    number: integer("number").notNull().unique().generatedAlwaysAsIdentity(),
    /** Null for a report without a name: then nothing in this database tells who wrote it. */
    reporterId: text("reporter_id").references(() => person.id),
    /** SHA-256 of the code that only the writer of a report without a name holds; null for all others. */
    followUpHash: text("follow_up_hash").unique(),
    kind: text("kind").$type<ConcernKind>().notNull(),
    text: text("text").notNull(),
    status: text("status").$type<ConcernStatus>().notNull(),
    at: timestamp("at", { withTimezone: true }).notNull(),
  },
  (t) => [
    check("concern_reporter", sql`num_nonnulls(${t.reporterId}, ${t.followUpHash}) = 1`),
    index("concern_queue").on(t.status, t.at),
    index("concern_reporter_at").on(t.reporterId, t.at),
  ],
);

export const concernEvent = pgTable(
  "concern_event",
  {
    id: uuid("id").primaryKey(),
    concernId: uuid("concern_id")
      .notNull()
      .references(() => concern.id),
    position: integer("position").notNull(),
    kind: text("kind").$type<ConcernEventKind>().notNull(),
    actorId: text("actor_id")
      .notNull()
      .references(() => person.id),
    at: timestamp("at", { withTimezone: true }).notNull(),
    note: text("note").notNull(),
  },
  (t) => [unique("concern_event_position").on(t.concernId, t.position)],
);
