import { sql } from "drizzle-orm";
import {
  bigint,
  boolean,
  date,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  timestamp,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import type { BulkDetails, BulkKind, BulkOutcome } from "#app/domain/competence/bulk.ts";
import { notice } from "./communication.ts";
import { period, waiver } from "./competence.ts";
import { naming } from "./naming.ts";
import { person } from "./people.ts";

const moment = (name: string) => timestamp(name, { withTimezone: true });

/** The facts of a period as they were known until dates of it were moved. Rows are only ever inserted. */
export const periodBefore = pgTable(
  "period_before",
  {
    id: bigint("id", { mode: "number" }).primaryKey().generatedAlwaysAsIdentity(),
    periodId: uuid("period_id")
      .notNull()
      .references(() => period.id),
    /** When they were changed: before it, this was what was known. */
    until: moment("until").notNull(),
    dueAt: moment("due_at").notNull(),
    graceUntil: moment("grace_until").notNull(),
    startedAt: moment("started_at"),
    completedAt: moment("completed_at"),
    renewFrom: moment("renew_from"),
    expiresAt: moment("expires_at"),
    supersededAt: moment("superseded_at"),
    endedAt: moment("ended_at"),
    anchorOn: date("anchor_on", { mode: "string" }),
    dueDays: integer("due_days"),
    graceDays: integer("grace_days"),
  },
  (t) => [index("period_before_period").on(t.periodId, t.until)],
);

/** A filter of the board under a name. */
export const savedView = pgTable(
  "saved_view",
  {
    id: uuid("id").primaryKey(),
    ownerId: text("owner_id")
      .notNull()
      .references(() => person.id),
    name: text("name").notNull(),
    /** The part of the board's address that says the filter. */
    query: text("query").notNull(),
    /** Whether everybody sees it who sees the whole board. */
    shared: boolean("shared").notNull(),
    /** Whether the board opens with it for its owner. */
    opens: boolean("opens").notNull(),
    createdAt: moment("created_at").notNull(),
  },
  (t) => [
    uniqueIndex("saved_view_name").on(t.ownerId, sql`lower(${t.name})`),
    uniqueIndex("saved_view_opens")
      .on(t.ownerId)
      .where(sql`opens`),
  ],
);

/** The same change asked for many periods at once. */
export const bulkAction = pgTable(
  "bulk_action",
  {
    id: uuid("id").primaryKey(),
    kind: text("kind").$type<BulkKind>().notNull(),
    /** The filter of the board by which the periods were chosen, as a part of an address. */
    filter: text("filter").notNull(),
    reason: text("reason").notNull(),
    /** The last day of waivers that are granted. */
    until: text("until"),
    /** What else the kind needs. */
    details: jsonb("details").$type<BulkDetails>(),
    requestedBy: text("requested_by")
      .notNull()
      .references(() => person.id),
    requestedAt: moment("requested_at").notNull(),
    total: integer("total").notNull(),
    finishedAt: moment("finished_at"),
    /** The action that this one takes back. */
    undoes: uuid("undoes").unique(),
  },
  (t) => [
    index("bulk_action_open")
      .on(t.requestedAt)
      .where(sql`finished_at is null`),
    index("bulk_action_list").on(t.requestedAt),
  ],
);

/** What an action does to one period, or one person where they have none yet, and what came of it. */
export const bulkItem = pgTable(
  "bulk_item",
  {
    actionId: uuid("action_id")
      .notNull()
      .references(() => bulkAction.id),
    position: integer("position").notNull(),
    periodId: uuid("period_id").references(() => period.id),
    personId: text("person_id").references(() => person.id),
    /** Written once, when it was its turn. */
    outcome: text("outcome").$type<BulkOutcome>(),
    at: moment("at"),
    /** The waiver granted or ended. */
    waiverId: uuid("waiver_id").references(() => waiver.id),
    /** The reminder asked for or called back. */
    noticeId: bigint("notice_id", { mode: "number" }).references(() => notice.id),
    /** The period that training asked again opened; null where a renewal was open already. */
    openedId: uuid("opened_id").references(() => period.id),
    /** That the person was named. */
    namingId: uuid("naming_id").references(() => naming.id),
  },
  (t) => [
    primaryKey({ columns: [t.actionId, t.position] }),
    index("bulk_item_open")
      .on(t.actionId, t.position)
      .where(sql`outcome is null`),
  ],
);
