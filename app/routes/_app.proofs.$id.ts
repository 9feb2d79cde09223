import type { LoaderFunctionArgs } from "@remix-run/node";
import { proofFileFor } from "#app/domain/competence/proof-file.server.ts";
import { download } from "#app/http/download.ts";
import { found } from "#app/http/guard.ts";
import { idOf } from "#app/http/params.ts";
import { actorOf } from "#app/http/session.server.ts";

/** A file of proof, to be kept and never to be shown within this site: somebody else made it. */
export async function loader({ request, params, context }: LoaderFunctionArgs) {
  const actor = await actorOf(request, context);
  const file = found(await proofFileFor(context.db, actor, idOf(params, "id"), context.now()));
  return download(file.content, file.type, file.name, {
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "sandbox; default-src 'none'",
  });
}
