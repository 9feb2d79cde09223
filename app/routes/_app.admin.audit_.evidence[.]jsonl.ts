import type { LoaderFunctionArgs } from "@remix-run/node";
import { exportEvidence } from "#app/domain/evidence/seal-log.server.ts";
import { download } from "#app/http/download.ts";
import { lineStream } from "#app/http/line-stream.ts";
import { actorOf } from "#app/http/session.server.ts";

/** All statements, audit events, seals and public keys, to be verified elsewhere. */
export async function loader({ request, context }: LoaderFunctionArgs) {
  const actor = await actorOf(request, context);
  const now = context.now();
  const lines = await exportEvidence(context.db, actor, now);
  return download(
    lineStream(lines, context),
    "application/jsonl",
    `evidence-${now.toISOString().slice(0, 10)}.jsonl`,
  );
}
