import { date, index, jsonb, pgTable, text, timestamp } from "drizzle-orm/pg-core";
import type { AiSystem } from "#app/domain/register/ai-system.ts";

export const aiSystem = pgTable("ai_system", {
  slug: text("slug").primaryKey(),
  name: text("name").notNull(),
  status: text("status").$type<AiSystem["status"]>().notNull(),
  riskClass: text("risk_class").$type<AiSystem["riskClass"]>().notNull(),
  /** Everything else of the register entry, as validated. */
  body: jsonb("body").$type<AiSystem>().notNull(),
  updatedAt: timestamp("updated_at", { withTimezone: true }).notNull(),
});

/** An approval of a system for purposes, data classes and groups; ends by date or by a later withdrawal row. */
export const approval = pgTable(
  "approval",
  {
    id: text("id").primaryKey(),
    systemSlug: text("system_slug")
      .notNull()
      .references(() => aiSystem.slug),
    purposes: text("purposes").array().notNull(),
    dataClasses: text("data_classes").array().notNull(),
    /** Audience slugs, or `person:<id>` for an approval that a case gave to its requester. */
    groups: text("groups").array().notNull(),
    conditions: text("conditions").array().notNull(),
    approvedOn: date("approved_on", { mode: "string" }).notNull(),
    approvedBy: text("approved_by").notNull(),
    reviewOn: date("review_on", { mode: "string" }).notNull(),
    /** `slug#number` of the policy clause it rests on. */
    clause: text("clause"),
    caseId: text("case_id"),
    /** People affected and human say that a case approved; null where the register sets no such limit. */
    affected: text("affected").array(),
    oversights: text("oversights").array(),
    withdrawnAt: timestamp("withdrawn_at", { withTimezone: true }),
  },
  (t) => [index("approval_system").on(t.systemSlug)],
);
