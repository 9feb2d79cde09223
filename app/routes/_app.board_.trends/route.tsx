import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { Form, Link, useLoaderData } from "@remix-run/react";
import { BarChart } from "#app/components/chart/bar-chart.tsx";
import { LineChart } from "#app/components/chart/line-chart.tsx";
import { Button } from "#app/components/ui/button.tsx";
import { Select } from "#app/components/ui/field.tsx";
import { Day } from "#app/components/ui/moment.tsx";
import { Card, EmptyState, PageHeader } from "#app/components/ui/surface.tsx";
import { boardFilter, filterQuery } from "#app/domain/competence/board.ts";
import { type CoveragePoint, sharePercent, spans, together } from "#app/domain/competence/coverage.ts";
import { coverageOverTime } from "#app/domain/competence/coverage.server.ts";
import { actorOf } from "#app/http/session.server.ts";
import { type Translate } from "#app/i18n/translate.ts";
import { pageTitle, useNumber, useT } from "#app/i18n/use-t.tsx";

export const meta: MetaFunction = ({ matches }) => pageTitle(matches, (t) => t("Coverage over time"));

export async function loader({ request, context }: LoaderFunctionArgs) {
  const actor = await actorOf(request, context);
  const search = Object.fromEntries(new URL(request.url).searchParams);
  // What a filter asks of periods would leave only those that are competent, or only those that are not.
  const filter = { ...boardFilter.parse(search), status: null, expiring: null, due: null };
  const months = spans.find((span) => String(span) === search["months"]) ?? 12;
  const told = await coverageOverTime(context.db, actor, { filter, months }, context.now());
  return { ...told, all: together(told.series.map((one) => one.points)), months, query: filterQuery(filter) };
}

export default function CoverageOverTime() {
  const t = useT();
  const { all, series, query } = useLoaderData<typeof loader>();
  const asked = all.some((point) => point.standing > 0);
  return (
    <>
      <PageHeader
        eyebrow={
          <Link
            to={query === "" ? "/board?view=none" : `/board?${query}`}
            className="underline underline-offset-4"
          >
            {t("Board")}
          </Link>
        }
        title={t("Coverage over time")}
        lead={t(
          "At the first moment of each month (UTC) and now: of those who had to be competent, how many were. By what is known now, of the people who are here now.",
        )}
      />
      <Narrowing />
      {asked ? (
        <div className="grid items-start gap-6 lg:grid-cols-2">
          <Card as="section">
            <Line title={t("All requirements together")} points={all} />
          </Card>
          <Card as="section">
            <Expiring />
          </Card>
          {series.length > 1
            ? series
                .filter((one) => one.points.some((point) => point.standing > 0))
                .map(({ slug, title, points }) => (
                  <Card as="section" key={slug}>
                    <Line title={title} lang="en" points={points} />
                  </Card>
                ))
            : null}
        </div>
      ) : (
        <EmptyState title={t("Nothing was asked of anybody")}>
          {t("As soon as a requirement asks something of the people shown, its coverage appears here.")}
        </EmptyState>
      )}
    </>
  );
}

function Narrowing() {
  const t = useT();
  const { months, query } = useLoaderData<typeof loader>();
  return (
    <Form key={query} className="mb-6 flex flex-wrap items-end gap-3">
      {[...new URLSearchParams(query)].map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      <Select label={t("Months")} name="months" defaultValue={String(months)}>
        {spans.map((span) => (
          <option key={span}>{span}</option>
        ))}
      </Select>
      <Button look="secondary">{t("Show")}</Button>
      {query === "" ? null : (
        <p className="text-muted flex min-h-11 flex-wrap items-center gap-x-3 text-sm">
          {t("Narrowed as the board was.")}
          <Link to="/board/trends" className="text-accent font-semibold underline underline-offset-4">
            {t("Show everybody")}
          </Link>
        </p>
      )}
    </Form>
  );
}

const percentText = (t: Translate, value: number | null): string =>
  value === null ? t("nobody must") : `${Math.floor(value)} %`;

function Line({ title, lang, points }: { title: string; lang?: string; points: readonly CoveragePoint[] }) {
  const t = useT();
  const number = useNumber();
  const shares = points.map((point) => ({ on: point.on, value: sharePercent(point) }));
  const [first, last] = [shares[0], shares.at(-1)];
  return (
    <LineChart
      title={title}
      {...(lang === undefined ? {} : { lang })}
      points={shares}
      label={t("{{title}}: from {{first}} to {{last}}", {
        title,
        first: percentText(t, first?.value ?? null),
        last: percentText(t, last?.value ?? null),
      })}
      table={{
        head: [t("Day"), t("Competent"), t("Had to be"), t("Waived"), t("Share")],
        rows: points.map((point) => ({
          key: point.on,
          cells: [
            <Day key="day" at={point.on} />,
            number(point.competent),
            number(point.standing - point.waived),
            number(point.waived),
            percentText(t, sharePercent(point)),
          ],
        })),
      }}
    />
  );
}

/** What ends soon as bars, and as links to the people behind each. */
function Expiring() {
  const t = useT();
  const number = useNumber();
  const { expiring, query } = useLoaderData<typeof loader>();
  const words = (days: string): string => t("Within {{days}} days", { days });
  const to = (days: string): string => `/board?${query === "" ? "" : `${query}&`}expiring=${days}`;
  return (
    <>
      <BarChart
        title={t("Competence that expires")}
        label={expiring.map(({ days, count }) => `${words(days)}: ${number(count)}`).join(", ")}
        bars={expiring.map(({ days, count }, i) => ({
          name: words(days),
          value: count,
          text: number(count),
          tone: (["bad", "warn", "info"] as const)[i] ?? "info",
        }))}
        table={{
          head: [t("Within"), t("Competences")],
          rows: expiring.map(({ days, count }) => ({
            key: days,
            cells: [t("{{days}} days", { days }), number(count)],
          })),
        }}
      />
      <ul className="mt-3 flex flex-wrap gap-x-5">
        {expiring.map(({ days, count }) => (
          <li key={days}>
            <Link
              to={to(days)}
              className="text-accent inline-flex min-h-11 items-center text-sm font-semibold underline underline-offset-4"
            >
              {t("Show the {{number}} within {{days}} days", { number: number(count), days })}
            </Link>
          </li>
        ))}
      </ul>
    </>
  );
}
