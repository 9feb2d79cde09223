ALTER TABLE "attempt" DROP CONSTRAINT "attempt_number";--> statement-breakpoint
ALTER TABLE "attempt" ADD COLUMN "kind" text DEFAULT 'assessment' NOT NULL;--> statement-breakpoint
ALTER TABLE "organisation" ADD COLUMN "ai_roles" text[] DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE "attempt" ADD CONSTRAINT "attempt_number" UNIQUE("registration","kind","number");