import type { LoaderFunctionArgs } from "@remix-run/node";
import { badgeKeys } from "#app/domain/evidence/badge.server.ts";
import { badgeAddresses } from "#app/domain/evidence/badge.ts";
import { found } from "#app/http/guard.ts";
import { publicJson } from "#app/http/public-json.ts";

/** The public key that a badge names in its header. */
export async function loader({ params, context }: LoaderFunctionArgs) {
  const kid = badgeAddresses(context.baseUrl).key(params["keyId"] ?? "");
  const keys = await badgeKeys(context.db, context.baseUrl);
  return publicJson(found(keys.find((one) => one.kid === kid)), "application/jwk+json");
}
