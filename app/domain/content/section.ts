import { parse, YAMLError } from "yaml";
import { remembering } from "./remember.ts";

/**
 * A piece of a module file that is edited by itself: what stands before the first, a lesson, or an item. The texts of all
 * sections of a file, one after the other, are the file. `line` is that of the file where the section begins.
 */
export type Section = {
  kind: "head" | "lesson" | "item";
  /** Id of the lesson or item; null where it has none that can be read. */
  id: string | null;
  title: string;
  line: number;
  text: string;
};

/** The sections of a file, faulty or not: they are found by its lines alone. Without lessons or items all of it is the head. */
export function sectionsOf(name: string, text: string): readonly Section[] {
  return name.endsWith(".md") ? lessonsIn(text) : itemsIn(text);
}

const lessonsIn = remembering((text) => cut("module.md", text));
const itemsIn = remembering((text) => cut("items.yaml", text));

function cut(name: string, text: string): readonly Section[] {
  const rows = text.split(/(?<=\n)/);
  const begins = name.endsWith(".md") ? lessonBegins(rows) : itemBegins(rows);
  return [0, ...begins].map((from, i): Section => {
    const piece = rows.slice(from, begins[i] ?? rows.length).join("");
    const line = from + 1;
    if (i === 0) return { kind: "head", id: null, title: headTitle(name), line, text: piece };
    return name.endsWith(".md") ? { line, ...lessonSection(piece) } : { line, ...itemSection(piece, i) };
  });
}

const headTitle = (name: string): string => (name.endsWith(".md") ? "About the module" : "Before the items");

/** Rows with a heading `# Title`, but for comments in front matter and fences. A fence ends where another begins, closed or not. */
function lessonBegins(rows: readonly string[]): number[] {
  const begins: number[] = [];
  const head = /^---\s*$/.test(rows[0] ?? "")
    ? rows.findIndex((row, i) => i > 0 && /^---\s*$/.test(row))
    : -1;
  for (let i = head + 1; i < rows.length; i++) {
    const row = rows[i] ?? "";
    if (/^# \S/.test(row)) begins.push(i);
    if (!/^```(lesson|question|tomorrow|only)\s*$/.test(row)) continue;
    const next = rows.findIndex((one, k) => k > i && one.startsWith("```"));
    if (next > 0 && /^```\s*$/.test(rows[next] ?? "")) i = next;
  }
  return begins;
}

function lessonSection(text: string): Omit<Section, "line"> {
  const title = /^# (.*)/.exec(text)?.[1]?.trim() || "Lesson";
  const fence = /^```lesson\s*\n([\s\S]*?)^```/m.exec(text)?.[1] ?? "";
  return { kind: "lesson", id: /^id:[ \t]*(\S+)[ \t]*$/m.exec(fence)?.[1] ?? null, title, text };
}

/** Rows with a dash of the list under `items:`; the comments and blank lines before one belong to it. */
function itemBegins(rows: readonly string[]): number[] {
  const top = rows.findIndex((row) => /^items:\s*(#.*)?$/.test(row));
  if (top < 0) return [];
  const indent = /^( *)- /.exec(rows.slice(top + 1).find((row) => /^ *- /.test(row)) ?? "")?.[1];
  if (indent === undefined) return [];
  const begins: number[] = [];
  for (let i = top + 1; i < rows.length; i++) {
    if (!rows[i]?.startsWith(`${indent}- `)) continue;
    let from = i;
    while (from - 1 > (begins.at(-1) ?? top) && /^\s*(#.*)?\s*$/.test(rows[from - 1] ?? "")) from--;
    begins.push(from);
  }
  return begins;
}

function itemSection(text: string, place: number): Omit<Section, "line"> {
  const item = readItem(editable({ kind: "item", text }));
  const found = /(?:^|[\s{,])id:\s*["']?([\w-]+)/.exec(text)?.[1];
  const id = typeof item["id"] === "string" ? item["id"] : (found ?? null);
  const stem = typeof item["stem"] === "string" ? item["stem"].trim() : "";
  const title = stem || (id ?? `Item ${place}`);
  return { kind: "item", id, title, text };
}

/** The fields of an item as far as its YAML can be read; none where it cannot. */
export function readItem(yaml: string): Record<string, unknown> {
  try {
    const value: unknown = parse(yaml);
    return typeof value === "object" && value !== null && !Array.isArray(value) ? { ...value } : {};
  } catch (error) {
    if (error instanceof YAMLError || error instanceof ReferenceError) return {};
    throw error;
  }
}

/** A section as shown for editing: an item without the dash and the indent of its list. */
export function editable(section: Pick<Section, "kind" | "text">): string {
  if (section.kind !== "item") return section.text.trimEnd();
  const rows = section.text
    .trimEnd()
    .replace(/^(\s*\n)+/, "")
    .split("\n");
  const dash = rows.findIndex((row) => /^\s*- /.test(row));
  const indent = /^(\s*- +)/.exec(rows[dash] ?? "")?.[1]?.length ?? 0;
  return rows
    .map((row, i) =>
      i === dash ? row.slice(indent) : row.slice(Math.min(indent, row.length - row.trimStart().length)),
    )
    .join("\n");
}

/** What was edited as it stands in its file; the reverse of {@link editable}, but for the amount of white space. */
export function written(kind: Section["kind"], edited: string): string {
  const text = edited
    .replaceAll("\r\n", "\n")
    .trimEnd()
    .replace(/^(\s*\n)+/, "");
  if (text === "") return "";
  if (kind !== "item") return `${text}\n\n`;
  const rows = text.split("\n");
  const first = rows.findIndex((row) => !/^\s*(#.*)?$/.test(row));
  return rows
    .map((row, i) => {
      if (row.trim() === "") return "";
      return i < first ? `  ${row}` : i === first ? `  - ${row}` : `    ${row}`;
    })
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

/** The place of the section that holds a line of the file. */
export function sectionAt(sections: readonly Pick<Section, "line">[], line: number): number {
  return Math.max(
    0,
    sections.findLastIndex((section) => section.line <= line),
  );
}
