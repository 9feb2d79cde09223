import { jsonb, pgTable, text, timestamp } from "drizzle-orm/pg-core";
import type { RuleSet } from "#app/domain/risk/rule-set.ts";

/** Rules, purposes, lexicon and prompts as published together; never changed, so that a verdict can be judged again. */
export const ruleSet = pgTable("rule_set", {
  /** SHA-256 of the canonical JSON of `body`. */
  hash: text("hash").primaryKey(),
  body: jsonb("body").$type<RuleSet>().notNull(),
  publishedAt: timestamp("published_at", { withTimezone: true }).notNull(),
  /** Raised each time the set becomes the current one, so that content can go back to an earlier one. */
  currentSince: timestamp("current_since", { withTimezone: true }).notNull(),
});
