import type { LoaderFunctionArgs } from "@remix-run/node";
import { ownCalendar } from "#app/domain/competence/calendar.server.ts";
import { download } from "#app/http/download.ts";
import { actorOf } from "#app/http/session.server.ts";

/** The reader's due dates as a calendar file. */
export async function loader({ request, context }: LoaderFunctionArgs) {
  const actor = await actorOf(request, context);
  const file = await ownCalendar(context.db, actor, context, context.now());
  return download(file, "text/calendar; charset=utf-8", "training.ics");
}
