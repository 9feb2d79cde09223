import { sql, type SQL } from "drizzle-orm";
import {
  customType,
  date,
  index,
  integer,
  jsonb,
  pgTable,
  real,
  text,
  timestamp,
  unique,
  uuid,
} from "drizzle-orm/pg-core";
import type { Glossary } from "#app/domain/assistant/glossary.ts";
import type { PassageKind } from "#app/domain/assistant/passage.ts";

const tsvector = customType<{ data: string }>({ dataType: () => "tsvector" });

/** The text search configuration of a passage's language; literals, so that a generated column may use it. */
const configuration = sql.raw(
  "case language when 'en' then 'english'::regconfig when 'de' then 'german'::regconfig " +
    "when 'fr' then 'french'::regconfig when 'es' then 'spanish'::regconfig else 'simple'::regconfig end",
);

/** What the assistant searches: clauses, register entries, precedents and lessons, derived from their own tables. */
export const passage = pgTable(
  "passage",
  {
    id: uuid("id").primaryKey(),
    kind: text("kind").$type<PassageKind>().notNull(),
    /** `slug#number` of a clause, slug of a register entry, id of a case, `module/lesson`. */
    ref: text("ref").notNull(),
    /** Id of the row it stands for; with a clause this names the version, too. */
    sourceId: text("source_id").notNull(),
    /** `2.3` of a clause; null for all others. */
    number: text("number"),
    language: text("language").notNull(),
    title: text("title").notNull(),
    text: text("text").notNull(),
    /** First and last day on which it may be shown; null is open. */
    appliesFrom: date("applies_from", { mode: "string" }),
    appliesUntil: date("applies_until", { mode: "string" }),
    /** SHA-256 of all of the above; a row is written only when it differs. */
    hash: text("hash").notNull(),
    search: tsvector("search").generatedAlwaysAs(
      (): SQL =>
        sql`setweight(to_tsvector(${configuration}, title), 'A') || to_tsvector(${configuration}, text)`,
    ),
    embedding: real("embedding").array(),
    embeddingModel: text("embedding_model"),
    updatedAt: timestamp("updated_at", { withTimezone: true }).notNull(),
  },
  (t) => [
    unique("passage_source").on(t.kind, t.sourceId),
    index("passage_search").using("gin", t.search),
    index("passage_number").on(t.number),
  ],
);

/** The words of all passages, as stemmed: how many passages have each, and its trigrams for what is misspelt. */
export const passageWord = pgTable(
  "passage_word",
  {
    word: text("word").primaryKey(),
    passages: integer("passages").notNull(),
    trigrams: text("trigrams").array().notNull(),
  },
  (t) => [index("passage_word_trigrams").using("gin", t.trigrams)],
);

/** The one row on the whole of the passages: how many there are, and the glossary that leads to them. */
export const passageIndex = pgTable("passage_index", {
  id: integer("id").primaryKey(),
  passages: integer("passages").notNull(),
  glossary: jsonb("glossary").$type<Glossary>().notNull(),
  /** SHA-256 of the canonical JSON of `glossary`. */
  glossaryHash: text("glossary_hash").notNull(),
});
