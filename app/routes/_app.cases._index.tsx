import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { Link, useLoaderData } from "@remix-run/react";
import { z } from "zod";
import { CaseBadge } from "#app/components/case-badge.tsx";
import { NumberedPageLinks } from "#app/components/page-links.tsx";
import { RiskBadge } from "#app/components/risk-badge.tsx";
import { ButtonLink } from "#app/components/ui/button.tsx";
import { Day } from "#app/components/ui/moment.tsx";
import { Badge, Card, EmptyState, Notice, PageHeader } from "#app/components/ui/surface.tsx";
import { useWords } from "#app/components/words.ts";
import { citationIn } from "#app/domain/assistant/answer-words.ts";
import { type QueueView, queueViewNames, queueViews } from "#app/domain/cases/queue.ts";
import { caseQueue } from "#app/domain/cases/queue.server.ts";
import { can } from "#app/domain/people/permission.ts";
import { actorOf } from "#app/http/session.server.ts";
import { msg } from "#app/i18n/translate.ts";
import { pageTitle, Rich, useT } from "#app/i18n/use-t.tsx";

export const meta: MetaFunction<typeof loader> = ({ data, matches }) =>
  pageTitle(matches, (t) => (data?.everyone ? t("Cases") : t("My cases")));

export async function loader({ request, context }: LoaderFunctionArgs) {
  const actor = await actorOf(request, context);
  const everyone = can(actor, "case.queue", {});
  const search = new URL(request.url).searchParams;
  const usual: QueueView = everyone ? "open" : "mine";
  const view = z.enum(queueViews).catch(usual).parse(search.get("view"));
  const page = z.coerce.number().int().min(1).max(10_000).catch(1).parse(search.get("page"));
  return { everyone, view, page, ...(await caseQueue(context.db, actor, { view, page }, context.now())) };
}

type Row = ReturnType<typeof useLoaderData<typeof loader>>["rows"][number];

const empty: Record<QueueView, { title: string; text: string }> = {
  open: {
    title: msg("Nothing waits for a decision"),
    text: msg("New cases appear here, the most urgent first."),
  },
  mine: {
    title: msg("You have asked for no review"),
    text: msg(
      "When the assistant cannot clear a use of AI, you can bring it before a reviewer from its answer.",
    ),
  },
  decided: { title: msg("Nothing is decided yet"), text: msg("Decided cases stay here as precedents.") },
};

export default function Cases() {
  const t = useT();
  const { everyone, view, page, rows, more, counts } = useLoaderData<typeof loader>();
  return (
    <>
      <PageHeader
        title={everyone ? t("Cases") : t("My cases")}
        lead={
          everyone
            ? t(
                "Uses of AI that need a person’s decision. What is decided here counts for the asker and stays a precedent.",
              )
            : t("Uses of AI that you brought before a reviewer, and what was decided.")
        }
        actions={<ButtonLink to="/ask">{t("Ask about a use")}</ButtonLink>}
      />
      {everyone ? (
        <nav aria-label={t("Views")} className="mb-6 flex flex-wrap gap-2">
          {queueViews.map((name) => (
            <Link
              key={name}
              to={`/cases?view=${name}`}
              aria-current={name === view ? "page" : undefined}
              className="border-line text-muted hover:bg-sunken aria-[current=page]:bg-accent-soft aria-[current=page]:text-accent-ink inline-flex min-h-11 items-center gap-2 rounded-full border px-4 text-sm font-semibold"
            >
              {t(queueViewNames[name])} <span className="font-normal">({counts[name]})</span>
            </Link>
          ))}
        </nav>
      ) : null}
      {everyone && view === "open" && counts.overdue > 0 ? (
        <div className="mb-6">
          <Notice tone="warn" title={t("{{count}} cases are overdue", { count: counts.overdue })}>
            {t("A date that passes is no approval: the use stays closed until somebody decides.")}
          </Notice>
        </div>
      ) : null}
      {rows.length === 0 ? (
        <EmptyState title={t(empty[view].title)}>{t(empty[view].text)}</EmptyState>
      ) : (
        <ol className="space-y-3" start={1}>
          {rows.map((row) => (
            <CaseRow key={row.id} row={row} />
          ))}
        </ol>
      )}
      <NumberedPageLinks page={page} more={more} to={(n) => `/cases?view=${view}&page=${n}`} />
    </>
  );
}

function CaseRow({ row }: { row: Row }) {
  const { view } = useLoaderData<typeof loader>();
  const t = useT();
  const words = useWords();
  return (
    <Card as="li" className="relative">
      <div className="flex flex-wrap items-center gap-2">
        <span className="text-muted text-sm font-medium">{t("Case {{number}}", { number: row.number })}</span>
        <CaseBadge pace={row.pace} decision={row.decision} />
        {row.riskClass === "minimal" ? null : <RiskBadge riskClass={row.riskClass} />}
        {row.anchor ? <Badge>{citationIn(row.anchor, words)}</Badge> : null}
        {row.automatic ? <Badge tone="accent">{t("Opened by policy")}</Badge> : null}
      </div>
      <h2 className="mt-2 line-clamp-2 text-base text-pretty wrap-anywhere">
        <Link
          to={`/cases/${row.id}`}
          lang={row.language}
          className="hover:text-accent after:absolute after:inset-0"
        >
          {row.title}
        </Link>
      </h2>
      <p className="text-muted mt-1 text-sm">
        {view === "mine" ? null : `${row.requester} · `}
        <Rich text="asked <day/>" elements={{ day: <Day at={row.openedAt.toISOString()} /> }} />
        {row.decidedAt ? (
          <>
            {" · "}
            <Rich text="decided <day/>" elements={{ day: <Day at={row.decidedAt.toISOString()} /> }} />
          </>
        ) : row.pace === "waiting" ? null : (
          <>
            {" · "}
            <Rich text="due <day/>" elements={{ day: <Day at={row.dueAt.toISOString()} /> }} />
          </>
        )}
      </p>
    </Card>
  );
}
