import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { DraftCheckView } from "#app/components/draft-check.tsx";
import { DraftHeader } from "#app/components/draft-header.tsx";
import { Untranslated } from "#app/components/language-choice.tsx";
import { LessonText, Tomorrow } from "#app/components/lesson-part.tsx";
import { ButtonLink } from "#app/components/ui/button.tsx";
import { Notice } from "#app/components/ui/surface.tsx";
import { audiencesInUse } from "#app/domain/content/draft.server.ts";
import { shownCheck } from "#app/domain/content/draft-check.ts";
import { draftView } from "#app/domain/content/draft-view.server.ts";
import { languagesOf } from "#app/domain/content/localised.ts";
import { previewable } from "#app/domain/content/previewable.ts";
import { listedTitle, namesSystem } from "#app/domain/content/reader.ts";
import { sectionsOf } from "#app/domain/content/section.ts";
import { previewSystems } from "#app/domain/learning/preview-system.server.ts";
import { found } from "#app/http/guard.ts";
import { idOf } from "#app/http/params.ts";
import { actorOf } from "#app/http/session.server.ts";
import { pageTitle, useT } from "#app/i18n/use-t.tsx";
import { ChooseForm } from "./choose-form.tsx";
import { audiencesOf, faultsFirstAt, hasPart, previewOf, wantedIn } from "./preview.server.ts";
import { TriedQuestion } from "./tried-question.tsx";

export const meta: MetaFunction<typeof loader> = ({ data, matches }) =>
  pageTitle(matches, (t) =>
    data ? t("Preview of {{title}}", { title: data.head.title }) : t("Preview of a draft"),
  );

/** A part of a draft as any reader would see it, in any language. Nothing that is done here is kept. */
export async function loader({ request, context, params }: LoaderFunctionArgs) {
  const actor = await actorOf(request, context);
  const view = found(await draftView(context.db, actor, idOf(params, "draftId")));
  const { check, head, mayWrite, mayReadKeys, draft } = view;
  const search = new URL(request.url).searchParams;
  const wanted = wantedIn(search);
  const module = check.ok ? check.module : previewable(draft.files);
  if (!module || !(check.ok || hasPart(module, wanted.show))) {
    const faults = faultsFirstAt(shownCheck(check), draft.files, wanted.show);
    return { head, wanted, mayWrite, mayReadKeys, ...faults, preview: null };
  }
  const systems = namesSystem(JSON.stringify(module)) ? await previewSystems(context.db, actor) : [];
  const system =
    wanted.system === null
      ? (systems.find((one) => one.highRisk) ?? null)
      : (systems.find((one) => one.slug === wanted.system) ?? null);
  const preview = previewOf(module, wanted, system, search, mayReadKeys);
  const titled = (title: string): string => (system ? listedTitle(title, system.name) : title);
  const shown = preview.kind === "lesson" ? `lesson:${preview.id}` : `item:${preview.title}`;
  const file = preview.kind === "lesson" ? "module.md" : "items.yaml";
  const id = shown.split(":")[1];
  return {
    head,
    wanted: { ...wanted, show: shown, system: system?.slug ?? "" },
    mayWrite,
    mayReadKeys,
    /** Whether parts with a fault are left out. */
    partial: !check.ok,
    fault: null,
    preview,
    edit: `${file}/${Math.max(
      0,
      sectionsOf(file, draft.files[file] ?? "").findIndex((section) => section.id === id),
    )}`,
    audiences: [...new Set([...audiencesOf(module), ...(await audiencesInUse(context.db))])].toSorted(),
    languages: languagesOf(module),
    /** Empty of a module that is about no system. */
    systems: systems.map(({ slug, name }) => ({ slug, name })),
    lessons: module.lessons.map((lesson) => ({ id: lesson.id, title: titled(lesson.title) })),
    items: module.items.map((item) => ({ id: item.id, title: titled(item.stem) })),
  };
}

export type PreviewPage = ReturnType<typeof useLoaderData<typeof loader>>;

export default function Preview() {
  const page = useLoaderData<typeof loader>();
  const { head, preview, mayWrite, wanted } = page;
  const t = useT();
  if (preview === null)
    return (
      <>
        <DraftHeader draft={head} />
        <div className="space-y-4">
          <p>{t("The draft has a fault. It can be previewed once that is mended.")}</p>
          <DraftCheckView
            draftId={head.id}
            check={{ fault: page.fault, further: page.further, warnings: [] }}
            mayWrite={page.mayReadKeys && mayWrite}
          />
        </div>
      </>
    );
  const firstText = preview.kind === "lesson" ? preview.parts.findIndex((part) => part.kind === "text") : -1;
  return (
    <>
      <DraftHeader draft={head} />
      <ChooseForm page={page} />
      {page.partial ? (
        <div className="mt-6">
          <Notice tone="warn">
            {t("The draft is not finished: what has a fault or is missing is left out of this preview.")}
          </Notice>
        </div>
      ) : null}
      <article className="mx-auto mt-10 max-w-3xl">
        <div className="mb-6 flex flex-wrap items-center justify-between gap-3">
          <Untranslated wanted={wanted.language} shown={preview.language} />
          {page.mayReadKeys ? (
            <ButtonLink to={`/author/${head.id}/edit/${page.edit}`} look="secondary" className="ml-auto">
              {mayWrite ? t("Edit this part") : t("Read its source")}
            </ButtonLink>
          ) : null}
        </div>
        {preview.kind === "item" ? (
          <div className="space-y-4">
            {preview.notFor ? (
              <Notice tone="warn">
                {t("This item is only for {{audiences}}.", { audiences: preview.notFor.join(", ") })}
              </Notice>
            ) : null}
            <div lang={preview.language}>
              <TriedQuestion
                key={preview.question.id}
                page={page}
                question={preview.question}
                language={preview.language}
                title={preview.title}
              />
            </div>
          </div>
        ) : (
          <>
            <p className="text-muted text-sm font-medium">
              {t("about {{count}} minutes", { count: preview.minutes })}
            </p>
            <h2 lang={preview.language} className="mt-2 mb-8 text-3xl sm:text-4xl">
              {preview.title}
            </h2>
            <div lang={preview.language} className="space-y-10">
              {preview.parts.map((part, i) =>
                part.kind === "text" ? (
                  <LessonText key={i} html={part.html} figure={i === firstText ? preview.figure : null} />
                ) : part.kind === "tomorrow" ? (
                  <Tomorrow key={i} text={part.text} />
                ) : (
                  <TriedQuestion key={i} page={page} question={part.question} language={preview.language} />
                ),
              )}
            </div>
          </>
        )}
      </article>
    </>
  );
}
