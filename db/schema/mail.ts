import { pgTable, text, timestamp, uuid } from "drizzle-orm/pg-core";
import { message } from "./communication.ts";
import { person } from "./people.ts";

/**
 * Addresses that a mail server refused for good. A row counts only while its address is that of its person, so that a new
 * address is written to at once however it came.
 */
export const refusedAddress = pgTable("refused_address", {
  personId: text("person_id")
    .primaryKey()
    .references(() => person.id),
  address: text("address").notNull(),
  /** What the mail server said. */
  answer: text("answer").notNull(),
  /** The mail that it refused. */
  messageId: uuid("message_id")
    .notNull()
    .references(() => message.id),
  refusedAt: timestamp("refused_at", { withTimezone: true }).notNull(),
});
