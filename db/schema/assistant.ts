import {
  boolean,
  date,
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
import type { Answer } from "#app/domain/assistant/answer.ts";
import type { Language } from "#app/domain/content/language.ts";
import type { Masked } from "#app/domain/assistant/masking.ts";
import type { Facts } from "#app/domain/risk/facts.ts";
import type { Outcome } from "#app/domain/risk/outcome.ts";
import type { Verdict } from "#app/domain/risk/verdict.ts";
import { person } from "./people.ts";
import { ruleSet } from "./risk.ts";

/** One turn: the question as asked (or the choices made when asked back), the facts so far and the verdict. */
export const question = pgTable(
  "question",
  {
    id: uuid("id").primaryKey(),
    /** The first turn's id; every answer to an ask-back is a further turn of its thread. */
    threadId: uuid("thread_id").notNull(),
    personId: text("person_id")
      .notNull()
      .references(() => person.id),
    askedAt: timestamp("asked_at", { withTimezone: true }).notNull(),
    text: text("text").notNull(),
    /** What the question was read and is answered in. */
    language: text("language").$type<Language>().notNull(),
    /** Kinds of values that were masked in the text before anything else, with their number. */
    masked: jsonb("masked").$type<Masked[]>().notNull(),
    facts: jsonb("facts").$type<Facts>().notNull(),
    verdict: jsonb("verdict").$type<Verdict>().notNull(),
    answer: jsonb("answer").$type<Answer>().notNull(),
    /** The rules that judged it. */
    ruleSet: text("rule_set")
      .notNull()
      .references(() => ruleSet.hash),
    /** The model's wording of the same verdict, when a model is configured and its quotes were verified. */
    phrased: text("phrased"),
    caseId: uuid("case_id"),
    /** Whether the asker is told when policy, register or law changes the answer; of a thread the newest turn counts. */
    watched: boolean("watched").notNull(),
  },
  (t) => [
    index("question_person").on(t.personId, t.askedAt),
    index("question_thread").on(t.threadId, t.askedAt),
  ],
);

/** What the asker thought of an answer; the newest counts. */
export const questionFeedback = pgTable(
  "question_feedback",
  {
    id: uuid("id").primaryKey(),
    questionId: uuid("question_id")
      .notNull()
      .references(() => question.id),
    personId: text("person_id")
      .notNull()
      .references(() => person.id),
    helpful: boolean("helpful").notNull(),
    /** Masked like a question. */
    reason: text("reason").notNull(),
    at: timestamp("at", { withTimezone: true }).notNull(),
  },
  (t) => [index("question_feedback_question").on(t.questionId, t.at)],
);

/** A colleague who may read a thread of somebody else. */
export const questionShare = pgTable(
  "question_share",
  {
    threadId: uuid("thread_id").notNull(),
    personId: text("person_id")
      .notNull()
      .references(() => person.id),
    sharedBy: text("shared_by")
      .notNull()
      .references(() => person.id),
    at: timestamp("at", { withTimezone: true }).notNull(),
    /** Taken back by who shared it. */
    endedAt: timestamp("ended_at", { withTimezone: true }),
  },
  (t) => [primaryKey({ columns: [t.threadId, t.personId] }), index("question_share_person").on(t.personId)],
);

/** That the answer to a watched question is no longer what it was: told to its asker once per change. */
export const questionNotice = pgTable(
  "question_notice",
  {
    id: uuid("id").primaryKey(),
    questionId: uuid("question_id")
      .notNull()
      .references(() => question.id),
    personId: text("person_id")
      .notNull()
      .references(() => person.id),
    at: timestamp("at", { withTimezone: true }).notNull(),
    before: text("before").$type<Outcome>().notNull(),
    after: text("after").$type<Outcome>().notNull(),
    /** Hash of the verdict it announces, so that the same change is told once. */
    verdictHash: text("verdict_hash").notNull(),
    /** What changed, in words. */
    changes: jsonb("changes").$type<string[]>().notNull(),
    seenAt: timestamp("seen_at", { withTimezone: true }),
  },
  (t) => [
    uniqueIndex("question_notice_once").on(t.questionId, t.verdictHash),
    index("question_notice_person").on(t.personId, t.seenAt),
  ],
);

/** What the assistant's model was used for by one person on one day (UTC), for the limit on spending. */
export const modelUse = pgTable(
  "model_use",
  {
    personId: text("person_id")
      .notNull()
      .references(() => person.id),
    day: date("day").notNull(),
    calls: integer("calls").notNull(),
    /** Characters sent and received. */
    characters: integer("characters").notNull(),
  },
  (t) => [primaryKey({ columns: [t.personId, t.day] })],
);

/** A person's key for the programme interface of the verdict. */
export const apiKey = pgTable(
  "api_key",
  {
    id: uuid("id").primaryKey(),
    personId: text("person_id")
      .notNull()
      .references(() => person.id),
    name: text("name").notNull(),
    /** SHA-256 of the secret; the secret itself is shown once and not kept. */
    secretHash: text("secret_hash").notNull().unique(),
    createdAt: timestamp("created_at", { withTimezone: true }).notNull(),
    expiresAt: timestamp("expires_at", { withTimezone: true }).notNull(),
    lastUsedAt: timestamp("last_used_at", { withTimezone: true }),
    revokedAt: timestamp("revoked_at", { withTimezone: true }),
  },
  (t) => [index("api_key_person").on(t.personId, t.createdAt)],
);
