import type { LoaderFunctionArgs } from "@remix-run/node";
import { badgeAchievement } from "#app/domain/evidence/badge.server.ts";
import { found } from "#app/http/guard.ts";
import { idOf } from "#app/http/params.ts";
import { publicJson } from "#app/http/public-json.ts";

/** What a badge stands for. */
export async function loader({ params, context }: LoaderFunctionArgs) {
  const id = idOf(params, "moduleVersionId");
  return publicJson(found(await badgeAchievement(context.db, context.baseUrl, id)));
}
