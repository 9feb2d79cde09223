import { Link, useLoaderData } from "@remix-run/react";
import { Glyph } from "#app/components/glyph.tsx";
import { Card } from "#app/components/ui/surface.tsx";
import { useT } from "#app/i18n/use-t.tsx";
import { CellState } from "./cell.tsx";
import { NextNeed } from "./next-need.tsx";
import type { loader } from "./route.tsx";

/** The same people one below the other, for narrow screens. */
export function PeopleCards() {
  const t = useT();
  const { people, requirements, moment: now, team } = useLoaderData<typeof loader>();
  return (
    <ul className="space-y-3 md:hidden">
      {people.map(({ id, name, title, department, timeZone, opens, cells }) => (
        <Card as="li" key={id} className="relative">
          <h3 className="text-base wrap-anywhere">
            {opens ? (
              <Link
                to={`/records/${id}`}
                className="hover:text-accent flex items-center justify-between gap-3 after:absolute after:inset-0 after:rounded-2xl"
              >
                {name}
                <Glyph name="right" className="text-accent size-4" />
              </Link>
            ) : (
              name
            )}
          </h3>
          <p className="text-muted text-sm">
            {title} · {department}
          </p>
          {team ? <NextNeed cells={cells} zone={timeZone} /> : null}
          {cells.length === 0 ? (
            <p className="text-muted mt-3 text-sm">{t("Nothing is required.")}</p>
          ) : (
            <dl className="divide-line border-line mt-3 divide-y border-t">
              {cells.map((cell) => (
                <div
                  key={cell.periodId}
                  className="flex items-center justify-between gap-3 pt-2.5 pb-2.5 last:pb-0"
                >
                  <dt lang="en" className="min-w-0 text-sm">
                    {requirements.find((one) => one.slug === cell.requirement)?.title}
                  </dt>
                  <dd className="shrink-0 space-y-1 text-right">
                    <CellState cell={cell} zone={timeZone} now={now} />
                  </dd>
                </div>
              ))}
            </dl>
          )}
        </Card>
      ))}
    </ul>
  );
}
