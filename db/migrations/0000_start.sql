CREATE TABLE "question" (
	"id" uuid PRIMARY KEY NOT NULL,
	"thread_id" uuid NOT NULL,
	"person_id" text NOT NULL,
	"asked_at" timestamp with time zone NOT NULL,
	"text" text NOT NULL,
	"facts" jsonb NOT NULL,
	"verdict" jsonb NOT NULL,
	"answer" jsonb NOT NULL,
	"rule_set" text NOT NULL,
	"phrased" text,
	"case_id" uuid
);
--> statement-breakpoint
CREATE TABLE "audit_event" (
	"seq" bigint PRIMARY KEY NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"actor_id" text NOT NULL,
	"type" text NOT NULL,
	"subject_type" text NOT NULL,
	"subject_id" text NOT NULL,
	"data" jsonb NOT NULL,
	"prev_hash" text NOT NULL,
	"hash" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "audit_head" (
	"id" integer PRIMARY KEY NOT NULL,
	"seq" bigint NOT NULL,
	"hash" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "case_event" (
	"id" uuid PRIMARY KEY NOT NULL,
	"case_id" uuid NOT NULL,
	"position" integer NOT NULL,
	"kind" text NOT NULL,
	"actor_id" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"note" text NOT NULL,
	"data" jsonb NOT NULL,
	CONSTRAINT "case_event_position" UNIQUE("case_id","position")
);
--> statement-breakpoint
CREATE TABLE "review_case" (
	"id" uuid PRIMARY KEY NOT NULL,
	"number" integer GENERATED ALWAYS AS IDENTITY (sequence name "review_case_number_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"requester_id" text NOT NULL,
	"question_id" uuid,
	"content_id" text,
	"title" text NOT NULL,
	"facts" jsonb NOT NULL,
	"facts_key" text NOT NULL,
	"verdict" jsonb NOT NULL,
	"automatic" boolean NOT NULL,
	"status" text NOT NULL,
	"opened_at" timestamp with time zone NOT NULL,
	"due_at" timestamp with time zone NOT NULL,
	"decision" text,
	"decided_at" timestamp with time zone,
	"decided_by" text,
	"decided_with" text,
	"likelihood" integer,
	"severity" integer,
	"revision" integer NOT NULL,
	CONSTRAINT "review_case_number_unique" UNIQUE("number"),
	CONSTRAINT "review_case_content_id_unique" UNIQUE("content_id")
);
--> statement-breakpoint
CREATE TABLE "period" (
	"id" uuid PRIMARY KEY NOT NULL,
	"person_id" text NOT NULL,
	"requirement_slug" text NOT NULL,
	"number" integer NOT NULL,
	"assigned_at" timestamp with time zone NOT NULL,
	"due_at" timestamp with time zone NOT NULL,
	"grace_until" timestamp with time zone NOT NULL,
	"module_version_id" uuid,
	"started_at" timestamp with time zone,
	"completed_at" timestamp with time zone,
	"renew_from" timestamp with time zone,
	"expires_at" timestamp with time zone,
	"superseded_at" timestamp with time zone,
	CONSTRAINT "period_cycle" UNIQUE("person_id","requirement_slug","number")
);
--> statement-breakpoint
CREATE TABLE "requirement" (
	"slug" text PRIMARY KEY NOT NULL,
	"title" text NOT NULL,
	"module_slug" text NOT NULL,
	"audiences" text[] NOT NULL,
	"position" integer NOT NULL,
	"body" jsonb NOT NULL,
	"ended_on" date
);
--> statement-breakpoint
CREATE TABLE "waiver" (
	"id" uuid PRIMARY KEY NOT NULL,
	"period_id" uuid NOT NULL,
	"reason" text NOT NULL,
	"granted_by" text NOT NULL,
	"granted_at" timestamp with time zone NOT NULL,
	"until" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "concern" (
	"id" uuid PRIMARY KEY NOT NULL,
	"number" integer GENERATED ALWAYS AS IDENTITY (sequence name "concern_number_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"reporter_id" text,
	"follow_up_hash" text,
	"kind" text NOT NULL,
	"text" text NOT NULL,
	"status" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	CONSTRAINT "concern_number_unique" UNIQUE("number"),
	CONSTRAINT "concern_follow_up_hash_unique" UNIQUE("follow_up_hash"),
	CONSTRAINT "concern_reporter" CHECK (num_nonnulls("concern"."reporter_id", "concern"."follow_up_hash") = 1)
);
--> statement-breakpoint
CREATE TABLE "concern_event" (
	"id" uuid PRIMARY KEY NOT NULL,
	"concern_id" uuid NOT NULL,
	"position" integer NOT NULL,
	"kind" text NOT NULL,
	"actor_id" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"note" text NOT NULL,
	CONSTRAINT "concern_event_position" UNIQUE("concern_id","position")
);
--> statement-breakpoint
CREATE TABLE "module_version" (
	"id" uuid PRIMARY KEY NOT NULL,
	"slug" text NOT NULL,
	"version" text NOT NULL,
	"hash" text NOT NULL,
	"title" text NOT NULL,
	"body" jsonb NOT NULL,
	"material" boolean NOT NULL,
	"change_note" text NOT NULL,
	"approver_id" text NOT NULL,
	"published_at" timestamp with time zone NOT NULL,
	CONSTRAINT "module_version_hash" UNIQUE("slug","hash")
);
--> statement-breakpoint
CREATE TABLE "policy_clause" (
	"id" uuid PRIMARY KEY NOT NULL,
	"policy_version_id" uuid NOT NULL,
	"number" text NOT NULL,
	"heading" text NOT NULL,
	"text" text NOT NULL,
	"position" integer NOT NULL,
	"search" "tsvector" GENERATED ALWAYS AS (setweight(to_tsvector('english', heading), 'A') || to_tsvector('english', text)) STORED,
	CONSTRAINT "policy_clause_number" UNIQUE("policy_version_id","number")
);
--> statement-breakpoint
CREATE TABLE "policy_version" (
	"id" uuid PRIMARY KEY NOT NULL,
	"slug" text NOT NULL,
	"version" text NOT NULL,
	"hash" text NOT NULL,
	"title" text NOT NULL,
	"body" text NOT NULL,
	"effective_from" date NOT NULL,
	"owner_id" text NOT NULL,
	"approver_id" text NOT NULL,
	"review_on" date NOT NULL,
	"material" boolean NOT NULL,
	"change_note" text NOT NULL,
	"published_at" timestamp with time zone NOT NULL,
	CONSTRAINT "policy_version_hash" UNIQUE("slug","hash"),
	CONSTRAINT "policy_version_number" UNIQUE("slug","version")
);
--> statement-breakpoint
CREATE TABLE "certificate" (
	"id" uuid PRIMARY KEY NOT NULL,
	"registration" uuid NOT NULL,
	"person_id" text NOT NULL,
	"holder_name" text NOT NULL,
	"title" text NOT NULL,
	"module_version_id" uuid NOT NULL,
	"module_version" text NOT NULL,
	"score_percent" integer NOT NULL,
	"issued_at" timestamp with time zone NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"code" text NOT NULL,
	CONSTRAINT "certificate_registration_unique" UNIQUE("registration"),
	CONSTRAINT "certificate_code_unique" UNIQUE("code")
);
--> statement-breakpoint
CREATE TABLE "certificate_revocation" (
	"certificate_id" uuid PRIMARY KEY NOT NULL,
	"revoked_at" timestamp with time zone NOT NULL,
	"revoked_by" text NOT NULL,
	"reason" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "lrs_target" (
	"name" text PRIMARY KEY NOT NULL,
	"endpoint" text NOT NULL,
	"active" boolean NOT NULL,
	"added_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "outbox" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"target" text NOT NULL,
	"statement_id" uuid NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"next_try_at" timestamp with time zone NOT NULL,
	"delivered_at" timestamp with time zone,
	"dead_at" timestamp with time zone,
	"last_error" text,
	CONSTRAINT "outbox_once" UNIQUE("target","statement_id")
);
--> statement-breakpoint
CREATE TABLE "statement" (
	"seq" bigserial PRIMARY KEY NOT NULL,
	"id" uuid NOT NULL,
	"actor" uuid NOT NULL,
	"verb" text NOT NULL,
	"object" text NOT NULL,
	"registration" uuid,
	"stored" timestamp with time zone NOT NULL,
	"body" jsonb NOT NULL,
	CONSTRAINT "statement_id_unique" UNIQUE("id")
);
--> statement-breakpoint
CREATE TABLE "answer" (
	"attempt_id" uuid NOT NULL,
	"position" integer NOT NULL,
	"response" jsonb NOT NULL,
	"saved_at" timestamp with time zone NOT NULL,
	"revision" integer NOT NULL,
	"score" real,
	CONSTRAINT "answer_attempt_id_position_pk" PRIMARY KEY("attempt_id","position")
);
--> statement-breakpoint
CREATE TABLE "attempt" (
	"id" uuid PRIMARY KEY NOT NULL,
	"registration" uuid NOT NULL,
	"person_id" text NOT NULL,
	"module_version_id" uuid NOT NULL,
	"number" integer NOT NULL,
	"seed" integer NOT NULL,
	"form" jsonb NOT NULL,
	"started_at" timestamp with time zone NOT NULL,
	"due_at" timestamp with time zone NOT NULL,
	"submitted_at" timestamp with time zone,
	"score" real,
	"passed" boolean,
	CONSTRAINT "attempt_number" UNIQUE("registration","number")
);
--> statement-breakpoint
CREATE TABLE "attempt_grant" (
	"id" uuid PRIMARY KEY NOT NULL,
	"registration" uuid NOT NULL,
	"granted_by" text NOT NULL,
	"reason" text NOT NULL,
	"granted_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "lesson_step" (
	"registration" uuid NOT NULL,
	"lesson" text NOT NULL,
	"part" integer NOT NULL,
	"response" jsonb,
	"correct" boolean,
	"at" timestamp with time zone NOT NULL,
	CONSTRAINT "lesson_step_registration_lesson_part_pk" PRIMARY KEY("registration","lesson","part")
);
--> statement-breakpoint
CREATE TABLE "credential" (
	"person_id" text PRIMARY KEY NOT NULL,
	"password_hash" text NOT NULL,
	"changed_at" timestamp with time zone NOT NULL,
	"failed_count" integer DEFAULT 0 NOT NULL,
	"locked_until" timestamp with time zone,
	"sample" boolean DEFAULT false NOT NULL
);
--> statement-breakpoint
CREATE TABLE "organisation" (
	"id" integer PRIMARY KEY NOT NULL,
	"kind" text NOT NULL,
	"name" text NOT NULL,
	"base_iri" text NOT NULL,
	"policy_contact_id" text,
	"created_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "person" (
	"id" text PRIMARY KEY NOT NULL,
	"pseudonym" uuid NOT NULL,
	"email" text NOT NULL,
	"name" text NOT NULL,
	"department" text NOT NULL,
	"title" text NOT NULL,
	"manager_id" text,
	"location" text NOT NULL,
	"time_zone" text NOT NULL,
	"language" text NOT NULL,
	"employment_type" text NOT NULL,
	"hired_on" date NOT NULL,
	"left_on" date,
	"computer_share" integer NOT NULL,
	"audiences" text[] NOT NULL,
	"roles" text[] NOT NULL,
	CONSTRAINT "person_pseudonym_unique" UNIQUE("pseudonym"),
	CONSTRAINT "person_email_unique" UNIQUE("email")
);
--> statement-breakpoint
CREATE TABLE "session" (
	"id" text PRIMARY KEY NOT NULL,
	"person_id" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"last_seen_at" timestamp with time zone NOT NULL,
	"expires_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "setup_link" (
	"token_hash" text PRIMARY KEY NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"used_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "acknowledgement" (
	"person_id" text NOT NULL,
	"policy_version_id" uuid NOT NULL,
	"registration" uuid,
	"at" timestamp with time zone NOT NULL,
	CONSTRAINT "acknowledgement_person_id_policy_version_id_pk" PRIMARY KEY("person_id","policy_version_id")
);
--> statement-breakpoint
CREATE TABLE "ai_system" (
	"slug" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"status" text NOT NULL,
	"risk_class" text NOT NULL,
	"body" jsonb NOT NULL,
	"updated_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "approval" (
	"id" text PRIMARY KEY NOT NULL,
	"system_slug" text NOT NULL,
	"purposes" text[] NOT NULL,
	"data_classes" text[] NOT NULL,
	"groups" text[] NOT NULL,
	"conditions" text[] NOT NULL,
	"approved_on" date NOT NULL,
	"approved_by" text NOT NULL,
	"review_on" date NOT NULL,
	"clause" text,
	"case_id" text,
	"affected" text[],
	"oversights" text[],
	"withdrawn_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "rule_set" (
	"hash" text PRIMARY KEY NOT NULL,
	"body" jsonb NOT NULL,
	"published_at" timestamp with time zone NOT NULL,
	"current_since" timestamp with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "question" ADD CONSTRAINT "question_person_id_person_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "question" ADD CONSTRAINT "question_rule_set_rule_set_hash_fk" FOREIGN KEY ("rule_set") REFERENCES "public"."rule_set"("hash") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "case_event" ADD CONSTRAINT "case_event_case_id_review_case_id_fk" FOREIGN KEY ("case_id") REFERENCES "public"."review_case"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "review_case" ADD CONSTRAINT "review_case_requester_id_person_id_fk" FOREIGN KEY ("requester_id") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "period" ADD CONSTRAINT "period_person_id_person_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "period" ADD CONSTRAINT "period_requirement_slug_requirement_slug_fk" FOREIGN KEY ("requirement_slug") REFERENCES "public"."requirement"("slug") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "period" ADD CONSTRAINT "period_module_version_id_module_version_id_fk" FOREIGN KEY ("module_version_id") REFERENCES "public"."module_version"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "waiver" ADD CONSTRAINT "waiver_period_id_period_id_fk" FOREIGN KEY ("period_id") REFERENCES "public"."period"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "concern" ADD CONSTRAINT "concern_reporter_id_person_id_fk" FOREIGN KEY ("reporter_id") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "concern_event" ADD CONSTRAINT "concern_event_concern_id_concern_id_fk" FOREIGN KEY ("concern_id") REFERENCES "public"."concern"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "concern_event" ADD CONSTRAINT "concern_event_actor_id_person_id_fk" FOREIGN KEY ("actor_id") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "policy_clause" ADD CONSTRAINT "policy_clause_policy_version_id_policy_version_id_fk" FOREIGN KEY ("policy_version_id") REFERENCES "public"."policy_version"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "certificate" ADD CONSTRAINT "certificate_person_id_person_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "certificate_revocation" ADD CONSTRAINT "certificate_revocation_certificate_id_certificate_id_fk" FOREIGN KEY ("certificate_id") REFERENCES "public"."certificate"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "outbox" ADD CONSTRAINT "outbox_target_lrs_target_name_fk" FOREIGN KEY ("target") REFERENCES "public"."lrs_target"("name") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "outbox" ADD CONSTRAINT "outbox_statement_id_statement_id_fk" FOREIGN KEY ("statement_id") REFERENCES "public"."statement"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "answer" ADD CONSTRAINT "answer_attempt_id_attempt_id_fk" FOREIGN KEY ("attempt_id") REFERENCES "public"."attempt"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "attempt" ADD CONSTRAINT "attempt_person_id_person_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "attempt" ADD CONSTRAINT "attempt_module_version_id_module_version_id_fk" FOREIGN KEY ("module_version_id") REFERENCES "public"."module_version"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "credential" ADD CONSTRAINT "credential_person_id_person_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "session" ADD CONSTRAINT "session_person_id_person_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "acknowledgement" ADD CONSTRAINT "acknowledgement_person_id_person_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "acknowledgement" ADD CONSTRAINT "acknowledgement_policy_version_id_policy_version_id_fk" FOREIGN KEY ("policy_version_id") REFERENCES "public"."policy_version"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "approval" ADD CONSTRAINT "approval_system_slug_ai_system_slug_fk" FOREIGN KEY ("system_slug") REFERENCES "public"."ai_system"("slug") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "question_person" ON "question" USING btree ("person_id","asked_at");--> statement-breakpoint
CREATE INDEX "question_thread" ON "question" USING btree ("thread_id","asked_at");--> statement-breakpoint
CREATE INDEX "audit_event_subject" ON "audit_event" USING btree ("subject_type","subject_id","seq");--> statement-breakpoint
CREATE INDEX "audit_event_at" ON "audit_event" USING btree ("at");--> statement-breakpoint
CREATE UNIQUE INDEX "review_case_open" ON "review_case" USING btree ("requester_id","facts_key") WHERE "review_case"."status" <> 'decided';--> statement-breakpoint
CREATE INDEX "review_case_queue" ON "review_case" USING btree ("status","due_at");--> statement-breakpoint
CREATE INDEX "review_case_requester" ON "review_case" USING btree ("requester_id","opened_at");--> statement-breakpoint
CREATE INDEX "review_case_facts" ON "review_case" USING btree ("facts_key");--> statement-breakpoint
CREATE INDEX "period_standing" ON "period" USING btree ("requirement_slug","person_id") WHERE superseded_at is null;--> statement-breakpoint
CREATE INDEX "period_renewal" ON "period" USING btree ("renew_from") WHERE superseded_at is null;--> statement-breakpoint
CREATE INDEX "waiver_period" ON "waiver" USING btree ("period_id","until");--> statement-breakpoint
CREATE INDEX "concern_queue" ON "concern" USING btree ("status","at");--> statement-breakpoint
CREATE INDEX "concern_reporter_at" ON "concern" USING btree ("reporter_id","at");--> statement-breakpoint
CREATE INDEX "module_version_newest" ON "module_version" USING btree ("slug","published_at");--> statement-breakpoint
CREATE INDEX "policy_clause_search" ON "policy_clause" USING gin ("search");--> statement-breakpoint
CREATE INDEX "policy_version_effective" ON "policy_version" USING btree ("slug","effective_from");--> statement-breakpoint
CREATE INDEX "certificate_person" ON "certificate" USING btree ("person_id");--> statement-breakpoint
CREATE INDEX "outbox_queue" ON "outbox" USING btree ("target","id") WHERE delivered_at is null;--> statement-breakpoint
CREATE INDEX "outbox_delivered" ON "outbox" USING btree ("target","delivered_at");--> statement-breakpoint
CREATE INDEX "statement_actor" ON "statement" USING btree ("actor","seq");--> statement-breakpoint
CREATE INDEX "statement_registration" ON "statement" USING btree ("registration","seq");--> statement-breakpoint
CREATE INDEX "statement_verb" ON "statement" USING btree ("verb","seq");--> statement-breakpoint
CREATE UNIQUE INDEX "attempt_one_open" ON "attempt" USING btree ("registration") WHERE submitted_at is null;--> statement-breakpoint
CREATE INDEX "attempt_person" ON "attempt" USING btree ("person_id");--> statement-breakpoint
CREATE INDEX "attempt_overdue" ON "attempt" USING btree ("due_at") WHERE submitted_at is null;--> statement-breakpoint
CREATE INDEX "attempt_grant_registration" ON "attempt_grant" USING btree ("registration");--> statement-breakpoint
CREATE INDEX "person_name" ON "person" USING btree ("name","id");--> statement-breakpoint
CREATE INDEX "person_department" ON "person" USING btree ("department","name","id");--> statement-breakpoint
CREATE INDEX "person_manager" ON "person" USING btree ("manager_id");--> statement-breakpoint
CREATE INDEX "person_audiences" ON "person" USING gin ("audiences");--> statement-breakpoint
CREATE INDEX "session_person" ON "session" USING btree ("person_id");--> statement-breakpoint
CREATE INDEX "session_expiry" ON "session" USING btree ("expires_at");--> statement-breakpoint
CREATE INDEX "approval_system" ON "approval" USING btree ("system_slug");