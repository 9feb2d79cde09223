import { type LoaderFunctionArgs, redirect } from "@remix-run/node";
import { asAtOf, asAtQuery, momentOf } from "#app/domain/competence/as-at.ts";
import { boardFilter } from "#app/domain/competence/board.ts";
import { boardWorkbook } from "#app/domain/competence/board-workbook.server.ts";
import { download } from "#app/http/download.ts";
import { actorOf } from "#app/http/session.server.ts";

/** The board as a workbook, narrowed as the board is; back to the board, which says so, where it would be too long. */
export async function loader({ request, context }: LoaderFunctionArgs) {
  const actor = await actorOf(request, context);
  const now = context.now();
  const params = new URL(request.url).searchParams;
  const search = Object.fromEntries(params);
  const asAt = asAtOf(asAtQuery.parse(search), now);
  const file = await boardWorkbook(context.db, actor, { filter: boardFilter.parse(search), asAt }, now);
  if (file === null) {
    params.set("export", "long");
    return redirect(`/board?${params}`);
  }
  const day = momentOf(asAt, now).toISOString().slice(0, 10);
  const type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
  return download(new Uint8Array(file), type, `competence-board-${day}.xlsx`);
}
