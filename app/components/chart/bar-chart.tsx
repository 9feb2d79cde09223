import { scaleLinear } from "d3-scale";
import { ChartFigure, type ChartTable } from "./chart-figure.tsx";

export type Bar = { name: string; value: number; text: string; tone?: "accent" | "warn" | "bad" | "info" };

const width = 340;
const row = 44;
const fills = { accent: "fill-accent", warn: "fill-warn", bad: "fill-bad", info: "fill-info" } as const;

/** Bars one below the other, each with its name above and its number behind. `max` is where a bar would be full. */
export function BarChart({
  bars,
  max,
  ...rest
}: {
  title: string;
  lang?: string;
  label: string;
  bars: readonly Bar[];
  max?: number;
  table: ChartTable;
}) {
  const most = Math.max(max ?? 0, ...bars.map((one) => one.value), 1);
  const x = scaleLinear([0, most], [0, width - 64]);
  return (
    <ChartFigure {...rest} size={[width, bars.length * row]}>
      {bars.map(({ name, value, text, tone = "accent" }, i) => (
        <g key={name}>
          <text x="0" y={i * row + 14} className="fill-muted text-[12px]">
            {name}
          </text>
          <rect x="0" y={i * row + 20} width={width - 64} height="14" rx="4" className="fill-sunken" />
          <rect x="0" y={i * row + 20} width={x(value)} height="14" rx="4" className={fills[tone]} />
          <text x={width - 56} y={i * row + 32} className="fill-ink text-[13px] font-semibold">
            {text}
          </text>
        </g>
      ))}
    </ChartFigure>
  );
}
