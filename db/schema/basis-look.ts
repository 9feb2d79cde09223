import { pgTable, timestamp, uuid } from "drizzle-orm/pg-core";
import { basis } from "./basis.ts";

/** When the person whom a basis is about last looked at it: what was decided since is news to them. */
export const basisLook = pgTable("basis_look", {
  basisId: uuid("basis_id")
    .primaryKey()
    .references(() => basis.id),
  at: timestamp("at", { withTimezone: true }).notNull(),
});
