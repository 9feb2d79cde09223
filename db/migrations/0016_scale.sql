CREATE TABLE "requirement_run" (
	"id" uuid PRIMARY KEY NOT NULL,
	"requirement_slug" text NOT NULL,
	"version_id" uuid NOT NULL,
	"requested_by" text NOT NULL,
	"requested_at" timestamp with time zone NOT NULL,
	"total" integer NOT NULL,
	"expected_assigned" integer,
	"expected_ended" integer,
	"reached" text DEFAULT '' NOT NULL,
	"people" integer DEFAULT 0 NOT NULL,
	"opened" integer DEFAULT 0 NOT NULL,
	"ended" integer DEFAULT 0 NOT NULL,
	"assigned_people" integer DEFAULT 0 NOT NULL,
	"ended_people" integer DEFAULT 0 NOT NULL,
	"finished_at" timestamp with time zone,
	"overtaken_by" uuid
);
--> statement-breakpoint
ALTER TABLE "requirement_run" ADD CONSTRAINT "requirement_run_requirement_slug_requirement_slug_fk" FOREIGN KEY ("requirement_slug") REFERENCES "public"."requirement"("slug") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "requirement_run" ADD CONSTRAINT "requirement_run_version_id_requirement_version_id_fk" FOREIGN KEY ("version_id") REFERENCES "public"."requirement_version"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "requirement_run_open" ON "requirement_run" USING btree ("requested_at") WHERE finished_at is null;--> statement-breakpoint
CREATE INDEX "requirement_run_requirement" ON "requirement_run" USING btree ("requirement_slug","requested_at");--> statement-breakpoint
CREATE INDEX "period_history" ON "period" USING btree ("requirement_slug","person_id","number","assigned_at","started_at","completed_at","renew_from","expires_at","grace_until","superseded_at","ended_at");