import type { LoaderFunctionArgs } from "@remix-run/node";
import { badgeStatus } from "#app/domain/evidence/badge.server.ts";
import { publicJson } from "#app/http/public-json.ts";

/** Which badges no longer count. */
export async function loader({ context }: LoaderFunctionArgs) {
  return publicJson(await badgeStatus(context.db, context.baseUrl, context.now()));
}
