CREATE TABLE "badge_key" (
	"id" text PRIMARY KEY NOT NULL,
	"public_key" text NOT NULL,
	"first_used_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "certificate_display" (
	"certificate_id" uuid PRIMARY KEY NOT NULL,
	"show_name" boolean NOT NULL,
	"show_score" boolean NOT NULL,
	"changed_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "policy_check" (
	"id" uuid PRIMARY KEY NOT NULL,
	"slug" text NOT NULL,
	"version" text NOT NULL,
	"hash" text NOT NULL,
	"body" jsonb NOT NULL,
	"published_at" timestamp with time zone NOT NULL,
	CONSTRAINT "policy_check_hash" UNIQUE("slug","version","hash")
);
--> statement-breakpoint
CREATE TABLE "policy_check_try" (
	"id" uuid PRIMARY KEY NOT NULL,
	"person_id" text NOT NULL,
	"policy_version_id" uuid NOT NULL,
	"check_id" uuid NOT NULL,
	"number" integer NOT NULL,
	"chosen" jsonb NOT NULL,
	"right" boolean NOT NULL,
	"at" timestamp with time zone NOT NULL,
	CONSTRAINT "policy_check_try_number" UNIQUE("person_id","policy_version_id","number")
);
--> statement-breakpoint
CREATE TABLE "erasure_request" (
	"id" uuid PRIMARY KEY NOT NULL,
	"person_id" text NOT NULL,
	"reason" text NOT NULL,
	"requested_by" text NOT NULL,
	"requested_at" timestamp with time zone NOT NULL,
	"outcome" text,
	"decisions" jsonb,
	"decided_by" text,
	"decided_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "evidence_hold" (
	"id" uuid PRIMARY KEY NOT NULL,
	"person_id" text,
	"categories" text[] NOT NULL,
	"reason" text NOT NULL,
	"until" date NOT NULL,
	"placed_by" text NOT NULL,
	"placed_at" timestamp with time zone NOT NULL,
	"ended_by" text,
	"ended_at" timestamp with time zone
);
--> statement-breakpoint
ALTER TABLE "policy_version" ADD COLUMN "acknowledge_days" integer;--> statement-breakpoint
ALTER TABLE "policy_version" ADD COLUMN "audiences" text[];--> statement-breakpoint
ALTER TABLE "certificate_revocation" ADD COLUMN "category" text;--> statement-breakpoint
ALTER TABLE "person" ADD COLUMN "erased_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "acknowledgement" ADD COLUMN "check_id" uuid;--> statement-breakpoint
ALTER TABLE "acknowledgement" ADD COLUMN "tries" integer;--> statement-breakpoint
ALTER TABLE "certificate_display" ADD CONSTRAINT "certificate_display_certificate_id_certificate_id_fk" FOREIGN KEY ("certificate_id") REFERENCES "public"."certificate"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "policy_check_try" ADD CONSTRAINT "policy_check_try_person_id_person_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "policy_check_try" ADD CONSTRAINT "policy_check_try_policy_version_id_policy_version_id_fk" FOREIGN KEY ("policy_version_id") REFERENCES "public"."policy_version"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "policy_check_try" ADD CONSTRAINT "policy_check_try_check_id_policy_check_id_fk" FOREIGN KEY ("check_id") REFERENCES "public"."policy_check"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "erasure_request" ADD CONSTRAINT "erasure_request_person_id_person_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "evidence_hold" ADD CONSTRAINT "evidence_hold_person_id_person_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "policy_check_try_version" ON "policy_check_try" USING btree ("policy_version_id");--> statement-breakpoint
CREATE UNIQUE INDEX "erasure_request_open" ON "erasure_request" USING btree ("person_id") WHERE decided_at is null;--> statement-breakpoint
CREATE INDEX "erasure_request_person" ON "erasure_request" USING btree ("person_id","requested_at");--> statement-breakpoint
CREATE INDEX "evidence_hold_person" ON "evidence_hold" USING btree ("person_id");--> statement-breakpoint
ALTER TABLE "acknowledgement" ADD CONSTRAINT "acknowledgement_check_id_policy_check_id_fk" FOREIGN KEY ("check_id") REFERENCES "public"."policy_check"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "acknowledgement_version" ON "acknowledgement" USING btree ("policy_version_id");