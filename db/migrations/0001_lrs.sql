CREATE TABLE "seal" (
	"number" bigint PRIMARY KEY NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"statement_seq" bigint NOT NULL,
	"audit_seq" bigint NOT NULL,
	"size" integer NOT NULL,
	"root" text NOT NULL,
	"prev_hash" text NOT NULL,
	"key_id" text NOT NULL,
	"hash" text NOT NULL,
	"signature" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "seal_key" (
	"id" text PRIMARY KEY NOT NULL,
	"public_key" text NOT NULL,
	"first_used_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "dead_letter" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"target" text NOT NULL,
	"seq" bigint NOT NULL,
	"error" text,
	"at" timestamp with time zone NOT NULL,
	"retry_at" timestamp with time zone,
	"attempts" integer DEFAULT 0 NOT NULL,
	"outcome" text,
	"ended_at" timestamp with time zone,
	"ended_by" text,
	"reason" text
);
--> statement-breakpoint
CREATE TABLE "activity" (
	"key" uuid PRIMARY KEY NOT NULL,
	"definition" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "attachment" (
	"sha2" text PRIMARY KEY NOT NULL,
	"content" "bytea" NOT NULL
);
--> statement-breakpoint
CREATE TABLE "document" (
	"kind" smallint NOT NULL,
	"scope" uuid NOT NULL,
	"registration" uuid NOT NULL,
	"key" uuid NOT NULL,
	"id_json" text NOT NULL,
	"content_type" text NOT NULL,
	"content" "bytea" NOT NULL,
	"etag" text NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "document_kind_scope_registration_key_pk" PRIMARY KEY("kind","scope","registration","key")
);
--> statement-breakpoint
CREATE TABLE "lrs_credential" (
	"id" uuid PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"key" text NOT NULL,
	"secret_hash" text NOT NULL,
	"scopes" text[] NOT NULL,
	"rate_per_minute" integer,
	"body_limit_bytes" integer NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"created_by" text NOT NULL,
	"rotated_at" timestamp with time zone,
	"revoked_at" timestamp with time zone,
	"revoked_by" text,
	"last_used_at" timestamp with time zone,
	CONSTRAINT "lrs_credential_key_unique" UNIQUE("key")
);
--> statement-breakpoint
CREATE TABLE "posting" (
	"kind" smallint NOT NULL,
	"key" uuid NOT NULL,
	"seq" bigint NOT NULL,
	"via" bigint NOT NULL,
	CONSTRAINT "posting_kind_key_seq_via_pk" PRIMARY KEY("kind","key","seq","via")
);
--> statement-breakpoint
CREATE TABLE "statement_head" (
	"id" integer PRIMARY KEY NOT NULL,
	"seq" bigint NOT NULL,
	"stored" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "voiding" (
	"target_id" uuid NOT NULL,
	"seq" bigint NOT NULL,
	"authority" uuid,
	CONSTRAINT "voiding_target_id_seq_pk" PRIMARY KEY("target_id","seq")
);
--> statement-breakpoint
ALTER TABLE "lrs_target" ADD COLUMN "filter" jsonb DEFAULT '{"origin":"all","verbs":[],"activities":[]}' NOT NULL;
--> statement-breakpoint
ALTER TABLE "lrs_target" ADD COLUMN "cursor" bigint DEFAULT 0 NOT NULL;
--> statement-breakpoint
ALTER TABLE "lrs_target" ADD COLUMN "attempts" integer DEFAULT 0 NOT NULL;
--> statement-breakpoint
ALTER TABLE "lrs_target" ADD COLUMN "next_try_at" timestamp with time zone DEFAULT 'epoch' NOT NULL;
--> statement-breakpoint
ALTER TABLE "lrs_target" ADD COLUMN "sending_until" timestamp with time zone;
--> statement-breakpoint
ALTER TABLE "lrs_target" ADD COLUMN "delivered" bigint DEFAULT 0 NOT NULL;
--> statement-breakpoint
ALTER TABLE "lrs_target" ADD COLUMN "last_delivered_at" timestamp with time zone;
--> statement-breakpoint
ALTER TABLE "lrs_target" ADD COLUMN "last_error" text;
--> statement-breakpoint
-- Places follow each other without gaps from now on; a sequence leaves some. By way of negative ones, so that no two meet.
UPDATE "statement" s SET "seq" = -n.place FROM (SELECT seq, row_number() OVER (ORDER BY seq) AS place FROM "statement") n WHERE n.seq = s.seq;
--> statement-breakpoint
UPDATE "statement" SET "seq" = -"seq";
--> statement-breakpoint
-- Delivery is at least once under stable ids: the cursor starts before the oldest statement that was not delivered.
UPDATE "lrs_target" t SET
	"cursor" = coalesce(
		(SELECT min(s.seq) - 1 FROM outbox o JOIN statement s ON s.id = o.statement_id
			WHERE o.target = t.name AND o.delivered_at IS NULL AND o.dead_at IS NULL),
		(SELECT max(seq) FROM statement), 0),
	"delivered" = (SELECT count(*) FROM outbox o WHERE o.target = t.name AND o.delivered_at IS NOT NULL),
	"last_delivered_at" = (SELECT max(o.delivered_at) FROM outbox o WHERE o.target = t.name);
--> statement-breakpoint
ALTER TABLE "lrs_target" ALTER COLUMN "filter" DROP DEFAULT;
--> statement-breakpoint
ALTER TABLE "lrs_target" ALTER COLUMN "cursor" DROP DEFAULT;
--> statement-breakpoint
ALTER TABLE "lrs_target" ALTER COLUMN "attempts" DROP DEFAULT;
--> statement-breakpoint
ALTER TABLE "lrs_target" ALTER COLUMN "next_try_at" DROP DEFAULT;
--> statement-breakpoint
ALTER TABLE "lrs_target" ALTER COLUMN "delivered" DROP DEFAULT;
--> statement-breakpoint
INSERT INTO "dead_letter" ("target", "seq", "error", "at", "attempts")
	SELECT o.target, s.seq, o.last_error, o.dead_at, o.attempts FROM outbox o JOIN statement s ON s.id = o.statement_id
	WHERE o.dead_at IS NOT NULL AND o.delivered_at IS NULL;
--> statement-breakpoint
DROP TABLE "outbox";
--> statement-breakpoint
-- The statements of this product so far: an account as actor, an activity as object. Their hashes are those of keyOf().
INSERT INTO "posting" ("kind", "key", "seq", "via")
	SELECT DISTINCT k.kind,
		CASE k.kind WHEN 6 THEN k.value ELSE substr(encode(sha256(convert_to(k.value, 'UTF8')), 'hex'), 1, 32) END::uuid,
		k.seq, k.seq FROM (
		SELECT 1 AS kind, verb AS value, seq FROM statement
		UNION ALL SELECT 2, 'account ' || (body->'actor'->'account'->>'homePage') || ' ' || (body->'actor'->'account'->>'name'), seq FROM statement
		UNION ALL SELECT 4, object, seq FROM statement
		UNION ALL SELECT 6, registration::text, seq FROM statement WHERE registration IS NOT NULL
		UNION ALL SELECT 7, 'account ' || o.base_iri || ' clause7', s.seq FROM statement s, organisation o
		UNION ALL SELECT 5, a->>'id', s.seq FROM statement s,
			LATERAL jsonb_each(coalesce(s.body->'context'->'contextActivities', '{}')) g,
			LATERAL jsonb_array_elements(g.value) a WHERE a->>'id' <> s.object
	) k;
--> statement-breakpoint
INSERT INTO "activity" ("key", "definition")
	SELECT DISTINCT ON (object) substr(encode(sha256(convert_to(object, 'UTF8')), 'hex'), 1, 32)::uuid,
		jsonb_build_object('id', object, 'definition', body->'object'->'definition')::text
	FROM statement ORDER BY object, seq DESC;
--> statement-breakpoint
DROP INDEX "statement_actor";
--> statement-breakpoint
DROP INDEX "statement_registration";
--> statement-breakpoint
DROP INDEX "statement_verb";
--> statement-breakpoint
ALTER TABLE "statement" ALTER COLUMN "seq" DROP DEFAULT;
--> statement-breakpoint
DROP SEQUENCE "statement_seq_seq";
--> statement-breakpoint
ALTER TABLE "statement" ALTER COLUMN "stored" SET DATA TYPE timestamp (3) with time zone;
--> statement-breakpoint
UPDATE "statement" s SET "stored" = m.stored
	FROM (SELECT seq, max(stored) OVER (ORDER BY seq) AS stored FROM statement) m WHERE m.seq = s.seq;
--> statement-breakpoint
UPDATE "statement" s SET "body" = s.body || jsonb_build_object(
	'stored', to_char(s.stored AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
	'authority', jsonb_build_object('objectType', 'Agent', 'name', 'Clause7',
		'account', jsonb_build_object('homePage', o.base_iri, 'name', 'clause7')))
	FROM organisation o;
--> statement-breakpoint
ALTER TABLE "statement" ALTER COLUMN "body" SET DATA TYPE text;
--> statement-breakpoint
ALTER TABLE "statement" ADD COLUMN "voiding" boolean DEFAULT false NOT NULL;
--> statement-breakpoint
ALTER TABLE "statement" ALTER COLUMN "voiding" DROP DEFAULT;
--> statement-breakpoint
ALTER TABLE "statement" ADD COLUMN "size" integer DEFAULT 0 NOT NULL;
--> statement-breakpoint
ALTER TABLE "statement" ALTER COLUMN "size" DROP DEFAULT;
--> statement-breakpoint
UPDATE "statement" SET "size" = length(body);
--> statement-breakpoint
INSERT INTO "statement_head" ("id", "seq", "stored")
	SELECT 1, coalesce(max(seq), 0), coalesce(max(stored), 'epoch') FROM statement;
--> statement-breakpoint
ALTER TABLE "dead_letter" ADD CONSTRAINT "dead_letter_target_lrs_target_name_fk" FOREIGN KEY ("target") REFERENCES "public"."lrs_target"("name") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "dead_letter" ADD CONSTRAINT "dead_letter_seq_statement_seq_fk" FOREIGN KEY ("seq") REFERENCES "public"."statement"("seq") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
CREATE UNIQUE INDEX "dead_letter_open" ON "dead_letter" USING btree ("target","seq") WHERE ended_at is null;
--> statement-breakpoint
CREATE INDEX "dead_letter_target" ON "dead_letter" USING btree ("target","id");
--> statement-breakpoint
CREATE INDEX "dead_letter_statement" ON "dead_letter" USING btree ("target","seq");
--> statement-breakpoint
CREATE INDEX "statement_stored" ON "statement" USING btree ("stored","seq");
--> statement-breakpoint
ALTER TABLE "statement" DROP COLUMN "actor";
--> statement-breakpoint
ALTER TABLE "statement" DROP COLUMN "verb";
--> statement-breakpoint
ALTER TABLE "statement" DROP COLUMN "object";
--> statement-breakpoint
ALTER TABLE "statement" DROP COLUMN "registration";
