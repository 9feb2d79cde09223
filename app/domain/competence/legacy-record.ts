import { z } from "zod";

/** The columns of a file of earlier records; `valid_until`, `reference` and `score` may be empty or left out. */
export const legacyColumns = [
  "person",
  "requirement",
  "completed_on",
  "valid_until",
  "source_system",
  "reference",
  "score",
] as const;
export type LegacyColumn = (typeof legacyColumns)[number];

/** Rows of one file: what one transaction writes in seconds. */
export const mostLegacyRows = 5000;

/** Bytes of one file: 500 for each row. */
export const largestImport = 500 * mostLegacyRows;

export type LegacyFaultReason =
  | "missing"
  | "unknown_column"
  | "unknown_person"
  | "own"
  | "unknown_requirement"
  | "no_day"
  | "future"
  | "before"
  | "no_score"
  | "too_long"
  | "twice"
  | "known"
  | "later"
  | "too_many"
  | "empty"
  | "unreadable";
export const legacyFaultWords: Record<LegacyFaultReason, string> = {
  missing: "is missing",
  unknown_column: "is no column of this import",
  unknown_person: "nobody has this e-mail address or id",
  own: "is you; somebody else imports your own records",
  unknown_requirement: "no requirement has this short name",
  no_day: "is not a day such as 2025-03-31",
  future: "lies ahead",
  before: "is before the day of completion",
  no_score: "is not a number from 0 to 100",
  too_long: "is longer than 200 characters",
  twice: "stands in an earlier row already",
  known: "is imported already",
  later: "is not before what is recorded here already",
  too_many: "has more than 5000 rows",
  empty: "has no rows",
  unreadable: "cannot be read as CSV",
};

/** A cell that cannot be taken: `row` counts from 1 with the header as row 1; `column` is empty for the whole row or file. */
export type LegacyFault = { row: number; column: string; reason: LegacyFaultReason; value: string };

export type LegacyRow = {
  row: number;
  personId: string;
  requirement: string;
  completedOn: string;
  validUntil: string | null;
  sourceSystem: string;
  reference: string;
  score: number | null;
};

/** What rows are checked against. `first` is the day before which a record must lie for each person and requirement. */
export type LegacyKnown = {
  personIdOf: (text: string) => string | null;
  actorId: string;
  requirements: ReadonlySet<string>;
  /** Days already imported, as {@link legacyKey}. */
  imported: ReadonlySet<string>;
  firstCompletion: ReadonlyMap<string, string>;
  today: string;
};

export const legacyKey = (personId: string, requirement: string, completedOn = ""): string =>
  `${personId} ${requirement} ${completedOn}`;

const isDay = (text: string): boolean => z.iso.date().safeParse(text).success;

/**
 * Checks all rows together: either every row is good, oldest first for each person and requirement, or every fault is named
 * with its row and column and nothing is taken.
 */
export function checkLegacy(
  records: readonly Record<string, string>[],
  known: LegacyKnown,
): { ok: true; rows: LegacyRow[] } | { ok: false; faults: LegacyFault[] } {
  const faults: LegacyFault[] = [];
  if (records.length === 0) faults.push({ row: 1, column: "", reason: "empty", value: "" });
  if (records.length > mostLegacyRows) faults.push({ row: 1, column: "", reason: "too_many", value: "" });
  const names = Object.keys(records[0] ?? {});
  for (const name of names)
    if (!(legacyColumns as readonly string[]).includes(name))
      faults.push({ row: 1, column: name, reason: "unknown_column", value: name });
  for (const name of ["person", "requirement", "completed_on", "source_system"])
    if (records.length > 0 && !names.includes(name))
      faults.push({ row: 1, column: name, reason: "missing", value: "" });
  if (faults.length > 0) return { ok: false, faults };
  const rows: LegacyRow[] = [];
  const seen = new Set<string>();
  records.forEach((record, i) => {
    const checked = checkRow(record, i + 2, known);
    faults.push(...checked.faults);
    if (!checked.row) return;
    const key = legacyKey(checked.row.personId, checked.row.requirement, checked.row.completedOn);
    const fault = (reason: LegacyFaultReason): unknown =>
      faults.push({ row: i + 2, column: "completed_on", reason, value: record["completed_on"] ?? "" });
    const first = known.firstCompletion.get(legacyKey(checked.row.personId, checked.row.requirement));
    if (seen.has(key)) fault("twice");
    else if (known.imported.has(key)) fault("known");
    else if (first !== undefined && checked.row.completedOn >= first) fault("later");
    seen.add(key);
    rows.push(checked.row);
  });
  if (faults.length > 0) return { ok: false, faults };
  const order = (row: LegacyRow): string => legacyKey(row.personId, row.requirement, row.completedOn);
  return { ok: true, rows: rows.toSorted((a, b) => (order(a) < order(b) ? -1 : 1)) };
}

function checkRow(
  record: Record<string, string>,
  row: number,
  known: LegacyKnown,
): { row: LegacyRow | null; faults: LegacyFault[] } {
  const faults: LegacyFault[] = [];
  const cell = (column: LegacyColumn): string => (record[column] ?? "").trim();
  const fault = (column: LegacyColumn, reason: LegacyFaultReason): null => {
    faults.push({ row, column, reason, value: cell(column).slice(0, 200) });
    return null;
  };
  const personId = cell("person") === "" ? null : known.personIdOf(cell("person"));
  if (cell("person") === "") fault("person", "missing");
  else if (personId === null) fault("person", "unknown_person");
  else if (personId === known.actorId) fault("person", "own");
  const requirement = cell("requirement");
  if (requirement === "") fault("requirement", "missing");
  else if (!known.requirements.has(requirement)) fault("requirement", "unknown_requirement");
  const completedOn = cell("completed_on");
  if (completedOn === "") fault("completed_on", "missing");
  else if (!isDay(completedOn)) fault("completed_on", "no_day");
  else if (completedOn > known.today) fault("completed_on", "future");
  const validUntil = cell("valid_until");
  if (validUntil !== "" && !isDay(validUntil)) fault("valid_until", "no_day");
  else if (validUntil !== "" && isDay(completedOn) && validUntil < completedOn)
    fault("valid_until", "before");
  if (cell("source_system") === "") fault("source_system", "missing");
  for (const column of ["source_system", "reference"] as const)
    if (cell(column).length > 200) fault(column, "too_long");
  const score = cell("score") === "" ? null : Number(cell("score"));
  if (score !== null && !(score >= 0 && score <= 100)) fault("score", "no_score");
  if (faults.length > 0 || personId === null) return { row: null, faults };
  const rest = { sourceSystem: cell("source_system"), reference: cell("reference"), score };
  return {
    row: { row, personId, requirement, completedOn, validUntil: validUntil || null, ...rest },
    faults,
  };
}
