import { pgTable, text, timestamp, uuid } from "drizzle-orm/pg-core";
import { evaluationVerdict } from "./effectiveness.ts";
import { person } from "./people.ts";

/** That what followed from a verdict was done, once, by whom and how. */
export const evaluationFollowUp = pgTable("evaluation_follow_up", {
  evaluationId: uuid("evaluation_id")
    .primaryKey()
    .references(() => evaluationVerdict.evaluationId),
  note: text("note").notNull(),
  closedBy: text("closed_by")
    .notNull()
    .references(() => person.id),
  closedAt: timestamp("closed_at", { withTimezone: true }).notNull(),
});
