import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { OutcomeBadge } from "#app/components/outcome-badge.tsx";
import { PageLinks } from "#app/components/page-links.tsx";
import { ButtonLink } from "#app/components/ui/button.tsx";
import { Day } from "#app/components/ui/moment.tsx";
import { Badge, Card, EmptyState, PageHeader } from "#app/components/ui/surface.tsx";
import { feedbackFilter, type FeedbackFilter } from "#app/domain/assistant/feedback.ts";
import { feedbackList } from "#app/domain/assistant/feedback.server.ts";
import { actorOf } from "#app/http/session.server.ts";
import { pageTitle, useT } from "#app/i18n/use-t.tsx";
import { Counts } from "./counts.tsx";
import { FilterForm } from "./filter-form.tsx";

export const meta: MetaFunction = ({ matches }) => pageTitle(matches, (t) => t("Feedback on answers"));

export async function loader({ request, context }: LoaderFunctionArgs) {
  const actor = await actorOf(request, context);
  const filter = feedbackFilter.parse(Object.fromEntries(new URL(request.url).searchParams));
  return { filter, ...(await feedbackList(context.db, actor, filter)) };
}

export type FeedbackView = ReturnType<typeof useLoaderData<typeof loader>>;

export default function FeedbackPage() {
  const t = useT();
  const view = useLoaderData<typeof loader>();
  const { rows, counts } = view;
  return (
    <>
      <PageHeader
        title={t("Feedback on answers")}
        lead={t(
          "What askers think of the assistant’s answers. Nobody is named, and personal data is masked.",
        )}
      />
      {counts.length === 0 ? (
        <EmptyState title={t("No feedback yet")}>
          {t("Everybody who gets an answer is asked whether it helped. What they say appears here.")}
        </EmptyState>
      ) : (
        <div className="space-y-8">
          <Counts counts={counts} />
          <FilterForm filter={view.filter} />
          {rows.length === 0 ? (
            <EmptyState
              title={t("Nothing fits")}
              action={
                <ButtonLink look="secondary" to="/admin/feedback">
                  {t("Show all feedback")}
                </ButtonLink>
              }
            />
          ) : (
            <ol className="space-y-3">
              {rows.map((row) => (
                <Row key={row.id} row={row} />
              ))}
            </ol>
          )}
          <Pages view={view} />
        </div>
      )}
    </>
  );
}

function Row({ row }: { row: FeedbackView["rows"][number] }) {
  const t = useT();
  return (
    <Card as="li">
      <div className="flex flex-wrap items-center gap-2">
        <Badge tone={row.helpful ? "good" : "bad"}>{row.helpful ? t("Helpful") : t("Not helpful")}</Badge>
        <OutcomeBadge outcome={row.outcome} />
        <span className="text-muted text-sm">
          <Day at={row.at.toISOString()} />
        </span>
      </div>
      <blockquote className="mt-3 line-clamp-4 text-pretty whitespace-pre-line wrap-anywhere">
        {row.text}
      </blockquote>
      {row.reason ? (
        <p className="border-line-strong mt-3 border-l-2 pl-3 text-sm whitespace-pre-line wrap-anywhere">
          <span className="font-semibold">{t("Reason:")}</span> {row.reason}
        </p>
      ) : null}
    </Card>
  );
}

function Pages({ view: { filter, more } }: { view: FeedbackView }) {
  const t = useT();
  return (
    <PageLinks
      back={filter.page > 1 ? { to: addressOf(filter, filter.page - 1), words: t("Newer") } : null}
      on={more ? { to: addressOf(filter, filter.page + 1), words: t("Older") } : null}
    />
  );
}

function addressOf({ helpful, outcome }: FeedbackFilter, page: number): string {
  return `/admin/feedback?${new URLSearchParams({ helpful, outcome, page: String(page) }).toString()}`;
}
