import {
  type EvaluationReport,
  type Measured,
  type Part,
  parts,
} from "#app/domain/assistant/evaluation-report.ts";
import { figureNames, figureTexts, percent } from "#app/domain/assistant/figure.ts";
import type { Proportion } from "#app/domain/assistant/proportion.ts";
import { riskClassNames, riskClasses } from "#app/domain/register/terms.ts";

type Both = EvaluationReport["rules"];
const partNames: Record<Part, string> = { dev: "development part", held: "held part" };

/** Prints the figures of both parts with their 95 % intervals, as a person reads them. */
export function printEvaluation(title: string, both: Both): void {
  console.log(`\n${title}`);
  printRows(
    ["", ...parts.map((part) => partNames[part]), "aim"],
    figureNames.map((name) => {
      const { title, aim, better } = figureTexts[name];
      const sign = better === "lower" ? "≤" : "≥";
      const cells = parts.map((part) => shown(both[part].figures[name]));
      return [title, ...cells, aim === null ? "" : `${sign} ${percent(aim)}`];
    }),
  );
  for (const kind of ["area", "language", "style"] as const) printBreakdown(kind, both);
  for (const part of parts) printConfusion(part, both[part]);
}

function printBreakdown(kind: keyof Measured["by"], both: Both): void {
  const names = [...new Set(parts.flatMap((part) => Object.keys(both[part].by[kind])))].toSorted();
  printRows(
    [`Recall by ${kind}`, ...parts.map((part) => partNames[part])],
    names.map((name) => [name, ...parts.map((part) => shown(both[part].by[kind][name]?.recall))]),
  );
}

function printConfusion(part: Part, { confusion }: Measured): void {
  printRows(
    [`Labelled ↓ judged →, ${partNames[part]}`, ...riskClasses.map((level) => riskClassNames[level])],
    riskClasses.map((labelled) => [
      riskClassNames[labelled],
      ...riskClasses.map((judged) => String(confusion[labelled][judged])),
    ]),
  );
}

/** `12.3 % [8.0 – 18.4] of 120`. */
function shown(figure: Proportion | undefined): string {
  if (!figure || figure.value === null) return "–";
  const bound = (share: number): string => (share * 100).toFixed(1);
  return `${percent(figure.value)} [${bound(figure.low)} – ${bound(figure.high)}] of ${figure.n}`;
}

function printRows(head: readonly string[], rows: readonly string[][]): void {
  const widths = head.map((title, i) => Math.max(title.length, ...rows.map((row) => row[i]?.length ?? 0)));
  console.log();
  for (const row of [head, ...rows])
    console.log(
      row
        .map((cell, i) => cell.padEnd((widths[i] ?? 0) + 2))
        .join("")
        .trimEnd(),
    );
}
