import {
  type ActionFunctionArgs,
  data,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from "@remix-run/node";
import {
  type ClientActionFunctionArgs,
  Link,
  type ShouldRevalidateFunction,
  useActionData,
  useLoaderData,
} from "@remix-run/react";
import { editPath } from "#app/components/draft-path.ts";
import { DraftHeader } from "#app/components/draft-header.tsx";
import { Notice } from "#app/components/ui/surface.tsx";
import { languageOfFile } from "#app/domain/content/language.ts";
import { orUnreachable } from "#app/components/unreachable.ts";
import { shownCheck } from "#app/domain/content/draft-check.ts";
import { isOpen } from "#app/domain/content/draft.ts";
import { draftView } from "#app/domain/content/draft-view.server.ts";
import { sectionsOf } from "#app/domain/content/section.ts";
import { objectivesIn } from "#app/domain/content/wording.ts";
import { allow } from "#app/domain/people/permission.ts";
import { parseForm, refused } from "#app/http/form.server.ts";
import { found } from "#app/http/guard.ts";
import { idOf } from "#app/http/params.ts";
import { actorOf } from "#app/http/session.server.ts";
import { translateFor } from "#app/i18n/catalogues.server.ts";
import { pageTitle, useLangOf, useT } from "#app/i18n/use-t.tsx";
import { Editor } from "./editor.tsx";
import { editFields } from "./fields.ts";
import { notesAt, originalOf, placeIn, saveSent, shownAt } from "./view.server.ts";

export const meta: MetaFunction<typeof loader> = ({ data, matches }) =>
  pageTitle(matches, (t) => {
    const shown = data?.shown;
    if (!shown) return t("Edit");
    return shown.kind === "head" ? t(shown.title) : shown.title;
  });

/** Source texts hold answer keys: only authors open them, others read the preview. */
export async function loader({ request, context, params }: LoaderFunctionArgs) {
  const actor = await actorOf(request, context);
  allow(actor, "content.author", {});
  const view = found(await draftView(context.db, actor, idOf(params, "draftId")));
  const place = placeIn(params);
  const { files } = view.draft;
  found(files[place.file]);
  const { part } = place;
  const sections = sectionsOf(place.file, files[place.file] ?? "");
  const search = new URL(request.url).searchParams;
  const linkTo = (at: number) =>
    part !== "all" && sections[at] && (sections[at].kind !== "head" || place.file.endsWith(".md"))
      ? { part: at, kind: sections[at].kind, title: sections[at].title }
      : null;
  return {
    head: view.head,
    place,
    shown: shownAt(files, place),
    as: search.get("as") === "text" ? ("text" as const) : ("form" as const),
    saved: search.has("saved"),
    notes: await notesAt(context.db, view.draft, place),
    mayNote: isOpen(view.draft.status),
    original: await originalOf(context.db, view.draft, place),
    check: shownCheck(view.check),
    objectives: objectivesIn(files),
    mayWrite: view.mayWrite,
    previous: part === "all" ? null : linkTo(part - 1),
    following: part === "all" ? null : linkTo(part + 1),
  };
}

export type EditPage = ReturnType<typeof useLoaderData<typeof loader>>;

/** Saves what was edited by the button. What is refused comes back as sent, with what somebody else saved where that is why. */
export async function action({ request, context, params }: ActionFunctionArgs) {
  const actor = await actorOf(request, context);
  const draftId = idOf(params, "draftId");
  const place = placeIn(params);
  allow(actor, "content.author", {});
  const form = await parseForm(request, editFields);
  if (!form.ok) return form.response;
  const sent = form.value;
  const saved = found(
    await saveSent(context, actor, { draftId, place, sent, t: await translateFor(request) }),
  );
  if (saved.outcome === "saved") {
    const asText =
      sent.as === "text" && place.file === "items.yaml" && place.part !== "all" ? "as=text&" : "";
    return redirect(`${editPath(draftId, { file: place.file, part: saved.part })}?${asText}saved=1`);
  }
  if (saved.outcome === "stale") return data(saved, { status: 409 });
  return refused({ ...form.state, message: saved.message }, saved.conflict ? 409 : 422);
}

/** A note that is settled beside the text leaves the text alone. */
export const shouldRevalidate: ShouldRevalidateFunction = ({ formAction, defaultShouldRevalidate }) =>
  formAction?.endsWith("/review") ? false : defaultShouldRevalidate;

export const clientAction = ({ serverAction }: ClientActionFunctionArgs) =>
  orUnreachable(() => serverAction<typeof action>());

export default function EditPart() {
  const page = useLoaderData<typeof loader>();
  const answer = useActionData<typeof clientAction>();
  const { head, place, shown, mayWrite } = page;
  const t = useT();
  const langOf = useLangOf();
  return (
    <>
      <DraftHeader draft={head} />
      {shown === null ? (
        <Gone page={page} sent={answer && "values" in answer ? answer.values["text"] : undefined} />
      ) : (
        <>
          <p className="text-muted text-sm">
            <Link
              to={`/author/${head.id}#${place.file.endsWith(".svg") ? "module.md" : place.file}`}
              className="underline underline-offset-4"
            >
              {place.file}
            </Link>
            {place.part === "all" ? "" : <>, {t("from line {{line}}", { line: shown.line })}</>}
          </p>
          <h2
            lang={
              shown.kind === "all" || shown.kind === "head" ? undefined : langOf(languageOfFile(place.file))
            }
            className="mt-1 mb-6 max-w-[70ch] text-xl text-balance wrap-anywhere"
          >
            {shown.kind === "all"
              ? t("All of {{file}}", { file: place.file })
              : shown.kind === "head"
                ? t(shown.title)
                : shown.title}
          </h2>
          {mayWrite ? null : (
            <div className="mb-6">
              <Notice>
                {t("This draft is not being written any more. It can be read here, not changed.")}
              </Notice>
            </div>
          )}
          <Editor
            key={`${place.file}/${place.part}/${page.as}/${shown.seen}`}
            page={page}
            shown={shown}
            answer={answer ?? null}
          />
        </>
      )}
    </>
  );
}

/** What the address names was moved or deleted by somebody else. */
function Gone({ page, sent }: { page: EditPage; sent: string | string[] | undefined }) {
  const t = useT();
  return (
    <div className="space-y-4">
      <Notice tone="warn" title={t("This part is not there any more")}>
        {t("Somebody has deleted it, or the address is wrong.")}{" "}
        <Link to={`/author/${page.head.id}`} className="underline underline-offset-4">
          {t("See the parts there are")}
        </Link>
      </Notice>
      {typeof sent === "string" ? (
        <label className="block space-y-1.5">
          <span className="block text-sm font-semibold">{t("Your text, to copy")}</span>
          <textarea
            readOnly
            rows={16}
            defaultValue={sent}
            className="bg-surface border-line-strong w-full rounded-lg border p-3 font-mono text-sm"
          />
        </label>
      ) : null}
    </div>
  );
}
