import type { Language } from "../content/language.ts";

/*
 * HTML as mail programs keep it: tables, attributes and styles on the elements themselves, nothing to load. No colours but those
 * of the reader's program, so that a dark one stays readable.
 */

const font = "font-family:-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif";
/** Words and addresses break rather than push a narrow window open. */
const breaking = "overflow-wrap:anywhere;word-break:break-word";

/** What each element of a rendered text gets. Cells have next to nothing of their own: there are many of them. */
const dress: readonly (readonly [found: RegExp, dressed: string])[] = [
  [/<h2[^>]*>/g, '<h2 style="font-size:18px;line-height:1.3;margin:28px 0 8px">'],
  [/<p>/g, '<p style="margin:0 0 12px">'],
  [/<ul>/g, '<ul style="margin:0 0 12px;padding:0 0 0 20px">'],
  [/<li>/g, '<li style="margin:0 0 8px">'],
  [/<hr>/g, '<hr style="border:0;border-top:1px solid;margin:28px 0 16px">'],
  [
    /<table>/g,
    `<table width="100%" cellpadding="4" cellspacing="0" border="0" style="border-collapse:collapse;font-size:13px;margin:0 0 12px;overflow-wrap:normal;word-break:normal">`,
  ],
  // Names of people give way, so that all other words stay whole in a narrow window.
  [/<tr>\n<td>(?=<a )/g, `<tr>\n<td style="${breaking}">`],
  [/<tr>/g, '<tr valign="top">'],
  [/<th>/g, '<th scope="col" align="left" style="border-bottom:1px solid">'],
];

/** A mail around a rendered text. */
export function mailDocument(of: { language: Language; subject: string; html: string }): string {
  const body = dress.reduce((html, [found, dressed]) => html.replace(found, dressed), of.html);
  return `<!doctype html>
<html lang="${of.language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><meta name="color-scheme" content="light dark"><meta name="supported-color-schemes" content="light dark"><title>${escaped(of.subject)}</title></head>
<body style="margin:0;padding:0">
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0"><tr><td align="center" style="padding:16px">
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" style="max-width:608px"><tr><td align="left" style="${font};font-size:16px;line-height:1.5;${breaking}">
${body}
</td></tr></table>
</td></tr></table>
</body></html>
`;
}

const signs: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };
const escaped = (text: string): string => text.replace(/[&<>"]/g, (sign) => signs[sign] ?? sign);
