import {
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { DraftCheckView } from "#app/components/draft-check.tsx";
import { editPath } from "#app/components/draft-path.ts";
import { DraftHeader } from "#app/components/draft-header.tsx";
import { Moment } from "#app/components/ui/moment.tsx";
import { Detail, Notice } from "#app/components/ui/surface.tsx";
import { diffRows } from "#app/domain/content/diff.ts";
import { draftRefusalWords } from "#app/domain/content/draft.ts";
import { shownCheck } from "#app/domain/content/draft-check.ts";
import { changeOutline, type OutlineChange } from "#app/domain/content/draft.server.ts";
import { takeInNewest, withdrawDraft } from "#app/domain/content/draft-review.server.ts";
import { type DraftView, draftView } from "#app/domain/content/draft-view.server.ts";
import {
  addTranslation,
  baseFilesOf,
  confirmTranslation,
  removeTranslation,
} from "#app/domain/content/draft-translation.server.ts";
import { lessonOfFigure } from "#app/domain/content/figure.ts";
import { lagging, untranslated } from "#app/domain/content/lagging.ts";
import { translatedLanguages } from "#app/domain/content/language.ts";
import { moduleFiles, type ModuleSource } from "#app/domain/content/module-source.ts";
import { outlineRefusalWords } from "#app/domain/content/outline.ts";
import { filesGone } from "#app/domain/content/patch.ts";
import { reviewOf } from "#app/domain/content/part-review.server.ts";
import { editable, sectionsOf } from "#app/domain/content/section.ts";
import { idFrom, itemTemplate, lessonTemplate, nextId } from "#app/domain/content/template.ts";
import { translationsIn } from "#app/domain/content/wording.ts";
import type { Actor } from "#app/domain/people/permission.ts";
import { parseForm, refused } from "#app/http/form.server.ts";
import { found } from "#app/http/guard.ts";
import { idOf } from "#app/http/params.ts";
import type { Services } from "#app/http/services.ts";
import { actorOf } from "#app/http/session.server.ts";
import { translateFor } from "#app/i18n/catalogues.server.ts";
import { pageTitle, useT } from "#app/i18n/use-t.tsx";
import { AddLesson, AddItem } from "./add-forms.tsx";
import { type DraftIntent, draftFields } from "./fields.ts";
import { FileOutline } from "./file-outline.tsx";
import { Exports } from "./exports.tsx";
import { EndForms } from "./end-forms.tsx";
import { Lags } from "./lags.tsx";
import { Translations } from "./translations.tsx";

export const meta: MetaFunction<typeof loader> = ({ data, matches }) =>
  pageTitle(matches, (t) => data?.head.title ?? t("Draft"));

export async function loader({ request, context, params }: LoaderFunctionArgs) {
  const actor = await actorOf(request, context);
  const view = found(await draftView(context.db, actor, idOf(params, "draftId")));
  const { draft, check, names } = view;
  const base = await baseFilesOf(context.db, draft);
  return {
    head: view.head,
    files: moduleFiles.flatMap((file) => {
      const text = draft.files[file];
      if (text === undefined) return [];
      const sections = sectionsOf(file, text).map(({ kind, id, title }, part) => ({ part, kind, id, title }));
      return [{ file, sections }];
    }),
    /** Names of the parts at which something is noted that nobody has settled. */
    noted: reviewOf(draft).notes.flatMap((note) => (note.settledBy === null ? [note.part] : [])),
    figures: Object.keys(draft.files).filter((name) => lessonOfFigure(name) !== null),
    check: shownCheck(check),
    translations: translationsOf(view, base),
    /** Files of the version it changes that the draft has no more: an archive cannot take them away. */
    gone: base ? filesGone(base, draft.files) : [],
    newer: view.newer,
    returnReason: draft.returnReason,
    returnedBy: draft.returnReason ? (names.get(draft.decidedBy ?? "") ?? null) : null,
    createdBy: names.get(draft.createdBy) ?? draft.createdBy,
    createdAt: draft.createdAt,
    updatedBy: names.get(draft.updatedBy) ?? draft.updatedBy,
    updatedAt: draft.updatedAt,
    editors: draft.editors.map((id) => names.get(id) ?? id),
    mayWrite: view.mayWrite,
    mayReadKeys: view.mayReadKeys,
  };
}

/** The languages of a draft with what they lack, and what has to follow the English text where the reader may see it. */
function translationsOf({ draft, mayReadKeys }: DraftView, base: ModuleSource | null) {
  const { files } = draft;
  const there = translationsIn(files);
  const lags = lagging(files, base, draft.followed ?? {});
  return {
    languages: there.map((language) => ({ language, lacks: untranslated(files, language) })),
    others: translatedLanguages.filter((language) => !there.includes(language)),
    lags: lags.map(({ before, now, translation, kind, ...lag }) => ({
      ...lag,
      kind,
      rows: mayReadKeys ? diffRows(before, now) : [],
      translation: mayReadKeys ? editable({ kind, text: translation }) : "",
    })),
  };
}

export type DraftPage = ReturnType<typeof useLoaderData<typeof loader>>;

export async function action({ request, context, params }: ActionFunctionArgs) {
  const actor = await actorOf(request, context);
  const draftId = idOf(params, "draftId");
  const { db } = context;
  const now = context.now();
  const form = await parseForm(request, draftFields);
  if (!form.ok) return form.response;
  const sent = form.value;
  const { revision } = sent;
  const t = await translateFor(request);
  if (sent.intent === "withdraw" || sent.intent === "take-in") {
    const done = found(
      sent.intent === "withdraw"
        ? await withdrawDraft(db, actor, { draftId, revision }, now)
        : await takeInNewest(db, actor, { draftId, revision }),
    );
    if (!done.ok) return refused({ ...form.state, message: t(draftRefusalWords[done.reason]) }, 409);
    return redirect(sent.intent === "withdraw" ? "/author" : `/author/${draftId}`);
  }
  if (isAboutTranslation(sent)) {
    const done = found(await translate(db, actor, { draftId, sent }, now));
    if (done.ok) return redirect(`/author/${draftId}#translations`);
    const message = t({ ...draftRefusalWords, ...outlineRefusalWords }[done.reason]);
    return refused({ ...form.state, message }, 409);
  }
  const view = found(await draftView(db, actor, draftId));
  const change = changeOf(sent, view);
  const done = found(await changeOutline(db, actor, { draftId, revision, change }, now));
  if (!done.ok) {
    const message = t({ ...draftRefusalWords, ...outlineRefusalWords }[done.reason]);
    return refused({ ...form.state, message }, 409);
  }
  if (change.kind === "add-figure") return redirect(editPath(draftId, { file: change.file, part: "all" }));
  if (change.kind === "remove-figure") return redirect(`/author/${draftId}#module.md`);
  if (change.kind !== "add") return redirect(`/author/${draftId}#${change.file}`);
  const part = sectionsOf(change.file, view.draft.files[change.file] ?? "").length;
  return redirect(`/author/${draftId}/edit/${change.file}/${part}`);
}

type AboutTranslation = Extract<DraftIntent, { intent: `${string}-translation` }>;
type Outlining = Exclude<DraftIntent, AboutTranslation | { intent: "withdraw" | "take-in" }>;

const isAboutTranslation = (sent: DraftIntent): sent is AboutTranslation =>
  sent.intent.endsWith("-translation");

function translate(
  db: Services["db"],
  actor: Actor,
  of: { draftId: string; sent: AboutTranslation },
  now: Date,
) {
  const input = { draftId: of.draftId, ...of.sent };
  if (input.intent === "add-translation") return addTranslation(db, actor, input, now);
  if (input.intent === "remove-translation") return removeTranslation(db, actor, input, now);
  return confirmTranslation(db, actor, input, now);
}

function changeOf(sent: Outlining, { draft, check }: DraftView): OutlineChange {
  if (sent.intent === "remove") return { kind: "remove", file: sent.file, part: sent.part };
  if (sent.intent === "add-figure" || sent.intent === "remove-figure")
    return { kind: sent.intent, file: sent.file };
  if (sent.intent === "move")
    return { kind: "move", file: sent.file, part: sent.part, by: sent.by === "1" ? 1 : -1 };
  const ids = (file: string): string[] =>
    sectionsOf(file, draft.files[file] ?? "").flatMap((section) => section.id ?? []);
  const objective = (check.ok && check.module.objectives[0]?.id) || "o1";
  // Questions in lessons count among the items: ids differ in the whole module.
  const questions = [...(draft.files["module.md"] ?? "").matchAll(/^id: ([\w-]+)$/gm)].flatMap(
    (m) => m[1] ?? [],
  );
  if (sent.intent === "add-item") {
    const id = nextId([...questions, ...ids("items.yaml")]);
    const text = itemTemplate({ type: sent.type, id, objective });
    return { kind: "add", file: "items.yaml", after: null, what: "item", text };
  }
  const { title } = sent;
  const lessons = ids("module.md");
  const question = nextId([...ids("items.yaml"), ...questions.filter((id) => !lessons.includes(id))]);
  const text = lessonTemplate({ title, id: idFrom(title, lessons), objective, question });
  return { kind: "add", file: "module.md", after: null, what: "lesson", text };
}

export default function DraftParts() {
  const page = useLoaderData<typeof loader>();
  const form = useActionData<typeof action>() ?? { errors: {}, values: {} };
  const { head, files, check, mayWrite } = page;
  const t = useT();
  return (
    <>
      <DraftHeader draft={head} />
      <div className="grid items-start gap-8 lg:grid-cols-[1fr_20rem]">
        <div className="min-w-0 space-y-8">
          {form.message ? (
            <Notice tone="bad" role="alert">
              {form.message}
            </Notice>
          ) : null}
          {page.returnReason ? (
            <Notice
              tone="warn"
              title={page.returnedBy ? t("Sent back by {{name}}", { name: page.returnedBy }) : t("Sent back")}
            >
              <p className="whitespace-pre-line wrap-anywhere">{page.returnReason}</p>
            </Notice>
          ) : null}
          <DraftCheckView draftId={head.id} check={check} mayWrite={mayWrite} />
          {page.mayReadKeys ? <Lags page={page} /> : null}
          {files.map(({ file, sections }) => (
            <FileOutline key={file} page={page} file={file} sections={sections}>
              {mayWrite && file === "module.md" ? <AddLesson revision={head.revision} form={form} /> : null}
              {mayWrite && file === "items.yaml" ? <AddItem revision={head.revision} form={form} /> : null}
            </FileOutline>
          ))}
          <Translations page={page} form={form} />
        </div>
        <aside className="space-y-8">
          <h2 className="sr-only">{t("About the draft")}</h2>
          <dl className="space-y-4 text-sm">
            <Detail term={t("Begun")}>
              {page.createdBy}, <Moment at={page.createdAt.toISOString()} />
            </Detail>
            <Detail term={t("Last changed")}>
              {page.updatedBy}, <Moment at={page.updatedAt.toISOString()} />
            </Detail>
            <Detail term={t("Written by")}>{page.editors.join(", ") || t("nobody yet")}</Detail>
          </dl>
          {page.mayReadKeys ? <Exports page={page} /> : null}
          <EndForms page={page} />
        </aside>
      </div>
    </>
  );
}
