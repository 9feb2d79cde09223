import { sql } from "drizzle-orm";
import {
  boolean,
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
import type { CaseDecision, CaseEventKind, CaseStatus } from "#app/domain/cases/status.ts";
import type { Facts } from "#app/domain/risk/facts.ts";
import type { Verdict } from "#app/domain/risk/verdict.ts";
import { person } from "./people.ts";

export const reviewCase = pgTable(
  "review_case",
  {
    id: uuid("id").primaryKey(),
    /** Short number people can say on the phone; may have gaps. */
    number: integer("number").notNull().unique().generatedAlwaysAsIdentity(),
    requesterId: text("requester_id")
      .notNull()
      .references(() => person.id),
    /** Null for cases that content brought. */
    questionId: uuid("question_id"),
    /** Id in the content file of a case that content brought; null for all others. */
    contentId: text("content_id").unique(),
    title: text("title").notNull(),
    facts: jsonb("facts").$type<Facts>().notNull(),
    /** Equal for cases with the same facts: tool, purposes, data, people affected, human say. */
    factsKey: text("facts_key").notNull(),
    verdict: jsonb("verdict").$type<Verdict>().notNull(),
    /** Opened by policy (no consent needed) rather than by the asker. */
    automatic: boolean("automatic").notNull(),
    status: text("status").$type<CaseStatus>().notNull(),
    openedAt: timestamp("opened_at", { withTimezone: true }).notNull(),
    dueAt: timestamp("due_at", { withTimezone: true }).notNull(),
    decision: text("decision").$type<CaseDecision>(),
    decidedAt: timestamp("decided_at", { withTimezone: true }),
    decidedBy: text("decided_by"),
    /** The second pair of eyes, where the procedure asks for one. */
    decidedWith: text("decided_with"),
    likelihood: integer("likelihood"),
    severity: integer("severity"),
    /** Raised by each event; a reviewer's form carries the one it was drawn from. */
    revision: integer("revision").notNull(),
  },
  (t) => [
    // Two tabs, or a policy and a click, open one case between them.
    uniqueIndex("review_case_open")
      .on(t.requesterId, t.factsKey)
      .where(sql`${t.status} <> 'decided'`),
    index("review_case_queue").on(t.status, t.dueAt),
    index("review_case_requester").on(t.requesterId, t.openedAt),
    index("review_case_facts").on(t.factsKey),
  ],
);

export const caseEvent = pgTable(
  "case_event",
  {
    id: uuid("id").primaryKey(),
    caseId: uuid("case_id")
      .notNull()
      .references(() => reviewCase.id),
    position: integer("position").notNull(),
    kind: text("kind").$type<CaseEventKind>().notNull(),
    actorId: text("actor_id").notNull(),
    at: timestamp("at", { withTimezone: true }).notNull(),
    note: text("note").notNull(),
    data: jsonb("data").$type<Record<string, unknown>>().notNull(),
  },
  (t) => [unique("case_event_position").on(t.caseId, t.position)],
);
