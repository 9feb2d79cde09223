import type { LoaderFunctionArgs } from "@remix-run/node";
import { badgeIssuer } from "#app/domain/evidence/badge.server.ts";
import { found } from "#app/http/guard.ts";
import { publicJson } from "#app/http/public-json.ts";

/** Who issues badges here. */
export async function loader({ context }: LoaderFunctionArgs) {
  return publicJson(found(await badgeIssuer(context.db, context.baseUrl)));
}
