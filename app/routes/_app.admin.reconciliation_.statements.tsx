import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { Link, useLoaderData } from "@remix-run/react";
import { z } from "zod";
import { PageLinks } from "#app/components/page-links.tsx";
import { Moment } from "#app/components/ui/moment.tsx";
import { Card, EmptyState, PageHeader } from "#app/components/ui/surface.tsx";
import { strayStatements } from "#app/domain/evidence/stray-statement.server.ts";
import { pageTitle, Rich, useT } from "#app/i18n/use-t.tsx";
import { actorOf } from "#app/http/session.server.ts";

export const meta: MetaFunction = ({ matches }) =>
  pageTitle(matches, (t) => t("Statements without a record"));

const place = z.coerce.number().int().positive().optional().catch(undefined);

export async function loader({ request, context }: LoaderFunctionArgs) {
  const actor = await actorOf(request, context);
  const before = place.parse(new URL(request.url).searchParams.get("before") ?? undefined);
  return { ...(await strayStatements(context.db, actor, before)), first: before === undefined };
}

export default function StrayStatements() {
  const t = useT();
  const { strays, next, first } = useLoaderData<typeof loader>();
  return (
    <>
      <PageHeader
        eyebrow={
          <Link to="/admin/reconciliation" className="underline underline-offset-4">
            {t("Reconciliation")}
          </Link>
        }
        title={t("Statements without a record")}
        lead={t(
          "Statements this product wrote of a pass or a completion, with no completed record behind them. There should be none: a record and its statements are written together.",
        )}
      />
      {strays.length === 0 ? (
        <EmptyState
          title={next === null ? t("Every such statement has its record") : t("None among the newest")}
        >
          {next === null
            ? t("Nothing needs to be done.")
            : t("Older statements have not been looked at yet.")}
        </EmptyState>
      ) : (
        <>
          <p className="mb-4 max-w-3xl text-pretty">
            {t(
              "The administrator finds the cause, first in the back-ups: a record may have been lost. HR decides whether the competence stands and has the person sit the assessment again where it does not.",
            )}
          </p>
          <ol className="space-y-2" aria-label={t("Statements")}>
            {strays.map((stray) => (
              <Card as="li" key={stray.id} className="py-3! sm:py-3!">
                <p lang="en" className="font-medium text-pretty wrap-anywhere">
                  {stray.line}
                </p>
                <p className="text-muted mt-1 text-sm wrap-anywhere">
                  <Rich
                    text="Statement {{number}}, {{id}}, stored <moment/>"
                    elements={{ moment: <Moment at={stray.stored.toISOString()} /> }}
                    values={{ number: stray.seq, id: stray.id }}
                  />
                </p>
              </Card>
            ))}
          </ol>
        </>
      )}
      <PageLinks
        back={first ? null : { to: "/admin/reconciliation/statements", words: t("Newest") }}
        on={next === null ? null : { to: `?before=${next}`, words: t("Older") }}
      />
    </>
  );
}
