import { sql } from "drizzle-orm";
import {
  check,
  customType,
  date,
  index,
  integer,
  jsonb,
  pgTable,
  real,
  text,
  timestamp,
  unique,
  uuid,
} from "drizzle-orm/pg-core";
import type { BasisEventKind, ObservationMethod, ObservedCriterion } from "#app/domain/competence/basis.ts";
import type { BasisKind } from "#app/domain/competence/basis-kind.ts";
import type { ProofType } from "#app/domain/competence/proof-file.ts";
import { period, requirement } from "./competence.ts";
import { person } from "./people.ts";

/** Bytes; a Uint8Array on both engines. */
const bytea = customType<{ data: Uint8Array; driverData: Uint8Array }>({ dataType: () => "bytea" });

/** Files that prove something. In the database, so that proof and state commit together and are in one backup. */
export const proofFile = pgTable("proof_file", {
  id: uuid("id").primaryKey(),
  /** Lower-case hexadecimal SHA-256 of the content. */
  sha256: text("sha256").notNull(),
  type: text("type").$type<ProofType>().notNull(),
  /** As the sender called it; shown and never used as a path. */
  name: text("name").notNull(),
  size: integer("size").notNull(),
  content: bytea("content").notNull(),
  /** Whether a virus scanner looked at it, beside the checks of its type and content. */
  scannedAt: timestamp("scanned_at", { withTimezone: true }),
  uploadedBy: text("uploaded_by").notNull(),
  uploadedAt: timestamp("uploaded_at", { withTimezone: true }).notNull(),
});

/** Education, training, experience or observed competence of a person. Rows are only ever inserted. */
export const basis = pgTable(
  "basis",
  {
    id: uuid("id").primaryKey(),
    personId: text("person_id")
      .notNull()
      .references(() => person.id),
    /** What it is to count for; null where it is kept on the record alone. */
    requirementSlug: text("requirement_slug").references(() => requirement.slug),
    kind: text("kind").$type<BasisKind>().notNull(),
    title: text("title").notNull(),
    issuer: text("issuer").notNull(),
    obtainedOn: date("obtained_on", { mode: "string" }).notNull(),
    /** Last day, where it ends. */
    validUntil: date("valid_until", { mode: "string" }),
    proofFileId: uuid("proof_file_id").references(() => proofFile.id),
    proofLink: text("proof_link"),
    note: text("note").notNull(),
    /** Of an attestation: how the competence was observed, and each criterion as it was then. */
    method: text("method").$type<ObservationMethod>(),
    criteria: jsonb("criteria").$type<ObservedCriterion[]>(),
    /** The one that it corrects. */
    replaces: uuid("replaces").unique(),
    submittedBy: text("submitted_by").notNull(),
    submittedAt: timestamp("submitted_at", { withTimezone: true }).notNull(),
  },
  (t) => [
    index("basis_person").on(t.personId, t.submittedAt),
    check("basis_one_proof", sql`num_nonnulls(${t.proofFileId}, ${t.proofLink}) <= 1`),
  ],
);

/** What was decided about a basis, in order. Rows are only ever inserted. */
export const basisEvent = pgTable(
  "basis_event",
  {
    id: uuid("id").primaryKey(),
    basisId: uuid("basis_id")
      .notNull()
      .references(() => basis.id),
    position: integer("position").notNull(),
    kind: text("kind").$type<BasisEventKind>().notNull(),
    actorId: text("actor_id").notNull(),
    at: timestamp("at", { withTimezone: true }).notNull(),
    note: text("note").notNull(),
    /** Of an approval that counts: the period it completed. */
    periodId: uuid("period_id").references(() => period.id),
  },
  (t) => [
    unique("basis_event_position").on(t.basisId, t.position),
    index("basis_event_period").on(t.periodId),
  ],
);

/** One file of records of an earlier system, imported whole. */
export const legacyImport = pgTable("legacy_import", {
  id: uuid("id").primaryKey(),
  fileName: text("file_name").notNull(),
  /** The same file again changes nothing. */
  sha256: text("sha256").notNull().unique(),
  rows: integer("rows").notNull(),
  importedBy: text("imported_by").notNull(),
  importedAt: timestamp("imported_at", { withTimezone: true }).notNull(),
});

/** A completion of an earlier system: which row of which file it came from, and the period it became. */
export const legacyRecord = pgTable(
  "legacy_record",
  {
    periodId: uuid("period_id")
      .primaryKey()
      .references(() => period.id),
    importId: uuid("import_id")
      .notNull()
      .references(() => legacyImport.id),
    row: integer("row").notNull(),
    personId: text("person_id")
      .notNull()
      .references(() => person.id),
    requirementSlug: text("requirement_slug")
      .notNull()
      .references(() => requirement.slug),
    completedOn: date("completed_on", { mode: "string" }).notNull(),
    sourceSystem: text("source_system").notNull(),
    reference: text("reference").notNull(),
    /** Per cent, where the earlier system knew it. */
    score: real("score"),
  },
  (t) => [
    unique("legacy_record_once").on(t.personId, t.requirementSlug, t.completedOn),
    unique("legacy_record_row").on(t.importId, t.row),
  ],
);
