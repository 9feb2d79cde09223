import { keyOf, type Part, partsIn, staleParts } from "./follow.ts";
import { type Language, sourceLanguage } from "./language.ts";
import type { ModuleSource } from "./module-source.ts";
import type { Section } from "./section.ts";
import { translationsIn, wordingOf } from "./wording.ts";

/** By part of a translation (see `keyOf`): what its original said when it was written or last found to fit. */
export type Followed = Readonly<Record<string, string>>;

/** A translated part whose original has changed since. `part` is its place in `file`. */
export type Lag = {
  key: string;
  language: Language;
  kind: Section["kind"];
  /** Id of the lesson or item; null of a head. */
  id: string | null;
  title: string;
  file: string;
  part: number;
  /** What the original said, empty where only its mark was kept, and what it says now. */
  before: string;
  now: string;
  /** What the translation says. */
  translation: string;
};

/**
 * The translated parts that must follow their originals. `base` are the files the draft was begun from, null of a new
 * module: there, a translation says what its original says. `followed` is what was written since. A part that the marks of
 * the source say was made from other words must follow too.
 */
export function lagging(source: ModuleSource, base: ModuleSource | null, followed: Followed): Lag[] {
  const languages = translationsIn(source);
  if (languages.length === 0) return [];
  const originals = partsIn(source, sourceLanguage);
  const stale = new Set(staleParts(source).map((one) => one.key));
  const earlier = base ? partsIn(base, sourceLanguage) : new Map<string, Part>();
  return languages.flatMap((language) => {
    const earlierOf = base ? partsIn(base, language) : new Map<string, Part>();
    return [...partsIn(source, language)].flatMap(([name, part]): Lag[] => {
      const original = originals.get(name);
      if (!original) return [];
      const key = keyOf(language, name);
      const untouched = earlierOf.get(name)?.text.trimEnd() === part.text.trimEnd();
      const old = earlier.get(name);
      // The same text says the same; only another one is worth reading word by word.
      const same = followed[key] === undefined && (!untouched || !old || old.text === original.text);
      if (same && !stale.has(key)) return [];
      const was = followed[key] ?? (old ? wordingOf(old) : "");
      const now = wordingOf(original);
      if (was === now && !stale.has(key)) return [];
      const { kind, id, file } = part;
      const { title } = original;
      const before = was === now ? "" : was;
      return [{ key, language, kind, id, title, file, part: part.part, before, now, translation: part.text }];
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
