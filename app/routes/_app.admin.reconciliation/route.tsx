import {
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from "@remix-run/node";
import { Form, useActionData, useLoaderData } from "@remix-run/react";
import { z } from "zod";
import { PageLinks } from "#app/components/page-links.tsx";
import { Button, ButtonLink } from "#app/components/ui/button.tsx";
import { TextField } from "#app/components/ui/field.tsx";
import { EmptyState, Notice, PageHeader } from "#app/components/ui/surface.tsx";
import { mendRecord, recordChecks } from "#app/domain/evidence/external-copy.server.ts";
import { allow, can } from "#app/domain/people/permission.ts";
import { parseForm, refused } from "#app/http/form.server.ts";
import { actorOf } from "#app/http/session.server.ts";
import { translateFor } from "#app/i18n/catalogues.server.ts";
import { pageTitle, useT } from "#app/i18n/use-t.tsx";
import { RecordCard } from "./record-card.tsx";

export const meta: MetaFunction = ({ matches }) => pageTitle(matches, (t) => t("Reconciliation"));

/** What cannot be read is left out, so that an old bookmark still opens. */
const filters = z.object({
  search: z.string().trim().max(100).catch(""),
  /** The last record of the page before: its moment and its id. */
  after: z
    .string()
    .transform((text) => text.split("~"))
    .pipe(z.tuple([z.iso.datetime(), z.uuid()]))
    .optional()
    .catch(undefined),
  mended: z.coerce.number().int().positive().max(1e6).optional().catch(undefined),
});

export async function loader({ request, context }: LoaderFunctionArgs) {
  const actor = await actorOf(request, context);
  const filter = filters.parse({ search: "", ...Object.fromEntries(new URL(request.url).searchParams) });
  const { search, after, mended } = filter;
  const page = await recordChecks(context.db, actor, context.ask, {
    search: search === "" ? undefined : search,
    after: after && { completedAt: new Date(after[0]), registration: after[1] },
  });
  const next = page.next && `${page.next.completedAt.toISOString()}~${page.next.registration}`;
  const mayMend = can(actor, "outbox.manage", {});
  return { ...page, next, search, first: after === undefined, mended, mayMend };
}

const fields = z.object({ target: z.string().min(1).max(200), registration: z.uuid() });

export async function action({ request, context }: ActionFunctionArgs) {
  const actor = await actorOf(request, context);
  allow(actor, "outbox.manage", {});
  const form = await parseForm(request, fields);
  if (!form.ok) return form.response;
  const { target } = form.value;
  const result = await mendRecord(context.db, actor, context.ask, form.value, context.now());
  if (result.ok) {
    const url = new URL(request.url);
    url.searchParams.set("mended", String(result.statements));
    throw redirect(`${url.pathname}${url.search}`);
  }
  const t = await translateFor(request);
  const message = {
    unknown: t("There is no such record, or {{target}} is not configured any more.", { target }),
    nothing: t("{{target}} has everything of this record that sending again can bring there.", { target }),
    "no answer": t("{{target}} gave no answer, so nothing was put in line. Try again later.", { target }),
  }[result.reason];
  return refused({ message }, 409);
}

export type Check = ReturnType<typeof useLoaderData<typeof loader>>["checks"][number];

export default function Reconciliation() {
  const t = useT();
  const { checks, targets, search, mended, mayMend } = useLoaderData<typeof loader>();
  const refusal = useActionData<typeof action>();
  return (
    <>
      <PageHeader
        title={t("Reconciliation")}
        lead={t(
          "For each competence record: whether its statements are in this store, and in each external one, asked just now.",
        )}
        actions={
          <ButtonLink to="/admin/reconciliation/statements" look="secondary">
            {t("Statements without a record")}
          </ButtonLink>
        }
      />
      <Form
        role="search"
        aria-label={t("Records")}
        className="mb-6 grid items-end gap-4 sm:grid-cols-[1fr_auto]"
      >
        <TextField
          label={t("Person or requirement")}
          name="search"
          type="search"
          maxLength={100}
          defaultValue={search}
          placeholder={t("Name, or part of it")}
        />
        <Button look="secondary">{t("Show")}</Button>
      </Form>
      <div className="space-y-4">
        {refusal?.message ? (
          <Notice tone="bad" role="alert">
            {refusal.message}
          </Notice>
        ) : null}
        {mended ? (
          <Notice tone="good" role="status">
            {t("{{count}} statements are in line to be sent again. Look again in a few seconds.", {
              count: mended,
            })}
          </Notice>
        ) : null}
        {targets.length === 0 && checks.length > 0 ? (
          <Notice>
            {t("No external record store is configured, so each record is compared with this store alone.")}
          </Notice>
        ) : null}
        {checks.length === 0 ? (
          <EmptyState
            title={search === "" ? t("No competence record yet") : t("No record fits")}
            action={
              search === "" ? undefined : (
                <ButtonLink to="/admin/reconciliation" look="secondary">
                  {t("Show all")}
                </ButtonLink>
              )
            }
          >
            {search === ""
              ? t("The first one is written when somebody passes an assessment.")
              : t("Try less of the name, or the title of the requirement.")}
          </EmptyState>
        ) : (
          <ol className="space-y-3" aria-label={t("Records")}>
            {checks.map((check) => (
              <RecordCard key={check.registration} check={check} mayMend={mayMend} />
            ))}
          </ol>
        )}
        <Pages />
      </div>
    </>
  );
}

function Pages() {
  const t = useT();
  const { search, first, next } = useLoaderData<typeof loader>();
  const to = (after?: string): string => {
    const query = new URLSearchParams({ ...(search ? { search } : {}), ...(after ? { after } : {}) });
    return `/admin/reconciliation?${query.toString()}`;
  };
  return (
    <PageLinks
      back={first ? null : { to: to(), words: t("Newest") }}
      on={next === null ? null : { to: to(next), words: t("Older") }}
    />
  );
}
