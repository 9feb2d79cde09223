import { BarChart } from "#app/components/chart/bar-chart.tsx";
import { LineChart } from "#app/components/chart/line-chart.tsx";
import { Day } from "#app/components/ui/moment.tsx";
import { Card } from "#app/components/ui/surface.tsx";
import type { CoveragePoint, ReviewFigures } from "#app/domain/effectiveness/review.ts";
import { covered } from "#app/domain/effectiveness/review-line.ts";
import { useNumber, useT } from "#app/i18n/use-t.tsx";

/** A small chart of coverage over time for each requirement that asks anybody. */
export function CoverageCharts({
  requirements,
}: {
  requirements: readonly { slug: string; title: string; series: CoveragePoint[] }[];
}) {
  const t = useT();
  const shown = requirements.filter((one) => one.series.some((point) => covered(point.counts).of > 0));
  if (shown.length === 0)
    return <p className="text-muted">{t("No requirement asked anybody in this time.")}</p>;
  return (
    <ul className="grid gap-4 md:grid-cols-2 xl:grid-cols-3">
      {shown.map((one) => (
        <Card as="li" key={one.slug}>
          <Coverage title={one.title} series={one.series} />
        </Card>
      ))}
    </ul>
  );
}

function Coverage({ title, series }: { title: string; series: CoveragePoint[] }) {
  const t = useT();
  const number = useNumber();
  const points = series.map(({ on, counts }) => {
    const { part, of } = covered(counts);
    return { on, part, of, value: of === 0 ? null : (part / of) * 100 };
  });
  const percent = (value: number): string => `${number(Math.floor(value + 1e-9))} %`;
  const known = points.flatMap((one) => (one.value === null ? [] : [one.value]));
  const [first, last] = [known[0], known.at(-1)];
  return (
    <LineChart
      title={title}
      lang="en"
      label={t("{{title}}: coverage from {{first}} to {{last}}, lowest {{low}}, highest {{high}}", {
        title,
        first: first === undefined ? "–" : percent(first),
        last: last === undefined ? "–" : percent(last),
        low: known.length === 0 ? "–" : percent(Math.min(...known)),
        high: known.length === 0 ? "–" : percent(Math.max(...known)),
      })}
      points={points}
      table={{
        head: [t("End of"), t("Coverage"), t("People")],
        rows: points.map((one) => ({
          key: one.on,
          cells: [
            <Day key="on" at={one.on} />,
            one.value === null ? "–" : percent(one.value),
            t("{{part}} of {{all}}", { part: number(one.part), all: number(one.of) }),
          ],
        })),
      }}
    />
  );
}

/** How much competence ends within 30, 60 and 90 days. */
export function ExpiringChart({ expiring }: { expiring: ReviewFigures["expiring"] }) {
  const t = useT();
  const number = useNumber();
  const rows = expiring.map(({ days, count }) => ({
    name: t("within {{days}} days", { days }),
    value: count,
    text: number(count),
    tone: "warn" as const,
  }));
  return (
    <BarChart
      title={t("Competences that end, unless they are renewed")}
      label={rows.map((one) => `${one.name}: ${one.text}`).join(", ")}
      bars={rows}
      table={{
        head: [t("Time"), t("Competences")],
        rows: rows.map((one) => ({ key: one.name, cells: [one.name, one.text] })),
      }}
    />
  );
}
