CREATE TABLE "bulk_action" (
	"id" uuid PRIMARY KEY NOT NULL,
	"kind" text NOT NULL,
	"filter" text NOT NULL,
	"reason" text NOT NULL,
	"until" text,
	"requested_by" text NOT NULL,
	"requested_at" timestamp with time zone NOT NULL,
	"total" integer NOT NULL,
	"finished_at" timestamp with time zone,
	"undoes" uuid,
	CONSTRAINT "bulk_action_undoes_unique" UNIQUE("undoes")
);
--> statement-breakpoint
CREATE TABLE "bulk_item" (
	"action_id" uuid NOT NULL,
	"position" integer NOT NULL,
	"period_id" uuid NOT NULL,
	"outcome" text,
	"at" timestamp with time zone,
	"waiver_id" uuid,
	CONSTRAINT "bulk_item_action_id_position_pk" PRIMARY KEY("action_id","position")
);
--> statement-breakpoint
CREATE TABLE "period_before" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "period_before_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"period_id" uuid NOT NULL,
	"until" timestamp with time zone NOT NULL,
	"due_at" timestamp with time zone NOT NULL,
	"grace_until" timestamp with time zone NOT NULL,
	"started_at" timestamp with time zone,
	"completed_at" timestamp with time zone,
	"renew_from" timestamp with time zone,
	"expires_at" timestamp with time zone,
	"superseded_at" timestamp with time zone,
	"ended_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "saved_view" (
	"id" uuid PRIMARY KEY NOT NULL,
	"owner_id" text NOT NULL,
	"name" text NOT NULL,
	"query" text NOT NULL,
	"shared" boolean NOT NULL,
	"opens" boolean NOT NULL,
	"created_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
DROP INDEX "period_standing";--> statement-breakpoint
DROP INDEX "person_manager";--> statement-breakpoint
ALTER TABLE "period" ADD COLUMN "recorded_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "bulk_action" ADD CONSTRAINT "bulk_action_requested_by_person_id_fk" FOREIGN KEY ("requested_by") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "bulk_item" ADD CONSTRAINT "bulk_item_action_id_bulk_action_id_fk" FOREIGN KEY ("action_id") REFERENCES "public"."bulk_action"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "bulk_item" ADD CONSTRAINT "bulk_item_period_id_period_id_fk" FOREIGN KEY ("period_id") REFERENCES "public"."period"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "bulk_item" ADD CONSTRAINT "bulk_item_waiver_id_waiver_id_fk" FOREIGN KEY ("waiver_id") REFERENCES "public"."waiver"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "period_before" ADD CONSTRAINT "period_before_period_id_period_id_fk" FOREIGN KEY ("period_id") REFERENCES "public"."period"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "saved_view" ADD CONSTRAINT "saved_view_owner_id_person_id_fk" FOREIGN KEY ("owner_id") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "bulk_action_open" ON "bulk_action" USING btree ("requested_at") WHERE finished_at is null;--> statement-breakpoint
CREATE INDEX "bulk_action_list" ON "bulk_action" USING btree ("requested_at");--> statement-breakpoint
CREATE INDEX "bulk_item_open" ON "bulk_item" USING btree ("action_id","position") WHERE outcome is null;--> statement-breakpoint
CREATE INDEX "period_before_period" ON "period_before" USING btree ("period_id","until");--> statement-breakpoint
CREATE UNIQUE INDEX "saved_view_name" ON "saved_view" USING btree ("owner_id",lower("name"));--> statement-breakpoint
CREATE UNIQUE INDEX "saved_view_opens" ON "saved_view" USING btree ("owner_id") WHERE opens;--> statement-breakpoint
CREATE INDEX "person_location" ON "person" USING btree ("location","name","id");--> statement-breakpoint
CREATE INDEX "period_standing" ON "period" USING btree ("requirement_slug","person_id","number","completed_at","renew_from","expires_at","grace_until","started_at","due_at","id") WHERE superseded_at is null and ended_at is null;--> statement-breakpoint
CREATE INDEX "person_manager" ON "person" USING btree ("manager_id","name","id");