import type { LoaderFunctionArgs } from "@remix-run/node";
import { draftFor, withPlainLineEnds } from "#app/domain/content/draft.server.ts";
import { baseFilesOf } from "#app/domain/content/draft-translation.server.ts";
import { patchOf } from "#app/domain/content/patch.ts";
import { allow } from "#app/domain/people/permission.ts";
import { download } from "#app/http/download.ts";
import { found } from "#app/http/guard.ts";
import { idOf } from "#app/http/params.ts";
import { actorOf } from "#app/http/session.server.ts";

/** What a draft changes of the content folder, for `git apply` in a clone that has the version it was begun from. */
export async function loader({ request, context, params }: LoaderFunctionArgs) {
  const actor = await actorOf(request, context);
  allow(actor, "content.author", {});
  const draft = found(await draftFor(context.db, actor, idOf(params, "draftId")));
  const { slug, files, status, version } = draft;
  const before = withPlainLineEnds((await baseFilesOf(context.db, draft)) ?? {});
  const name = status === "published" ? `${slug}-${version}.patch` : `${slug}-draft.patch`;
  return download(patchOf(before, files, `content/modules/${slug}`), "text/x-diff; charset=utf-8", name);
}
