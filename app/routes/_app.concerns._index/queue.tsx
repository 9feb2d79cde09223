import { Link, useLoaderData } from "@remix-run/react";
import { ConcernBadge } from "#app/components/concern-badge.tsx";
import { ButtonLink } from "#app/components/ui/button.tsx";
import { Day } from "#app/components/ui/moment.tsx";
import { Badge, Card, EmptyState } from "#app/components/ui/surface.tsx";
import {
  concernKindNames,
  type ConcernView,
  concernViewNames,
  concernViews,
} from "#app/domain/assistant/concern.ts";
import type { loader } from "./route.tsx";

type Row = ReturnType<typeof useLoaderData<typeof loader>>["rows"][number];

const empty: Record<ConcernView, { title: string; text: string }> = {
  open: { title: "Nothing waits for an answer", text: "New reports appear here, the oldest first." },
  answered: { title: "Nothing answered is still open", text: "Answered reports stay here until closed." },
  closed: { title: "Nothing is closed yet", text: "Closed reports stay here with what came of them." },
  mine: {
    title: "You have reported nothing under your name",
    text: "Reports without a name are not listed: follow them up with their code.",
  },
};

/** The reports of one view, and for reviewers the way to the others. */
export function Queue() {
  const { everyone, view, page, rows, more, counts } = useLoaderData<typeof loader>();
  return (
    <section aria-label={concernViewNames[view]} className="min-w-0">
      {everyone ? (
        <nav aria-label="Views" className="mb-6 flex flex-wrap gap-2">
          {concernViews.map((name) => (
            <Link
              key={name}
              to={`/concerns?view=${name}`}
              aria-current={name === view ? "page" : undefined}
              className="border-line text-muted hover:bg-sunken aria-[current=page]:bg-accent-soft aria-[current=page]:text-accent-ink inline-flex min-h-11 items-center gap-2 rounded-full border px-4 text-sm font-semibold"
            >
              {concernViewNames[name]} <span className="font-normal">({counts[name]})</span>
            </Link>
          ))}
        </nav>
      ) : null}
      {rows.length === 0 ? (
        <EmptyState title={empty[view].title}>{empty[view].text}</EmptyState>
      ) : (
        <ol className="space-y-3">
          {rows.map((row) => (
            <ConcernRow key={row.id} row={row} />
          ))}
        </ol>
      )}
      {page > 1 || more ? (
        <nav aria-label="Pages" className="mt-6 flex justify-between">
          {page > 1 ? (
            <ButtonLink look="secondary" to={`/concerns?view=${view}&page=${page - 1}`}>
              Earlier in the list
            </ButtonLink>
          ) : (
            <span />
          )}
          {more ? (
            <ButtonLink look="secondary" to={`/concerns?view=${view}&page=${page + 1}`}>
              Further down the list
            </ButtonLink>
          ) : null}
        </nav>
      ) : null}
    </section>
  );
}

function ConcernRow({ row }: { row: Row }) {
  const { view } = useLoaderData<typeof loader>();
  return (
    <Card as="li" className="relative">
      <div className="flex flex-wrap items-center gap-2">
        <span className="text-muted text-sm font-medium">Report {row.number}</span>
        <ConcernBadge status={row.status} acknowledged={row.acknowledged} />
        <Badge>{concernKindNames[row.kind]}</Badge>
      </div>
      <h2 className="mt-2 line-clamp-2 text-base text-pretty wrap-anywhere">
        <Link to={`/concerns/${row.id}`} className="hover:text-accent after:absolute after:inset-0">
          {row.text}
        </Link>
      </h2>
      <p className="text-muted mt-1 text-sm">
        {view === "mine" ? null : `${row.reporter ?? "Without a name"} · `}
        reported <Day at={row.at.toISOString()} />
      </p>
    </Card>
  );
}
