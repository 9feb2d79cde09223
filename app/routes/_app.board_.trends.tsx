import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { Link, useLoaderData } from "@remix-run/react";
import { CoverageCharts, ExpiringChart } from "#app/components/review/coverage.tsx";
import { Card, PageHeader } from "#app/components/ui/surface.tsx";
import { boardFilter, filterQuery, isNarrowed } from "#app/domain/competence/board.ts";
import { boardTrend } from "#app/domain/effectiveness/trend.server.ts";
import { actorOf } from "#app/http/session.server.ts";
import { pageTitle, useT } from "#app/i18n/use-t.tsx";

export const meta: MetaFunction = ({ matches }) => pageTitle(matches, (t) => t("Coverage over time"));

export async function loader({ request, context }: LoaderFunctionArgs) {
  const actor = await actorOf(request, context);
  // The status is of today, so it narrows nothing that is about other days.
  const filter = {
    ...boardFilter.parse(Object.fromEntries(new URL(request.url).searchParams)),
    status: null,
  };
  return {
    ...(await boardTrend(context.db, actor, filter, context.now())),
    query: filterQuery(filter),
    narrowed: isNarrowed(filter),
  };
}

export default function Trends() {
  const t = useT();
  const { requirements, expiring, query, narrowed } = useLoaderData<typeof loader>();
  return (
    <>
      <PageHeader
        eyebrow={
          <Link to={query === "" ? "/board" : `/board?${query}`} className="underline underline-offset-4">
            {t("Competence board")}
          </Link>
        }
        title={t("Coverage over time")}
        lead={
          narrowed
            ? t("The last twelve months, of the people and requirements that the board is narrowed to.")
            : t("The last twelve months, of all whom the board shows.")
        }
      />
      <div className="space-y-10">
        <CoverageCharts requirements={requirements} />
        {expiring.length > 0 ? (
          <Card>
            <ExpiringChart expiring={expiring} />
          </Card>
        ) : null}
        <p className="text-muted max-w-prose text-sm">
          {t(
            "Each point is computed from stored facts as they stood at the end of its day: of all whom the requirement asked and who were not waived, the share that was competent or expiring. Audiences and departments are those of today.",
          )}
        </p>
      </div>
    </>
  );
}
