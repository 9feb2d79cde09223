import type { LoaderFunctionArgs } from "@remix-run/node";
import { calendarByToken } from "#app/domain/competence/calendar.server.ts";
import { found } from "#app/http/guard.ts";

/** Somebody's due dates for a calendar that cannot sign in: whoever holds the address may read it. */
export async function loader({ params, context }: LoaderFunctionArgs) {
  const token = found(params["token"]);
  const file = found(await calendarByToken(context.db, token, context, context.now()));
  return new Response(file, { headers: { "Content-Type": "text/calendar; charset=utf-8" } });
}
