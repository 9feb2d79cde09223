import { boolean, date, index, integer, pgTable, text, timestamp, uuid } from "drizzle-orm/pg-core";
import type { AiRole } from "#app/domain/people/ai-role.ts";
import type { Role } from "#app/domain/people/role.ts";

/** The one organisation this installation serves. `kind` decides whether sample sign-ins may exist. */
export const organisation = pgTable("organisation", {
  id: integer("id").primaryKey(),
  kind: text("kind").$type<"sample" | "own">().notNull(),
  name: text("name").notNull(),
  /** homePage of every xAPI account and prefix of every activity id; fixed for the life of the store. */
  baseIri: text("base_iri").notNull(),
  policyContactId: text("policy_contact_id"),
  /** The AI roles it holds: what passages of modules it reads (ISO/IEC 42001 4.1). */
  aiRoles: text("ai_roles").array().$type<AiRole[]>().notNull().default([]),
  createdAt: timestamp("created_at", { withTimezone: true }).notNull(),
});

export const person = pgTable(
  "person",
  {
    id: text("id").primaryKey(),
    /** Name of the xAPI account. The link person ↔ pseudonym exists only in this table (identity map). */
    pseudonym: uuid("pseudonym").notNull().unique(),
    email: text("email").notNull().unique(),
    name: text("name").notNull(),
    department: text("department").notNull(),
    title: text("title").notNull(),
    managerId: text("manager_id"),
    location: text("location").notNull(),
    timeZone: text("time_zone").notNull(),
    language: text("language").notNull(),
    employmentType: text("employment_type").notNull(),
    hiredOn: date("hired_on", { mode: "string" }).notNull(),
    leftOn: date("left_on", { mode: "string" }),
    computerShare: integer("computer_share").notNull(),
    audiences: text("audiences").array().notNull(),
    roles: text("roles").array().$type<Role[]>().notNull(),
    /** When the identity was erased: name, e-mail and place are gone, the pseudonym and what it did stay. */
    erasedAt: timestamp("erased_at", { withTimezone: true }),
  },
  (t) => [
    index("person_name").on(t.name, t.id),
    index("person_department").on(t.department, t.name, t.id),
    index("person_manager").on(t.managerId, t.name, t.id),
    index("person_location").on(t.location, t.name, t.id),
    index("person_audiences").using("gin", t.audiences),
  ],
);

export const credential = pgTable("credential", {
  personId: text("person_id")
    .primaryKey()
    .references(() => person.id),
  passwordHash: text("password_hash").notNull(),
  changedAt: timestamp("changed_at", { withTimezone: true }).notNull(),
  failedCount: integer("failed_count").notNull().default(0),
  lockedUntil: timestamp("locked_until", { withTimezone: true }),
  /** Set on the published sample passwords, which only the sample organisation may hold. */
  sample: boolean("sample").notNull().default(false),
});

export const session = pgTable(
  "session",
  {
    /** SHA-256 of the cookie's token, so that a read of this table opens no session. */
    id: text("id").primaryKey(),
    personId: text("person_id")
      .notNull()
      .references(() => person.id),
    createdAt: timestamp("created_at", { withTimezone: true }).notNull(),
    lastSeenAt: timestamp("last_seen_at", { withTimezone: true }).notNull(),
    expiresAt: timestamp("expires_at", { withTimezone: true }).notNull(),
  },
  (t) => [index("session_person").on(t.personId), index("session_expiry").on(t.expiresAt)],
);

export const setupLink = pgTable("setup_link", {
  tokenHash: text("token_hash").primaryKey(),
  createdAt: timestamp("created_at", { withTimezone: true }).notNull(),
  expiresAt: timestamp("expires_at", { withTimezone: true }).notNull(),
  usedAt: timestamp("used_at", { withTimezone: true }),
});
