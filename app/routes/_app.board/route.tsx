import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { Glyph } from "#app/components/glyph.tsx";
import { ButtonAnchor, ButtonLink } from "#app/components/ui/button.tsx";
import { EmptyState, PageHeader } from "#app/components/ui/surface.tsx";
import { boardPlace, filterQuery, isNarrowed } from "#app/domain/competence/board.ts";
import { board } from "#app/domain/competence/board.server.ts";
import { can, reach } from "#app/domain/people/permission.ts";
import { actorOf } from "#app/http/session.server.ts";
import { pageTitle, useT } from "#app/i18n/use-t.tsx";
import { boardAddress } from "./address.ts";
import { Filters } from "./filters.tsx";
import { Matrix } from "./matrix.tsx";
import { PeopleCards } from "./people-cards.tsx";
import { Summary } from "./summary.tsx";

export const meta: MetaFunction = ({ matches }) => pageTitle(matches, (t) => t("Board"));

export async function loader({ request, context }: LoaderFunctionArgs) {
  const actor = await actorOf(request, context);
  const now = context.now();
  const search = new URL(request.url).searchParams;
  const { after, before, ...filter } = boardPlace.parse(Object.fromEntries(search));
  return {
    ...(await board(context.db, actor, { filter, after, before }, now)),
    filter,
    now,
    narrowed: isNarrowed(filter),
    team: reach(actor, "board.read") === "team",
    export: can(actor, "board.export") ? `/board.csv?${filterQuery(filter)}` : null,
  };
}

export default function Board() {
  const t = useT();
  const data = useLoaderData<typeof loader>();
  const { people, total, narrowed, team, filter, next, previous } = data;
  const nobody = total === 0 && !narrowed;
  return (
    <>
      <PageHeader
        title={t("Competence board")}
        lead={
          team
            ? t("Who of your direct reports is competent in what, and who is late.")
            : t("Who is competent in what, who is late, and the evidence behind each entry.")
        }
        actions={
          total > 0 ? (
            <>
              <ButtonLink to={`/board/trends?${filterQuery(filter)}`} look="secondary">
                {t("Coverage over time")}
              </ButtonLink>
              {data.export ? (
                <ButtonAnchor href={data.export} look="secondary">
                  <Glyph name="down" />
                  {narrowed ? t("Export these as CSV") : t("Export as CSV")}
                </ButtonAnchor>
              ) : null}
            </>
          ) : undefined
        }
      />
      {nobody ? (
        <EmptyState title={team ? t("Nobody reports to you") : t("There is nobody here yet")}>
          {team
            ? t("People appear here once you are named as their manager.")
            : t("People appear here once they are imported.")}
        </EmptyState>
      ) : (
        <>
          <Filters />
          <Summary />
          <section aria-labelledby="people">
            <div className="mt-10 mb-4 flex flex-wrap items-baseline justify-between gap-x-4">
              <h2 id="people" className="text-xl">
                {t("People")}
              </h2>
              <p role="status" className="text-muted text-sm">
                {narrowed
                  ? t("{{count}} people match", { count: total })
                  : t("{{count}} people", { count: total })}
              </p>
            </div>
            {people.length === 0 ? (
              <EmptyState
                title={total === 0 ? t("Nobody matches") : t("This page is empty")}
                action={
                  <ButtonLink to={total === 0 ? "/board" : boardAddress(filter)} look="secondary">
                    {total === 0 ? t("Clear the filters") : t("Go to the first page")}
                  </ButtonLink>
                }
              >
                {total === 0
                  ? t("Try fewer words or another filter.")
                  : t("The people after this point have moved or left.")}
              </EmptyState>
            ) : (
              <>
                <Matrix />
                <PeopleCards />
              </>
            )}
          </section>
          {next || previous ? (
            <nav aria-label={t("Pages")} className="mt-6 flex justify-between gap-3">
              {previous ? (
                <ButtonLink look="secondary" rel="prev" to={boardAddress(filter, {}, { before: previous })}>
                  <Glyph name="left" /> {t("Previous")}
                </ButtonLink>
              ) : (
                <span />
              )}
              {next ? (
                <ButtonLink look="secondary" rel="next" to={boardAddress(filter, {}, { after: next })}>
                  {t("Next")} <Glyph name="right" />
                </ButtonLink>
              ) : null}
            </nav>
          ) : null}
        </>
      )}
    </>
  );
}
