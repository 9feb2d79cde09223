CREATE TABLE "leave" (
	"id" uuid PRIMARY KEY NOT NULL,
	"person_id" text NOT NULL,
	"from_day" date NOT NULL,
	"until_day" date NOT NULL,
	"kind" text NOT NULL,
	"recorded_by" text NOT NULL,
	"recorded_at" timestamp with time zone NOT NULL,
	"withdrawn_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "person_system" (
	"id" uuid PRIMARY KEY NOT NULL,
	"person_id" text NOT NULL,
	"system_slug" text NOT NULL,
	"role" text NOT NULL,
	"from_day" date NOT NULL,
	"until_day" date,
	"recorded_by" text NOT NULL,
	"recorded_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "requirement_version" (
	"id" uuid PRIMARY KEY NOT NULL,
	"requirement_slug" text NOT NULL,
	"number" integer NOT NULL,
	"body" jsonb NOT NULL,
	"effective_from" date NOT NULL,
	"ends" boolean DEFAULT false NOT NULL,
	"author" text NOT NULL,
	"reason" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	CONSTRAINT "requirement_version_number" UNIQUE("requirement_slug","number")
);
--> statement-breakpoint
CREATE TABLE "retraining" (
	"id" uuid PRIMARY KEY NOT NULL,
	"requirement_slug" text NOT NULL,
	"cause" text NOT NULL,
	"reason" text NOT NULL,
	"due_days" integer NOT NULL,
	"author" text NOT NULL,
	"at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "period" ADD COLUMN "ended_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "period" ADD COLUMN "ended_reason" text;--> statement-breakpoint
ALTER TABLE "period" ADD COLUMN "opened_by" text;--> statement-breakpoint
ALTER TABLE "period" ADD COLUMN "requirement_version_id" uuid;--> statement-breakpoint
ALTER TABLE "period" ADD COLUMN "retraining_id" uuid;--> statement-breakpoint
ALTER TABLE "period" ADD COLUMN "carried_from" uuid;--> statement-breakpoint
ALTER TABLE "period" ADD COLUMN "due_days" integer;--> statement-breakpoint
ALTER TABLE "period" ADD COLUMN "grace_days" integer;--> statement-breakpoint
ALTER TABLE "period" ADD COLUMN "anchor_on" date;--> statement-breakpoint
ALTER TABLE "requirement" ADD COLUMN "origin" text DEFAULT 'content' NOT NULL;--> statement-breakpoint
ALTER TABLE "requirement" ADD COLUMN "version_id" uuid;--> statement-breakpoint
ALTER TABLE "leave" ADD CONSTRAINT "leave_person_id_person_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "person_system" ADD CONSTRAINT "person_system_person_id_person_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "person_system" ADD CONSTRAINT "person_system_system_slug_ai_system_slug_fk" FOREIGN KEY ("system_slug") REFERENCES "public"."ai_system"("slug") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "requirement_version" ADD CONSTRAINT "requirement_version_requirement_slug_requirement_slug_fk" FOREIGN KEY ("requirement_slug") REFERENCES "public"."requirement"("slug") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "retraining" ADD CONSTRAINT "retraining_requirement_slug_requirement_slug_fk" FOREIGN KEY ("requirement_slug") REFERENCES "public"."requirement"("slug") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "leave_person" ON "leave" USING btree ("person_id");--> statement-breakpoint
CREATE INDEX "person_system_person" ON "person_system" USING btree ("person_id");--> statement-breakpoint
CREATE INDEX "retraining_requirement" ON "retraining" USING btree ("requirement_slug","at");--> statement-breakpoint
ALTER TABLE "period" ADD CONSTRAINT "period_requirement_version_id_requirement_version_id_fk" FOREIGN KEY ("requirement_version_id") REFERENCES "public"."requirement_version"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "period" ADD CONSTRAINT "period_retraining_id_retraining_id_fk" FOREIGN KEY ("retraining_id") REFERENCES "public"."retraining"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "requirement" ADD CONSTRAINT "requirement_version_id_requirement_version_id_fk" FOREIGN KEY ("version_id") REFERENCES "public"."requirement_version"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "period_retraining" ON "period" USING btree ("retraining_id");