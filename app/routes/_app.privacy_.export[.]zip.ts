import type { LoaderFunctionArgs } from "@remix-run/node";
import { personalData } from "#app/domain/assistant/personal-data.server.ts";
import { allow } from "#app/domain/people/permission.ts";
import { download } from "#app/http/download.ts";
import { actorOf } from "#app/http/session.server.ts";
import { zipStream } from "#app/http/zip-stream.ts";

/** All that is kept about the reader. */
export async function loader({ request, context }: LoaderFunctionArgs) {
  const actor = await actorOf(request, context);
  allow(actor, "privacy.export", { personId: actor.id });
  const now = context.now();
  const name = `my-data-${now.toISOString().slice(0, 10)}.zip`;
  return download(zipStream(personalData(context.db, actor, now), now), "application/zip", name);
}
