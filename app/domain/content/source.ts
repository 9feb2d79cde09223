import { isMap, isScalar, isSeq, LineCounter, parseDocument } from "yaml";
import { z } from "zod";
import { learningModule, type LessonPart, type Module } from "./module.ts";
import { item } from "./item.ts";
import { renderMarkdown } from "./markdown.ts";
import { type Policy, policyHead, splitClauses } from "./policy.ts";

/** A fault in a content file: where, and what to mend. */
export class ContentError extends Error {
  override name = "ContentError";
  constructor(
    readonly file: string,
    readonly line: number,
    readonly reason: string,
  ) {
    super(`${file}:${line}: ${reason}`);
  }
}

/** Parses YAML and validates it. `firstLine` is the line of the file on which `text` begins. Throws {@link ContentError}. */
export function parseYaml<S extends z.ZodType>(
  text: string,
  schema: S,
  file: string,
  firstLine = 1,
): z.infer<S> {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, uniqueKeys: true });
  const fault = document.errors[0];
  if (fault) throw new ContentError(file, firstLine - 1 + lines.linePos(fault.pos[0]).line, fault.message);
  const result = schema.safeParse(document.toJS());
  if (result.success) return result.data;
  const issue = result.error.issues[0];
  const path = pathOf(issue);
  const line = firstLine - 1 + lineOf(text, path);
  throw new ContentError(file, line, `${path.join(".") || "file"}: ${issue?.message}`);
}

function pathOf(issue: { path: PropertyKey[] } | undefined): (string | number)[] {
  return (issue?.path ?? []).map((p) => (typeof p === "symbol" ? String(p) : p));
}

/** The line, from 1, of the deepest part of a path that stands in a YAML text. */
function lineOf(text: string, path: (string | number)[]): number {
  const lines = new LineCounter();
  const at = offsetOf(parseDocument(text, { lineCounter: lines }).contents, path);
  return at === null ? 1 : lines.linePos(at).line;
}

/** Where the deepest existing part of a path stands in the document, as an offset. */
function offsetOf(root: unknown, path: (string | number)[]): number | null {
  let node: unknown = root;
  let at: number | null = null;
  for (const step of path) {
    if (isMap(node)) {
      const pair = node.items.find((p) => isScalar(p.key) && p.key.value === step);
      if (!pair) break;
      at = (isScalar(pair.key) ? pair.key.range?.[0] : undefined) ?? at;
      node = pair.value;
    } else if (isSeq(node) && typeof step === "number") {
      node = node.items[step];
    } else break;
    if ((isMap(node) || isSeq(node)) && node.range) at = node.range[0];
  }
  return at;
}

/** Splits `---` front matter from the body. Lines count from 1; a text from Windows reads, and hashes, like any other. */
function splitHead(written: string, file: string): { head: string; body: string; bodyLine: number } {
  const text = written.replaceAll("\r\n", "\n");
  const match = /^---\n([\s\S]*?)\n---[ \t]*(?:\n|$)/.exec(text);
  if (!match) throw new ContentError(file, 1, "the file begins with front matter between two lines of ---");
  return { head: match[1] ?? "", body: text.slice(match[0].length), bodyLine: match[0].split("\n").length };
}

/** A policy file: front matter, then `## 3 Section` and `### 3.3 Clause` headings. Throws {@link ContentError}. */
export function parsePolicy(text: string, file: string): Policy {
  const { head, body, bodyLine } = splitHead(text, file);
  const fields = parseYaml(head, policyHead, file, 2);
  const split = splitClauses(body);
  if (!split.ok) throw new ContentError(file, bodyLine - 1 + split.line, split.reason);
  return { ...fields, body, clauses: split.clauses };
}

const headShape = z.looseObject({ slug: z.string() });
const bankShape = z.strictObject({ items: z.array(item).min(1) });
const lessonHead = z.strictObject({ id: z.string(), minutes: z.number(), objectives: z.array(z.string()) });

/**
 * A module from `module.md` (front matter; `# Lesson` headings with ```lesson, ```question and ```tomorrow fences)
 * and `items.yaml`. Throws {@link ContentError} with the file and line of the first fault.
 */
export function parseModule(
  markdown: string,
  items: string,
  files: { module: string; items: string },
): Module {
  const { head, body, bodyLine } = splitHead(markdown, files.module);
  const fields = parseYaml(head, headShape, files.module, 2);
  const bank = parseYaml(items, bankShape, files.items).items;
  const { lessons, lines } = splitLessons(body, files.module, bodyLine);
  const result = learningModule.safeParse({ ...fields, lessons, items: bank });
  if (result.success) return result.data;
  const issue = result.error.issues[0];
  const path = pathOf(issue);
  const [root, index] = path;
  const reason = `${path.join(".")}: ${issue?.message}`;
  if (root === "lessons" && typeof index === "number")
    throw new ContentError(files.module, lines[index] ?? 1, reason);
  if (root === "items") throw new ContentError(files.items, lineOf(items, path), reason);
  throw new ContentError(files.module, 1 + lineOf(head, path), reason);
}

type RawLesson = { id: string; title: string; minutes: number; objectives: string[]; parts: LessonPart[] };

/** Reads the lessons of a module body; `lines` tells on which line of the file each begins. */
function splitLessons(
  body: string,
  file: string,
  bodyLine: number,
): { lessons: RawLesson[]; lines: number[] } {
  const lessons: RawLesson[] = [];
  const lines: number[] = [];
  const rows = body.split("\n");
  let text: string[] = [];
  const flush = (): void => {
    const markdown = text.join("\n").trim();
    text = [];
    if (markdown === "") return;
    lessons.at(-1)?.parts.push({ kind: "text", html: renderMarkdown(markdown) });
  };
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i] ?? "";
    const at = bodyLine + i;
    const title = /^# (.+)$/.exec(row);
    const fence = /^```(lesson|question|tomorrow)\s*$/.exec(row);
    if (title) {
      flush();
      lessons.push({ id: "", title: title[1] ?? "", minutes: 0, objectives: [], parts: [] });
      lines.push(at);
    } else if (fence) {
      const end = rows.findIndex((r, k) => k > i && /^```\s*$/.test(r));
      if (end < 0) throw new ContentError(file, at, `the ${fence[1]} fence is not closed`);
      const open = lessons.at(-1);
      if (!open) throw new ContentError(file, at, "a lesson begins with a heading `# Title`");
      flush();
      const inner = rows.slice(i + 1, end).join("\n");
      if (fence[1] === "lesson") Object.assign(open, parseYaml(inner, lessonHead, file, at + 1));
      if (fence[1] === "question")
        open.parts.push({ kind: "question", item: parseYaml(inner, item, file, at + 1) });
      if (fence[1] === "tomorrow") open.parts.push({ kind: "tomorrow", text: inner.trim() });
      i = end;
    } else {
      if (lessons.length === 0 && row.trim() !== "")
        throw new ContentError(file, at, "a lesson begins with a heading `# Title`");
      text.push(row);
    }
  }
  flush();
  return { lessons, lines };
}
