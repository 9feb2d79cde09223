import { Link, useLoaderData } from "@remix-run/react";
import { StateBadge } from "#app/components/state-badge.tsx";
import { Card } from "#app/components/ui/surface.tsx";
import { coverage } from "#app/domain/competence/board.ts";
import type { PeriodState } from "#app/domain/competence/period-state.ts";
import { Rich, useNumber, useT } from "#app/i18n/use-t.tsx";
import { useBoardAddress } from "./address.ts";
import type { loader } from "./route.tsx";
import { StateBar, statesInOrder } from "./state-bar.tsx";

type Entry = ReturnType<typeof useLoaderData<typeof loader>>["summary"][number];

/** For each requirement: the share that is competent, and how many stand in each state. Counts narrow the board. */
export function Summary() {
  const t = useT();
  const { summary } = useLoaderData<typeof loader>();
  if (summary.length === 0) return null;
  const asked = summary.filter(({ counts }) => statesInOrder.some((state) => counts[state] > 0));
  const others = summary.filter((entry) => !asked.includes(entry));
  return (
    <section aria-labelledby="coverage">
      <h2 id="coverage" className="mb-4 text-xl">
        {t("Coverage")}
      </h2>
      <ul className="grid gap-4 md:grid-cols-2 xl:grid-cols-3">
        {asked.map((entry) => (
          <Coverage key={entry.slug} entry={entry} />
        ))}
      </ul>
      {others.length > 0 ? (
        <details className="mt-4 text-sm">
          <summary className="text-muted">
            {t("{{count}} requirements ask nothing of the people shown", { count: others.length })}
          </summary>
          <ul lang="en" className="mt-2 ml-5 list-disc">
            {others.map(({ slug, title }) => (
              <li key={slug}>{title}</li>
            ))}
          </ul>
        </details>
      ) : null}
    </section>
  );
}

function Coverage({ entry: { slug, title, counts } }: { entry: Entry }) {
  const t = useT();
  const number = useNumber();
  const { filter } = useLoaderData<typeof loader>();
  const address = useBoardAddress();
  const share = coverage(counts);
  const taken = statesInOrder.filter((state) => counts[state] > 0);
  const chosen = (state: PeriodState): boolean => filter.status === state && filter.requirement === slug;
  return (
    <Card as="li" className="flex flex-col gap-4">
      <div className="flex items-start justify-between gap-4">
        <h3 lang="en" className="min-w-0 pt-1 text-base text-pretty">
          {title}
        </h3>
        <p className="shrink-0 text-right leading-none">
          <span className="text-3xl font-semibold tracking-tight tabular-nums">
            {share === null ? "–" : `${percentOf(share)} %`}
          </span>
          <span className="text-muted mt-1.5 block text-xs">
            {share === null ? t("nobody must") : t("competent")}
          </span>
        </p>
      </div>
      <StateBar counts={counts} title={title} />
      <ul className="-mx-2 grid grid-cols-2 gap-x-2">
        {taken.map((state) => (
          <li key={state}>
            <Link
              to={address({ requirement: slug, status: state })}
              aria-current={chosen(state) ? "true" : undefined}
              className="hover:bg-sunken aria-[current=true]:border-accent flex min-h-10 items-center justify-between gap-2 rounded-lg border border-transparent px-2 text-sm font-semibold tabular-nums"
            >
              <StateBadge state={state} />
              <span>
                {number(counts[state])}
                <span className="sr-only">
                  {" "}
                  <Rich text="in <requirement/>" elements={{ requirement: <span lang="en">{title}</span> }} />
                </span>
              </span>
            </Link>
          </li>
        ))}
      </ul>
    </Card>
  );
}

/** Rounded down, so that 100 % is said only where nobody is missing. */
const percentOf = (share: number): number => Math.floor(share * 100 + 1e-9);
