import { bigint, date, index, integer, pgTable, text, timestamp, uuid } from "drizzle-orm/pg-core";
import type { Role } from "#app/domain/people/role.ts";
import { person } from "./people.ts";

/**
 * What was known of a person, from a day on. Rows are only ever inserted, but for an erasure, which takes out of them what
 * it takes out of `person`. Who has none is known to have always been as `person` says.
 */
export const personVersion = pgTable(
  "person_version",
  {
    /** In the order of recording: of two that hold on a day, the later says how it was. */
    id: bigint("id", { mode: "number" }).primaryKey().generatedAlwaysAsIdentity(),
    personId: text("person_id")
      .notNull()
      .references(() => person.id),
    /** The same for all that one change wrote. */
    changeId: uuid("change_id").notNull(),
    /** The first day of which it is true. */
    validFrom: date("valid_from", { mode: "string" }).notNull(),
    recordedAt: timestamp("recorded_at", { withTimezone: true }).notNull(),
    /** Id of the actor; null where nobody recorded it, because it was so before versions were kept. */
    recordedBy: text("recorded_by"),
    name: text("name").notNull(),
    department: text("department").notNull(),
    title: text("title").notNull(),
    managerId: text("manager_id"),
    location: text("location").notNull(),
    timeZone: text("time_zone").notNull(),
    employmentType: text("employment_type").notNull(),
    hiredOn: date("hired_on", { mode: "string" }).notNull(),
    leftOn: date("left_on", { mode: "string" }),
    computerShare: integer("computer_share").notNull(),
    audiences: text("audiences").array().notNull(),
    roles: text("roles").array().$type<Role[]>().notNull(),
  },
  (t) => [index("person_version_person").on(t.personId, t.id)],
);
