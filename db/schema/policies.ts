import {
  boolean,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  timestamp,
  unique,
  uuid,
} from "drizzle-orm/pg-core";
import type { PolicyCheck } from "#app/domain/content/policy-check.ts";
import { policyVersion } from "./content.ts";
import { person } from "./people.ts";

/** The comprehension check written for a policy version. A corrected text is a further row; the newest counts. */
export const policyCheck = pgTable(
  "policy_check",
  {
    id: uuid("id").primaryKey(),
    slug: text("slug").notNull(),
    version: text("version").notNull(),
    /** SHA-256 of the canonical JSON of `body`. */
    hash: text("hash").notNull(),
    body: jsonb("body").$type<PolicyCheck>().notNull(),
    publishedAt: timestamp("published_at", { withTimezone: true }).notNull(),
  },
  (t) => [unique("policy_check_hash").on(t.slug, t.version, t.hash)],
);

/** One try at the check of a policy version: what was chosen, and whether all of it was right. */
export const policyCheckTry = pgTable(
  "policy_check_try",
  {
    id: uuid("id").primaryKey(),
    personId: text("person_id")
      .notNull()
      .references(() => person.id),
    policyVersionId: uuid("policy_version_id")
      .notNull()
      .references(() => policyVersion.id),
    checkId: uuid("check_id")
      .notNull()
      .references(() => policyCheck.id),
    /** Counts from 1 for the person and version. */
    number: integer("number").notNull(),
    /** Item id → chosen option id. */
    chosen: jsonb("chosen").$type<Record<string, string>>().notNull(),
    right: boolean("right").notNull(),
    at: timestamp("at", { withTimezone: true }).notNull(),
  },
  (t) => [
    unique("policy_check_try_number").on(t.personId, t.policyVersionId, t.number),
    index("policy_check_try_version").on(t.policyVersionId),
  ],
);

export const acknowledgement = pgTable(
  "acknowledgement",
  {
    personId: text("person_id")
      .notNull()
      .references(() => person.id),
    policyVersionId: uuid("policy_version_id")
      .notNull()
      .references(() => policyVersion.id),
    registration: uuid("registration"),
    at: timestamp("at", { withTimezone: true }).notNull(),
    /** The check that was answered rightly before signing; null where the version had none. */
    checkId: uuid("check_id").references(() => policyCheck.id),
    /** How often the check was answered until all was right; null without a check. */
    tries: integer("tries"),
  },
  (t) => [
    primaryKey({ columns: [t.personId, t.policyVersionId] }),
    index("acknowledgement_version").on(t.policyVersionId),
  ],
);
