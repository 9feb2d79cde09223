CREATE TABLE "basis_look" (
	"basis_id" uuid PRIMARY KEY NOT NULL,
	"at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "basis_look" ADD CONSTRAINT "basis_look_basis_id_basis_id_fk" FOREIGN KEY ("basis_id") REFERENCES "public"."basis"("id") ON DELETE no action ON UPDATE no action;