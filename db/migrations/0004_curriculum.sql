CREATE TABLE "accommodation" (
	"id" uuid PRIMARY KEY NOT NULL,
	"person_id" text NOT NULL,
	"time_factor" real,
	"reason" text NOT NULL,
	"granted_by" text NOT NULL,
	"granted_at" timestamp with time zone NOT NULL,
	"ended_by" text,
	"ended_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "practice" (
	"id" uuid PRIMARY KEY NOT NULL,
	"registration" uuid NOT NULL,
	"person_id" text NOT NULL,
	"module_version_id" uuid NOT NULL,
	"day" integer NOT NULL,
	"form" jsonb NOT NULL,
	"opened_at" timestamp with time zone NOT NULL,
	"completed_at" timestamp with time zone,
	CONSTRAINT "practice_day" UNIQUE("registration","day")
);
--> statement-breakpoint
CREATE TABLE "practice_answer" (
	"practice_id" uuid NOT NULL,
	"position" integer NOT NULL,
	"response" jsonb NOT NULL,
	"score" real NOT NULL,
	"at" timestamp with time zone NOT NULL,
	CONSTRAINT "practice_answer_practice_id_position_pk" PRIMARY KEY("practice_id","position")
);
--> statement-breakpoint
ALTER TABLE "attempt" ALTER COLUMN "due_at" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "answer" ADD COLUMN "confidence" text;--> statement-breakpoint
ALTER TABLE "accommodation" ADD CONSTRAINT "accommodation_person_id_person_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "practice" ADD CONSTRAINT "practice_person_id_person_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "practice" ADD CONSTRAINT "practice_module_version_id_module_version_id_fk" FOREIGN KEY ("module_version_id") REFERENCES "public"."module_version"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "practice_answer" ADD CONSTRAINT "practice_answer_practice_id_practice_id_fk" FOREIGN KEY ("practice_id") REFERENCES "public"."practice"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "accommodation_person" ON "accommodation" USING btree ("person_id");--> statement-breakpoint
CREATE INDEX "practice_person" ON "practice" USING btree ("person_id");