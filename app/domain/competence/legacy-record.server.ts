import { CsvError, parse } from "csv-parse/sync";
import { and, asc, desc, eq, inArray, min, sql } from "drizzle-orm";
import { randomUUID } from "node:crypto";
import type { Db } from "#db/client.server.ts";
import { legacyImport, legacyRecord } from "#db/schema/basis.ts";
import { period } from "#db/schema/competence.ts";
import { person } from "#db/schema/people.ts";
import { type AuditEntry, sha256 } from "../audit/event.ts";
import { recordEvents } from "../audit/event.server.ts";
import { recognised } from "../evidence/recognition-statement.ts";
import { type Statement, statementId } from "../evidence/statement.ts";
import { baseIriOf, recordStatements } from "../evidence/statement.server.ts";
import { type Actor, allow } from "../people/permission.ts";
import { closeSuperseded } from "./assignment.server.ts";
import {
  checkLegacy,
  type LegacyFault,
  type LegacyKnown,
  legacyKey,
  type LegacyRow,
} from "./legacy-record.ts";
import { atPlace, earlierNumbers, recognitionDates } from "./recognition.ts";
import { putOffFirst } from "./leave.server.ts";
import { namesOf } from "./record-evidence.server.ts";
import type { Requirement } from "./requirement.ts";
import { currentRequirements } from "./requirement.server.ts";

/** What a file would do, or has done. */
export type LegacyPreview = {
  records: number;
  people: number;
  requirements: { title: string; records: number; counting: number }[];
};

export type LegacyOutcome =
  { ok: true; known: boolean; preview: LegacyPreview } | { ok: false; faults: LegacyFault[] };

/** Says what a file would do, and changes nothing. `known`: this very file was imported already. */
export async function previewLegacy(
  db: Db,
  actor: Actor,
  file: { name: string; bytes: Uint8Array },
  now: Date,
): Promise<LegacyOutcome> {
  allow(actor, "legacy.import", {});
  const outcome = await read(db, actor, file, now);
  return outcome.ok ? { ok: true, known: outcome.known, preview: outcome.preview } : outcome;
}

/**
 * Imports completions of an earlier system: each becomes a period before those recorded here, with its provenance and a
 * statement whose time is that of the completion. None gets a certificate, which would claim an assessment. All rows are
 * taken or none; the same file again changes nothing.
 */
export async function importLegacy(
  db: Db,
  actor: Actor,
  file: { name: string; bytes: Uint8Array },
  now: Date,
): Promise<LegacyOutcome> {
  allow(actor, "legacy.import", {});
  return db.transaction(async (tx) => {
    // Two imports at once would number the same person's periods alike; the later one waits and sees the first.
    await tx.execute(sql`select pg_advisory_xact_lock(7200742007)`);
    const outcome = await read(tx, actor, file, now);
    if (!outcome.ok) return outcome;
    if (outcome.known) return { ok: true, known: true, preview: outcome.preview };
    const importId = randomUUID();
    const hash = sha256(file.bytes);
    const { rows, requirements } = outcome;
    await tx.insert(legacyImport).values({
      id: importId,
      fileName: file.name.slice(0, 200),
      sha256: hash,
      rows: rows.length,
      importedBy: actor.id,
      importedAt: now,
    });
    const entries = await writePeriods(tx, rows, requirements, { importId, sha256: hash }, now);
    const data = { sha256: hash, records: rows.length, people: outcome.preview.people };
    entries.push({ type: "legacy.imported", subjectType: "legacy_import", subjectId: importId, data });
    await recordEvents(tx, actor, entries, now);
    return { ok: true, known: false, preview: outcome.preview };
  });
}

/** Files imported so far, newest first. */
export async function legacyImports(
  db: Db,
  actor: Actor,
): Promise<{ id: string; fileName: string; sha256: string; rows: number; by: string; at: Date }[]> {
  allow(actor, "legacy.import", {});
  const rows = await db.select().from(legacyImport).orderBy(desc(legacyImport.importedAt)).limit(50);
  const nameOf = await namesOf(
    db,
    rows.map((row) => row.importedBy),
  );
  return rows.map(({ id, fileName, sha256: hash, rows: n, importedBy, importedAt }) => ({
    id,
    fileName,
    sha256: hash,
    rows: n,
    by: nameOf(importedBy),
    at: importedAt,
  }));
}

type Read =
  | { ok: true; known: boolean; preview: LegacyPreview; rows: LegacyRow[]; requirements: Requirement[] }
  | { ok: false; faults: LegacyFault[] };

async function read(db: Db, actor: Actor, file: { bytes: Uint8Array }, now: Date): Promise<Read> {
  const known = await db.$count(legacyImport, eq(legacyImport.sha256, sha256(file.bytes)));
  if (known > 0)
    return {
      ok: true,
      known: true,
      preview: { records: 0, people: 0, requirements: [] },
      rows: [],
      requirements: [],
    };
  const records = recordsIn(file.bytes);
  if (!Array.isArray(records))
    return {
      ok: false,
      faults: [{ row: records.unreadableAt, column: "", reason: "unreadable", value: "" }],
    };
  const requirements = await currentRequirements(db);
  const checked = checkLegacy(records, await knownTo(db, actor, requirements, now));
  if (!checked.ok) return checked;
  const { rows } = checked;
  const preview = {
    records: rows.length,
    people: new Set(rows.map((row) => row.personId)).size,
    requirements: requirements.flatMap((one) => {
      const own = rows.filter((row) => row.requirement === one.slug);
      const counting = own.filter((row) => datesOf(one, row, "UTC").expiresAt > now).length;
      return own.length === 0 ? [] : [{ title: one.title, records: own.length, counting }];
    }),
  };
  return { ok: true, known: false, preview, rows, requirements };
}

/** The rows of a file, or the first that cannot be read: that in which a quote was opened, not the end of the file. */
function recordsIn(bytes: Uint8Array): Record<string, string>[] | { unreadableAt: number } {
  try {
    const text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    const nul = text.indexOf("\0");
    if (nul >= 0) return { unreadableAt: text.slice(0, nul).split("\n").length };
    const delimiter = [",", ";", "\t"];
    return parse(text, { columns: true, bom: true, skip_empty_lines: true, trim: true, delimiter });
  } catch (error) {
    if (error instanceof CsvError) {
      // Counted are the rows before it that could be read; without any, it may be the header.
      const { records, lines } = error as CsvError & { records?: number; lines?: number };
      return { unreadableAt: Math.min((records ?? 0) + 2, lines ?? 1) };
    }
    if (error instanceof TypeError) return { unreadableAt: 1 };
    throw error;
  }
}

async function knownTo(
  db: Db,
  actor: Actor,
  requirements: readonly Requirement[],
  now: Date,
): Promise<LegacyKnown> {
  const people = await db.select({ id: person.id, email: person.email }).from(person);
  const ids = new Map(people.flatMap(({ id, email }) => [[id, id] as const, [email, id] as const]));
  const firsts = await db
    .select({ personId: period.personId, slug: period.requirementSlug, at: min(period.completedAt) })
    .from(period)
    .groupBy(period.personId, period.requirementSlug);
  const imported = await db
    .select({
      personId: legacyRecord.personId,
      slug: legacyRecord.requirementSlug,
      on: legacyRecord.completedOn,
    })
    .from(legacyRecord);
  return {
    personIdOf: (text) => ids.get(text.toLowerCase()) ?? null,
    actorId: actor.id,
    requirements: new Set(requirements.map((one) => one.slug)),
    imported: new Set(imported.map((one) => legacyKey(one.personId, one.slug, one.on))),
    firstCompletion: new Map(
      firsts.flatMap((one) =>
        one.at === null
          ? []
          : [[legacyKey(one.personId, one.slug), one.at.toISOString().slice(0, 10)] as const],
      ),
    ),
    today: now.toISOString().slice(0, 10),
  };
}

const completedAt = (row: LegacyRow): Date => new Date(`${row.completedOn}T12:00:00Z`);

/**
 * From the completion whatever the anchor: the earlier system knew no other day than this. The days are those where the
 * person is.
 */
function datesOf(
  requirement: Requirement,
  row: LegacyRow,
  timeZone: string,
): ReturnType<typeof recognitionDates> {
  const at = completedAt(row);
  const person = { hiredOn: row.completedOn, timeZone: "UTC" };
  const dates = recognitionDates({ ...requirement, anchor: "completion" }, person, null, at, row.validUntil);
  return atPlace(dates, timeZone);
}

async function writePeriods(
  tx: Db,
  rows: readonly LegacyRow[],
  requirements: readonly Requirement[],
  from: { importId: string; sha256: string },
  now: Date,
): Promise<AuditEntry[]> {
  const baseIri = await baseIriOf(tx);
  const people = await tx
    .select({ id: person.id, pseudonym: person.pseudonym, timeZone: person.timeZone })
    .from(person)
    .where(inArray(person.id, [...new Set(rows.map((row) => row.personId))]))
    // The order in which periods are opened, so that an import and an assignment wait for each other.
    .orderBy(asc(person.id));
  const known = new Map(people.map((one) => [one.id, one]));
  const bodies = new Map(requirements.map((one) => [one.slug, one]));
  const groups = new Map<string, LegacyRow[]>();
  for (const row of rows) {
    const key = legacyKey(row.personId, row.requirement);
    groups.set(key, [...(groups.get(key) ?? []), row]);
  }
  const entries: AuditEntry[] = [];
  const statements: Statement[] = [];
  for (const group of groups.values()) {
    const [first] = group;
    const requirement = first && bodies.get(first.requirement);
    if (!first || !requirement) continue;
    const { personId } = first;
    const existing = await tx
      .select({ number: period.number })
      .from(period)
      .where(and(eq(period.personId, personId), eq(period.requirementSlug, requirement.slug)))
      .for("update");
    const numbers = earlierNumbers(
      existing.map((one) => one.number),
      group.length,
    );
    const who = { homePage: baseIri, baseIri, pseudonym: known.get(personId)?.pseudonym ?? "" };
    for (const [i, row] of group.entries()) {
      const id = randomUUID();
      const at = completedAt(row);
      const dates = datesOf(requirement, row, known.get(personId)?.timeZone ?? "UTC");
      await tx.insert(period).values({
        id,
        personId,
        requirementSlug: requirement.slug,
        number: numbers[i] ?? 0,
        assignedAt: at,
        dueAt: at,
        graceUntil: at,
        completedAt: at,
        recognisedAs: "legacy",
        recordedAt: now,
        ...dates,
      });
      await tx.insert(legacyRecord).values({
        periodId: id,
        importId: from.importId,
        row: row.row,
        personId,
        requirementSlug: requirement.slug,
        completedOn: row.completedOn,
        sourceSystem: row.sourceSystem,
        reference: row.reference,
        score: row.score,
      });
      const provenance = {
        system: row.sourceSystem,
        reference: row.reference,
        sha256: from.sha256,
        row: row.row,
      };
      statements.push(
        recognised(who, {
          id: statementId(id, "recognised"),
          at,
          registration: id,
          requirement: { slug: requirement.slug, title: requirement.title },
          basis: "legacy",
          expiresAt: dates.expiresAt,
          provenance,
        }),
      );
      const data = {
        personId,
        requirement: requirement.slug,
        kind: "legacy",
        expiresAt: dates.expiresAt.toISOString(),
      };
      entries.push({ type: "period.recognised", subjectType: "period", subjectId: id, data });
    }
    await putOffFirst(tx, first, now);
    await closeSuperseded(tx, { personId, requirementSlug: requirement.slug }, now);
  }
  await recordStatements(tx, statements, now);
  return entries;
}
