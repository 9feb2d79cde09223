import { bigint, index, integer, jsonb, pgTable, text, timestamp, uuid } from "drizzle-orm/pg-core";
import type { PackScope } from "#app/domain/pack/scope.ts";
import type { SampleFilter } from "#app/domain/pack/sample.ts";
import type { PackStatus } from "#app/domain/pack/status.ts";
import { person } from "./people.ts";

/** An external auditor's time in the product: whose, over what, from when until when. Ends by date or by revocation. */
export const auditSeat = pgTable(
  "audit_seat",
  {
    id: uuid("id").primaryKey(),
    personId: text("person_id")
      .notNull()
      .references(() => person.id),
    /** Whom they audit for. */
    firm: text("firm").notNull(),
    /** Null: all. */
    departments: text("departments").array(),
    /** Slugs; null: all. */
    requirements: text("requirements").array(),
    startsAt: timestamp("starts_at", { withTimezone: true }).notNull(),
    endsAt: timestamp("ends_at", { withTimezone: true }).notNull(),
    invitedBy: text("invited_by").notNull(),
    invitedAt: timestamp("invited_at", { withTimezone: true }).notNull(),
    /** SHA-256 of the one-time link's token by which a password is set. */
    linkHash: text("link_hash").notNull().unique(),
    linkUsedAt: timestamp("link_used_at", { withTimezone: true }),
    revokedAt: timestamp("revoked_at", { withTimezone: true }),
    revokedBy: text("revoked_by"),
  },
  (t) => [index("audit_seat_person").on(t.personId, t.endsAt)],
);

/** A random sample as it was drawn; never changed, so that anybody can draw it again. */
export const sampleDraw = pgTable(
  "sample_draw",
  {
    id: uuid("id").primaryKey(),
    /** What it is drawn for. */
    purpose: text("purpose").notNull(),
    filter: jsonb("filter").$type<SampleFilter>().notNull(),
    algorithm: text("algorithm").notNull(),
    seed: text("seed").notNull(),
    size: integer("size").notNull(),
    populationSize: integer("population_size").notNull(),
    populationHash: text("population_hash").notNull(),
    /** Pseudonyms of all it was drawn from, in order, a line each. */
    population: text("population").notNull(),
    /** Pseudonyms of those drawn, in the order of the draw. */
    picked: text("picked").array().notNull(),
    drawnBy: text("drawn_by").notNull(),
    drawnAt: timestamp("drawn_at", { withTimezone: true }).notNull(),
  },
  (t) => [index("sample_draw_at").on(t.drawnAt), index("sample_draw_by").on(t.drawnBy, t.drawnAt)],
);

/** An audit pack that was asked for; the worker builds its file. */
export const packJob = pgTable(
  "pack_job",
  {
    id: uuid("id").primaryKey(),
    scope: jsonb("scope").$type<PackScope>().notNull(),
    requestedBy: text("requested_by")
      .notNull()
      .references(() => person.id),
    requestedAt: timestamp("requested_at", { withTimezone: true }).notNull(),
    status: text("status").$type<PackStatus>().notNull(),
    filesDone: integer("files_done").notNull().default(0),
    /** Null until it is known. */
    filesTotal: integer("files_total"),
    /** How often building began. */
    tries: integer("tries").notNull().default(0),
    /** Until then a process is building it, and others keep away. */
    buildingUntil: timestamp("building_until", { withTimezone: true }),
    finishedAt: timestamp("finished_at", { withTimezone: true }),
    bytes: bigint("bytes", { mode: "number" }),
    /** Of the whole file. */
    sha256: text("sha256"),
    /** Why it could not be built, in a sentence. */
    fault: text("fault"),
    /** The file is deleted then; this row stays. */
    expiresAt: timestamp("expires_at", { withTimezone: true }),
  },
  (t) => [index("pack_job_requested").on(t.requestedAt), index("pack_job_status").on(t.status)],
);
