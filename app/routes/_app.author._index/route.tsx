import {
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from "@remix-run/node";
import { Form, Link, useActionData, useLoaderData, useNavigation } from "@remix-run/react";
import { z } from "zod";
import { DraftBadge } from "#app/components/draft-header.tsx";
import { Button, ButtonLink } from "#app/components/ui/button.tsx";
import { Day, Moment } from "#app/components/ui/moment.tsx";
import { Card, EmptyState, Notice, PageHeader } from "#app/components/ui/surface.tsx";
import { draftRefusalWords } from "#app/domain/content/draft.ts";
import { authoredModules, endedDrafts } from "#app/domain/content/draft-list.server.ts";
import { createDraft } from "#app/domain/content/draft.server.ts";
import { can } from "#app/domain/people/permission.ts";
import { parseForm, refused } from "#app/http/form.server.ts";
import { found } from "#app/http/guard.ts";
import { actorOf } from "#app/http/session.server.ts";
import { translateFor } from "#app/i18n/catalogues.server.ts";
import { pageTitle, Rich, useLangOf, useT } from "#app/i18n/use-t.tsx";

export const meta: MetaFunction = ({ matches }) => pageTitle(matches, (t) => t("Author"));

export async function loader({ request, context }: LoaderFunctionArgs) {
  const actor = await actorOf(request, context);
  const modules = await authoredModules(context.db, actor);
  return { modules, ended: await endedDrafts(context.db, actor), mayAuthor: can(actor, "content.author") };
}

const fields = z.object({ slug: z.string().max(100) });

/** Begins a draft of a module and opens it. */
export async function action({ request, context }: ActionFunctionArgs) {
  const actor = await actorOf(request, context);
  const form = await parseForm(request, fields);
  if (!form.ok) return form.response;
  const made = found(await createDraft(context.db, actor, form.value.slug, context.now()));
  if (!made.ok) {
    const t = await translateFor(request);
    return refused({ ...form.state, message: t(draftRefusalWords[made.reason]) }, 409);
  }
  return redirect(`/author/${made.id}`);
}

export default function Author() {
  const { modules, ended, mayAuthor } = useLoaderData<typeof loader>();
  const form = useActionData<typeof action>();
  const busy = useNavigation().state !== "idle";
  const t = useT();
  const langOf = useLangOf();
  return (
    <>
      <PageHeader
        title={t("Author")}
        lead={t(
          "Change a module in a draft, preview it as its learners will see it, and have a second person publish it. Until then learners see the published version.",
        )}
        actions={mayAuthor ? <ButtonLink to="/author/new">{t("Begin a new module")}</ButtonLink> : null}
      />
      {form?.message ? (
        <div className="mb-6">
          <Notice tone="bad" role="alert">
            {form.message}
          </Notice>
        </div>
      ) : null}
      {modules.length === 0 ? (
        <EmptyState title={t("No module yet")}>
          {t("Modules come from the content folder, or are begun here.")}
        </EmptyState>
      ) : (
        <ul className="grid gap-4 lg:grid-cols-2">
          {modules.map(({ slug, title, version, publishedAt, draft }) => (
            <Card as="li" key={slug} className="flex flex-col gap-4">
              <div>
                <h2 lang={langOf("en")} className="text-lg text-balance">
                  {title}
                </h2>
                <p className="text-muted mt-1 flex flex-wrap gap-x-3 text-sm">
                  <span>
                    {version !== null && publishedAt !== null ? (
                      <Rich
                        text="{{slug}}, version {{version}}, published <day/>"
                        values={{ slug, version }}
                        elements={{ day: <Day at={publishedAt.toISOString()} /> }}
                      />
                    ) : (
                      t("{{slug}}, not published yet", { slug })
                    )}
                  </span>
                  {version === null ? null : (
                    <Link
                      to={`/author/versions/${slug}`}
                      className="text-accent inline-flex min-h-6 items-center underline underline-offset-4"
                      aria-label={t("Versions of {{title}}", { title })}
                    >
                      {t("Versions")}
                    </Link>
                  )}
                </p>
              </div>
              {draft ? (
                <div className="mt-auto flex flex-wrap items-center justify-between gap-3">
                  <p className="text-sm">
                    <DraftBadge status={draft.status} />
                    <span className="text-muted mt-1 block">
                      {draft.updatedBy}, <Moment at={draft.updatedAt.toISOString()} />
                    </span>
                  </p>
                  <ButtonLink
                    to={`/author/${draft.id}${draft.status === "submitted" ? "/review" : ""}`}
                    aria-label={t("Open the draft of {{title}}", { title })}
                  >
                    {t("Open the draft")}
                  </ButtonLink>
                </div>
              ) : mayAuthor ? (
                <Form method="post" className="mt-auto">
                  <input type="hidden" name="slug" value={slug} />
                  <Button
                    look="secondary"
                    disabled={busy}
                    aria-label={t("Begin a draft of {{title}}", { title })}
                  >
                    {t("Begin a draft")}
                  </Button>
                </Form>
              ) : (
                <p className="text-muted mt-auto text-sm">{t("No draft.")}</p>
              )}
            </Card>
          ))}
        </ul>
      )}
      <section aria-labelledby="ended" className="mt-12">
        <h2 id="ended" className="mb-4 text-lg">
          {t("Earlier drafts")}
        </h2>
        {ended.length === 0 ? (
          <p className="text-muted">{t("None has been published or withdrawn yet.")}</p>
        ) : (
          <ul className="divide-line border-line divide-y border-y">
            {ended.map((draft) => (
              <li key={draft.id} className="flex flex-wrap items-center gap-x-4 gap-y-1 py-3 text-sm">
                <Link
                  to={`/author/${draft.id}`}
                  className="text-accent inline-flex min-h-6 items-center font-medium underline underline-offset-4"
                >
                  {draft.slug} {draft.status === "published" ? draft.version : ""}
                </Link>
                <DraftBadge status={draft.status} />
                <span className="text-muted">
                  {draft.decidedBy}
                  {draft.decidedAt ? (
                    <>
                      , <Moment at={draft.decidedAt.toISOString()} />
                    </>
                  ) : null}
                </span>
              </li>
            ))}
          </ul>
        )}
      </section>
    </>
  );
}
