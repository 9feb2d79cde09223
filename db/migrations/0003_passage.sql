CREATE TABLE "passage" (
	"id" uuid PRIMARY KEY NOT NULL,
	"kind" text NOT NULL,
	"ref" text NOT NULL,
	"source_id" text NOT NULL,
	"number" text,
	"language" text NOT NULL,
	"title" text NOT NULL,
	"text" text NOT NULL,
	"applies_from" date,
	"applies_until" date,
	"hash" text NOT NULL,
	"search" "tsvector" GENERATED ALWAYS AS (setweight(to_tsvector(case language when 'en' then 'english'::regconfig when 'de' then 'german'::regconfig when 'fr' then 'french'::regconfig when 'es' then 'spanish'::regconfig else 'simple'::regconfig end, title), 'A') || to_tsvector(case language when 'en' then 'english'::regconfig when 'de' then 'german'::regconfig when 'fr' then 'french'::regconfig when 'es' then 'spanish'::regconfig else 'simple'::regconfig end, text)) STORED,
	"embedding" real[],
	"embedding_model" text,
	"updated_at" timestamp with time zone NOT NULL,
	CONSTRAINT "passage_source" UNIQUE("kind","source_id")
);
--> statement-breakpoint
CREATE TABLE "passage_index" (
	"id" integer PRIMARY KEY NOT NULL,
	"passages" integer NOT NULL,
	"glossary" jsonb NOT NULL,
	"glossary_hash" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "passage_word" (
	"word" text PRIMARY KEY NOT NULL,
	"passages" integer NOT NULL,
	"trigrams" text[] NOT NULL
);
--> statement-breakpoint
CREATE INDEX "passage_search" ON "passage" USING gin ("search");--> statement-breakpoint
CREATE INDEX "passage_number" ON "passage" USING btree ("number");--> statement-breakpoint
CREATE INDEX "passage_word_trigrams" ON "passage_word" USING gin ("trigrams");