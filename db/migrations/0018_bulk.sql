CREATE TABLE "corrective_action_member" (
	"action_id" uuid NOT NULL,
	"person_id" text NOT NULL,
	CONSTRAINT "corrective_action_member_action_id_person_id_pk" PRIMARY KEY("action_id","person_id")
);
--> statement-breakpoint
CREATE TABLE "naming" (
	"id" uuid PRIMARY KEY NOT NULL,
	"person_id" text NOT NULL,
	"requirement_slug" text NOT NULL,
	"reason" text NOT NULL,
	"until_day" date,
	"named_by" text NOT NULL,
	"named_at" timestamp with time zone NOT NULL,
	"ended_at" timestamp with time zone,
	"ended_by" text,
	"end_reason" text
);
--> statement-breakpoint
ALTER TABLE "bulk_item" ALTER COLUMN "period_id" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "bulk_action" ADD COLUMN "details" jsonb;--> statement-breakpoint
ALTER TABLE "bulk_item" ADD COLUMN "person_id" text;--> statement-breakpoint
ALTER TABLE "bulk_item" ADD COLUMN "notice_id" bigint;--> statement-breakpoint
ALTER TABLE "bulk_item" ADD COLUMN "opened_id" uuid;--> statement-breakpoint
ALTER TABLE "bulk_item" ADD COLUMN "naming_id" uuid;--> statement-breakpoint
ALTER TABLE "period_before" ADD COLUMN "anchor_on" date;--> statement-breakpoint
ALTER TABLE "period_before" ADD COLUMN "due_days" integer;--> statement-breakpoint
ALTER TABLE "period_before" ADD COLUMN "grace_days" integer;--> statement-breakpoint
ALTER TABLE "notice" ADD COLUMN "asked_by" text;--> statement-breakpoint
ALTER TABLE "certificate_end" ADD COLUMN "withdrawn_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "corrective_action_member" ADD CONSTRAINT "corrective_action_member_action_id_corrective_action_id_fk" FOREIGN KEY ("action_id") REFERENCES "public"."corrective_action"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "corrective_action_member" ADD CONSTRAINT "corrective_action_member_person_id_person_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "naming" ADD CONSTRAINT "naming_person_id_person_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "naming" ADD CONSTRAINT "naming_requirement_slug_requirement_slug_fk" FOREIGN KEY ("requirement_slug") REFERENCES "public"."requirement"("slug") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "corrective_action_member_person" ON "corrective_action_member" USING btree ("person_id");--> statement-breakpoint
CREATE INDEX "naming_person" ON "naming" USING btree ("person_id");--> statement-breakpoint
CREATE INDEX "naming_requirement" ON "naming" USING btree ("requirement_slug");--> statement-breakpoint
ALTER TABLE "bulk_item" ADD CONSTRAINT "bulk_item_person_id_person_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "bulk_item" ADD CONSTRAINT "bulk_item_notice_id_notice_id_fk" FOREIGN KEY ("notice_id") REFERENCES "public"."notice"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "bulk_item" ADD CONSTRAINT "bulk_item_opened_id_period_id_fk" FOREIGN KEY ("opened_id") REFERENCES "public"."period"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "bulk_item" ADD CONSTRAINT "bulk_item_naming_id_naming_id_fk" FOREIGN KEY ("naming_id") REFERENCES "public"."naming"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "notice" ADD CONSTRAINT "notice_asked_by_person_id_fk" FOREIGN KEY ("asked_by") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;