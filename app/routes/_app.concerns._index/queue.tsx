import { Link, useLoaderData } from "@remix-run/react";
import { ConcernBadge } from "#app/components/concern-badge.tsx";
import { NumberedPageLinks } from "#app/components/page-links.tsx";
import { Day } from "#app/components/ui/moment.tsx";
import { Badge, Card, EmptyState } from "#app/components/ui/surface.tsx";
import {
  concernKindNames,
  type ConcernView,
  concernViewNames,
  concernViews,
} from "#app/domain/assistant/concern.ts";
import { msg } from "#app/i18n/translate.ts";
import { Rich, useT } from "#app/i18n/use-t.tsx";
import type { loader } from "./route.tsx";

type Row = ReturnType<typeof useLoaderData<typeof loader>>["rows"][number];

const empty: Record<ConcernView, { title: string; text: string }> = {
  open: {
    title: msg("Nothing waits for an answer"),
    text: msg("New reports appear here, the oldest first."),
  },
  answered: {
    title: msg("Nothing answered is still open"),
    text: msg("Answered reports stay here until closed."),
  },
  closed: {
    title: msg("Nothing is closed yet"),
    text: msg("Closed reports stay here with what came of them."),
  },
  mine: {
    title: msg("You have reported nothing under your name"),
    text: msg("Reports without a name are not listed: follow them up with their code."),
  },
};

/** The reports of one view, and for reviewers the way to the others. */
export function Queue() {
  const t = useT();
  const { everyone, view, page, rows, more, counts } = useLoaderData<typeof loader>();
  return (
    <section aria-label={t(concernViewNames[view])} className="min-w-0">
      {everyone ? (
        <nav aria-label={t("Views")} className="mb-6 flex flex-wrap gap-2">
          {concernViews.map((name) => (
            <Link
              key={name}
              to={`/concerns?view=${name}`}
              aria-current={name === view ? "page" : undefined}
              className="border-line text-muted hover:bg-sunken aria-[current=page]:bg-accent-soft aria-[current=page]:text-accent-ink inline-flex min-h-11 items-center gap-2 rounded-full border px-4 text-sm font-semibold"
            >
              {t(concernViewNames[name])} <span className="font-normal">({counts[name]})</span>
            </Link>
          ))}
        </nav>
      ) : null}
      {rows.length === 0 ? (
        <EmptyState title={t(empty[view].title)}>{t(empty[view].text)}</EmptyState>
      ) : (
        <ol className="space-y-3">
          {rows.map((row) => (
            <ConcernRow key={row.id} row={row} />
          ))}
        </ol>
      )}
      <NumberedPageLinks page={page} more={more} to={(n) => `/concerns?view=${view}&page=${n}`} />
    </section>
  );
}

function ConcernRow({ row }: { row: Row }) {
  const t = useT();
  const { view } = useLoaderData<typeof loader>();
  return (
    <Card as="li" className="relative">
      <div className="flex flex-wrap items-center gap-2">
        <span className="text-muted text-sm font-medium">
          {t("Report {{number}}", { number: row.number })}
        </span>
        <ConcernBadge status={row.status} acknowledged={row.acknowledged} />
        <Badge>{t(concernKindNames[row.kind])}</Badge>
      </div>
      <h2 className="mt-2 line-clamp-2 text-base text-pretty wrap-anywhere">
        <Link to={`/concerns/${row.id}`} className="hover:text-accent after:absolute after:inset-0">
          {row.text}
        </Link>
      </h2>
      <p className="text-muted mt-1 text-sm">
        {view === "mine" ? null : `${row.reporter ?? t("Without a name")} · `}
        <Rich text="reported <day/>" elements={{ day: <Day at={row.at.toISOString()} /> }} />
      </p>
    </Card>
  );
}
