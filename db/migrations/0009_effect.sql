CREATE TABLE "evaluation" (
	"id" uuid PRIMARY KEY NOT NULL,
	"number" integer GENERATED ALWAYS AS IDENTITY (sequence name "evaluation_number_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "evaluation_number_unique" UNIQUE("number")
);
--> statement-breakpoint
CREATE TABLE "evaluation_criterion" (
	"evaluation_id" uuid NOT NULL,
	"version" integer NOT NULL,
	"requirement_slug" text NOT NULL,
	"body" jsonb NOT NULL,
	"starts_on" date NOT NULL,
	"decision_on" date NOT NULL,
	"author_id" text NOT NULL,
	"reason" text NOT NULL,
	"written_at" timestamp with time zone NOT NULL,
	"locked_at" timestamp with time zone,
	"sha256" text,
	"after_start" boolean NOT NULL,
	CONSTRAINT "evaluation_criterion_evaluation_id_version_pk" PRIMARY KEY("evaluation_id","version"),
	CONSTRAINT "evaluation_criterion_window" CHECK ("evaluation_criterion"."starts_on" < "evaluation_criterion"."decision_on"),
	CONSTRAINT "evaluation_criterion_locked" CHECK (num_nonnulls("evaluation_criterion"."locked_at", "evaluation_criterion"."sha256") in (0, 2)),
	CONSTRAINT "evaluation_criterion_reason" CHECK ("evaluation_criterion"."version" = 1 or "evaluation_criterion"."reason" <> ''),
	CONSTRAINT "evaluation_criterion_in_time" CHECK ("evaluation_criterion"."after_start" or "evaluation_criterion"."locked_at" is null or ("evaluation_criterion"."locked_at" at time zone 'UTC')::date <= "evaluation_criterion"."starts_on")
);
--> statement-breakpoint
CREATE TABLE "evaluation_result" (
	"evaluation_id" uuid PRIMARY KEY NOT NULL,
	"criterion_version" integer NOT NULL,
	"outcome" text NOT NULL,
	"body" jsonb NOT NULL,
	"computed_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "evaluation_verdict" (
	"evaluation_id" uuid PRIMARY KEY NOT NULL,
	"verdict" text NOT NULL,
	"reasoning" text NOT NULL,
	"evaluator_id" text NOT NULL,
	"follow_up" text NOT NULL,
	"follow_up_owner_id" text,
	"follow_up_on" date,
	"recheck_on" date,
	"decided_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "management_review" (
	"id" uuid PRIMARY KEY NOT NULL,
	"number" integer GENERATED ALWAYS AS IDENTITY (sequence name "management_review_number_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"held_on" date NOT NULL,
	"from_on" date NOT NULL,
	"until_on" date NOT NULL,
	"figures" jsonb NOT NULL,
	"minutes" jsonb NOT NULL,
	"sha256" text NOT NULL,
	"recorded_by" text NOT NULL,
	"recorded_at" timestamp with time zone NOT NULL,
	CONSTRAINT "management_review_number_unique" UNIQUE("number")
);
--> statement-breakpoint
ALTER TABLE "evaluation_criterion" ADD CONSTRAINT "evaluation_criterion_evaluation_id_evaluation_id_fk" FOREIGN KEY ("evaluation_id") REFERENCES "public"."evaluation"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "evaluation_criterion" ADD CONSTRAINT "evaluation_criterion_requirement_slug_requirement_slug_fk" FOREIGN KEY ("requirement_slug") REFERENCES "public"."requirement"("slug") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "evaluation_criterion" ADD CONSTRAINT "evaluation_criterion_author_id_person_id_fk" FOREIGN KEY ("author_id") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "evaluation_result" ADD CONSTRAINT "evaluation_result_evaluation_id_evaluation_id_fk" FOREIGN KEY ("evaluation_id") REFERENCES "public"."evaluation"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "evaluation_verdict" ADD CONSTRAINT "evaluation_verdict_evaluation_id_evaluation_result_evaluation_id_fk" FOREIGN KEY ("evaluation_id") REFERENCES "public"."evaluation_result"("evaluation_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "evaluation_verdict" ADD CONSTRAINT "evaluation_verdict_evaluator_id_person_id_fk" FOREIGN KEY ("evaluator_id") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "evaluation_verdict" ADD CONSTRAINT "evaluation_verdict_follow_up_owner_id_person_id_fk" FOREIGN KEY ("follow_up_owner_id") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "management_review" ADD CONSTRAINT "management_review_recorded_by_person_id_fk" FOREIGN KEY ("recorded_by") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "evaluation_verdict_decided" ON "evaluation_verdict" USING btree ("decided_at");--> statement-breakpoint
CREATE INDEX "management_review_held" ON "management_review" USING btree ("held_on");