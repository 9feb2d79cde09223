import { translatedLanguages } from "./language.ts";

const endings: readonly string[] = ["", ...translatedLanguages.map((one) => `.${one}`)];

/** The files that can hold the figure of a lesson, that of the source language first. */
export const figureFiles = (lesson: string): string[] => endings.map((end) => `figures/${lesson}${end}.svg`);

/** The id of the lesson that the name of a figure is of; null of another name. */
export function lessonOfFigure(name: string): string | null {
  const [, lesson, language] = /^figures\/([a-z0-9][a-z0-9-]*)(\.\w\w)?\.svg$/.exec(name) ?? [];
  return lesson !== undefined && endings.includes(language ?? "") ? lesson : null;
}

/** What a figure may be made of: shapes and words, nothing that loads, runs or styles. */
const elements = new Set([
  "svg",
  "title",
  "desc",
  "g",
  "rect",
  "circle",
  "ellipse",
  "line",
  "path",
  "polyline",
  "polygon",
  "text",
  "tspan",
]);
const attributes =
  /^(?:xmlns|viewBox|width|height|role|aria-labelledby|lang|id|x|y|x1|y1|x2|y2|dx|dy|cx|cy|r|rx|ry|d|points|transform|fill|fill-opacity|fill-rule|opacity|stroke|stroke-width|stroke-dasharray|stroke-linecap|stroke-linejoin|stroke-opacity|font-family|font-size|font-weight|font-style|text-anchor|dominant-baseline|letter-spacing)$/;

/**
 * A figure of a lesson: SVG as a file has it, ready to stand in a page. Its ids carry the lesson's, so that several figures
 * can stand in one page. Answers why it cannot be used where it holds more than shapes and words, or no text alternative.
 */
export function figureOf(
  written: string,
  lessonId: string,
): { ok: true; svg: string } | { ok: false; line: number; reason: string } {
  // What is not drawn leaves its line breaks, so that a fault is told with the line of the file.
  const blank = (left: string): string => left.replace(/[^\n]/g, "");
  const kept = written.replace(/^\s*<\?xml[^>]*\?>/, blank).replace(/<!--[\s\S]*?-->/g, blank);
  const text = kept.trim();
  const before = kept.length - kept.trimStart().length;
  const fault = (at: number, reason: string): { ok: false; line: number; reason: string } => ({
    ok: false,
    line: kept.slice(0, before + at).split("\n").length,
    reason,
  });
  const open: { name: string; at: number }[] = [];
  for (const { 0: piece, index } of text.matchAll(/<[^>]*>?|[^<]+/g)) {
    if (!piece.startsWith("<")) {
      if (piece.includes(">"))
        return fault(index + piece.indexOf(">"), `a > stands alone in “${piece.trim()}”`);
      continue;
    }
    const tag = /^<(\/?)([a-zA-Z]+)((?:\s+[a-zA-Z][\w-]*="[^"<]*")*)\s*(\/?)>$/.exec(piece);
    const [, end, name = "", fields = "", empty] = tag ?? [];
    if (!tag) return fault(index, `“${piece.slice(0, 40)}” cannot be read`);
    if (!elements.has(name)) return fault(index, `<${name}> is not allowed in a figure`);
    const stray = [...fields.matchAll(/([\w-]+)="([^"]*)"/g)].find(
      ([, key = "", value = ""]) => !attributes.test(key) || /url\(|javascript:/i.test(value),
    );
    if (stray) return fault(index + piece.indexOf(stray[0]), `${stray[0]} is not allowed in a figure`);
    if (end && open.pop()?.name !== name) return fault(index, `</${name}> closes nothing`);
    if (!end && !empty) open.push({ name, at: index });
  }
  const last = open.at(-1);
  if (last) return fault(last.at, `<${last.name}> is not closed`);
  if (!/^<svg\s/.test(text)) return fault(0, "a figure is one <svg>");
  if (!/<title id="t">[^<]+<\/title>\s*<desc id="d">[^<]+<\/desc>/.test(text))
    return fault(0, 'a figure says in <title id="t"> and <desc id="d"> what it shows');
  const svg = text
    .replace('id="t"', `id="${lessonId}-t"`)
    .replace('id="d"', `id="${lessonId}-d"`)
    .replace('aria-labelledby="t d"', `aria-labelledby="${lessonId}-t ${lessonId}-d"`);
  return { ok: true, svg };
}
