import type { LoaderFunctionArgs } from "@remix-run/node";
import { draftFor } from "#app/domain/content/draft.server.ts";
import { allow } from "#app/domain/people/permission.ts";
import { download } from "#app/http/download.ts";
import { found } from "#app/http/guard.ts";
import { idOf } from "#app/http/params.ts";
import { actorOf } from "#app/http/session.server.ts";
import { zipOf } from "#app/http/zip.ts";

/** The files of a draft as an archive, in their places in the content folder: unpacked over a clone, they are the change. */
export async function loader({ request, context, params }: LoaderFunctionArgs) {
  const actor = await actorOf(request, context);
  allow(actor, "content.author", {});
  const draft = found(await draftFor(context.db, actor, idOf(params, "draftId")));
  const { slug, files, status, version } = draft;
  const entries = Object.keys(files)
    .toSorted()
    .map((name) => ({ path: `content/modules/${slug}/${name}`, text: files[name] ?? "" }));
  const name = status === "published" ? `${slug}-${version}.zip` : `${slug}-draft.zip`;
  return download(zipOf(entries, draft.updatedAt), "application/zip", name);
}
