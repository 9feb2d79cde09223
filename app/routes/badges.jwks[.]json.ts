import type { LoaderFunctionArgs } from "@remix-run/node";
import { badgeKeys } from "#app/domain/evidence/badge.server.ts";
import { publicJson } from "#app/http/public-json.ts";

/** The public keys to check badges with (RFC 7517 §5). */
export async function loader({ context }: LoaderFunctionArgs) {
  return publicJson({ keys: await badgeKeys(context.db, context.baseUrl) }, "application/jwk-set+json");
}
