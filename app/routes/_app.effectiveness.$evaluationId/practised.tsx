import { useLoaderData } from "@remix-run/react";
import { IntervalPlot } from "#app/components/chart/interval-plot.tsx";
import { useFigures } from "#app/components/evaluation-words.tsx";
import { useT } from "#app/i18n/use-t.tsx";
import type { loader } from "./route.tsx";

/** How the same people answered when they were asked again in the days after a completion. */
export function Practised() {
  const t = useT();
  const { plain } = useFigures();
  const { result } = useLoaderData<typeof loader>();
  const rows = (result?.body.practised ?? []).flatMap(({ day, estimate: { n, value, low, high } }) =>
    value === null ? [] : [{ day, n, value, low, high, text: t("After {{count}} days", { count: day }) }],
  );
  if (rows.length === 0) return null;
  const percent = (one: number): string => `${plain(one)} %`;
  const title = t("Asked again after a completion");
  return (
    <IntervalPlot
      title={title}
      label={rows.map((one) => `${one.text} ${percent(one.value)}`).join(", ")}
      rows={rows.map((one) => ({ ...one, name: String(one.day) }))}
      threshold={null}
      domain={[0, 100]}
      format={percent}
      table={{
        head: [t("Step"), t("Mean"), t("95 % interval"), t("People")],
        rows: rows.map((one) => ({
          key: String(one.day),
          cells: [
            one.text,
            percent(one.value),
            one.low === null || one.high === null
              ? t("no interval")
              : t("{{low}} to {{high}}", { low: percent(one.low), high: percent(one.high) }),
            String(one.n),
          ],
        })),
      }}
    />
  );
}
