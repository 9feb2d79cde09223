import { type Language, sourceLanguage } from "./language.ts";
import type { ModuleSource } from "./module-source.ts";
import { type Section, sectionsOf } from "./section.ts";
import { filesOf, translationsIn, wordingOf } from "./wording.ts";

/** By part of a translation (see `keyOf`): what its original said when it was written or last found to fit. */
export type Followed = Readonly<Record<string, string>>;

/** A translated part whose original has changed since. `part` is its place in `file`. */
export type Lag = {
  key: string;
  language: Language;
  kind: Section["kind"];
  title: string;
  file: string;
  part: number;
  /** What the original said, and what it says now. */
  before: string;
  now: string;
  /** What the translation says. */
  translation: string;
};

type Part = Section & { file: string; part: number };

/** The parts of a source in a language that have words: head, lessons and items. */
function partsIn(source: ModuleSource, language: Language): Map<string, Part> {
  const { module, items } = filesOf(language);
  const parts = new Map<string, Part>();
  for (const file of [module, items])
    for (const [part, section] of sectionsOf(file, source[file] ?? "").entries()) {
      const named = section.kind === "head" ? file === module : section.id !== null;
      if (named && section.text.trim() !== "")
        parts.set(`${section.kind} ${section.id ?? ""}`.trim(), { ...section, file, part });
    }
  return parts;
}

/** Names a part of a translation: `de lesson data-classes`. */
const keyOf = (language: Language, part: string): string => `${language} ${part}`;

/**
 * The translated parts that must follow their originals. `base` are the files the draft was begun from, null of a new
 * module: there, a translation says what its original says. `followed` is what was written since.
 */
export function lagging(source: ModuleSource, base: ModuleSource | null, followed: Followed): Lag[] {
  const languages = translationsIn(source);
  if (languages.length === 0) return [];
  const originals = partsIn(source, sourceLanguage);
  const earlier = base ? partsIn(base, sourceLanguage) : new Map<string, Part>();
  return languages.flatMap((language) => {
    const before = base ? partsIn(base, language) : new Map<string, Part>();
    return [...partsIn(source, language)].flatMap(([name, part]): Lag[] => {
      const original = originals.get(name);
      if (!original) return [];
      const key = keyOf(language, name);
      const untouched = before.get(name)?.text.trimEnd() === part.text.trimEnd();
      const old = earlier.get(name);
      // The same text says the same; only another one is worth reading word by word.
      if (followed[key] === undefined && (!untouched || !old || old.text === original.text)) return [];
      const was = followed[key] ?? (old ? wordingOf(old) : "");
      const now = wordingOf(original);
      if (was === now) return [];
      const { kind, file } = part;
      const { title } = original;
      return [
        { key, language, kind, title, file, part: part.part, before: was, now, translation: part.text },
      ];
    });
  });
}

/** What is followed after the files of a draft changed: what was translated anew was translated from today's original. */
export function followedAfter(followed: Followed, before: ModuleSource, after: ModuleSource): Followed {
  const next: Record<string, string> = {};
  const originals = partsIn(after, sourceLanguage);
  for (const language of translationsIn(after)) {
    const earlier = partsIn(before, language);
    for (const [name, part] of partsIn(after, language)) {
      const key = keyOf(language, name);
      const original = originals.get(name);
      const kept = followed[key];
      if (original && earlier.get(name)?.text.trimEnd() !== part.text.trimEnd())
        next[key] = wordingOf(original);
      else if (kept !== undefined) next[key] = kept;
    }
  }
  return next;
}

/** The lessons and items that a translation lacks: they are read in the source language. */
export function untranslated(source: ModuleSource, language: Language): number {
  const there = partsIn(source, language);
  return [...partsIn(source, sourceLanguage).keys()].filter((name) => !there.has(name)).length;
}
