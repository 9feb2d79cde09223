import { Table, Td, Th } from "#app/components/ui/table.tsx";
import { type FigureName, figureNames, figureTexts } from "#app/domain/assistant/figure.ts";
import type { Measured } from "#app/domain/assistant/evaluation-report.ts";
import { useT } from "#app/i18n/use-t.tsx";
import { RowHead, Share } from "./tables.tsx";

type WithModel = { name: string; about: string; figures: Measured["figures"] };

/** The figures without a model beside those with each model. */
export function ModelTable({ rules, models }: { rules: Measured["figures"]; models: WithModel[] }) {
  const t = useT();
  const columns: { name: string; figures: Measured["figures"] }[] = [
    { name: t("Without a model"), figures: rules },
    ...models.map(({ name, figures }) => ({ name: t("With “{{name}}”", { name }), figures })),
  ];
  const names = figureNames.filter((name: FigureName) => columns.some((column) => column.figures[name]));
  return (
    <Table
      caption={t("Figures without and with a model")}
      head={
        <>
          <Th>{t("Figure")}</Th>
          {columns.map((column) => (
            <Th key={column.name}>{column.name}</Th>
          ))}
        </>
      }
    >
      {names.map((name) => (
        <tr key={name}>
          <RowHead>{t(figureTexts[name].title)}</RowHead>
          {columns.map((column) => (
            <Td key={column.name}>
              <Share figure={column.figures[name]} />
            </Td>
          ))}
        </tr>
      ))}
    </Table>
  );
}
