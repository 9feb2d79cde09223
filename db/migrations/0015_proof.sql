CREATE TABLE "evaluation_follow_up" (
	"evaluation_id" uuid PRIMARY KEY NOT NULL,
	"note" text NOT NULL,
	"closed_by" text NOT NULL,
	"closed_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "refused_address" (
	"person_id" text PRIMARY KEY NOT NULL,
	"address" text NOT NULL,
	"answer" text NOT NULL,
	"message_id" uuid NOT NULL,
	"refused_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "certificate_revocation" ADD COLUMN "reason_salt" text;--> statement-breakpoint
ALTER TABLE "evaluation_follow_up" ADD CONSTRAINT "evaluation_follow_up_evaluation_id_evaluation_verdict_evaluation_id_fk" FOREIGN KEY ("evaluation_id") REFERENCES "public"."evaluation_verdict"("evaluation_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "evaluation_follow_up" ADD CONSTRAINT "evaluation_follow_up_closed_by_person_id_fk" FOREIGN KEY ("closed_by") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "refused_address" ADD CONSTRAINT "refused_address_person_id_person_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "refused_address" ADD CONSTRAINT "refused_address_message_id_message_id_fk" FOREIGN KEY ("message_id") REFERENCES "public"."message"("id") ON DELETE no action ON UPDATE no action;