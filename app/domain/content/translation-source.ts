import { z } from "zod";
import { notWritten } from "./gap.ts";
import { translatedLanguages } from "./language.ts";
import type { Lesson, LessonPart, Module, ModuleTranslation } from "./module.ts";
import type { WrittenLesson, WrittenPart } from "./lesson-source.ts";
import { ContentError, htmlOf, lessonsOf, lineOf, parseYaml, Reading, splitHead } from "./source.ts";
import { translated } from "./translation.ts";

/** The files of a translation: `module.de.md`, and `items.de.yaml` where items are translated. */
export type TranslationFiles = {
  module: { file: string; text: string };
  items: { file: string; text: string } | null;
};

/** Parts of a translation that are read in English because they were made from other English words. */
export type StaleParts = { head: boolean; lessons: ReadonlySet<string>; items: ReadonlySet<string> };
const noneStale: StaleParts = { head: false, lessons: new Set(), items: new Set() };

const text = z.string().trim().min(1, notWritten);
const headShape = z.strictObject({
  language: z.enum(translatedLanguages),
  title: text,
  summary: text,
  objectives: z.array(z.strictObject({ id: text, text })),
});
const staleHeadShape = headShape.pick({ language: true }).loose();
const wordsShape = z.looseObject({ id: text });
const bankShape = z.strictObject({ items: z.array(wordsShape) });
const lessonShape = z.strictObject({ id: text });

/**
 * A translation of a module. Lessons and items may be missing (they are shown in the source language); what is there must
 * hold the same parts, ids and wordings as the source. What is `stale` is left out, whatever its shape: of a stale head the
 * source's title, summary and objectives stand as a whole. Throws {@link ContentError} with file and line.
 */
export function parseTranslation(
  source: Pick<Module, "title" | "summary" | "objectives" | "lessons" | "items">,
  files: TranslationFiles,
  stale: StaleParts = noneStale,
): ModuleTranslation {
  const { file } = files.module;
  const { head, body, bodyLine } = splitHead(files.module.text, file);
  const { language, ...words } = parseYaml(head, stale.head ? staleHeadShape : headShape, file, 2);
  const { title, summary, objectives } = source;
  const reading = new Reading();
  const laid = reading.of(() => {
    if (stale.head) return { title, summary, objectives };
    const fit = translated({ title, summary, objectives }, words);
    if (!fit.ok) throw new ContentError(file, 1 + lineOf(head, fit.path), fit.reason);
    return fit.value;
  });
  const written = reading.of(() => lessonsOf(body, file, bodyLine)) ?? [];
  const lessons = written.flatMap((lesson) => {
    const found = reading.of(() => lessonIn(source.lessons, lesson, file, stale.lessons));
    return found ? [{ found, line: lesson.line }] : [];
  });
  for (const { found, line } of lessons)
    reading.of(() => {
      if (lessons.find((other) => other.found.id === found.id)?.line === line) return;
      throw new ContentError(file, line, `lesson ${found.id} stands twice`);
    });
  const items = reading.of(() => itemsIn(source, files.items, stale.items));
  reading.end();
  if (!laid || !items) throw new Error("a translation that cannot be read has a fault");
  return { language, ...laid, lessons: lessons.map((one) => one.found), items };
}

/** Null of a stale lesson. */
function lessonIn(
  sources: readonly Lesson[],
  written: WrittenLesson,
  file: string,
  stale: ReadonlySet<string>,
): Lesson | null {
  if (!written.head)
    throw new ContentError(file, written.line, "this lesson has no ```lesson fence with its id");
  const { id } = parseYaml(written.head.text, lessonShape, file, written.head.line);
  const source = sources.find((one) => one.id === id);
  if (!source) throw new ContentError(file, written.head.line, `the source has no lesson ${id}`);
  if (stale.has(id)) return null;
  if (source.parts.length !== written.parts.length) {
    const reason = `lesson ${id} has ${written.parts.length} parts here and ${source.parts.length} in the source`;
    throw new ContentError(file, written.line, reason);
  }
  const parts = source.parts.map((part, i) => partIn(part, written.parts[i], file));
  return { ...source, title: written.title, parts };
}

function partIn(source: LessonPart, written: WrittenPart | undefined, file: string): LessonPart {
  if (written?.kind !== source.kind)
    throw new ContentError(file, written?.line ?? 1, `the source has a ${source.kind} here`);
  if (written.kind === "text") return { kind: "text", html: htmlOf(written, file) };
  if (source.kind !== "question") return { kind: "tomorrow", text: written.text.trim() };
  const laid = translated(source.item, parseYaml(written.text, wordsShape, file, written.line));
  if (laid.ok) return { kind: "question", item: laid.value };
  throw new ContentError(file, written.line - 1 + lineOf(written.text, laid.path), faultOf(laid));
}

function itemsIn(
  source: Pick<Module, "items">,
  written: TranslationFiles["items"],
  stale: ReadonlySet<string>,
): Module["items"] {
  if (!written) return [];
  const words = parseYaml(written.text, bankShape, written.file).items;
  const fault = (at: number, path: (string | number)[], reason: string) =>
    new ContentError(written.file, lineOf(written.text, ["items", at, ...path]), reason);
  const reading = new Reading();
  const items = words.map((word, at) =>
    reading.of(() => {
      const known = source.items.find((one) => one.id === word.id);
      if (!known) throw fault(at, ["id"], `the source has no item ${word.id}`);
      if (words.findIndex((other) => other.id === word.id) !== at)
        throw fault(at, ["id"], `item ${word.id} stands twice`);
      if (stale.has(word.id)) return undefined;
      const laid = translated(known, word);
      if (!laid.ok) throw fault(at, laid.path, faultOf(laid));
      return laid.value;
    }),
  );
  reading.end();
  return items.flatMap((one) => one ?? []);
}

function faultOf({ path, reason }: { path: (string | number)[]; reason: string }): string {
  return `${path.join(".") || "text"}: ${reason}`;
}
