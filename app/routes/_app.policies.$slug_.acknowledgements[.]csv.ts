import type { LoaderFunctionArgs } from "@remix-run/node";
import { acknowledgementFilter } from "#app/domain/competence/acknowledgement-duty.ts";
import { acknowledgementCsv } from "#app/domain/competence/acknowledgement-list.server.ts";
import { download } from "#app/http/download.ts";
import { found } from "#app/http/guard.ts";
import { actorOf } from "#app/http/session.server.ts";

/** The list as a file for spreadsheets, narrowed as the page is. */
export async function loader({ request, context, params }: LoaderFunctionArgs) {
  const actor = await actorOf(request, context);
  const now = context.now();
  const slug = params["slug"] ?? "";
  const filter = acknowledgementFilter.parse(Object.fromEntries(new URL(request.url).searchParams));
  const csv = found(await acknowledgementCsv(context.db, actor, { slug, filter }, now));
  const name = `acknowledgements-${slug}-${now.toISOString().slice(0, 10)}.csv`;
  return download(csv, "text/csv; charset=utf-8", name);
}
