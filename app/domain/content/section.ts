import { isMap, isScalar, isSeq, LineCounter, parseDocument } from "yaml";
import { splitLessons } from "./lesson-source.ts";
import { splitHead } from "./source.ts";

/**
 * A piece of a module file that is edited by itself: the front matter, a lesson, or an item. The texts of all sections of
 * a file, one after the other, are the file. `line` is that of the file where the section begins.
 */
export type Section = {
  kind: "head" | "lesson" | "item";
  /** Id of the lesson or item; null where it has none that can be read. */
  id: string | null;
  title: string;
  line: number;
  text: string;
};

/** The sections of a file; null where its outline cannot be read, so that it can only be edited as a whole. */
export function sectionsOf(name: string, text: string): Section[] | null {
  const sections = name.endsWith(".md") ? lessonSections(name, text) : itemSections(text);
  return sections?.map((one) => one.text).join("") === text ? sections : null;
}

function lessonSections(name: string, text: string): Section[] | null {
  let body: ReturnType<typeof splitHead>;
  try {
    body = splitHead(text, name);
  } catch {
    return null;
  }
  const split = splitLessons(body.body, body.bodyLine);
  if (!split.ok) return null;
  const begins = [1, ...split.lessons.map((lesson) => lesson.line)];
  const texts = cut(text, begins);
  const head: Section = { kind: "head", id: null, title: "About the module", line: 1, text: texts[0] ?? "" };
  const lessons = split.lessons.map((lesson, i): Section => {
    const id = /^id:[ \t]*(\S+)[ \t]*$/m.exec(lesson.head?.text ?? "")?.[1] ?? null;
    return { kind: "lesson", id, title: lesson.title, line: lesson.line, text: texts[i + 1] ?? "" };
  });
  return [head, ...lessons];
}

/** An item begins with the comments and blank lines before its dash, so that they move with it. */
function itemSections(text: string): Section[] | null {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  if (document.errors.length > 0) return null;
  const list = isMap(document.contents)
    ? document.contents.items.find((pair) => isScalar(pair.key) && pair.key.value === "items")?.value
    : undefined;
  if (!isSeq(list) || list.flow === true) return null;
  const rows = text.split("\n");
  const dashes: number[] = [];
  for (const node of list.items) {
    const offset = isMap(node) || isScalar(node) ? node.range?.[0] : undefined;
    if (offset === undefined) return null;
    let line = lines.linePos(offset).line;
    while (line > 0 && !/^\s*-(\s|$)/.test(rows[line - 1] ?? "")) line--;
    if (line <= (dashes.at(-1) ?? 0)) return null;
    dashes.push(line);
  }
  const begins = dashes.map((dash, i) => {
    const after = i === 0 ? 1 : (dashes[i - 1] ?? 1);
    let line = dash;
    while (line - 1 > after && /^\s*(#.*)?$/.test(rows[line - 2] ?? "")) line--;
    return line;
  });
  const texts = cut(text, [1, ...begins]);
  const head: Section = { kind: "head", id: null, title: "Before the items", line: 1, text: texts[0] ?? "" };
  const items = list.items.map((node, i): Section => {
    const id = isMap(node) ? node.get("id") : null;
    const stem = isMap(node) ? node.get("stem") : null;
    return {
      kind: "item",
      id: typeof id === "string" ? id : null,
      title: typeof stem === "string" ? stem : typeof id === "string" ? id : `Item ${i + 1}`,
      line: begins[i] ?? 1,
      text: texts[i + 1] ?? "",
    };
  });
  return [head, ...items];
}

/** A text cut before each of the lines given, of which the first is 1. */
function cut(text: string, begins: readonly number[]): string[] {
  const rows = text.split(/(?<=\n)/);
  return begins.map((line, i) => rows.slice(line - 1, (begins[i + 1] ?? rows.length + 1) - 1).join(""));
}

/** A section as shown for editing: an item without the dash and the indent of its list. */
export function editable(section: Pick<Section, "kind" | "text">): string {
  if (section.kind !== "item") return section.text.trimEnd();
  const rows = section.text
    .trimEnd()
    .replace(/^(\s*\n)+/, "")
    .split("\n");
  const dash = rows.findIndex((row) => /^\s*-(\s|$)/.test(row));
  const indent = /^(\s*-\s*)/.exec(rows[dash] ?? "")?.[1]?.length ?? 0;
  return rows
    .map((row, i) =>
      i === dash ? row.slice(indent) : row.slice(Math.min(indent, row.length - row.trimStart().length)),
    )
    .join("\n");
}

/** What was edited as it stands in its file; the reverse of {@link editable}, but for the amount of white space. */
export function written(kind: Section["kind"], edited: string): string {
  const text = edited.replaceAll("\r\n", "\n").trimEnd();
  if (text === "") return "";
  if (kind !== "item") return `${text}\n\n`;
  const rows = text.split("\n");
  const first = rows.findIndex((row) => !/^\s*(#.*)?$/.test(row));
  return rows
    .map((row, i) => (row === "" ? "" : i < first ? `  ${row}` : i === first ? `  - ${row}` : `    ${row}`))
    .join("\n")
    .concat("\n");
}

/** The text of a file whose sections are these. */
export function joined(sections: readonly Pick<Section, "text">[]): string {
  const text = sections
    .map((one) => (one.text === "" || one.text.endsWith("\n") ? one.text : `${one.text}\n`))
    .join("");
  return `${text.trimEnd()}\n`;
}

/** Sections with the one at `index` in another place; unchanged where it would leave the list. The head stays first. */
export function moved<T extends Pick<Section, "kind">>(
  sections: readonly T[],
  index: number,
  by: 1 | -1,
): T[] {
  const [one, other] = [sections[index], sections[index + by]];
  if (!one || !other || one.kind === "head" || other.kind === "head") return [...sections];
  return sections.map((section, i) => (i === index ? other : i === index + by ? one : section));
}

/** The place of the section that holds a line of the file. */
export function sectionAt(sections: readonly Pick<Section, "line">[], line: number): number {
  return Math.max(
    0,
    sections.findLastIndex((section) => section.line <= line),
  );
}
