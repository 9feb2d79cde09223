import { pgTable, primaryKey, text, timestamp, uuid } from "drizzle-orm/pg-core";
import { policyVersion } from "./content.ts";
import { person } from "./people.ts";

export const acknowledgement = pgTable(
  "acknowledgement",
  {
    personId: text("person_id")
      .notNull()
      .references(() => person.id),
    policyVersionId: uuid("policy_version_id")
      .notNull()
      .references(() => policyVersion.id),
    registration: uuid("registration"),
    at: timestamp("at", { withTimezone: true }).notNull(),
  },
  (t) => [primaryKey({ columns: [t.personId, t.policyVersionId] })],
);
