import { stringify } from "csv-stringify/sync";
import { and } from "drizzle-orm";
import type { Db } from "#db/client.server.ts";
import { recordEvents } from "../audit/event.server.ts";
import type { Actor } from "../people/permission.ts";
import { type AsAt, asAtParams, momentOf } from "./as-at.ts";
import { type BoardFilter, filterQuery, loggedFilter } from "./board.ts";
import { pageOfBoard } from "./board-page.server.ts";
import {
  type BoardCell,
  type BoardPerson,
  peopleMatching,
  standingMatching,
  visiblePeople,
} from "./board-row.server.ts";
import { narrowedTo } from "./board.server.ts";
import { periodStateNames } from "./period-state.ts";
import { requirementsAsAt } from "./requirement-as-at.server.ts";

export type ExportRow = { person: BoardPerson; cell: BoardCell; requirement: string };

/** People read in one go. */
const batch = 1000;
const day = 86_400_000;

/**
 * Every period on the board that matches, a batch of people at a time in the order of the board; of a filter's status or
 * dates only the periods that it asks for. Throws Forbidden at once for those who may not export.
 */
export function boardRows(
  db: Db,
  actor: Actor,
  { filter, asAt }: { filter: BoardFilter; asAt: AsAt | null },
  now: Date,
): AsyncGenerator<ExportRow[]> {
  const visible = visiblePeople(actor, "board.export", now, asAt);
  return batches();
  async function* batches(): AsyncGenerator<ExportRow[]> {
    const requirements = narrowedTo(await requirementsAsAt(db, asAt, now), filter);
    const titles = new Map(requirements.map((one) => [one.slug, one.title]));
    const matching = and(
      visible,
      peopleMatching(filter, asAt),
      standingMatching(filter, requirements, now, asAt),
    );
    for (let after: string | null = null; ;) {
      const wanted = { matching, requirements, at: { after }, size: batch, asAt };
      const page = await pageOfBoard(db, wanted, now);
      yield page.people.flatMap((person) =>
        person.cells
          .filter((cell) => asked(cell, filter, momentOf(asAt, now)))
          .map((cell) => ({ person, cell, requirement: titles.get(cell.requirement) ?? cell.requirement })),
      );
      if (page.next === null) return;
      after = page.next;
    }
  }
}

/** Twin of `periodsMatching` for a cell. */
function asked(cell: BoardCell, { status, expiring, due }: BoardFilter, at: Date): boolean {
  const within = (moment: Date | null, days: string): boolean =>
    moment !== null && moment > at && moment.getTime() <= at.getTime() + Number(days) * day;
  if (status !== null && cell.state !== status) return false;
  if (expiring !== null && !(cell.completedAt !== null && within(cell.expiresAt, expiring))) return false;
  const open = cell.completedAt === null && cell.state !== "waived";
  return due === null || (open && within(cell.dueAt, due));
}

/**
 * The board as CSV (RFC 4180, with a byte order mark for spreadsheets), a piece at a time, one row for each person and
 * requirement that match. Texts that a spreadsheet would take for formulas are quoted. Who exported what is recorded
 * with the last piece; of an export broken off, with what had been read.
 */
export async function* boardCsv(
  db: Db,
  actor: Actor,
  of: { filter: BoardFilter; asAt: AsAt | null },
  now: Date,
): AsyncGenerator<string> {
  const options = { escape_formulas: true, record_delimiter: "windows" } as const;
  let written = 0;
  const rows = boardRows(db, actor, of, now);
  try {
    yield stringify([exportHead], { ...options, bom: true });
    for await (const some of rows) {
      written += some.length;
      yield stringify(some.map(csvLine), options);
    }
  } finally {
    await recordExport(db, actor, of, written, now);
  }
}

/** Records who exported what. */
export async function recordExport(
  db: Db,
  actor: Actor,
  { filter, asAt }: { filter: BoardFilter; asAt: AsAt | null },
  rows: number,
  now: Date,
): Promise<void> {
  const query = [filterQuery(filter), new URLSearchParams(asAtParams(asAt)).toString()];
  const data = { rows, filter: loggedFilter(query.filter(Boolean).join("&")) };
  await db.transaction((tx) =>
    recordEvents(
      tx,
      actor,
      [{ type: "board.exported", subjectType: "board", subjectId: "board", data }],
      now,
    ),
  );
}

export const exportHead = [
  "Person id",
  "Name",
  "E-mail",
  "Department",
  "Title",
  "Requirement",
  "Status",
  "Due (UTC)",
  "Completed (UTC)",
  "Expires (UTC)",
];

function csvLine({ person, cell, requirement }: ExportRow): (string | null)[] {
  const { id, name, email, department, title } = person;
  const times = [cell.dueAt, cell.completedAt, cell.expiresAt].map((at) => at?.toISOString() ?? null);
  return [id, name, email, department, title, requirement, periodStateNames[cell.state], ...times];
}
