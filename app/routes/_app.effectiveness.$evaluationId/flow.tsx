import { useLoaderData } from "@remix-run/react";
import { BarChart } from "#app/components/chart/bar-chart.tsx";
import { Card } from "#app/components/ui/surface.tsx";
import { useNumber, useT } from "#app/i18n/use-t.tsx";
import type { loader } from "./route.tsx";

/** How many people took what: before the result this is all there is to see. */
export function Flow() {
  const t = useT();
  const number = useNumber();
  const { flow, criterion, state } = useLoaderData<typeof loader>();
  if (state === "draft" || state === "planned") return null;
  const gain = criterion.measure === "gain";
  const rows = [
    { name: t("People asked"), value: flow.people, tone: "info" as const },
    ...(gain ? [{ name: t("Pre-test taken"), value: flow.pre }] : []),
    { name: t("First assessment taken"), value: flow.post },
    ...(gain
      ? [
          { name: t("Both: counted"), value: flow.both },
          { name: t("Dropped out after the pre-test"), value: flow.preOnly, tone: "warn" as const },
          { name: t("Assessed without a pre-test"), value: flow.postOnly, tone: "warn" as const },
        ]
      : []),
  ].map((one) => ({ ...one, text: number(one.value) }));
  return (
    <Card as="section">
      <h2 className="mb-3 text-lg">{t("Who took part")}</h2>
      <BarChart
        title={t("People, from those asked to those counted")}
        label={rows.map((one) => `${one.name} ${one.text}`).join(", ")}
        bars={rows}
        max={flow.people}
        table={{
          head: [t("Step"), t("People")],
          rows: rows.map((one) => ({ key: one.name, cells: [one.name, one.text] })),
        }}
      />
    </Card>
  );
}
