import {
  bigint,
  boolean,
  customType,
  index,
  integer,
  pgTable,
  primaryKey,
  smallint,
  text,
  timestamp,
  uuid,
} from "drizzle-orm/pg-core";
import type { DocumentKind } from "#app/domain/lrs/document.ts";
import type { PostingKind } from "#app/domain/lrs/posting.ts";
import type { Scope } from "#app/domain/lrs/credential.ts";

/** Bytes; a Uint8Array on both engines. */
const bytea = customType<{ data: Uint8Array; driverData: Uint8Array }>({ dataType: () => "bytea" });

/** xAPI statements. Rows are only ever inserted. */
export const statement = pgTable(
  "statement",
  {
    /** 1, 2, 3 … in the order of commits: whoever has seen n will never find a new row at or below n. */
    seq: bigint("seq", { mode: "number" }).primaryKey(),
    id: uuid("id").notNull().unique(),
    /** The store's own clock; never decreases with `seq`, and every transaction has its own millisecond. */
    stored: timestamp("stored", { withTimezone: true, precision: 3 }).notNull(),
    /** Whether its verb is `voided`: such a statement cannot itself be voided (xAPI 1.0.3 part 2 §2.3.2). */
    voiding: boolean("voiding").notNull(),
    /** Length of `body` in characters; keeps a page within its memory without reading the bodies. */
    size: integer("size").notNull(),
    /** The statement in the JSON it was sent in, with what the store adds (id, stored, authority, timestamp, version). */
    body: text("body").notNull(),
  },
  (t) => [index("statement_stored").on(t.stored, t.seq)],
);

/** The last row of `statement`. Its writer holds the store's lock, so that `seq` and `stored` follow the commits. */
export const statementHead = pgTable("statement_head", {
  id: integer("id").primaryKey(),
  seq: bigint("seq", { mode: "number" }).notNull(),
  stored: timestamp("stored", { withTimezone: true, precision: 3 }).notNull(),
});

/**
 * What a statement can be found by: (kind, hash of the value) → seq. A statement whose object refers to another is found by
 * all that the other is found by; `via` is the seq of the statement that itself holds the value.
 */
export const posting = pgTable(
  "posting",
  {
    kind: smallint("kind").$type<PostingKind>().notNull(),
    key: uuid("key").notNull(),
    seq: bigint("seq", { mode: "number" }).notNull(),
    via: bigint("via", { mode: "number" }).notNull(),
  },
  (t) => [primaryKey({ columns: [t.kind, t.key, t.seq, t.via] })],
);

/** Ids that voiding statements name, whether stored yet or not. */
export const voiding = pgTable(
  "voiding",
  {
    targetId: uuid("target_id").notNull(),
    seq: bigint("seq", { mode: "number" }).notNull(),
    /** Hash of the authority whose statements alone it may void; null: anybody's. */
    authority: uuid("authority"),
  },
  (t) => [primaryKey({ columns: [t.targetId, t.seq] })],
);

/** An activity as all statements together describe it. */
export const activity = pgTable("activity", {
  /** Hash of the activity id. */
  key: uuid("key").primaryKey(),
  /** JSON of the merged definition. */
  definition: text("definition").notNull(),
});

/** Contents of attachments, each once. */
export const attachment = pgTable("attachment", {
  /** Lower-case hexadecimal SHA-2 of the content, as the statement names it. */
  sha2: text("sha2").primaryKey(),
  content: bytea("content").notNull(),
});

/** Documents of the State, Activity Profile and Agent Profile resources. */
export const document = pgTable(
  "document",
  {
    kind: smallint("kind").$type<DocumentKind>().notNull(),
    /** Hash of what the document belongs to: activity and/or agent. */
    scope: uuid("scope").notNull(),
    /** State only; the zero UUID where none was given. */
    registration: uuid("registration").notNull(),
    /** Hash of the document id. */
    key: uuid("key").notNull(),
    /** The document id as a JSON string: PostgreSQL's text holds no NUL. */
    idJson: text("id_json").notNull(),
    contentType: text("content_type").notNull(),
    content: bytea("content").notNull(),
    /** Hexadecimal SHA-1 of the content, without quotes. */
    etag: text("etag").notNull(),
    updatedAt: timestamp("updated_at", { withTimezone: true, precision: 3 }).notNull(),
  },
  (t) => [primaryKey({ columns: [t.kind, t.scope, t.registration, t.key] })],
);

/** Clients of the LRS. */
export const lrsCredential = pgTable("lrs_credential", {
  id: uuid("id").primaryKey(),
  name: text("name").notNull(),
  /** User name of Basic authentication; stays when the secret is rotated. */
  key: text("key").notNull().unique(),
  /** SHA-256 of the secret, which is 256 random bits. */
  secretHash: text("secret_hash").notNull(),
  scopes: text("scopes").array().$type<Scope[]>().notNull(),
  /** Requests a minute; null: no limit. */
  ratePerMinute: integer("rate_per_minute"),
  bodyLimitBytes: integer("body_limit_bytes").notNull(),
  createdAt: timestamp("created_at", { withTimezone: true }).notNull(),
  createdBy: text("created_by").notNull(),
  rotatedAt: timestamp("rotated_at", { withTimezone: true }),
  revokedAt: timestamp("revoked_at", { withTimezone: true }),
  revokedBy: text("revoked_by"),
  /** To the minute. */
  lastUsedAt: timestamp("last_used_at", { withTimezone: true }),
});
