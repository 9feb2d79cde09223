import { bigint, index, integer, jsonb, pgTable, text, timestamp } from "drizzle-orm/pg-core";

export const auditEvent = pgTable(
  "audit_event",
  {
    /** 1, 2, 3 … without gaps: the position in the hash chain. */
    seq: bigint("seq", { mode: "number" }).primaryKey(),
    at: timestamp("at", { withTimezone: true }).notNull(),
    /** A person id, or `system`. */
    actorId: text("actor_id").notNull(),
    type: text("type").notNull(),
    subjectType: text("subject_type").notNull(),
    subjectId: text("subject_id").notNull(),
    data: jsonb("data").$type<Record<string, unknown>>().notNull(),
    prevHash: text("prev_hash").notNull(),
    hash: text("hash").notNull(),
  },
  (t) => [
    index("audit_event_subject").on(t.subjectType, t.subjectId, t.seq),
    index("audit_event_at").on(t.at),
  ],
);

/** The last link of the chain; its row lock puts concurrent writers in line. */
export const auditHead = pgTable("audit_head", {
  id: integer("id").primaryKey(),
  seq: bigint("seq", { mode: "number" }).notNull(),
  hash: text("hash").notNull(),
});

/** A signed Merkle root over what was stored since the seal before. Seals are chained. */
export const seal = pgTable("seal", {
  number: bigint("number", { mode: "number" }).primaryKey(),
  at: timestamp("at", { withTimezone: true, precision: 3 }).notNull(),
  /** Covers the statements and audit events up to these, from after those of the seal before. */
  statementSeq: bigint("statement_seq", { mode: "number" }).notNull(),
  auditSeq: bigint("audit_seq", { mode: "number" }).notNull(),
  /** Leaves of the tree: how many statements and events these are. */
  size: integer("size").notNull(),
  /** Hexadecimal, as are the hashes and the signature. */
  root: text("root").notNull(),
  prevHash: text("prev_hash").notNull(),
  keyId: text("key_id").notNull(),
  /** Over all fields above. */
  hash: text("hash").notNull(),
  signature: text("signature").notNull(),
});

/** Public keys that seals were signed with. The private key is never in the database. */
export const sealKey = pgTable("seal_key", {
  /** SHA-256 of the public key's DER. */
  id: text("id").primaryKey(),
  /** SPKI, PEM. */
  publicKey: text("public_key").notNull(),
  firstUsedAt: timestamp("first_used_at", { withTimezone: true }).notNull(),
});
