import { stringify } from "csv-stringify/sync";

/** A value of a table: what is not known stays empty. */
export type Value = string | number | boolean | Date | null | undefined;

const csvOptions = { escape_formulas: true, record_delimiter: "windows" } as const;

/** The first line of a CSV file (RFC 4180), with a byte order mark for spreadsheets. */
export const csvHead = (columns: readonly string[]): string =>
  stringify([[...columns]], { ...csvOptions, bom: true });

/** Lines of a CSV file. Texts that a spreadsheet would take for formulas are quoted; moments are ISO 8601 in UTC. */
export function csvLines(rows: readonly (readonly Value[])[]): string {
  return rows.length === 0
    ? ""
    : stringify(
        rows.map((row) => row.map(plain)),
        csvOptions,
      );
}

function plain(value: Value): string | null {
  if (value === null || value === undefined) return null;
  if (value instanceof Date) return value.toISOString();
  if (typeof value === "boolean") return value ? "yes" : "no";
  return String(value);
}

const entities: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };

/** A text as HTML has it. */
export const escaped = (text: string): string => text.replace(/[&<>"]/g, (c) => entities[c] ?? c);

/** A value as people read it: days and minutes in UTC. */
export function shown(value: Value): string {
  if (value instanceof Date) return `${value.toISOString().slice(0, 16).replace("T", " ")} UTC`;
  return escaped(plain(value) ?? "");
}

/** A link of one file of a pack to another, both named from its top. */
export function linkTo(path: string, from: string, words: string): string {
  const up = "../".repeat(from.split("/").length - 1);
  const target = path.split("/").map(encodeURIComponent).join("/");
  return `<a href="${up}${target}">${escaped(words)}</a>`;
}

/** A table of HTML. Cells are HTML already. */
export function table(
  caption: string,
  columns: readonly string[],
  rows: readonly (readonly string[])[],
): string {
  if (rows.length === 0) return `<p>${escaped(caption)}: none.</p>\n`;
  const head = columns.map((one) => `<th scope="col">${escaped(one)}</th>`).join("");
  const body = rows.map((row) => `<tr>${row.map((cell) => `<td>${cell}</td>`).join("")}</tr>\n`).join("");
  return `<table><caption>${escaped(caption)}</caption><thead><tr>${head}</tr></thead><tbody>\n${body}</tbody></table>\n`;
}

/** What is known of one thing, a line each: for readers what a row of a wide table is for programs. Unknown values are left out. */
export function factsTable(caption: string, columns: readonly string[], cells: readonly Value[]): string {
  const facts = columns.flatMap((name, i) => {
    const text = shown(cells[i]);
    return text === "" ? [] : [[escaped(name), text]];
  });
  return table(caption, ["What", "Value"], facts);
}

const style = `body{font:15px/1.5 system-ui,sans-serif;margin:2rem auto;max-width:70rem;padding:0 1rem;color:#17211c;background:#fff}
h1{font-size:1.6rem}h2{font-size:1.2rem;margin-top:2rem}table{border-collapse:collapse;width:100%;margin:1rem 0;font-size:.85rem}
caption{text-align:left;font-weight:600;padding:.3rem 0}th,td{border:1px solid #b9c4be;padding:.3rem .5rem;text-align:left;vertical-align:top;overflow-wrap:anywhere}
th{background:#e6efea}a{color:#0b5d4e}code{font-size:.85em;overflow-wrap:anywhere}
@media print{body{margin:0;max-width:none}tr{break-inside:avoid}thead{display:table-header-group}}`;

/** A whole page, readable without a network and made for printing. `body` is HTML. */
export function page(title: string, body: string): string {
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${escaped(title)}</title><style>${style}</style></head>
<body><h1>${escaped(title)}</h1>
${body}</body></html>
`;
}
