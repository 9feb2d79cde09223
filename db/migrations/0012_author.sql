ALTER TABLE "module_draft" ALTER COLUMN "base_version_id" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "module_draft" ADD COLUMN "followed" jsonb;