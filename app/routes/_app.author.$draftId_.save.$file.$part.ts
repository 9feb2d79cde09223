import { type ActionFunctionArgs, redirect } from "@remix-run/node";
import { allow } from "#app/domain/people/permission.ts";
import { parseForm } from "#app/http/form.server.ts";
import { found } from "#app/http/guard.ts";
import { idOf } from "#app/http/params.ts";
import { actorOf } from "#app/http/session.server.ts";
import { translateFor } from "#app/i18n/catalogues.server.ts";
import { editFields } from "./_app.author.$draftId.edit.$file.$part/fields.ts";
import { placeIn, type SaveAnswer, saveSent } from "./_app.author.$draftId.edit.$file.$part/view.server.ts";

export const loader = ({ params }: ActionFunctionArgs): Response =>
  redirect(`/author/${params["draftId"]}/edit/${params["file"]}/${params["part"]}`);

/** Saves a part of a draft while its page stays open; the page's own form does the same without scripts. */
export async function action({ request, context, params }: ActionFunctionArgs) {
  const actor = await actorOf(request, context);
  const draftId = idOf(params, "draftId");
  const place = placeIn(params);
  allow(actor, "content.author", {});
  const t = await translateFor(request);
  const form = await parseForm(request, editFields);
  if (!form.ok) {
    const message = Object.values(form.state.errors)[0] ?? t("This could not be read.");
    return answer({ outcome: "refused", message, conflict: false }, 422);
  }
  const input = { draftId, place, sent: form.value, t };
  const saved = found(await saveSent(context, actor, input));
  return answer(saved, saved.outcome === "saved" ? 200 : saved.outcome === "stale" ? 409 : 422);
}

function answer(outcome: SaveAnswer, status: number): Response {
  return Response.json(outcome, { status });
}
