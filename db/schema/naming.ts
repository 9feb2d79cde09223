import { date, index, pgTable, text, timestamp, uuid } from "drizzle-orm/pg-core";
import { requirement } from "./competence.ts";
import { person } from "./people.ts";

/** That a requirement asks a person by name, whatever its rule says. Ended rather than deleted. */
export const naming = pgTable(
  "naming",
  {
    id: uuid("id").primaryKey(),
    personId: text("person_id")
      .notNull()
      .references(() => person.id),
    requirementSlug: text("requirement_slug")
      .notNull()
      .references(() => requirement.slug),
    reason: text("reason").notNull(),
    /** Its last day; null: until it is ended. */
    until: date("until_day", { mode: "string" }),
    namedBy: text("named_by").notNull(),
    namedAt: timestamp("named_at", { withTimezone: true }).notNull(),
    /** Written once, where it was ended by hand. */
    endedAt: timestamp("ended_at", { withTimezone: true }),
    endedBy: text("ended_by"),
    endReason: text("end_reason"),
  },
  (t) => [index("naming_person").on(t.personId), index("naming_requirement").on(t.requirementSlug)],
);
