import { type Document, isMap, isScalar, isSeq, LineCounter, parseDocument, visit } from "yaml";
import { z } from "zod";
import { noItem } from "./gap.ts";
import { learningModule, type LessonPart, mentionFaults, type Module, moduleHead } from "./module.ts";
import { item } from "./item.ts";
import { splitLessons, type WrittenLesson, type WrittenPart } from "./lesson-source.ts";
import { renderMarkdown } from "./markdown.ts";
import { aiRoles } from "../people/ai-role.ts";
import { onlySection } from "./reader.ts";
import { type Policy, policyHead, splitClauses } from "./policy.ts";

/** A fault in a content file: where, and what to mend. `further` are those found beside it. */
export class ContentError extends Error {
  override name = "ContentError";
  constructor(
    readonly file: string,
    readonly line: number,
    readonly reason: string,
    readonly further: readonly ContentError[] = [],
  ) {
    super(`${file}:${line}: ${reason}`);
  }
}

/** A fault and those found beside it, each once, in the order in which they were found. */
export function faultsIn(error: ContentError): ContentError[] {
  const all = [error, ...error.further.flatMap(faultsIn)];
  return all.filter((one, i) => all.findIndex((other) => other.message === one.message) === i);
}

/** Reads several things, of which one may be faulty without the others being so, and keeps the faults of all. */
export class Reading {
  readonly faults: ContentError[] = [];

  /** What `read` answers; undefined where it throws a {@link ContentError}, which is kept. */
  of<T>(read: () => T): T | undefined {
    try {
      return read();
    } catch (error) {
      if (!(error instanceof ContentError)) throw error;
      this.faults.push(error);
      return undefined;
    }
  }

  /** Throws the first fault with all others beside it, where there is any. */
  end(): void {
    const [first, ...others] = this.faults.flatMap(faultsIn);
    if (first) throw new ContentError(first.file, first.line, first.reason, others);
  }
}

/**
 * Parses YAML and validates it. `firstLine` is the line of the file on which `text` begins. Throws {@link ContentError}, with
 * every field that does not fit; of a text that is no YAML with what comes first, after which all may be misread.
 */
export function parseYaml<S extends z.ZodType>(
  text: string,
  schema: S,
  file: string,
  firstLine = 1,
): z.infer<S> {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, uniqueKeys: true });
  const fault = document.errors[0];
  if (fault) {
    const at = fault.message.includes("closing") ? openQuote(document, fault.pos[0]) : fault.pos[0];
    throw new ContentError(file, firstLine - 1 + lines.linePos(at).line, fault.message);
  }
  const result = schema.safeParse(document.toJS());
  if (result.success) return result.data;
  const reading = new Reading();
  for (const issue of result.error.issues)
    reading.of(() => {
      const path = pathOf(issue);
      const line = firstLine - 1 + lineOf(text, issuePlace(issue, path));
      throw new ContentError(file, line, `${path.join(".") || "file"}: ${wordsOf(issue)}`);
    });
  reading.end();
  throw new Error("a refused text has an issue");
}

/** Where the quote begins whose end is missed: it is missed at the end of the file only. */
function openQuote(document: Document, missed: number): number {
  let at = missed;
  visit(document, {
    Scalar: (_, node) => {
      if (node.type?.startsWith("QUOTE") && node.range && node.range[1] >= missed) at = node.range[0];
    },
  });
  return at;
}

function pathOf(issue: { path: PropertyKey[] }): (string | number)[] {
  return issue.path.map((p) => (typeof p === "symbol" ? String(p) : p));
}

/** What is wrong, for people who write content rather than programs. */
function wordsOf(issue: z.core.$ZodIssue): string {
  if (issue.code === "invalid_type" && issue.message.endsWith("received undefined")) return "this is missing";
  if (issue.code === "invalid_type" && issue.expected === "number") return "write a number here";
  if (issue.code === "invalid_type" && issue.expected === "int") return "write a whole number here";
  if (issue.code === "too_small" && issue.origin === "number")
    return `write a number ${issue.inclusive ? "of at least" : "above"} ${issue.minimum}`;
  if (issue.code === "too_big" && issue.origin === "number")
    return `write a number ${issue.inclusive ? "of at most" : "below"} ${issue.maximum}`;
  if (issue.code === "invalid_type" && issue.expected === "string") return "write a text here";
  if (issue.code === "unrecognized_keys")
    return `“${issue.keys.join("”, “")}” is not known here: it is misspelt, or stands in the wrong place`;
  return issue.message;
}

/** A key that is not known is named by the record that has it; its own line is where an author looks. */
function issuePlace(issue: z.core.$ZodIssue, path: (string | number)[]): (string | number)[] {
  return issue.code === "unrecognized_keys" && issue.keys[0] !== undefined ? [...path, issue.keys[0]] : path;
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

const itemList = z.strictObject({ items: z.array(item, noItem).min(1, noItem) });
const lessonHead = z.strictObject({ id: z.string(), minutes: z.number(), objectives: z.array(z.string()) });

/**
 * A module from `module.md` (front matter; `# Lesson` headings with ```lesson, ```question and ```tomorrow fences)
 * and `items.yaml`. Throws {@link ContentError} with the file and line of each fault. How many items there are is looked at
 * once all of them can be read.
 */
export function parseModule(
  markdown: string,
  items: string,
  files: { module: string; items: string },
): Module {
  const { head, body, bodyLine } = splitHead(markdown, files.module);
  const reading = new Reading();
  const fields = reading.of(() => parseYaml(head, moduleHead, files.module, 2));
  const bank = reading.of(() => parseYaml(items, itemList, files.items).items);
  const written = reading.of(() => lessonsOf(body, files.module, bodyLine)) ?? [];
  const lessons = written.map(({ title, line, head: lesson, parts }) => ({
    id: "",
    minutes: 0,
    objectives: [],
    ...reading.of(() => {
      if (!lesson) throw new ContentError(files.module, line, "this lesson has no ```lesson fence");
      return parseYaml(lesson.text, lessonHead, files.module, lesson.line);
    }),
    title,
    parts: parts.map((part) => reading.of(() => partOf(part, files.module))),
  }));
  const keep = (issues: readonly { path: PropertyKey[]; message: string }[]): void => {
    for (const { path: keys, message } of issues)
      reading.of(() => {
        const path = pathOf({ path: keys });
        const reason = `${path.join(".")}: ${message}`;
        const lesson = path[0] === "lessons" && typeof path[1] === "number" ? written[path[1]] : undefined;
        if (lesson) throw new ContentError(files.module, lineInLesson(lesson, path.slice(2)), reason);
        if (path[0] === "items") throw new ContentError(files.items, lineOf(items, path), reason);
        const line = path[0] === "lessons" ? bodyLine : 1 + lineOf(head, path);
        throw new ContentError(files.module, line, reason);
      });
  };
  if (reading.faults.length > 0)
    keep(
      mentionFaults({
        objectives: fields?.objectives ?? readableObjectives(head),
        lessons,
        items: bank ?? readableItems(items),
      }),
    );
  reading.end();
  const result = learningModule.safeParse({ ...fields, lessons, items: bank });
  if (result.success) return result.data;
  keep(result.error.issues);
  reading.end();
  throw new Error("a refused module has an issue");
}

/** The items of a faulty bank, each in its place; undefined where it has a fault. */
function readableItems(text: string): (z.infer<typeof item> | undefined)[] {
  const list = z.object({ items: z.array(z.unknown()) }).safeParse(readable(text)).data?.items ?? [];
  return list.map((one) => item.safeParse(one).data);
}

const readableObjectives = (head: string) =>
  moduleHead.pick({ objectives: true }).strip().safeParse(readable(head)).data?.objectives;

function readable(yaml: string): unknown {
  const document = parseDocument(yaml, { prettyErrors: false });
  return document.errors.length === 0 ? document.toJS() : null;
}

/** The line of the file on which a field of a lesson stands: in its fence, in one of its parts, or its heading. */
function lineInLesson(lesson: WrittenLesson, path: (string | number)[]): number {
  const [key, at, , ...inItem] = path;
  const part = key === "parts" && typeof at === "number" ? lesson.parts[at] : undefined;
  if (part && part.kind !== "text") return part.line - 1 + lineOf(part.text, inItem);
  if (part || key === "title" || !lesson.head) return part?.line ?? lesson.line;
  return lesson.head.line - 1 + lineOf(lesson.head.text, path);
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
