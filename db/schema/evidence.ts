import {
  bigint,
  bigserial,
  boolean,
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
import { sql } from "drizzle-orm";
import type { RevocationCategory } from "#app/domain/evidence/certificate.ts";
import type { TargetFilter } from "#app/domain/evidence/outbox.ts";
import { statement } from "./lrs.ts";
import { person } from "./people.ts";

/** External LRSs known by configuration. Secrets stay in the environment. */
export const lrsTarget = pgTable("lrs_target", {
  name: text("name").primaryKey(),
  endpoint: text("endpoint").notNull(),
  active: boolean("active").notNull(),
  addedAt: timestamp("added_at", { withTimezone: true }).notNull(),
  /** Which statements go there. */
  filter: jsonb("filter").$type<TargetFilter>().notNull(),
  /** Every statement up to this `seq` was delivered, filtered out or became a dead letter. */
  cursor: bigint("cursor", { mode: "number" }).notNull(),
  /** Failures in a row. */
  attempts: integer("attempts").notNull(),
  /** Not tried before then. */
  nextTryAt: timestamp("next_try_at", { withTimezone: true }).notNull(),
  /** Until then at most a process is sending, and others keep away. Apart from `next_try_at`, which people may bring forward. */
  sendingUntil: timestamp("sending_until", { withTimezone: true }),
  delivered: bigint("delivered", { mode: "number" }).notNull(),
  lastDeliveredAt: timestamp("last_delivered_at", { withTimezone: true }),
  lastError: text("last_error"),
});

/** Statements that a target refused, or that are to be sent to it once more, outside its cursor. */
export const deadLetter = pgTable(
  "dead_letter",
  {
    id: bigserial("id", { mode: "number" }).primaryKey(),
    target: text("target")
      .notNull()
      .references(() => lrsTarget.name),
    seq: bigint("seq", { mode: "number" })
      .notNull()
      .references(() => statement.seq),
    /** What the target said; null when it was put here to mend a gap. */
    error: text("error"),
    at: timestamp("at", { withTimezone: true }).notNull(),
    /** Set while it waits to be sent again. */
    retryAt: timestamp("retry_at", { withTimezone: true }),
    attempts: integer("attempts").notNull().default(0),
    /** How it ended; null while it is open. */
    outcome: text("outcome").$type<"delivered" | "dropped">(),
    endedAt: timestamp("ended_at", { withTimezone: true }),
    endedBy: text("ended_by"),
    /** Why it was dropped. */
    reason: text("reason"),
  },
  (t) => [
    uniqueIndex("dead_letter_open")
      .on(t.target, t.seq)
      .where(sql`ended_at is null`),
    index("dead_letter_target").on(t.target, t.id),
    index("dead_letter_statement").on(t.target, t.seq),
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
  /** What the hash of the reason in the audit log was made with; erased with the reason, null of those before. */
  reasonSalt: text("reason_salt"),
  /** What anybody who checks the certificate may know of the reason; null of those revoked before it was asked for. */
  category: text("category").$type<RevocationCategory>(),
});

/** What the holder lets the public verification page of a certificate show. Without a row: nothing beyond initials. */
export const certificateDisplay = pgTable("certificate_display", {
  certificateId: uuid("certificate_id")
    .primaryKey()
    .references(() => certificate.id),
  showName: boolean("show_name").notNull(),
  showScore: boolean("show_score").notNull(),
  changedAt: timestamp("changed_at", { withTimezone: true }).notNull(),
});

/** A public key that badges were signed with: badges stay verifiable after a change of keys. */
export const badgeKey = pgTable("badge_key", {
  /** Fingerprint, the `kid` of a badge. */
  id: text("id").primaryKey(),
  /** SPKI, PEM. */
  publicKey: text("public_key").notNull(),
  firstUsedAt: timestamp("first_used_at", { withTimezone: true }).notNull(),
});

/** A certificate that ends before the date printed on it, because its module changed materially or is asked again. The earliest counts. */
export const certificateEnd = pgTable(
  "certificate_end",
  {
    certificateId: uuid("certificate_id")
      .notNull()
      .references(() => certificate.id),
    /** The version of the module, or the retraining, that brought the end. */
    broughtBy: uuid("module_version_id").notNull(),
    endsAt: timestamp("ends_at", { withTimezone: true }).notNull(),
    at: timestamp("at", { withTimezone: true }).notNull(),
    /** When what brought it was taken back; from then on it does not count. */
    withdrawnAt: timestamp("withdrawn_at", { withTimezone: true }),
  },
  (t) => [primaryKey({ columns: [t.certificateId, t.broughtBy] })],
);
