import type { LoaderFunctionArgs } from "@remix-run/node";
import { badgeFor } from "#app/domain/evidence/badge.server.ts";
import { download } from "#app/http/download.ts";
import { found } from "#app/http/guard.ts";
import { idOf } from "#app/http/params.ts";
import { actorOf } from "#app/http/session.server.ts";

/** The certificate as an Open Badge, for its holder: what they let it show as of now. */
export async function loader({ request, params, context }: LoaderFunctionArgs) {
  const actor = await actorOf(request, context);
  const certificateId = idOf(params, "id");
  const { db, baseUrl: base } = context;
  const signer = found(context.signer);
  const { token, title } = found(await badgeFor(db, actor, { certificateId, base, signer }, context.now()));
  return download(token, "application/vc+jwt", `${title}.jwt`);
}
