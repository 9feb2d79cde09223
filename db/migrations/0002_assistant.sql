CREATE TABLE "api_key" (
	"id" uuid PRIMARY KEY NOT NULL,
	"person_id" text NOT NULL,
	"name" text NOT NULL,
	"secret_hash" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"last_used_at" timestamp with time zone,
	"revoked_at" timestamp with time zone,
	CONSTRAINT "api_key_secret_hash_unique" UNIQUE("secret_hash")
);
--> statement-breakpoint
CREATE TABLE "model_use" (
	"person_id" text NOT NULL,
	"day" date NOT NULL,
	"calls" integer NOT NULL,
	"characters" integer NOT NULL,
	CONSTRAINT "model_use_person_id_day_pk" PRIMARY KEY("person_id","day")
);
--> statement-breakpoint
CREATE TABLE "question_feedback" (
	"id" uuid PRIMARY KEY NOT NULL,
	"question_id" uuid NOT NULL,
	"person_id" text NOT NULL,
	"helpful" boolean NOT NULL,
	"reason" text NOT NULL,
	"at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "question_notice" (
	"id" uuid PRIMARY KEY NOT NULL,
	"question_id" uuid NOT NULL,
	"person_id" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"before" text NOT NULL,
	"after" text NOT NULL,
	"verdict_hash" text NOT NULL,
	"changes" jsonb NOT NULL,
	"seen_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "question_share" (
	"thread_id" uuid NOT NULL,
	"person_id" text NOT NULL,
	"shared_by" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"ended_at" timestamp with time zone,
	CONSTRAINT "question_share_thread_id_person_id_pk" PRIMARY KEY("thread_id","person_id")
);
--> statement-breakpoint
ALTER TABLE "question" ADD COLUMN "language" text DEFAULT 'en' NOT NULL;--> statement-breakpoint
ALTER TABLE "question" ALTER COLUMN "language" DROP DEFAULT;--> statement-breakpoint
ALTER TABLE "question" ADD COLUMN "masked" jsonb DEFAULT '[]' NOT NULL;--> statement-breakpoint
ALTER TABLE "question" ALTER COLUMN "masked" DROP DEFAULT;--> statement-breakpoint
ALTER TABLE "question" ADD COLUMN "watched" boolean DEFAULT true NOT NULL;--> statement-breakpoint
ALTER TABLE "question" ALTER COLUMN "watched" DROP DEFAULT;--> statement-breakpoint
ALTER TABLE "api_key" ADD CONSTRAINT "api_key_person_id_person_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "model_use" ADD CONSTRAINT "model_use_person_id_person_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "question_feedback" ADD CONSTRAINT "question_feedback_question_id_question_id_fk" FOREIGN KEY ("question_id") REFERENCES "public"."question"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "question_feedback" ADD CONSTRAINT "question_feedback_person_id_person_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "question_notice" ADD CONSTRAINT "question_notice_question_id_question_id_fk" FOREIGN KEY ("question_id") REFERENCES "public"."question"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "question_notice" ADD CONSTRAINT "question_notice_person_id_person_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "question_share" ADD CONSTRAINT "question_share_person_id_person_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "question_share" ADD CONSTRAINT "question_share_shared_by_person_id_fk" FOREIGN KEY ("shared_by") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "api_key_person" ON "api_key" USING btree ("person_id","created_at");--> statement-breakpoint
CREATE INDEX "question_feedback_question" ON "question_feedback" USING btree ("question_id","at");--> statement-breakpoint
CREATE UNIQUE INDEX "question_notice_once" ON "question_notice" USING btree ("question_id","verdict_hash");--> statement-breakpoint
CREATE INDEX "question_notice_person" ON "question_notice" USING btree ("person_id","seen_at");--> statement-breakpoint
CREATE INDEX "question_share_person" ON "question_share" USING btree ("person_id");
--> statement-breakpoint
UPDATE "question" SET
	"facts" = (
		SELECT jsonb_object_agg(key, CASE WHEN jsonb_typeof(value) = 'object' THEN value || '{"confidence": 1}' ELSE value END)
		FROM jsonb_each("facts")
	) || '{"task": null, "place": null, "channels": null, "profiling": null, "change": null, "suspected": [], "matter": "use"}',
	"verdict" = "verdict" || jsonb_build_object(
		'outcome', CASE "verdict" ->> 'outcome'
			WHEN 'allowed' THEN 'cleared'
			WHEN 'allowed_with_conditions' THEN 'cleared'
			WHEN 'needs_review' THEN 'flagged'
			WHEN 'more_facts_needed' THEN 'asked_back'
			ELSE "verdict" ->> 'outcome'
		END,
		'flagged', "verdict" ->> 'riskClass' IN ('high_risk', 'prohibited'),
		'matter', 'use', 'area', null, 'signals', '[]'::jsonb, 'tools', '[]'::jsonb
	);
--> statement-breakpoint
UPDATE "review_case" SET
	"facts" = (
		SELECT jsonb_object_agg(key, CASE WHEN jsonb_typeof(value) = 'object' THEN value || '{"confidence": 1}' ELSE value END)
		FROM jsonb_each("facts")
	) || '{"task": null, "place": null, "channels": null, "profiling": null, "change": null, "suspected": [], "matter": "use"}',
	"verdict" = "verdict" || jsonb_build_object(
		'outcome', CASE "verdict" ->> 'outcome'
			WHEN 'allowed' THEN 'cleared'
			WHEN 'allowed_with_conditions' THEN 'cleared'
			WHEN 'needs_review' THEN 'flagged'
			WHEN 'more_facts_needed' THEN 'asked_back'
			ELSE "verdict" ->> 'outcome'
		END,
		'flagged', "verdict" ->> 'riskClass' IN ('high_risk', 'prohibited'),
		'matter', 'use', 'area', null, 'signals', '[]'::jsonb, 'tools', '[]'::jsonb
	);
