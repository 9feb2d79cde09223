import type { LoaderFunctionArgs } from "@remix-run/node";
import { boardFilter } from "#app/domain/competence/board.ts";
import { boardCsv } from "#app/domain/competence/board.server.ts";
import { download } from "#app/http/download.ts";
import { actorOf } from "#app/http/session.server.ts";

/** The board as a file for spreadsheets, narrowed as the board is. */
export async function loader({ request, context }: LoaderFunctionArgs) {
  const actor = await actorOf(request, context);
  const now = context.now();
  const search = new URL(request.url).searchParams;
  const filter = boardFilter.parse(Object.fromEntries(search));
  const csv = await boardCsv(context.db, actor, filter, now);
  return download(csv, "text/csv; charset=utf-8", `competence-board-${now.toISOString().slice(0, 10)}.csv`);
}
