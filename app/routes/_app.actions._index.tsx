import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { Link, useLoaderData } from "@remix-run/react";
import { ActionBadge } from "#app/components/action-badge.tsx";
import { NumberedPageLinks } from "#app/components/page-links.tsx";
import { ButtonLink } from "#app/components/ui/button.tsx";
import { Day } from "#app/components/ui/moment.tsx";
import { Card, EmptyState, PageHeader } from "#app/components/ui/surface.tsx";
import { ViewLinks } from "#app/components/view-links.tsx";
import { actionList } from "#app/domain/competence/action-list.server.ts";
import { actionFilter, actionScopeNames } from "#app/domain/competence/corrective-action.ts";
import { can } from "#app/domain/people/permission.ts";
import { actorOf } from "#app/http/session.server.ts";
import { msg } from "#app/i18n/translate.ts";
import { pageTitle, Rich, useT } from "#app/i18n/use-t.tsx";

export const meta: MetaFunction = ({ matches }) => pageTitle(matches, (t) => t("Corrective actions"));

export async function loader({ request, context }: LoaderFunctionArgs) {
  const actor = await actorOf(request, context);
  const filter = actionFilter.parse(Object.fromEntries(new URL(request.url).searchParams));
  const list = await actionList(context.db, actor, filter, context.now());
  return { ...list, ...filter, mayOpen: can(actor, "action.open") };
}

const views = [
  { view: "unfinished", name: msg("Unfinished") },
  { view: "overdue", name: msg("Overdue") },
  { view: "mine", name: msg("Given to me") },
  { view: "closed", name: msg("Closed") },
] as const;

type Row = ReturnType<typeof useLoaderData<typeof loader>>["rows"][number];

export default function Actions() {
  const t = useT();
  const { rows, more, counts, view, page, mayOpen } = useLoaderData<typeof loader>();
  return (
    <>
      <PageHeader
        title={t("Corrective actions")}
        lead={t(
          "Gaps in competence, what is done about them, and whether it had an effect. Somebody other than the owner verifies that before an action is closed.",
        )}
        actions={mayOpen ? <ButtonLink to="/actions/new">{t("Open an action")}</ButtonLink> : undefined}
      />
      <ViewLinks
        label={t("Views")}
        views={views.map((one) => ({
          to: `/actions?view=${one.view}`,
          name: t(one.name),
          count: counts[one.view],
          current: one.view === view,
        }))}
      />
      {rows.length === 0 ? (
        <EmptyState title={view === "overdue" ? t("No action is overdue") : t("No actions here")}>
          {t("An action is opened from a record, or here for a department, an audience or the organisation.")}
        </EmptyState>
      ) : (
        <ol className="space-y-3">
          {rows.map((row) => (
            <ActionCard key={row.id} row={row} />
          ))}
        </ol>
      )}
      <NumberedPageLinks page={page} more={more} to={(n) => `/actions?view=${view}&page=${n}`} />
    </>
  );
}

function ActionCard({ row }: { row: Row }) {
  const t = useT();
  return (
    <Card as="li" className="relative">
      <div className="flex flex-wrap items-center gap-2">
        <span className="text-muted text-sm font-medium">
          {t("Action {{number}}", { number: row.number })}
        </span>
        <ActionBadge status={row.status} overdue={row.overdue} />
      </div>
      <h2 className="mt-2 line-clamp-2 text-base text-pretty wrap-anywhere">
        <Link to={`/actions/${row.id}`} className="hover:text-accent after:absolute after:inset-0">
          {row.nonconformity}
        </Link>
      </h2>
      <p className="text-muted mt-1 text-sm wrap-anywhere">
        {row.about ?? t(actionScopeNames[row.scope])}
        {row.requirement ? (
          <>
            {" · "}
            <span lang="en">{row.requirement}</span>
          </>
        ) : null}
        {" · "}
        <Rich
          text="{{name}}, due <day/>"
          values={{ name: row.owner }}
          elements={{ day: <Day at={row.dueOn} /> }}
        />
      </p>
    </Card>
  );
}
