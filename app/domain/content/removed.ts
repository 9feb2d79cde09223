import { staleParts } from "./follow.ts";
import type { ModuleSource } from "./module-source.ts";
import { ended, isFigureOf, type OutlineRefusal, translationsOf, withoutPart } from "./outline.ts";
import { joined, sectionsOf } from "./section.ts";

/** What went with a deleted lesson or item: its sections with the places they had, and its figures. */
export type Removed = {
  title: string;
  /** `part` is the place in the file; the section of the source language comes first. */
  pieces: readonly { file: string; part: number; text: string }[];
  figures: readonly { file: string; text: string }[];
};

/**
 * What `withoutPart` takes out of a source, so that it can be brought back; null where it refuses. A translation that does
 * not follow its English words is not among it: brought back, it would count as made from those.
 */
export function removedPart(source: ModuleSource, place: { file: string; part: number }): Removed | null {
  const section = sectionsOf(place.file, source[place.file] ?? "")[place.part];
  if (!section || !withoutPart(source, place).ok) return null;
  const { id, title, text } = section;
  const stale = staleParts(source);
  const translated = translationsOf(place.file).flatMap((file) =>
    sectionsOf(file, source[file] ?? "").flatMap((one, part) =>
      id !== null &&
      one.kind !== "head" &&
      one.id === id &&
      !stale.some((other) => other.file === file && other.id === id)
        ? [{ file, part, text: one.text }]
        : [],
    ),
  );
  const figures = Object.entries(source).filter(([name]) => isFigureOf(name, id));
  return {
    title,
    pieces: [{ file: place.file, part: place.part, text }, ...translated],
    figures: place.file === "module.md" ? figures.map(([file, written]) => ({ file, text: written })) : [],
  };
}

/**
 * The source with a deleted part where it stood, or at the end of a file that has grown shorter. Refused where a text would
 * be another number of parts than one, or its file is not there any more.
 */
export function withRestored(
  source: ModuleSource,
  removed: Removed,
): { ok: true; source: ModuleSource } | { ok: false; reason: OutlineRefusal } {
  const files: Record<string, string> = { ...source };
  for (const { file, part, text } of removed.pieces) {
    const there = files[file];
    // A translation that was deleted meanwhile is not begun again by one of its parts.
    if (there === undefined && file !== removed.pieces[0]?.file) continue;
    if (there === undefined) return { ok: false, reason: "missing" };
    const sections = sectionsOf(file, there);
    const at = Math.min(Math.max(1, part), sections.length);
    const before = sections.slice(0, at).map((one, i) => (i === sections.length - 1 ? ended(one) : one));
    const piece = { text: at < sections.length && !text.endsWith("\n") ? `${text}\n` : text };
    const next = joined([...before, piece, ...sections.slice(at)]);
    if (sectionsOf(file, next).length !== sections.length + 1) return { ok: false, reason: "borders" };
    files[file] = next;
  }
  for (const { file, text } of removed.figures) files[file] ??= text;
  return { ok: true, source: files };
}
