import {
  type ActionFunctionArgs,
  data,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from "@remix-run/node";
import { type ShouldRevalidateFunction, useActionData, useLoaderData } from "@remix-run/react";
import { DraftCheckView } from "#app/components/draft-check.tsx";
import { DraftHeader } from "#app/components/draft-header.tsx";
import { Notice } from "#app/components/ui/surface.tsx";
import { effectOfChange } from "#app/domain/competence/material-change.server.ts";
import { publishDraft } from "#app/domain/competence/module-publication.server.ts";
import { type DraftRefusal, draftRefusalWords, isOpen, mayDecide } from "#app/domain/content/draft.ts";
import { shownCheck } from "#app/domain/content/draft-check.ts";
import { baseFilesOf } from "#app/domain/content/draft-translation.server.ts";
import { returnDraft, submitDraft, takeBackDraft } from "#app/domain/content/draft-review.server.ts";
import { type DraftView, draftView } from "#app/domain/content/draft-view.server.ts";
import { lagging } from "#app/domain/content/lagging.ts";
import { partKey } from "#app/domain/content/part-review.ts";
import {
  addPartNote,
  markPartRead,
  settlePartNote,
  shownReview,
  textKey,
} from "#app/domain/content/part-review.server.ts";
import { moduleChanges, moduleTexts, type PartChange } from "#app/domain/content/module-diff.ts";
import { firstVersion } from "#app/domain/content/new-module.ts";
import { moduleById, publishedVersions } from "#app/domain/content/publish.server.ts";
import { highestVersion, nextVersion } from "#app/domain/content/version.ts";
import { parseForm, refused } from "#app/http/form.server.ts";
import { found } from "#app/http/guard.ts";
import { idOf } from "#app/http/params.ts";
import { actorOf } from "#app/http/session.server.ts";
import { translateFor } from "#app/i18n/catalogues.server.ts";
import { msg } from "#app/i18n/translate.ts";
import { pageTitle, useT } from "#app/i18n/use-t.tsx";
import type { z } from "zod";
import { anchorOf } from "#app/components/changed-parts.tsx";
import { Changes } from "./changes.tsx";
import { DecideForms } from "./decide-forms.tsx";
import { Declaration } from "./declaration.tsx";
import { Effect } from "./effect.tsx";
import { reviewFields } from "./fields.ts";
import { SubmitForm } from "./submit-form.tsx";

export const meta: MetaFunction<typeof loader> = ({ data, matches }) =>
  pageTitle(matches, (t) =>
    data ? t("Changes of {{title}}", { title: data.head.title }) : t("Changes of a draft"),
  );

export async function loader({ request, context, params }: LoaderFunctionArgs) {
  const actor = await actorOf(request, context);
  const { db } = context;
  const view = found(await draftView(db, actor, idOf(params, "draftId")));
  const { draft, head, check, names } = view;
  const published = (await publishedVersions(db, draft.slug)).map((one) => one.version);
  const top = highestVersion(published) ?? head.base;
  const name = (id: string | null): string | null => (id === null ? null : (names.get(id) ?? id));
  const { change, changeNote, version, submittedAt, decidedAt } = draft;
  return {
    head,
    check: shownCheck(check),
    changes: view.mayReadKeys || view.mayPublish ? await changesOf(context, view) : null,
    review: await shownReview(context.db, draft),
    mayNote: view.mayReadKeys || view.mayPublish ? isOpen(draft.status) : false,
    mayWrite: view.mayWrite,
    mayTakeBack: view.mayReadKeys && draft.status === "submitted",
    mayReadKeys: view.mayReadKeys,
    newer: view.newer,
    /** Whether the reader is the second person this draft waits for, and why not. */
    decide: view.mayPublish ? mayDecide(draft, actor.id, view.newestId) : null,
    suggested:
      top === null
        ? { material: firstVersion, editorial: firstVersion }
        : { material: nextVersion(top, "material"), editorial: nextVersion(top, "editorial") },
    declaration: { change, changeNote, version, by: name(draft.submittedBy), at: submittedAt },
    ended:
      draft.status === "published" || draft.status === "withdrawn"
        ? { by: name(draft.decidedBy), at: decidedAt }
        : null,
    editors: draft.editors.map((id) => names.get(id) ?? id),
    effect: await effectOfChange(db, actor, draft.slug, context.now()),
    done: new URL(request.url).searchParams.get("done"),
  };
}

export type ReviewPage = ReturnType<typeof useLoaderData<typeof loader>>;

/**
 * What the draft changes of the version it was begun from, all of it where there is none; null while it cannot be read, or
 * where that version's source is lost.
 */
async function changesOf(context: LoaderFunctionArgs["context"], { draft, check }: DraftView) {
  if (!check.ok) return null;
  const after = moduleTexts(check.module, draft.files);
  const source = await baseFilesOf(context.db, draft);
  const lags = lagging(draft.files, source, draft.followed ?? {});
  const toFollow = lags.map(({ key, language, title }) => ({ key, language, title }));
  // They are told of by themselves: what the draft leaves out is nothing that somebody took away.
  const late = new Set(
    lags.map(({ kind, id, language }) =>
      partKey({ kind: kind === "head" ? "about" : kind, id: id ?? "about", language }),
    ),
  );
  const texts = new Map(after.map((part) => [partKey(part), textKey(part.text)]));
  const keyed = (parts: PartChange[]) =>
    parts
      .map((part) => ({ ...part, key: partKey(part), text: texts.get(partKey(part)) ?? "" }))
      .filter((part) => !late.has(part.key));
  if (draft.baseVersionId === null) return { parts: keyed(moduleChanges([], after)), toFollow };
  const base = await moduleById(context.db, draft.baseVersionId);
  if (!base || !source) return null;
  return { parts: keyed(moduleChanges(moduleTexts(base.body, source), after)), toFollow };
}

/** A conflict is answered with what the draft says now, beside the text that was sent. */
export const shouldRevalidate: ShouldRevalidateFunction = ({ actionStatus, defaultShouldRevalidate }) =>
  actionStatus === 409 || defaultShouldRevalidate;

export async function action({ request, context, params }: ActionFunctionArgs) {
  const actor = await actorOf(request, context);
  const draftId = idOf(params, "draftId");
  const { db } = context;
  const now = context.now();
  const form = await parseForm(request, reviewFields);
  if (!form.ok) return form.response;
  const sent = form.value;
  if (
    sent.intent === "note" ||
    sent.intent === "settle" ||
    sent.intent === "reopen" ||
    sent.intent === "read"
  ) {
    const noted = found(await notedAt(context, actor, draftId, sent));
    if (noted.ok && "part" in sent) return redirect(`/author/${draftId}/review#${anchorOf(sent.part)}`);
    if (noted.ok) return data({ ...form.state, done: sent.intent });
    const t = await translateFor(request);
    return refused({ ...form.state, message: t(draftRefusalWords[noted.reason]) }, 409);
  }
  const { revision } = sent;
  const result =
    sent.intent === "submit"
      ? await submitDraft(db, actor, { draftId, ...sent }, now)
      : sent.intent === "take-back"
        ? await takeBackDraft(db, actor, { draftId, revision }, now)
        : sent.intent === "return"
          ? await returnDraft(db, actor, { draftId, revision, reason: sent.reason }, now)
          : await publishDraft(db, actor, { draftId, revision }, now);
  const done = found(result);
  if (done.ok) return redirect(`/author/${draftId}/review?done=${sent.intent}`);
  const t = await translateFor(request);
  const message = t(draftRefusalWords[done.reason]);
  const errors: Record<string, string> = done.reason === "version_taken" ? { version: message } : {};
  return refused({ ...form.state, message, errors }, statusOf(done.reason));
}

type Noted = Extract<z.infer<typeof reviewFields>, { intent: "note" | "settle" | "reopen" | "read" }>;

function notedAt(
  { db, now }: LoaderFunctionArgs["context"],
  actor: Awaited<ReturnType<typeof actorOf>>,
  draftId: string,
  sent: Noted,
) {
  if (sent.intent === "note") return addPartNote(db, actor, { draftId, ...sent }, now());
  if (sent.intent === "read") return markPartRead(db, actor, { draftId, ...sent }, now());
  return settlePartNote(db, actor, { draftId, note: sent.note, open: sent.intent === "reopen" });
}

function statusOf(reason: DraftRefusal): 403 | 409 | 422 {
  if (reason === "own_work") return 403;
  return reason === "faulty" || reason === "unchanged" || reason === "version_taken" ? 422 : 409;
}

const doneWords: Record<string, string> = {
  submit: msg("Submitted. It is published as soon as a second person has read and accepted it."),
  "take-back": msg("Taken back. It can be written on."),
  return: msg("Sent back to its authors, with your reason."),
  publish: msg("Published. Learners who begin the module now get this version."),
};

export default function Review() {
  const page = useLoaderData<typeof loader>();
  const form = useActionData<typeof action>() ?? { errors: {}, values: {} };
  const { head, check, newer } = page;
  const t = useT();
  const done = page.done ? doneWords[page.done] : undefined;
  return (
    <>
      <DraftHeader draft={head} />
      <div className="grid items-start gap-8 lg:grid-cols-[1fr_22rem]">
        <div className="min-w-0 space-y-6">
          {form.message ? (
            <Notice tone="bad" role="alert">
              {form.message}
            </Notice>
          ) : done ? (
            <Notice tone="good" role="status">
              {t(done)}
            </Notice>
          ) : null}
          {newer && head.status !== "published" ? (
            <Notice tone="warn">
              {head.base === null
                ? t("Version {{version}} was published meanwhile", { version: newer })
                : t(
                    "Version {{version}} was published since this draft was begun; what is shown is the change from {{base}}.",
                    { version: newer, base: head.base },
                  )}
            </Notice>
          ) : null}
          {check.fault || head.status === "editing" ? (
            <DraftCheckView draftId={head.id} check={check} mayWrite={page.mayWrite} />
          ) : null}
          <Changes page={page} form={form} />
        </div>
        <aside className="space-y-8 lg:sticky lg:top-24">
          <Declaration page={page} />
          <Effect page={page} />
          {page.mayWrite ? <SubmitForm page={page} form={form} /> : null}
          <DecideForms page={page} form={form} />
        </aside>
      </div>
    </>
  );
}
