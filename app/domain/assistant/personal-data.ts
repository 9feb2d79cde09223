/** A kind of data in an export: its rows as they stand in the file beside. */
export type Section = { title: string; file: string; rows: readonly Record<string, unknown>[] };

/** A page that reads an export out, complete in itself: it opens without the product and without the network. */
export function overviewHtml(name: string, at: Date, sections: readonly Section[]): string {
  return `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>Data about ${escaped(name)}</title>
<style>body{font:16px/1.5 sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem}dl{display:grid;grid-template-columns:minmax(8rem,14rem) 1fr;gap:.25rem 1rem}dt{color:#555}dd{margin:0;overflow-wrap:anywhere}section section{border-top:1px solid #ccc;padding:.75rem 0}</style></head>
<body><h1>Data about ${escaped(name)}</h1>
<p>As of ${at.toISOString()}. The files beside this page hold the same as JSON; statements.jsonl holds the statements of the record store.</p>
${sections.map(sectionHtml).join("\n")}
</body></html>
`;
}

function sectionHtml({ title, file, rows }: Section): string {
  const body = rows.length === 0 ? "<p>Nothing.</p>" : rows.map(rowHtml).join("\n");
  return `<section><h2>${escaped(title)}</h2><p>${rows.length} in ${escaped(file)}</p>\n${body}</section>`;
}

function rowHtml(row: Record<string, unknown>): string {
  const pairs = Object.entries(row).filter(([, value]) => value !== null && value !== undefined);
  return `<section><dl>${pairs
    .map(([key, value]) => `<dt>${escaped(key)}</dt><dd>${escaped(textOf(value))}</dd>`)
    .join("")}</dl></section>`;
}

function textOf(value: unknown): string {
  if (value instanceof Date) return value.toISOString();
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}

function escaped(text: string): string {
  const marks: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };
  return text.replace(/[&<>"]/g, (mark) => marks[mark] ?? mark);
}
