CREATE TABLE "mail_setting" (
	"id" integer PRIMARY KEY NOT NULL,
	"reminders" boolean NOT NULL,
	"link_key" text NOT NULL,
	"changed_at" timestamp with time zone,
	"changed_by" text
);
--> statement-breakpoint
CREATE TABLE "message" (
	"id" uuid PRIMARY KEY NOT NULL,
	"person_id" text NOT NULL,
	"topics" text[] NOT NULL,
	"language" text NOT NULL,
	"subject" text NOT NULL,
	"text" text NOT NULL,
	"html" text NOT NULL,
	"optional" boolean NOT NULL,
	"dedupe_key" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"queued_at" timestamp with time zone NOT NULL,
	"next_try_at" timestamp with time zone NOT NULL,
	"sending_until" timestamp with time zone,
	"attempts" integer DEFAULT 0 NOT NULL,
	"failure" text,
	"last_error" text,
	"outcome" text,
	"ended_at" timestamp with time zone,
	CONSTRAINT "message_dedupe_key_unique" UNIQUE("dedupe_key")
);
--> statement-breakpoint
CREATE TABLE "notice" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"recipient_id" text NOT NULL,
	"topic" text NOT NULL,
	"subject_id" uuid NOT NULL,
	"step" text NOT NULL,
	"optional" boolean NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"message_id" uuid,
	"dropped_at" timestamp with time zone,
	CONSTRAINT "notice_once" UNIQUE("subject_id","step","recipient_id")
);
--> statement-breakpoint
CREATE TABLE "notice_preference" (
	"person_id" text PRIMARY KEY NOT NULL,
	"practice" boolean DEFAULT true NOT NULL,
	"early" boolean DEFAULT true NOT NULL,
	"hours_from" text,
	"hours_until" text,
	"weekends" boolean,
	"calendar_hash" text,
	"calendar_since" timestamp with time zone,
	CONSTRAINT "notice_preference_calendar_hash_unique" UNIQUE("calendar_hash")
);
--> statement-breakpoint
ALTER TABLE "message" ADD CONSTRAINT "message_person_id_person_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "notice" ADD CONSTRAINT "notice_recipient_id_person_id_fk" FOREIGN KEY ("recipient_id") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "notice" ADD CONSTRAINT "notice_message_id_message_id_fk" FOREIGN KEY ("message_id") REFERENCES "public"."message"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "notice_preference" ADD CONSTRAINT "notice_preference_person_id_person_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "message_due" ON "message" USING btree ("next_try_at") WHERE outcome is null;--> statement-breakpoint
CREATE INDEX "message_person" ON "message" USING btree ("person_id","created_at");--> statement-breakpoint
CREATE INDEX "message_newest" ON "message" USING btree ("created_at","id");--> statement-breakpoint
CREATE INDEX "notice_pending" ON "notice" USING btree ("recipient_id") WHERE message_id is null and dropped_at is null;--> statement-breakpoint
CREATE INDEX "notice_message" ON "notice" USING btree ("message_id");