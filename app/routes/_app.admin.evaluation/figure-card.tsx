import { Badge, Card } from "#app/components/ui/surface.tsx";
import { type FigureName, figureTexts, meetsAim, percent } from "#app/domain/assistant/figure.ts";
import type { Proportion } from "#app/domain/assistant/proportion.ts";

/** A figure with its interval as a bar, what it counts, and whether it reaches its aim. */
export function FigureCard({ name, figure }: { name: FigureName; figure: Proportion }) {
  const { title, definition } = figureTexts[name];
  const reached = meetsAim(name, figure);
  return (
    <Card as="li" className="flex flex-col gap-3">
      <div className="flex flex-wrap items-center justify-between gap-2">
        <h3 className="text-base">{title}</h3>
        {reached === null ? null : (
          <Badge tone={reached ? "good" : "bad"}>{reached ? "Aim reached" : "Aim missed"}</Badge>
        )}
      </div>
      {figure.value === null ? (
        <p className="text-muted">No such cases in this part.</p>
      ) : (
        <>
          <p className="flex flex-wrap items-baseline gap-x-3">
            <span className="text-2xl font-semibold tabular-nums">{percent(figure.value)}</span>
            <span className="text-muted text-sm tabular-nums">
              {percent(figure.low)} to {percent(figure.high)}, of {figure.n}
              {aimOf(name)}
            </span>
          </p>
          <Bar name={name} figure={figure} value={figure.value} reached={reached} />
        </>
      )}
      <p className="text-muted text-sm text-pretty">{definition}</p>
    </Card>
  );
}

function aimOf(name: FigureName): string {
  const { aim, exact, better } = figureTexts[name];
  if (aim === null) return "";
  return `; aim ${exact ? "" : better === "lower" ? "at most " : "at least "}${percent(aim)}`;
}

type BarProps = { name: FigureName; figure: Proportion; value: number; reached: boolean | null };

/** The share as a bar from 0 to 100 %, the interval as a line over it, the aim as a mark. The words beside it say the same. */
function Bar({ name, figure: { low, high }, value, reached }: BarProps) {
  const { title, aim } = figureTexts[name];
  const fill = reached === null ? "fill-accent" : reached ? "fill-good" : "fill-bad";
  const words = `${title}: ${percent(value)}, 95 % interval ${percent(low)} to ${percent(high)}${aimOf(name)}`;
  return (
    <svg
      role="img"
      aria-label={words}
      viewBox="0 0 100 16"
      preserveAspectRatio="none"
      className="h-4 w-full overflow-hidden rounded"
    >
      <rect width="100" height="16" className="fill-sunken" />
      <rect width={value * 100} height="16" className={fill} />
      <rect x={low * 100} y="7" width={Math.max(0.5, (high - low) * 100)} height="2" className="fill-ink" />
      {[low, high].map((end) => (
        <rect key={end} x={Math.min(99.5, end * 100)} y="3" width="0.5" height="10" className="fill-ink" />
      ))}
      {aim === null ? null : (
        <rect x={Math.min(99.2, aim * 100)} width="0.8" height="16" className="fill-warn-ink" />
      )}
    </svg>
  );
}
