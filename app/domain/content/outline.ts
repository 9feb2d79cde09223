import { translatedLanguages } from "./language.ts";
import { lessonOfFigure } from "./figure.ts";
import type { ModuleSource } from "./module-source.ts";
import { figureTemplate } from "./template.ts";
import { joined, type Section, sectionsOf, written } from "./section.ts";

/** Which text of a source is edited: a section by its place in the file, or the whole file. */
export type Place = { file: string; part: number | "all" };

export type OutlineRefusal = "missing" | "empty" | "borders";

export const outlineRefusalWords: Record<OutlineRefusal, string> = {
  missing: "This part is not there any more. Your text is kept here: copy it before you leave the page.",
  empty: "Nothing is left of this part. Delete it on the draft’s page if that is meant.",
  borders:
    "This would be another number of parts than one. Write one lesson with one heading `# Title`, or one item, and close every fence (```). Your text is kept here until then.",
};

type Outcome = { ok: true; source: ModuleSource } | { ok: false; reason: OutlineRefusal };

/** The text at a place, as it stands in its file; null where there is nothing. */
export function textAt(source: ModuleSource, place: Place): string | null {
  const text = source[place.file];
  if (text === undefined) return null;
  return place.part === "all" ? text : (sectionsOf(place.file, text)[place.part]?.text ?? null);
}

/** The source with the text at a place replaced by what was edited. No other section changes by it. */
export function withText(source: ModuleSource, place: Place, edited: string): Outcome {
  const text = source[place.file];
  if (text === undefined) return { ok: false, reason: "missing" };
  if (edited.trim() === "") return { ok: false, reason: "empty" };
  if (place.part === "all") {
    const whole = `${edited.replaceAll("\r\n", "\n").trimEnd()}\n`;
    return { ok: true, source: { ...source, [place.file]: whole } };
  }
  const sections = sectionsOf(place.file, text);
  const section = sections[place.part];
  if (!section) return { ok: false, reason: "missing" };
  const replacing = spacedAs(section.text, written(section.kind, edited));
  const next = joined(replaced(sections, place.part, [{ text: replacing }]));
  // The others must stand as before: an open fence or a missing heading would change where they begin.
  const parts = sectionsOf(place.file, next);
  const before = sections.slice(0, place.part);
  const after = sections.slice(place.part + 1);
  const around = [...parts.slice(0, before.length), ...parts.slice(parts.length - after.length)];
  const stay = [...before, ...after].every((one, i) => one.text.trimEnd() === around[i]?.text.trimEnd());
  if (!stay || parts.length !== sections.length) return { ok: false, reason: "borders" };
  const id = parts[place.part]?.id ?? null;
  const named = place.file === "module.md" ? withFiguresOf(source, section.id, id) : source;
  return { ok: true, source: { ...named, [place.file]: next } };
}

/** A section with the blank lines around it that it had: an author who changes a word changes one line. */
function spacedAs(before: string, text: string): string {
  const above = /^(?:[ \t]*\n)*/.exec(before)?.[0] ?? "";
  const below = /\n\s*$/.exec(before)?.[0];
  return `${above}${below === undefined ? text : `${text.trimEnd()}${below}`}`;
}

/** The source after a lesson got another id: its figures have it in their names. */
function withFiguresOf(source: ModuleSource, before: string | null, after: string | null): ModuleSource {
  if (before === null || after === null || before === after) return source;
  return Object.fromEntries(
    Object.entries(source).map(([name, text]) => [
      isFigureOf(name, before) ? name.replace(`figures/${before}`, `figures/${after}`) : name,
      text,
    ]),
  );
}

/** The source with a lesson or item added after a section, or at the end. */
export function withAdded(
  source: ModuleSource,
  added: { file: string; after: number | null; kind: "lesson" | "item"; text: string },
): Outcome {
  const text = source[added.file];
  if (text === undefined) return { ok: false, reason: "missing" };
  const sections = sectionsOf(added.file, text);
  const at = Math.min(added.after ?? sections.length - 1, sections.length - 1);
  const one = sections[at];
  if (!one) return { ok: false, reason: "missing" };
  const piece = { text: written(added.kind, added.text) };
  return {
    ok: true,
    source: { ...source, [added.file]: joined(replaced(sections, at, [ended(one), piece])) },
  };
}

/** The source without a lesson or item, nor its translations and figures, which would stand for nothing. */
export function withoutPart(source: ModuleSource, place: { file: string; part: number }): Outcome {
  const text = source[place.file];
  const sections = text === undefined ? [] : sectionsOf(place.file, text);
  const section = sections[place.part];
  if (!section || section.kind === "head") return { ok: false, reason: "missing" };
  const files: Record<string, string> = {
    ...source,
    [place.file]: joined(replaced(sections, place.part, [])),
  };
  for (const file of Object.keys(files))
    if (place.file === "module.md" && isFigureOf(file, section.id)) delete files[file];
  for (const file of translationsOf(place.file)) {
    const theirs = files[file];
    if (theirs === undefined || section.id === null) continue;
    const left = sectionsOf(file, theirs).filter((one) => one.kind === "head" || one.id !== section.id);
    files[file] = joined(left);
  }
  return { ok: true, source: files };
}

/** The source with an empty figure for a lesson, in a language where the file name says one; as it is where there is one. */
export function withFigure(source: ModuleSource, file: string): Outcome {
  const lesson = lessonOfFigure(file);
  const known = sectionsOf("module.md", source["module.md"] ?? "").some((one) => one.id === lesson);
  if (lesson === null || !known) return { ok: false, reason: "missing" };
  return { ok: true, source: { ...source, [file]: source[file] ?? figureTemplate } };
}

export function withoutFigure(source: ModuleSource, file: string): Outcome {
  if (lessonOfFigure(file) === null || source[file] === undefined) return { ok: false, reason: "missing" };
  return { ok: true, source: Object.fromEntries(Object.entries(source).filter(([name]) => name !== file)) };
}

/** The source with a lesson or item before or after its neighbour; unchanged at either end. */
export function withMoved(source: ModuleSource, place: { file: string; part: number }, by: 1 | -1): Outcome {
  const sections = sectionsOf(place.file, source[place.file] ?? "").map(ended);
  const [one, other] = [sections[place.part], sections[place.part + by]];
  if (!one || one.kind === "head") return { ok: false, reason: "missing" };
  if (!other || other.kind === "head") return { ok: true, source };
  const swapped = sections.map((section) => (section === one ? other : section === other ? one : section));
  return { ok: true, source: { ...source, [place.file]: joined(swapped) } };
}

const isFigureOf = (file: string, lesson: string | null): boolean =>
  lesson !== null && /^figures\/(.+?)(?:\.\w\w)?\.svg$/.exec(file)?.[1] === lesson;

/** The files that translate one of the source language; none of a translation. */
function translationsOf(file: string): string[] {
  if (file === "module.md") return translatedLanguages.map((language) => `module.${language}.md`);
  if (file === "items.yaml") return translatedLanguages.map((language) => `items.${language}.yaml`);
  return [];
}

/** The last section of a file may end without the blank line that parts it from what comes to follow. */
export function ended(section: Section): Section {
  const end = section.kind === "item" ? "\n" : "\n\n";
  return { ...section, text: section.kind === "head" ? section.text : `${section.text.trimEnd()}${end}` };
}

function replaced<T>(
  list: readonly T[],
  at: number,
  by: readonly { text: string }[],
): (T | { text: string })[] {
  return [...list.slice(0, at), ...by, ...list.slice(at + 1)];
}
