import { scaleLinear } from "d3-scale";
import { ChartFigure, type ChartTable } from "./chart-figure.tsx";

export type Interval = { name: string; value: number; low: number | null; high: number | null; text: string };

const width = 340;
const row = 46;
const axis = 26;

/** Estimates as points with their intervals, on one scale, and the threshold they are held against. */
export function IntervalPlot({
  rows,
  threshold,
  domain,
  format,
  ...rest
}: {
  title: string;
  label: string;
  rows: readonly Interval[];
  /** Drawn as a dashed line with its words. */
  threshold: { value: number; text: string } | null;
  /** The least that the scale shows; it grows to hold everything. */
  domain: readonly [number, number];
  format: (value: number) => string;
  table: ChartTable;
}) {
  const all = rows.flatMap((one) => [one.value, one.low ?? one.value, one.high ?? one.value]);
  if (threshold) all.push(threshold.value);
  const x = scaleLinear([Math.min(domain[0], ...all), Math.max(domain[1], ...all)], [8, width - 8]).nice(4);
  const bottom = rows.length * row + 22;
  return (
    <ChartFigure {...rest} size={[width, bottom + axis]}>
      {x.ticks(4).map((tick) => (
        <g key={tick}>
          <line x1={x(tick)} x2={x(tick)} y1="18" y2={bottom} className="stroke-line" />
          <text
            x={x(tick)}
            y={bottom + 16}
            textAnchor={x(tick) < 20 ? "start" : x(tick) > width - 20 ? "end" : "middle"}
            className="fill-muted text-[11px]"
          >
            {format(tick)}
          </text>
        </g>
      ))}
      {threshold ? (
        <g>
          <line
            x1={x(threshold.value)}
            x2={x(threshold.value)}
            y1="16"
            y2={bottom}
            strokeDasharray="4 3"
            strokeWidth="1.5"
            className="stroke-ink"
          />
          <text
            x={x(threshold.value)}
            y="11"
            textAnchor={
              x(threshold.value) < 80 ? "start" : x(threshold.value) > width - 80 ? "end" : "middle"
            }
            className="fill-ink text-[11px] font-semibold"
          >
            {threshold.text}
          </text>
        </g>
      ) : null}
      {rows.map(({ name, value, low, high, text }, i) => {
        const y = i * row + 54;
        return (
          <g key={name}>
            <text
              x="0"
              y={y - 14}
              strokeWidth="4"
              // A rim in the colour of the page keeps the words apart from the lines behind them.
              className="fill-muted stroke-surface text-[12px] [paint-order:stroke]"
            >
              {text}
            </text>
            {low !== null && high !== null ? (
              <line
                x1={x(low)}
                x2={x(high)}
                y1={y}
                y2={y}
                strokeWidth="4"
                strokeLinecap="round"
                className="stroke-accent"
              />
            ) : null}
            <circle cx={x(value)} cy={y} r="6" strokeWidth="2" className="fill-surface stroke-accent" />
          </g>
        );
      })}
    </ChartFigure>
  );
}
