import { bigint, index, integer, jsonb, pgTable, text, timestamp } from "drizzle-orm/pg-core";

export const auditEvent = pgTable(
  "audit_event",
  {
    /** 1, 2, 3 … without gaps: the position in the hash chain. */
    seq: bigint("seq", { mode: "number" }).primaryKey(),
    at: timestamp("at", { withTimezone: true }).notNull(),
    /** A person id, or `system`. */
    actorId: text("actor_id").notNull(),
    type: text("type").notNull(),
    subjectType: text("subject_type").notNull(),
    subjectId: text("subject_id").notNull(),
    data: jsonb("data").$type<Record<string, unknown>>().notNull(),
    prevHash: text("prev_hash").notNull(),
    hash: text("hash").notNull(),
  },
  (t) => [
    index("audit_event_subject").on(t.subjectType, t.subjectId, t.seq),
    index("audit_event_at").on(t.at),
  ],
);

/** The last link of the chain; its row lock puts concurrent writers in line. */
export const auditHead = pgTable("audit_head", {
  id: integer("id").primaryKey(),
  seq: bigint("seq", { mode: "number" }).notNull(),
  hash: text("hash").notNull(),
});
