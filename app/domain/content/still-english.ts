import { isScalar, LineCounter, parseDocument, visit } from "yaml";
import { sourceLanguage } from "./language.ts";
import type { ModuleSource } from "./module-source.ts";
import { remembering } from "./remember.ts";
import { joined, sectionAt, sectionsOf } from "./section.ts";
import { filesOf, type TranslatedLanguage, translationsIn } from "./wording.ts";

/** A text of a translation that says what the source language says, word for word. */
export type StillEnglish = { file: string; line: number; text: string };

/** From this many words on, two languages do not say the same by chance. */
export const fewestWords = 4;

/**
 * Whether a text has to read otherwise in another language: it has four words or more, and not all of them begin with a
 * capital letter, as in names and titles of people.
 */
export function mustDiffer(text: string): boolean {
  const words = text.replace(/https?:\/\/\S+|`[^`]*`/g, " ").match(/\p{L}[\p{L}\p{M}’'-]*/gu) ?? [];
  return words.length >= fewestWords && words.some((word) => !/^\p{Lu}/u.test(word));
}

/** The texts of all translations that are still English, by file and line. */
export function stillEnglish(source: ModuleSource): StillEnglish[] {
  const languages = translationsIn(source);
  if (languages.length === 0) return [];
  const { module, items } = filesOf(sourceLanguage);
  const english = new Set(
    [...textsOf(module, source[module]), ...textsOf(items, source[items])].map((one) => one.text),
  );
  return languages.flatMap((language) => {
    const theirs = filesOf(language);
    return [theirs.module, theirs.items].flatMap((file) =>
      textsOf(file, source[file])
        .filter(({ text }) => mustDiffer(text) && english.has(text))
        .map(({ text, line }) => ({ file, line, text })),
    );
  });
}

/**
 * The lessons and items of a translation in which something is still English: in each of its files the places of their
 * sections. Its head is none of them, for a translation has one.
 */
export function englishParts(source: ModuleSource, language: TranslatedLanguage): Map<string, Set<number>> {
  const parts = new Map<string, Set<number>>();
  for (const { file, line } of stillEnglish(source)) {
    if (!Object.values(filesOf(language)).includes(file)) continue;
    const part = sectionAt(sectionsOf(file, source[file] ?? ""), line);
    if (part > 0) parts.set(file, (parts.get(file) ?? new Set()).add(part));
  }
  return parts;
}

/**
 * The source without what is still English in a translation: learners read those lessons and items in English, and are told
 * so, until somebody translates them.
 */
export function withoutEnglish(source: ModuleSource, language: TranslatedLanguage): ModuleSource {
  const files: Record<string, string> = { ...source };
  for (const [file, parts] of englishParts(source, language)) {
    const kept = sectionsOf(file, source[file] ?? "").filter((_, part) => !parts.has(part));
    // An item file has items, or is not there.
    if (file === filesOf(language).items && kept.length < 2) delete files[file];
    else files[file] = joined(kept);
  }
  return files;
}

type Text = { line: number; text: string };

function textsOf(file: string, written: string | undefined): readonly Text[] {
  if (written === undefined) return [];
  return file.endsWith(".md") ? lessonTexts(written) : itemTexts(written);
}

const lessonTexts = remembering((written) => markdownTexts(written));
const itemTexts = remembering((written) => yamlTexts(written, 1));

/** The lines of a Markdown file, and the texts of the YAML in its front matter and its questions. */
function markdownTexts(written: string): Text[] {
  const rows = written.split("\n");
  const texts: Text[] = [];
  for (let i = 0; i < rows.length; i++) {
    const opens =
      i === 0 && rows[0] === "---"
        ? /^---\s*$/
        : /^```(?:question|lesson)\s*$/.test(rows[i] ?? "")
          ? /^```\s*$/
          : null;
    const end = opens ? rows.findIndex((row, k) => k > i && opens.test(row)) : -1;
    if (end < 0) {
      texts.push({ line: i + 1, text: plain(rows[i] ?? "") });
      continue;
    }
    texts.push(...yamlTexts(rows.slice(i + 1, end).join("\n"), i + 2));
    i = end;
  }
  return texts;
}

/** The texts of a YAML text, but for accepted answers: each language has its own, and may share some. */
function yamlTexts(yaml: string, firstLine: number): Text[] {
  const lines = new LineCounter();
  const texts: Text[] = [];
  visit(parseDocument(yaml, { lineCounter: lines, prettyErrors: false }), {
    Pair: (_, pair) => (isScalar(pair.key) && pair.key.value === "accepted" ? visit.SKIP : undefined),
    Scalar: (key, node) => {
      if (key === "key" || typeof node.value !== "string") return;
      texts.push({ line: firstLine - 1 + lines.linePos(node.range?.[0] ?? 0).line, text: plain(node.value) });
    },
  });
  return texts;
}

const plain = (text: string): string => text.replace(/\s+/g, " ").trim();
