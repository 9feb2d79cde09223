import { scaleLinear, scaleUtc } from "d3-scale";
import { area, line } from "d3-shape";
import { localeOf } from "#app/i18n/translate.ts";
import { useLanguage } from "#app/i18n/use-t.tsx";
import { ChartFigure, type ChartTable } from "./chart-figure.tsx";

export type Point = { on: string; value: number | null };

const [width, height] = [340, 150];
const plot = { left: 38, right: 330, top: 10, bottom: 122 };

/** Shares in per cent over days, from 0 to 100, as a line with the area below it. Days without a value leave a gap. */
export function LineChart({
  points,
  ...rest
}: {
  title: string;
  lang?: string;
  label: string;
  points: readonly Point[];
  table: ChartTable;
}) {
  const locale = localeOf(useLanguage());
  const days = points.map((one) => new Date(one.on));
  const [first, last] = [days[0], days.at(-1)];
  if (!first || !last) return null;
  const x = scaleUtc([first, last], [plot.left, plot.right]);
  const y = scaleLinear([0, 100], [plot.bottom, plot.top]);
  const at = (one: Point): number => x(new Date(one.on));
  const height0 = (one: Point): number => y(one.value ?? 0);
  const drawn = line<Point>()
    .defined((one) => one.value !== null)
    .x(at)
    .y(height0);
  const filled = area<Point>()
    .defined((one) => one.value !== null)
    .x(at)
    .y0(plot.bottom)
    .y1(height0);
  const known = points.filter((one) => one.value !== null);
  const month = new Intl.DateTimeFormat(locale, {
    day: "numeric",
    month: "short",
    year: "2-digit",
    timeZone: "UTC",
  });
  return (
    <ChartFigure {...rest} size={[width, height]}>
      {[0, 50, 100].map((share) => (
        <g key={share}>
          <line x1={plot.left} x2={plot.right} y1={y(share)} y2={y(share)} className="stroke-line" />
          <text x={plot.left - 6} y={y(share) + 4} textAnchor="end" className="fill-muted text-[11px]">
            {share} %
          </text>
        </g>
      ))}
      <path d={filled([...points]) ?? ""} className="fill-accent-soft" />
      <path d={drawn([...points]) ?? ""} fill="none" strokeWidth="2" className="stroke-accent" />
      {known.map((one) => (
        <circle key={one.on} cx={at(one)} cy={height0(one)} r="2.5" className="fill-accent" />
      ))}
      <text x={plot.left} y={height - 8} className="fill-muted text-[11px]">
        {month.format(first)}
      </text>
      <text x={plot.right} y={height - 8} textAnchor="end" className="fill-muted text-[11px]">
        {month.format(last)}
      </text>
    </ChartFigure>
  );
}
