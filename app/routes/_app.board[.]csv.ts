import type { LoaderFunctionArgs } from "@remix-run/node";
import { asAtOf, asAtQuery, momentOf } from "#app/domain/competence/as-at.ts";
import { boardFilter } from "#app/domain/competence/board.ts";
import { boardCsv } from "#app/domain/competence/board-export.server.ts";
import { visiblePeople } from "#app/domain/competence/board-row.server.ts";
import { download } from "#app/http/download.ts";
import { actorOf } from "#app/http/session.server.ts";

/** The board as a file for spreadsheets, narrowed as the board is. Sent as it is read, however long. */
export async function loader({ request, context }: LoaderFunctionArgs) {
  const actor = await actorOf(request, context);
  const now = context.now();
  const search = Object.fromEntries(new URL(request.url).searchParams);
  const asAt = asAtOf(asAtQuery.parse(search), now);
  // Before the answer begins: what has begun cannot be refused any more.
  visiblePeople(actor, "board.export", now);
  const pieces = boardCsv(context.db, actor, { filter: boardFilter.parse(search), asAt }, now);
  const day = momentOf(asAt, now).toISOString().slice(0, 10);
  return download(streamed(pieces), "text/csv; charset=utf-8", `competence-board-${day}.csv`);
}

function streamed(pieces: AsyncGenerator<string>): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  return new ReadableStream({
    async pull(controller) {
      const { done, value } = await pieces.next();
      if (done) controller.close();
      else controller.enqueue(encoder.encode(value));
    },
    async cancel() {
      await pieces.return(undefined);
    },
  });
}
