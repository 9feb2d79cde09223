import type { LoaderFunctionArgs } from "@remix-run/node";
import { sealKeys } from "#app/domain/evidence/seal-log.server.ts";
import { download } from "#app/http/download.ts";
import { found } from "#app/http/guard.ts";
import { actorOf } from "#app/http/session.server.ts";

/** The public keys that seals were signed with; not found before the first seal. */
export async function loader({ request, context }: LoaderFunctionArgs) {
  const actor = await actorOf(request, context);
  const keys = await sealKeys(context.db, actor);
  return download(found(keys || null), "application/x-pem-file", "seal-key.pem");
}
