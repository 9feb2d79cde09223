import { sql } from "drizzle-orm";
import {
  bigserial,
  boolean,
  index,
  integer,
  pgTable,
  text,
  timestamp,
  unique,
  uuid,
} from "drizzle-orm/pg-core";
import type { MailFailure, MessageOutcome } from "#app/domain/communication/message.ts";
import type { NoticeTopic } from "#app/domain/communication/notice.ts";
import { person } from "./people.ts";

/**
 * A mail to one person, as it was written. Its row is its place in the queue and, once it has ended, the record of who was
 * told what, when and how (ISO/IEC 42001 7.4). The address is not here: it is read from the person when it is sent.
 */
export const message = pgTable(
  "message",
  {
    /** Also the stable part of its Message-ID. */
    id: uuid("id").primaryKey(),
    personId: text("person_id")
      .notNull()
      .references(() => person.id),
    /** What it tells of, the most pressing first. */
    topics: text("topics").array().$type<NoticeTopic[]>().notNull(),
    language: text("language").notNull(),
    subject: text("subject").notNull(),
    text: text("text").notNull(),
    html: text("html").notNull(),
    /** Whether all it tells of may be switched off by its reader. */
    optional: boolean("optional").notNull(),
    /** Of what may exist only once, such as the mail of one person and day. */
    dedupeKey: text("dedupe_key").notNull().unique(),
    createdAt: timestamp("created_at", { withTimezone: true }).notNull(),
    /** When it was put in line; later than `created_at` once somebody had it sent again. */
    queuedAt: timestamp("queued_at", { withTimezone: true }).notNull(),
    nextTryAt: timestamp("next_try_at", { withTimezone: true }).notNull(),
    /** Until then at most a process is handing it over, and others keep away. */
    sendingUntil: timestamp("sending_until", { withTimezone: true }),
    attempts: integer("attempts").notNull().default(0),
    failure: text("failure").$type<MailFailure>(),
    lastError: text("last_error"),
    /** How it ended; null while it waits. */
    outcome: text("outcome").$type<MessageOutcome>(),
    endedAt: timestamp("ended_at", { withTimezone: true }),
  },
  (t) => [
    index("message_due")
      .on(t.nextTryAt)
      .where(sql`outcome is null`),
    index("message_person").on(t.personId, t.createdAt),
    index("message_newest").on(t.createdAt, t.id),
  ],
);

/**
 * What somebody is to be told once: a step of the ladder about a period, or a practice. Written when its time has come, and
 * tied to the mail that tells of it. What no longer holds by then is dropped.
 */
export const notice = pgTable(
  "notice",
  {
    id: bigserial("id", { mode: "number" }).primaryKey(),
    /** Whom it tells. */
    recipientId: text("recipient_id")
      .notNull()
      .references(() => person.id),
    topic: text("topic").$type<NoticeTopic>().notNull(),
    /** The period it is about. */
    subjectId: uuid("subject_id").notNull(),
    step: text("step").notNull(),
    /** Whether its reader may switch such notices off. */
    optional: boolean("optional").notNull(),
    /** Who asked for it by hand; null where the ladder did. */
    askedBy: text("asked_by").references(() => person.id),
    createdAt: timestamp("created_at", { withTimezone: true }).notNull(),
    messageId: uuid("message_id").references(() => message.id),
    droppedAt: timestamp("dropped_at", { withTimezone: true }),
  },
  (t) => [
    unique("notice_once").on(t.subjectId, t.step, t.recipientId),
    index("notice_pending")
      .on(t.recipientId)
      .where(sql`message_id is null and dropped_at is null`),
    index("notice_message").on(t.messageId),
  ],
);

/** What a person chose about the mails they get; without a row the organisation's ways hold. */
export const noticePreference = pgTable("notice_preference", {
  personId: text("person_id")
    .primaryKey()
    .references(() => person.id),
  /** Questions that keep what was learned fresh. */
  practice: boolean("practice").notNull().default(true),
  /** Reminders beyond those the organisation must send. */
  early: boolean("early").notNull().default(true),
  /** Local times between which mails are sent, as HH:MM; null: as the organisation has it. */
  hoursFrom: text("hours_from"),
  hoursUntil: text("hours_until"),
  weekends: boolean("weekends"),
  /** SHA-256 of the token of the calendar's address; null: there is none. */
  calendarHash: text("calendar_hash").unique(),
  calendarSince: timestamp("calendar_since", { withTimezone: true }),
});

/** The one row of what holds for all mails. */
export const mailSetting = pgTable("mail_setting", {
  id: integer("id").primaryKey(),
  /** Whether reminders are written. */
  reminders: boolean("reminders").notNull(),
  /** Key that links for switching notices off are signed with; they open nothing else. */
  linkKey: text("link_key").notNull(),
  changedAt: timestamp("changed_at", { withTimezone: true }),
  changedBy: text("changed_by"),
});
