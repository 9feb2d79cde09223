import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { Link, useLoaderData } from "@remix-run/react";
import { PageLinks } from "#app/components/page-links.tsx";
import { HiddenKeys, StatementJson } from "#app/components/statement-json.tsx";
import { StatementMarks } from "#app/components/statement-marks.tsx";
import { ButtonLink } from "#app/components/ui/button.tsx";
import { Moment } from "#app/components/ui/moment.tsx";
import { Card, EmptyState, PageHeader } from "#app/components/ui/surface.tsx";
import { type VerbName, verbs } from "#app/domain/evidence/statement.ts";
import { filterQuery, statementPlace } from "#app/domain/evidence/statement-filter.ts";
import { statementPage } from "#app/domain/evidence/statement-log.server.ts";
import { can } from "#app/domain/people/permission.ts";
import { actorOf } from "#app/http/session.server.ts";
import { pageTitle, useT } from "#app/i18n/use-t.tsx";
import { Filters } from "./filters.tsx";

export const meta: MetaFunction = ({ matches }) => pageTitle(matches, (t) => t("Evidence"));

export async function loader({ request, context }: LoaderFunctionArgs) {
  const actor = await actorOf(request, context);
  const search = Object.fromEntries(new URL(request.url).searchParams);
  const { before, ...filter } = statementPlace.parse(search);
  const page = await statementPage(context.db, actor, filter, before);
  return {
    ...page,
    before,
    filter,
    query: filterQuery(filter),
    verbNames: (Object.keys(verbs) as VerbName[]).toSorted(),
    mayReadKeys: can(actor, "evidence.read_keys", {}),
  };
}

export type View = ReturnType<typeof useLoaderData<typeof loader>>;

export default function Statements() {
  const t = useT();
  const view = useLoaderData<typeof loader>();
  const { entries, query, mayReadKeys } = view;
  return (
    <>
      <PageHeader
        title={t("Evidence")}
        lead={
          <>
            <p>
              {t(
                "Every step that counts, as an xAPI statement, newest first: those of this product, and those that clients of the record store sent. Statements are only ever added; they name people by a pseudonym, which is resolved here for you.",
              )}
            </p>
            {mayReadKeys ? null : <HiddenKeys />}
          </>
        }
        actions={
          <ButtonLink to="/profile" look="secondary">
            {t("xAPI profile")}
          </ButtonLink>
        }
      />
      <Filters key={query} view={view} />
      {entries.length === 0 ? (
        <NothingFound view={view} />
      ) : (
        <ol className="space-y-2" aria-label={t("Statements")}>
          {entries.map((entry) => (
            <StatementRow key={entry.id} entry={entry} />
          ))}
        </ol>
      )}
      <Pages view={view} />
    </>
  );
}

function NothingFound({ view: { query, before } }: { view: View }) {
  const t = useT();
  if (query === "" && before === null)
    return (
      <EmptyState title={t("No statement yet")}>
        {t("The first one is written when somebody opens a lesson, or when a client sends one.")}
      </EmptyState>
    );
  return (
    <EmptyState
      title={t("No statement fits")}
      action={
        <ButtonLink to="/admin/statements" look="secondary">
          {t("Show all")}
        </ButtonLink>
      }
    >
      {t("Ask for less: part of a name, or fewer conditions at once. Ids and addresses must be whole.")}
    </EmptyState>
  );
}

function StatementRow({ entry }: { entry: View["entries"][number] }) {
  const t = useT();
  const { seq, id, line, at, parts, voidedBy } = entry;
  return (
    <Card as="li" className="py-3! sm:py-3!">
      <div className="flex flex-wrap items-baseline justify-between gap-x-4 gap-y-1">
        <p lang="en" className="min-w-0 font-medium text-pretty wrap-anywhere">
          <Link to={`/admin/statements/${id}`} className="underline-offset-4 hover:underline">
            {line}
          </Link>
        </p>
        <p className="text-muted flex flex-wrap items-center gap-x-3 gap-y-1 text-sm">
          <StatementMarks parts={parts} voidedBy={voidedBy} />
          <Moment at={at.toISOString()} />
        </p>
      </div>
      {parts && parts.json !== null ? (
        <details className="mt-1">
          <summary className="text-muted hover:text-ink w-fit max-w-full cursor-pointer py-1 text-sm wrap-anywhere">
            {t("Statement {{number}} in full", { number: seq })}
          </summary>
          <StatementJson json={parts.json} />
        </details>
      ) : (
        <p className="text-muted mt-1 py-1 text-sm">{t("Too long for this list. Open it to read it.")}</p>
      )}
    </Card>
  );
}

function Pages({ view: { before, next, query } }: { view: View }) {
  const t = useT();
  const to = (page: string): string => `/admin/statements?${[query, page].filter(Boolean).join("&")}`;
  return (
    <PageLinks
      back={before === null ? null : { to: to(""), words: t("Newest") }}
      on={next === null ? null : { to: to(`before=${next}`), words: t("Older") }}
    />
  );
}
