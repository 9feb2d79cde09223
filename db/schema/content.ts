import {
  boolean,
  customType,
  date,
  index,
  integer,
  jsonb,
  pgTable,
  text,
  timestamp,
  unique,
  uuid,
} from "drizzle-orm/pg-core";
import { sql, type SQL } from "drizzle-orm";
import type { Module } from "#app/domain/content/module.ts";

const tsvector = customType<{ data: string }>({ dataType: () => "tsvector" });

/** A published version of a module, never changed: attempts and certificates point at it. */
export const moduleVersion = pgTable(
  "module_version",
  {
    id: uuid("id").primaryKey(),
    slug: text("slug").notNull(),
    version: text("version").notNull(),
    /** SHA-256 of the canonical JSON of `body`. */
    hash: text("hash").notNull(),
    title: text("title").notNull(),
    body: jsonb("body").$type<Module>().notNull(),
    material: boolean("material").notNull(),
    changeNote: text("change_note").notNull(),
    approverId: text("approver_id").notNull(),
    publishedAt: timestamp("published_at", { withTimezone: true }).notNull(),
  },
  (t) => [
    unique("module_version_hash").on(t.slug, t.hash),
    index("module_version_newest").on(t.slug, t.publishedAt),
  ],
);

export const policyVersion = pgTable(
  "policy_version",
  {
    id: uuid("id").primaryKey(),
    slug: text("slug").notNull(),
    version: text("version").notNull(),
    hash: text("hash").notNull(),
    title: text("title").notNull(),
    /** Markdown as written. */
    body: text("body").notNull(),
    effectiveFrom: date("effective_from", { mode: "string" }).notNull(),
    ownerId: text("owner_id").notNull(),
    approverId: text("approver_id").notNull(),
    reviewOn: date("review_on", { mode: "string" }).notNull(),
    material: boolean("material").notNull(),
    changeNote: text("change_note").notNull(),
    publishedAt: timestamp("published_at", { withTimezone: true }).notNull(),
  },
  (t) => [
    unique("policy_version_hash").on(t.slug, t.hash),
    unique("policy_version_number").on(t.slug, t.version),
    index("policy_version_effective").on(t.slug, t.effectiveFrom),
  ],
);

/** A numbered clause of one policy version: the passage that answers quote. */
export const policyClause = pgTable(
  "policy_clause",
  {
    id: uuid("id").primaryKey(),
    policyVersionId: uuid("policy_version_id")
      .notNull()
      .references(() => policyVersion.id),
    /** `3.3` */
    number: text("number").notNull(),
    heading: text("heading").notNull(),
    text: text("text").notNull(),
    position: integer("position").notNull(),
    search: tsvector("search").generatedAlwaysAs(
      (): SQL => sql`setweight(to_tsvector('english', heading), 'A') || to_tsvector('english', text)`,
    ),
  },
  (t) => [
    unique("policy_clause_number").on(t.policyVersionId, t.number),
    index("policy_clause_search").using("gin", t.search),
  ],
);
