import { index, jsonb, pgTable, text, timestamp, uuid } from "drizzle-orm/pg-core";
import type { Answer } from "#app/domain/assistant/answer.ts";
import type { Facts } from "#app/domain/risk/facts.ts";
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
  },
  (t) => [
    index("question_person").on(t.personId, t.askedAt),
    index("question_thread").on(t.threadId, t.askedAt),
  ],
);
