import {
  bigserial,
  boolean,
  index,
  integer,
  jsonb,
  pgTable,
  text,
  timestamp,
  unique,
  uuid,
} from "drizzle-orm/pg-core";
import { sql } from "drizzle-orm";
import type { Statement } from "#app/domain/evidence/statement.ts";
import { person } from "./people.ts";

/** The built-in statement store. Rows are only ever inserted. */
export const statement = pgTable(
  "statement",
  {
    seq: bigserial("seq", { mode: "number" }).primaryKey(),
    id: uuid("id").notNull().unique(),
    /** account.name of the actor: the person's pseudonym. */
    actor: uuid("actor").notNull(),
    verb: text("verb").notNull(),
    object: text("object").notNull(),
    registration: uuid("registration"),
    stored: timestamp("stored", { withTimezone: true }).notNull(),
    body: jsonb("body").$type<Statement>().notNull(),
  },
  (t) => [
    index("statement_actor").on(t.actor, t.seq),
    index("statement_registration").on(t.registration, t.seq),
    index("statement_verb").on(t.verb, t.seq),
  ],
);

/** External LRSs known by configuration. Secrets stay in the environment. */
export const lrsTarget = pgTable("lrs_target", {
  name: text("name").primaryKey(),
  endpoint: text("endpoint").notNull(),
  active: boolean("active").notNull(),
  addedAt: timestamp("added_at", { withTimezone: true }).notNull(),
});

/** One row per statement and target, written in the statement's own transaction. */
export const outbox = pgTable(
  "outbox",
  {
    id: bigserial("id", { mode: "number" }).primaryKey(),
    target: text("target")
      .notNull()
      .references(() => lrsTarget.name),
    statementId: uuid("statement_id")
      .notNull()
      .references(() => statement.id),
    attempts: integer("attempts").notNull().default(0),
    nextTryAt: timestamp("next_try_at", { withTimezone: true }).notNull(),
    deliveredAt: timestamp("delivered_at", { withTimezone: true }),
    /** Set when no further try will help; an administrator may replay. */
    deadAt: timestamp("dead_at", { withTimezone: true }),
    lastError: text("last_error"),
  },
  (t) => [
    unique("outbox_once").on(t.target, t.statementId),
    // The queue of a target, oldest first; stays small however much was ever delivered.
    index("outbox_queue")
      .on(t.target, t.id)
      .where(sql`delivered_at is null`),
    index("outbox_delivered").on(t.target, t.deliveredAt),
  ],
);

export const certificate = pgTable(
  "certificate",
  {
    id: uuid("id").primaryKey(),
    /** The period (xAPI registration) that earned it. */
    registration: uuid("registration").notNull().unique(),
    personId: text("person_id")
      .notNull()
      .references(() => person.id),
    /** As printed: later renames do not alter an issued certificate. */
    holderName: text("holder_name").notNull(),
    title: text("title").notNull(),
    moduleVersionId: uuid("module_version_id").notNull(),
    moduleVersion: text("module_version").notNull(),
    /** Percent, 0..100, of the passing attempt. */
    scorePercent: integer("score_percent").notNull(),
    issuedAt: timestamp("issued_at", { withTimezone: true }).notNull(),
    expiresAt: timestamp("expires_at", { withTimezone: true }).notNull(),
    /** Unguessable path of the public verification page. */
    code: text("code").notNull().unique(),
  },
  (t) => [index("certificate_person").on(t.personId)],
);

export const certificateRevocation = pgTable("certificate_revocation", {
  certificateId: uuid("certificate_id")
    .primaryKey()
    .references(() => certificate.id),
  revokedAt: timestamp("revoked_at", { withTimezone: true }).notNull(),
  revokedBy: text("revoked_by").notNull(),
  reason: text("reason").notNull(),
});
