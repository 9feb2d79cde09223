import { stringify } from "yaml";
import { type Language, sourceLanguage, translatedLanguages } from "./language.ts";
import type { ModuleSource } from "./module-source.ts";
import { ended } from "./outline.ts";
import { editable, joined, readItem, type Section, sectionsOf, written } from "./section.ts";
import { wordsIn } from "./translation.ts";

export type TranslatedLanguage = (typeof translatedLanguages)[number];

/** The files of a language: of the source `module.md` and `items.yaml`, of German `module.de.md` and `items.de.yaml`. */
export function filesOf(language: Language): { module: string; items: string } {
  const ending = language === sourceLanguage ? "" : `.${language}`;
  return { module: `module${ending}.md`, items: `items${ending}.yaml` };
}

/** The file beside a translated module that tells which English words each part was made from; see `follow.ts`. */
export const marksFile = "translated.yaml";

/** The languages a source is translated into so far. */
export function translationsIn(source: ModuleSource): TranslatedLanguage[] {
  return translatedLanguages.filter((language) => source[filesOf(language).module] !== undefined);
}

/**
 * What a section of the source language says, in the form its translation has: words and ids, nothing of keys, scores or
 * minutes. Answers as much as can be read of a faulty section.
 */
export function wordingOf(section: Pick<Section, "kind" | "text">): string {
  if (section.kind === "head") return yamlOf(headWords(section.text));
  if (section.kind === "item") return yamlOf(wordsIn(readItem(editable(section))));
  return editable(section).replace(
    /^```(lesson|question)[ \t]*\n([\s\S]*?)^```[ \t]*$/gm,
    (whole, kind: string, inner: string) => {
      const { id, ...fields } = readItem(inner);
      if (id === undefined) return whole;
      const words = kind === "lesson" ? { id } : wordsIn({ id, ...fields });
      return `\`\`\`${kind}\n${yamlOf(words)}\n\`\`\``;
    },
  );
}

const yamlOf = (value: unknown): string => stringify(value, { lineWidth: 0 }).trimEnd();

function headWords(text: string): Record<string, unknown> {
  const head = /^---\n([\s\S]*?)\n---/.exec(text)?.[1] ?? "";
  const { title, summary, objectives } = readItem(head);
  return { title, summary, objectives: wordsIn(objectives) };
}

/** The title of a module as far as its head can be read; null where it cannot. */
export function titleIn(source: ModuleSource): string | null {
  const { title } = headWords(source[filesOf(sourceLanguage).module] ?? "");
  return typeof title === "string" && title.trim() !== "" ? title : null;
}

/**
 * The source with a translation into a language, or with what one lacks: lessons and items begin with the words of the
 * source language, in its order. What is translated stays as it is.
 */
export function withTranslation(source: ModuleSource, language: TranslatedLanguage): ModuleSource {
  const [own, theirs] = [filesOf(sourceLanguage), filesOf(language)];
  const head = sectionsOf(own.module, source[own.module] ?? "")[0];
  const front = `---\nlanguage: ${language}\n${head ? wordingOf(head) : ""}\n---\n\n`;
  return {
    ...source,
    [theirs.module]: completed(source, own.module, theirs.module, front),
    [theirs.items]: completed(source, own.items, theirs.items, "items:\n"),
  };
}

function completed(source: ModuleSource, own: string, theirs: string, head: string): string {
  const there = source[theirs];
  const [first, ...before] = there === undefined ? [{ text: head }] : sectionsOf(theirs, there);
  const originals = sectionsOf(own, source[own] ?? "").slice(1);
  const of = (id: string | null): Section | undefined =>
    before.find((one): one is Section => "id" in one && one.id !== null && one.id === id);
  if (there !== undefined && originals.every((one) => of(one.id))) return there;
  const parts = originals.map((one) => of(one.id) ?? { ...one, text: written(one.kind, wordingOf(one)) });
  const strays = before.filter(
    (one): one is Section => "id" in one && !parts.some((part) => part.text === one.text),
  );
  return joined([first ?? { text: head }, ...[...parts, ...strays].map(ended)]);
}

/** The source without its translation into a language, figures in that language and the marks of its parts included. */
export function withoutTranslation(source: ModuleSource, language: TranslatedLanguage): ModuleSource {
  const { module, items } = filesOf(language);
  const gone = (name: string): boolean =>
    name === module || name === items || (name.startsWith("figures/") && name.endsWith(`.${language}.svg`));
  const left = Object.fromEntries(Object.entries(source).filter(([name]) => !gone(name)));
  const { [marksFile]: marks, ...others } = left;
  if (marks === undefined) return left;
  const rows = marks.split(/(?<=\n)/).filter((row) => !row.startsWith(`${language} `));
  return rows.some((row) => !row.startsWith("#")) ? { ...others, [marksFile]: rows.join("") } : others;
}
