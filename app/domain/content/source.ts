import { isMap, isScalar, isSeq, LineCounter, parseDocument } from "yaml";
import { z } from "zod";
import { noItem } from "./gap.ts";
import { learningModule, type LessonPart, type Module } from "./module.ts";
import { item } from "./item.ts";
import { splitLessons, type WrittenLesson, type WrittenPart } from "./lesson-source.ts";
import { renderMarkdown } from "./markdown.ts";
import { aiRoles } from "../people/ai-role.ts";
import { onlySection } from "./reader.ts";
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
export function lineOf(text: string, path: (string | number)[]): number {
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
export function splitHead(written: string, file: string): { head: string; body: string; bodyLine: number } {
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
const bankShape = z.strictObject({ items: z.array(item, noItem).min(1, noItem) });
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
  const written = lessonsOf(body, files.module, bodyLine);
  const lessons = written.map(({ title, head: lesson, parts }) => ({
    ...(lesson
      ? parseYaml(lesson.text, lessonHead, files.module, lesson.line)
      : { id: "", minutes: 0, objectives: [] }),
    title,
    parts: parts.map((part) => partOf(part, files.module)),
  }));
  const result = learningModule.safeParse({ ...fields, lessons, items: bank });
  if (result.success) return result.data;
  const issue = result.error.issues[0];
  const path = pathOf(issue);
  const [root, index] = path;
  const reason = `${path.join(".")}: ${issue?.message}`;
  if (root === "lessons" && typeof index === "number")
    throw new ContentError(files.module, written[index]?.line ?? 1, reason);
  if (root === "items") throw new ContentError(files.items, lineOf(items, path), reason);
  throw new ContentError(files.module, 1 + lineOf(head, path), reason);
}

/** The lessons of a body as written. Throws {@link ContentError}. */
export function lessonsOf(body: string, file: string, bodyLine: number): WrittenLesson[] {
  const split = splitLessons(body, bodyLine);
  if (!split.ok) throw new ContentError(file, split.line, split.reason);
  return split.lessons;
}

function partOf(part: WrittenPart, file: string): LessonPart {
  if (part.kind === "text") return { kind: "text", html: htmlOf(part, file) };
  if (part.kind === "tomorrow") return { kind: "tomorrow", text: part.text.trim() };
  return { kind: "question", item: parseYaml(part.text, item, file, part.line) };
}

const readers = z
  .strictObject({
    audiences: z.array(z.string().regex(/^[a-z0-9-]+$/)).default([]),
    aiRoles: z.array(z.enum(aiRoles)).default([]),
  })
  .refine((r) => r.audiences.length + r.aiRoles.length > 0, "name audiences or aiRoles");

/** The text of a lesson as HTML, with what only some read marked. Throws {@link ContentError}. */
export function htmlOf(part: Extract<WrittenPart, { kind: "text" }>, file: string): string {
  if (part.pieces.every((piece) => piece.only !== null))
    throw new ContentError(file, part.line, "text for everybody must stand beside an ```only fence");
  return part.pieces
    .map(({ text, only }) => {
      const html = renderMarkdown(text);
      return only ? onlySection(html, parseYaml(only.text, readers, file, only.line)) : html;
    })
    .join("\n");
}
