import type { LoaderFunctionArgs } from "@remix-run/node";
import { Readable } from "node:stream";
import { takePack } from "#app/domain/pack/job.server.ts";
import { download } from "#app/http/download.ts";
import { found } from "#app/http/guard.ts";
import { idOf } from "#app/http/params.ts";
import { actorOf } from "#app/http/session.server.ts";

/** The file of a pack. */
export async function loader({ request, params, context }: LoaderFunctionArgs) {
  const actor = await actorOf(request, context);
  const id = idOf(params, "id");
  const pack = found(await takePack(context.db, actor, id, context.packFolder, context.now()));
  const body = Readable.toWeb(Readable.from(pack.stream)) as ReadableStream<Uint8Array>;
  const response = download(body, "application/zip", pack.name);
  response.headers.set("Content-Length", String(pack.bytes));
  return response;
}
