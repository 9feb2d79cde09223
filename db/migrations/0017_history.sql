CREATE TABLE "person_version" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "person_version_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"person_id" text NOT NULL,
	"change_id" uuid NOT NULL,
	"valid_from" date NOT NULL,
	"recorded_at" timestamp with time zone NOT NULL,
	"recorded_by" text,
	"name" text NOT NULL,
	"department" text NOT NULL,
	"title" text NOT NULL,
	"manager_id" text,
	"location" text NOT NULL,
	"time_zone" text NOT NULL,
	"employment_type" text NOT NULL,
	"hired_on" date NOT NULL,
	"left_on" date,
	"computer_share" integer NOT NULL,
	"audiences" text[] NOT NULL,
	"roles" text[] NOT NULL
);
--> statement-breakpoint
ALTER TABLE "person_version" ADD CONSTRAINT "person_version_person_id_person_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "person_version_person" ON "person_version" USING btree ("person_id","id");