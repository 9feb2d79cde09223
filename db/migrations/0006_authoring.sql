CREATE TABLE "module_draft" (
	"id" uuid PRIMARY KEY NOT NULL,
	"slug" text NOT NULL,
	"base_version_id" uuid NOT NULL,
	"files" jsonb NOT NULL,
	"revision" integer NOT NULL,
	"status" text NOT NULL,
	"created_by" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"updated_by" text NOT NULL,
	"updated_at" timestamp with time zone NOT NULL,
	"editors" text[] NOT NULL,
	"change" text,
	"change_note" text,
	"version" text,
	"submitted_by" text,
	"submitted_at" timestamp with time zone,
	"return_reason" text,
	"decided_by" text,
	"decided_at" timestamp with time zone,
	"published_version_id" uuid
);
--> statement-breakpoint
CREATE TABLE "certificate_end" (
	"certificate_id" uuid NOT NULL,
	"module_version_id" uuid NOT NULL,
	"ends_at" timestamp with time zone NOT NULL,
	"at" timestamp with time zone NOT NULL,
	CONSTRAINT "certificate_end_certificate_id_module_version_id_pk" PRIMARY KEY("certificate_id","module_version_id")
);
--> statement-breakpoint
ALTER TABLE "module_version" ADD COLUMN "source" jsonb;--> statement-breakpoint
ALTER TABLE "module_draft" ADD CONSTRAINT "module_draft_base_version_id_module_version_id_fk" FOREIGN KEY ("base_version_id") REFERENCES "public"."module_version"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "module_draft" ADD CONSTRAINT "module_draft_published_version_id_module_version_id_fk" FOREIGN KEY ("published_version_id") REFERENCES "public"."module_version"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "certificate_end" ADD CONSTRAINT "certificate_end_certificate_id_certificate_id_fk" FOREIGN KEY ("certificate_id") REFERENCES "public"."certificate"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "module_draft_open" ON "module_draft" USING btree ("slug") WHERE status in ('editing', 'submitted');--> statement-breakpoint
CREATE INDEX "module_draft_published" ON "module_draft" USING btree ("published_version_id");--> statement-breakpoint
ALTER TABLE "module_version" ADD CONSTRAINT "module_version_number" UNIQUE("slug","version");