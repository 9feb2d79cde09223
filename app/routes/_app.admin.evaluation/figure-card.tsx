import { Badge, Card } from "#app/components/ui/surface.tsx";
import { type FigureName, figureTexts, meetsAim } from "#app/domain/assistant/figure.ts";
import type { Proportion } from "#app/domain/assistant/proportion.ts";
import { useT } from "#app/i18n/use-t.tsx";
import { usePercent } from "./percent.ts";

/** A figure with its interval as a bar, what it counts, and whether it reaches its aim. */
export function FigureCard({ name, figure }: { name: FigureName; figure: Proportion }) {
  const t = useT();
  const percent = usePercent();
  const withAim = useWithAim(name);
  const { title, definition } = figureTexts[name];
  const reached = meetsAim(name, figure);
  return (
    <Card as="li" className="flex flex-col gap-3">
      <div className="flex flex-wrap items-center justify-between gap-2">
        <h3 className="text-base">{t(title)}</h3>
        {reached === null ? null : (
          <Badge tone={reached ? "good" : "bad"}>{reached ? t("Aim reached") : t("Aim missed")}</Badge>
        )}
      </div>
      {figure.value === null ? (
        <p className="text-muted">{t("No such cases in this part.")}</p>
      ) : (
        <>
          <p className="flex flex-wrap items-baseline gap-x-3">
            <span className="text-2xl font-semibold tabular-nums">{percent(figure.value)}</span>
            <span className="text-muted text-sm tabular-nums">
              {withAim(
                t("{{low}} to {{high}}, of {{n}}", {
                  low: percent(figure.low),
                  high: percent(figure.high),
                  n: figure.n,
                }),
              )}
            </span>
          </p>
          <Bar name={name} figure={figure} value={figure.value} reached={reached} />
        </>
      )}
      <p className="text-muted text-sm text-pretty">{t(definition)}</p>
    </Card>
  );
}

/** Adds the aim of a figure, where it has one, to what is said of it. */
function useWithAim(name: FigureName): (figures: string) => string {
  const t = useT();
  const percent = usePercent();
  const { aim: share, exact, better } = figureTexts[name];
  if (share === null) return (figures) => figures;
  const aim = percent(share);
  return (figures) =>
    exact
      ? t("{{figures}}; aim {{aim}}", { figures, aim })
      : better === "lower"
        ? t("{{figures}}; aim at most {{aim}}", { figures, aim })
        : t("{{figures}}; aim at least {{aim}}", { figures, aim });
}

type BarProps = { name: FigureName; figure: Proportion; value: number; reached: boolean | null };

/** The share as a bar from 0 to 100 %, the interval as a line over it, the aim as a mark. The words beside it say the same. */
function Bar({ name, figure: { low, high }, value, reached }: BarProps) {
  const t = useT();
  const percent = usePercent();
  const withAim = useWithAim(name);
  const { title, aim } = figureTexts[name];
  const fill = reached === null ? "fill-accent" : reached ? "fill-good" : "fill-bad";
  const words = withAim(
    t("{{title}}: {{value}}, 95 % interval {{low}} to {{high}}", {
      title: t(title),
      value: percent(value),
      low: percent(low),
      high: percent(high),
    }),
  );
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
