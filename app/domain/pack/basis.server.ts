import { and, asc, eq, inArray, lte } from "drizzle-orm";
import type { Db } from "#db/client.server.ts";
import { basis, basisEvent, legacyImport, legacyRecord, proofFile } from "#db/schema/basis.ts";
import { period } from "#db/schema/competence.ts";
import { basisState, basisStateNames, observationMethodNames } from "../competence/basis.ts";
import type { ProofType } from "../competence/proof-file.ts";
import { basisKindNames } from "../competence/basis-kind.ts";
import type { Value } from "./page.ts";
import type { PeriodRow } from "./person-page.server.ts";
import { rowsBy } from "./rows-by.ts";
import type { PackScope } from "./scope.ts";

/** What a competence rests on (ISO/IEC 42001 7.2 b), as it was known. */
export type Ground = {
  /** Its kind, and whether it was carried on from an earlier cycle. */
  words: string;
  /** What proves it, in words; empty where statements and attempts do. */
  what: string;
  sha256: string | null;
  decidedBy: string | null;
  decidedAt: Date | null;
};

type Cycle = Pick<PeriodRow, "id" | "number" | "completedAt" | "recognisedAs" | "carriedFrom">;

/**
 * What the competence of each cycle rests on; null while it is not proven. Cycles are those of {@link knownAt}. One that
 * carries a competence on rests on what its first cycle did, and says so.
 */
export async function groundsOf(
  db: Db,
  cycles: readonly Cycle[],
  asAt: Date,
): Promise<(cycle: Cycle) => Ground | null> {
  const byId = new Map(cycles.map((one) => [one.id, one]));
  const first = (one: Cycle): Cycle => byId.get(one.carriedFrom ?? "") ?? one;
  const ids = [...new Set(cycles.map(first).flatMap((one) => (one.recognisedAs === null ? [] : [one.id])))];
  const decided = await approvalsOf(db, ids, asAt);
  const imported = await legacyOf(db, ids);
  return (cycle) => {
    if (cycle.completedAt === null) return null;
    const origin = first(cycle);
    const carried =
      cycle.carriedFrom === null
        ? ""
        : `, carried on from ${origin === cycle ? "an earlier cycle" : `cycle ${origin.number}`}`;
    const ground = decided.get(origin.id) ??
      imported.get(origin.id) ?? { ...trained, words: kindWords(origin) };
    return { ...ground, words: `${ground.words}${carried}` };
  };
}

const trained = { what: "", sha256: null, decidedBy: null, decidedAt: null };
const imported = "Record of an earlier system";

const kindWords = ({ recognisedAs }: Cycle): string =>
  recognisedAs === null
    ? "Training and assessment"
    : recognisedAs === "legacy"
      ? imported
      : basisKindNames[recognisedAs];

async function approvalsOf(db: Db, ids: readonly string[], asAt: Date): Promise<Map<string, Ground>> {
  if (ids.length === 0) return new Map();
  const rows = await db
    .select({
      periodId: basisEvent.periodId,
      by: basisEvent.actorId,
      at: basisEvent.at,
      kind: basis.kind,
      title: basis.title,
      issuer: basis.issuer,
      method: basis.method,
      link: basis.proofLink,
      sha256: proofFile.sha256,
    })
    .from(basisEvent)
    .innerJoin(basis, eq(basis.id, basisEvent.basisId))
    .leftJoin(proofFile, eq(proofFile.id, basis.proofFileId))
    .where(and(inArray(basisEvent.periodId, [...ids]), lte(basisEvent.at, asAt)))
    .orderBy(asc(basisEvent.at), asc(basisEvent.id));
  return new Map(
    rows.map(({ periodId, by, at, kind, title, issuer, method, link, sha256 }) => {
      const how = method === null ? [title, issuer, link ?? ""] : [title, observationMethodNames[method]];
      const what = how.filter((part) => part !== "").join("; ");
      return [periodId ?? "", { words: basisKindNames[kind], what, sha256, decidedBy: by, decidedAt: at }];
    }),
  );
}

async function legacyOf(db: Db, ids: readonly string[]): Promise<Map<string, Ground>> {
  if (ids.length === 0) return new Map();
  const rows = await db
    .select({ record: legacyRecord, of: legacyImport })
    .from(legacyRecord)
    .innerJoin(legacyImport, eq(legacyImport.id, legacyRecord.importId))
    .where(inArray(legacyRecord.periodId, [...ids]));
  return new Map(
    rows.map(({ record, of }) => {
      const what = `${record.sourceSystem}, ${record.reference}; ${of.fileName}, row ${record.row}`;
      const ground = { words: imported, what, sha256: of.sha256 };
      return [record.periodId, { ...ground, decidedBy: of.importedBy, decidedAt: of.importedAt }];
    }),
  );
}

/** What a table of bases shows, a column each. */
export const basisColumns = [
  "Basis",
  "Person",
  "Requirement",
  "Kind",
  "Title",
  "Issuer",
  "Obtained on",
  "Last day",
  "Proof: file",
  "Proof: SHA-256",
  "Proof: link",
  "How it was observed",
  "Criteria met",
  "Note",
  "Submitted by",
  "Submitted",
  "State",
  "Decided by",
  "Decided",
  "Reason",
  "Period that it completed",
  "Corrects",
];

/** A stored file that proves something. */
export type Proof = { id: string; sha256: string; name: string; type: ProofType };

/** What was submitted for people by the end of a scope, with what was decided by then; and the stored file of each proof. */
export async function basesKnown(
  db: Db,
  personIds: readonly string[],
  scope: PackScope,
): Promise<{ cells: Value[]; personId: string; proof: Proof | null }[]> {
  if (personIds.length === 0) return [];
  const asAt = new Date(scope.asAt);
  const { id, sha256, name, type } = proofFile;
  const rows = await db
    .select({ basis, proof: { id, sha256, name, type } })
    .from(basis)
    .leftJoin(proofFile, eq(proofFile.id, basis.proofFileId))
    .where(and(inArray(basis.personId, [...personIds]), lte(basis.submittedAt, asAt)))
    .orderBy(asc(basis.personId), asc(basis.submittedAt), asc(basis.id));
  const ids = rows.map((row) => row.basis.id);
  const events =
    ids.length === 0
      ? []
      : await db
          .select()
          .from(basisEvent)
          .where(and(inArray(basisEvent.basisId, ids), lte(basisEvent.at, asAt)))
          .orderBy(asc(basisEvent.basisId), asc(basisEvent.position));
  const byBasis = rowsBy(events, (event) => event.basisId);
  const inScope = await requirementsOfPeriods(
    db,
    events.map((event) => event.periodId),
    scope,
  );
  return rows.flatMap(({ basis: one, proof }) => {
    const own = byBasis.get(one.id) ?? [];
    const periodId = own.find((event) => event.periodId !== null)?.periodId ?? null;
    const slugs = [one.requirementSlug, inScope.get(periodId ?? "") ?? null].filter((slug) => slug !== null);
    if (scope.requirements !== null && !slugs.some((slug) => scope.requirements?.includes(slug))) return [];
    const last = own.at(-1);
    const met = one.criteria?.filter((criterion) => criterion.met).length;
    const cells: Value[] = [
      one.id,
      one.personId,
      one.requirementSlug,
      basisKindNames[one.kind],
      one.title,
      one.issuer,
      one.obtainedOn,
      one.validUntil,
      proof?.name,
      proof?.sha256,
      one.proofLink,
      one.method && observationMethodNames[one.method],
      one.criteria && `${met ?? 0} of ${one.criteria.length}`,
      one.note,
      one.submittedBy,
      one.submittedAt,
      basisStateNames[basisState(own)],
      last?.actorId,
      last?.at,
      last?.note,
      periodId,
      one.replaces,
    ];
    return [{ cells, personId: one.personId, proof }];
  });
}

/** Of which requirement each period is, where a scope is of some only. */
async function requirementsOfPeriods(
  db: Db,
  ids: readonly (string | null)[],
  scope: PackScope,
): Promise<Map<string, string>> {
  const asked = ids.filter((id) => id !== null);
  if (scope.requirements === null || asked.length === 0) return new Map();
  const rows = await db
    .select({ id: period.id, slug: period.requirementSlug })
    .from(period)
    .where(inArray(period.id, asked));
  return new Map(rows.map((row) => [row.id, row.slug]));
}

export const legacyColumns = [
  "Period",
  "Person",
  "Requirement",
  "Completed on",
  "Earlier system",
  "Reference",
  "Score (percent)",
  "File",
  "SHA-256 of the file",
  "Row",
  "Imported by",
  "Imported",
];

/** Records of an earlier system that were imported by the end of a scope, a row of a table each. */
export async function legacyKnown(
  db: Db,
  personIds: readonly string[],
  scope: PackScope,
): Promise<Value[][]> {
  if (personIds.length === 0) return [];
  const rows = await db
    .select({ record: legacyRecord, of: legacyImport })
    .from(legacyRecord)
    .innerJoin(legacyImport, eq(legacyImport.id, legacyRecord.importId))
    .where(
      and(
        inArray(legacyRecord.personId, [...personIds]),
        lte(legacyImport.importedAt, new Date(scope.asAt)),
        scope.requirements === null ? undefined : inArray(legacyRecord.requirementSlug, scope.requirements),
      ),
    )
    .orderBy(asc(legacyRecord.personId), asc(legacyRecord.completedOn), asc(legacyRecord.periodId));
  return rows.map(({ record, of }) => [
    record.periodId,
    record.personId,
    record.requirementSlug,
    record.completedOn,
    record.sourceSystem,
    record.reference,
    record.score,
    of.fileName,
    of.sha256,
    record.row,
    of.importedBy,
    of.importedAt,
  ]);
}
