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
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import { sql, type SQL } from "drizzle-orm";
import type { DraftStatus } from "#app/domain/content/draft.ts";
import type { PartReview } from "#app/domain/content/part-review.ts";
import type { Module } from "#app/domain/content/module.ts";
import type { ModuleSource } from "#app/domain/content/module-source.ts";
import type { Followed } from "#app/domain/content/lagging.ts";

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
    /** What it was read from; null of a version published before sources were kept. */
    source: jsonb("source").$type<ModuleSource>(),
    material: boolean("material").notNull(),
    changeNote: text("change_note").notNull(),
    approverId: text("approver_id").notNull(),
    publishedAt: timestamp("published_at", { withTimezone: true }).notNull(),
  },
  (t) => [
    unique("module_version_hash").on(t.slug, t.hash),
    unique("module_version_number").on(t.slug, t.version),
    index("module_version_newest").on(t.slug, t.publishedAt),
  ],
);

/** The next version of a module while it is written in the browser: the same files as in the content folder. */
export const moduleDraft = pgTable(
  "module_draft",
  {
    id: uuid("id").primaryKey(),
    slug: text("slug").notNull(),
    /** The published version that it changes; null of a module that was never published. */
    baseVersionId: uuid("base_version_id").references(() => moduleVersion.id),
    files: jsonb("files").$type<ModuleSource>().notNull(),
    /** What translated parts were written from in this draft, see `lagging`; null before any was. */
    followed: jsonb("followed").$type<Followed>(),
    /** Raised at each change; one made from an older revision is refused. */
    revision: integer("revision").notNull(),
    status: text("status").$type<DraftStatus>().notNull(),
    createdBy: text("created_by").notNull(),
    createdAt: timestamp("created_at", { withTimezone: true }).notNull(),
    updatedBy: text("updated_by").notNull(),
    updatedAt: timestamp("updated_at", { withTimezone: true }).notNull(),
    /** Everybody who changed its text: none of them publishes it. */
    editors: text("editors").array().notNull(),
    /** What its submitter declares; null before. */
    change: text("change").$type<"material" | "editorial">(),
    changeNote: text("change_note"),
    version: text("version"),
    submittedBy: text("submitted_by"),
    submittedAt: timestamp("submitted_at", { withTimezone: true }),
    /** What readers noted at its parts, and which parts they have read; null before anybody did. */
    review: jsonb("review").$type<PartReview>(),
    /** Why it went back to its authors; null once it is submitted again. */
    returnReason: text("return_reason"),
    /** Who published, returned or withdrew it, and when. */
    decidedBy: text("decided_by"),
    decidedAt: timestamp("decided_at", { withTimezone: true }),
    publishedVersionId: uuid("published_version_id").references(() => moduleVersion.id),
  },
  (t) => [
    // Two drafts at once would each undo the other.
    uniqueIndex("module_draft_open")
      .on(t.slug)
      .where(sql`status in ('editing', 'submitted')`),
    index("module_draft_published").on(t.publishedVersionId),
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
    /** Days to acknowledge it in; null: the usual number. */
    acknowledgeDays: integer("acknowledge_days"),
    /** Who acknowledges it beside those whose courses ask for it; null: nobody. */
    audiences: text("audiences").array(),
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
