import writeExcelFile from "write-excel-file/node";
import type { Db } from "#db/client.server.ts";
import type { Actor } from "../people/permission.ts";
import { type AsAt, momentOf } from "./as-at.ts";
import { type BoardFilter, filterQuery } from "./board.ts";
import { boardRows, exportHead, type ExportRow, recordExport } from "./board-export.server.ts";
import { periodStateNames } from "./period-state.ts";

/** The most rows of a workbook, which is made in memory; CSV has no end. */
export const workbookRows = 50_000;

type Of = { filter: BoardFilter; asAt: AsAt | null };
/** Texts are cells of the type text, which no spreadsheet runs; dates are dates. */
type Cell =
  { value: string; type: StringConstructor } | { value: Date; type: DateConstructor; format: string } | null;

/**
 * The board as a workbook: the rows that match, and a sheet that says by which filter and of which day. Null when there
 * are more than `workbookRows`. Who exported what is recorded. Throws Forbidden for those who may not.
 */
export async function boardWorkbook(db: Db, actor: Actor, of: Of, now: Date): Promise<Uint8Array | null> {
  const rows: ExportRow[] = [];
  for await (const some of boardRows(db, actor, of, now)) {
    rows.push(...some);
    if (rows.length > workbookRows) return null;
  }
  const head = exportHead.map((value) => ({ value, type: String, fontWeight: "bold" as const }));
  const about: Cell[][] = [
    [text("As at (UTC)"), date(momentOf(of.asAt, now))],
    [text("Exported (UTC)"), date(now)],
    [text("Known"), text(of.asAt?.known === "then" ? "by then" : "today")],
    [text("Rows"), text(String(rows.length))],
    ...[...new URLSearchParams(filterQuery(of.filter))].map(([name, value]) => [text(name), text(value)]),
  ];
  const file = await writeExcelFile([
    { sheet: "Board", data: [head, ...rows.map(line)], stickyRowsCount: 1, columns: widths },
    { sheet: "Filter", data: about, columns: [{ width: 18 }, { width: 40 }] },
  ]).toBuffer();
  await recordExport(db, actor, of, rows.length, now);
  return new Uint8Array(file);
}

function line({ person, cell, requirement }: ExportRow): Cell[] {
  const { id, name, email, department, title } = person;
  const words = [id, name, email, department, title, requirement, periodStateNames[cell.state]];
  return [...words.map(text), date(cell.dueAt), date(cell.completedAt), date(cell.expiresAt)];
}

/** In characters, of the columns of `exportHead`: a date that does not fit is shown as a row of signs. */
const widths = [18, 26, 34, 24, 28, 34, 14, 17, 17, 17].map((width) => ({ width }));

const text = (value: string): Cell => ({ value, type: String });
const date = (value: Date | null): Cell =>
  value === null ? null : { value, type: Date, format: "yyyy-mm-dd hh:mm" };
