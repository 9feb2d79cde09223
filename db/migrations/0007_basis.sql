CREATE TABLE "corrective_action" (
	"id" uuid PRIMARY KEY NOT NULL,
	"number" integer GENERATED ALWAYS AS IDENTITY (sequence name "corrective_action_number_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"scope" text NOT NULL,
	"person_id" text,
	"group_name" text,
	"requirement_slug" text,
	"nonconformity" text NOT NULL,
	"source" text NOT NULL,
	"source_ref" text,
	"owner_id" text NOT NULL,
	"due_on" date NOT NULL,
	"status" text NOT NULL,
	"opened_by" text NOT NULL,
	"opened_at" timestamp with time zone NOT NULL,
	CONSTRAINT "corrective_action_number_unique" UNIQUE("number"),
	CONSTRAINT "corrective_action_person_scope" CHECK (("corrective_action"."scope" = 'person') = ("corrective_action"."person_id" is not null))
);
--> statement-breakpoint
CREATE TABLE "corrective_action_event" (
	"id" uuid PRIMARY KEY NOT NULL,
	"action_id" uuid NOT NULL,
	"position" integer NOT NULL,
	"step" text NOT NULL,
	"actor_id" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"note" text NOT NULL,
	"cause" text,
	"owner_id" text,
	"due_on" date,
	"method" text,
	"before" text,
	"after" text,
	"verdict" text,
	CONSTRAINT "corrective_action_event_position" UNIQUE("action_id","position")
);
--> statement-breakpoint
CREATE TABLE "basis" (
	"id" uuid PRIMARY KEY NOT NULL,
	"person_id" text NOT NULL,
	"requirement_slug" text,
	"kind" text NOT NULL,
	"title" text NOT NULL,
	"issuer" text NOT NULL,
	"obtained_on" date NOT NULL,
	"valid_until" date,
	"proof_file_id" uuid,
	"proof_link" text,
	"note" text NOT NULL,
	"method" text,
	"criteria" jsonb,
	"replaces" uuid,
	"submitted_by" text NOT NULL,
	"submitted_at" timestamp with time zone NOT NULL,
	CONSTRAINT "basis_replaces_unique" UNIQUE("replaces"),
	CONSTRAINT "basis_one_proof" CHECK (num_nonnulls("basis"."proof_file_id", "basis"."proof_link") <= 1)
);
--> statement-breakpoint
CREATE TABLE "basis_event" (
	"id" uuid PRIMARY KEY NOT NULL,
	"basis_id" uuid NOT NULL,
	"position" integer NOT NULL,
	"kind" text NOT NULL,
	"actor_id" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"note" text NOT NULL,
	"period_id" uuid,
	CONSTRAINT "basis_event_position" UNIQUE("basis_id","position")
);
--> statement-breakpoint
CREATE TABLE "legacy_import" (
	"id" uuid PRIMARY KEY NOT NULL,
	"file_name" text NOT NULL,
	"sha256" text NOT NULL,
	"rows" integer NOT NULL,
	"imported_by" text NOT NULL,
	"imported_at" timestamp with time zone NOT NULL,
	CONSTRAINT "legacy_import_sha256_unique" UNIQUE("sha256")
);
--> statement-breakpoint
CREATE TABLE "legacy_record" (
	"period_id" uuid PRIMARY KEY NOT NULL,
	"import_id" uuid NOT NULL,
	"row" integer NOT NULL,
	"person_id" text NOT NULL,
	"requirement_slug" text NOT NULL,
	"completed_on" date NOT NULL,
	"source_system" text NOT NULL,
	"reference" text NOT NULL,
	"score" real,
	CONSTRAINT "legacy_record_once" UNIQUE("person_id","requirement_slug","completed_on"),
	CONSTRAINT "legacy_record_row" UNIQUE("import_id","row")
);
--> statement-breakpoint
CREATE TABLE "proof_file" (
	"id" uuid PRIMARY KEY NOT NULL,
	"sha256" text NOT NULL,
	"type" text NOT NULL,
	"name" text NOT NULL,
	"size" integer NOT NULL,
	"content" "bytea" NOT NULL,
	"scanned_at" timestamp with time zone,
	"uploaded_by" text NOT NULL,
	"uploaded_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "period" ADD COLUMN "recognised_as" text;--> statement-breakpoint
ALTER TABLE "waiver" ADD COLUMN "ended_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "waiver" ADD COLUMN "ended_by" text;--> statement-breakpoint
ALTER TABLE "waiver" ADD COLUMN "end_reason" text;--> statement-breakpoint
ALTER TABLE "corrective_action" ADD CONSTRAINT "corrective_action_person_id_person_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "corrective_action" ADD CONSTRAINT "corrective_action_requirement_slug_requirement_slug_fk" FOREIGN KEY ("requirement_slug") REFERENCES "public"."requirement"("slug") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "corrective_action" ADD CONSTRAINT "corrective_action_owner_id_person_id_fk" FOREIGN KEY ("owner_id") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "corrective_action_event" ADD CONSTRAINT "corrective_action_event_action_id_corrective_action_id_fk" FOREIGN KEY ("action_id") REFERENCES "public"."corrective_action"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "basis" ADD CONSTRAINT "basis_person_id_person_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "basis" ADD CONSTRAINT "basis_requirement_slug_requirement_slug_fk" FOREIGN KEY ("requirement_slug") REFERENCES "public"."requirement"("slug") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "basis" ADD CONSTRAINT "basis_proof_file_id_proof_file_id_fk" FOREIGN KEY ("proof_file_id") REFERENCES "public"."proof_file"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "basis_event" ADD CONSTRAINT "basis_event_basis_id_basis_id_fk" FOREIGN KEY ("basis_id") REFERENCES "public"."basis"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "basis_event" ADD CONSTRAINT "basis_event_period_id_period_id_fk" FOREIGN KEY ("period_id") REFERENCES "public"."period"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "legacy_record" ADD CONSTRAINT "legacy_record_period_id_period_id_fk" FOREIGN KEY ("period_id") REFERENCES "public"."period"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "legacy_record" ADD CONSTRAINT "legacy_record_import_id_legacy_import_id_fk" FOREIGN KEY ("import_id") REFERENCES "public"."legacy_import"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "legacy_record" ADD CONSTRAINT "legacy_record_person_id_person_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "legacy_record" ADD CONSTRAINT "legacy_record_requirement_slug_requirement_slug_fk" FOREIGN KEY ("requirement_slug") REFERENCES "public"."requirement"("slug") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "corrective_action_list" ON "corrective_action" USING btree ("status","due_on");--> statement-breakpoint
CREATE INDEX "corrective_action_owner" ON "corrective_action" USING btree ("owner_id");--> statement-breakpoint
CREATE INDEX "corrective_action_person" ON "corrective_action" USING btree ("person_id");--> statement-breakpoint
CREATE INDEX "basis_person" ON "basis" USING btree ("person_id","submitted_at");--> statement-breakpoint
CREATE INDEX "basis_event_period" ON "basis_event" USING btree ("period_id");