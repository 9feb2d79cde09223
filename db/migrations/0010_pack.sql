CREATE TABLE "audit_seat" (
	"id" uuid PRIMARY KEY NOT NULL,
	"person_id" text NOT NULL,
	"firm" text NOT NULL,
	"departments" text[],
	"requirements" text[],
	"starts_at" timestamp with time zone NOT NULL,
	"ends_at" timestamp with time zone NOT NULL,
	"invited_by" text NOT NULL,
	"invited_at" timestamp with time zone NOT NULL,
	"link_hash" text NOT NULL,
	"link_used_at" timestamp with time zone,
	"revoked_at" timestamp with time zone,
	"revoked_by" text,
	CONSTRAINT "audit_seat_link_hash_unique" UNIQUE("link_hash")
);
--> statement-breakpoint
CREATE TABLE "pack_job" (
	"id" uuid PRIMARY KEY NOT NULL,
	"scope" jsonb NOT NULL,
	"requested_by" text NOT NULL,
	"requested_at" timestamp with time zone NOT NULL,
	"status" text NOT NULL,
	"files_done" integer DEFAULT 0 NOT NULL,
	"files_total" integer,
	"tries" integer DEFAULT 0 NOT NULL,
	"building_until" timestamp with time zone,
	"finished_at" timestamp with time zone,
	"bytes" bigint,
	"sha256" text,
	"fault" text,
	"expires_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "sample_draw" (
	"id" uuid PRIMARY KEY NOT NULL,
	"purpose" text NOT NULL,
	"filter" jsonb NOT NULL,
	"algorithm" text NOT NULL,
	"seed" text NOT NULL,
	"size" integer NOT NULL,
	"population_size" integer NOT NULL,
	"population_hash" text NOT NULL,
	"population" text NOT NULL,
	"picked" text[] NOT NULL,
	"drawn_by" text NOT NULL,
	"drawn_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "audit_seat" ADD CONSTRAINT "audit_seat_person_id_person_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "pack_job" ADD CONSTRAINT "pack_job_requested_by_person_id_fk" FOREIGN KEY ("requested_by") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "audit_seat_person" ON "audit_seat" USING btree ("person_id","ends_at");--> statement-breakpoint
CREATE INDEX "pack_job_requested" ON "pack_job" USING btree ("requested_at");--> statement-breakpoint
CREATE INDEX "pack_job_status" ON "pack_job" USING btree ("status");--> statement-breakpoint
CREATE INDEX "sample_draw_at" ON "sample_draw" USING btree ("drawn_at");--> statement-breakpoint
CREATE INDEX "sample_draw_by" ON "sample_draw" USING btree ("drawn_by","drawn_at");