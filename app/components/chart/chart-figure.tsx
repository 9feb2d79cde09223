import type { ReactNode } from "react";
import { Table, Td, Th } from "#app/components/ui/table.tsx";
import { useT } from "#app/i18n/use-t.tsx";

/** What a chart shows as a table: a head and rows of texts, the first of each names the row. */
export type ChartTable = { head: string[]; rows: { key: string; cells: ReactNode[] }[] };

/**
 * A drawing with the words it stands for and, behind a switch, its numbers as a table. The drawing itself is one picture to
 * a screen reader, named by `label`, which says what it shows.
 */
export function ChartFigure({
  title,
  lang,
  label,
  size: [width, height],
  table,
  children,
}: {
  title: string;
  /** Of the title, where that is not the page's. */
  lang?: string;
  label: string;
  size: readonly [width: number, height: number];
  table: ChartTable;
  children: ReactNode;
}) {
  const t = useT();
  return (
    <figure className="min-w-0">
      <figcaption lang={lang} className="text-sm font-semibold text-pretty">
        {title}
      </figcaption>
      <svg
        role="img"
        aria-label={label}
        viewBox={`0 0 ${width} ${height}`}
        className="mt-2 h-auto w-full max-w-md"
      >
        {children}
      </svg>
      <details className="mt-1">
        <summary className="text-accent inline-flex min-h-9 cursor-pointer items-center text-sm font-semibold">
          {t("Show as a table")}
        </summary>
        <Table
          caption={title}
          head={table.head.map((one) => (
            <Th key={one}>{one}</Th>
          ))}
        >
          {table.rows.map(({ key, cells }) => (
            <tr key={key}>
              {cells.map((cell, i) => (
                <Td key={table.head[i]} className="tabular-nums">
                  {cell}
                </Td>
              ))}
            </tr>
          ))}
        </Table>
      </details>
    </figure>
  );
}
