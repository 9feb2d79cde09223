import { isMap, isScalar, parseDocument, stringify } from "yaml";
import { figureOf, lessonOfFigure } from "./figure.ts";
import { translatedLanguages } from "./language.ts";
import type { Item } from "./item.ts";
import type { Module } from "./module.ts";
import { checkMarks, staleParts } from "./follow.ts";
import { ContentError, lineOf, parseModule, Reading, splitHead } from "./source.ts";
import { parseTranslation } from "./translation-source.ts";
import { marksFile } from "./wording.ts";

/**
 * A module as its author writes it: the texts of its files by name. `module.md` and `items.yaml` always; `module.de.md` and
 * `items.de.yaml` (and so on) where it is translated; `figures/<lesson>.svg`, and `figures/<lesson>.de.svg`, where a lesson has
 * a figure; `translated.yaml` where it is translated, see `follow.ts`.
 */
export type ModuleSource = Readonly<Record<string, string>>;

/** The names a file of a module may have, in the order in which they are shown. */
export const moduleFiles: readonly string[] = [
  "module.md",
  "items.yaml",
  ...translatedLanguages.flatMap((language) => [`module.${language}.md`, `items.${language}.yaml`]),
];

/**
 * The module that a source makes, translations included. `folder` stands before the file names in faults. Throws
 * {@link ContentError} with file, line and reason of each fault; translations are read once the source language can be. What
 * was translated from other English words than there are now is left out, so that it is read in English: its head as a
 * whole too.
 */
export function parseSource(source: ModuleSource, folder: string): Module {
  const at = (name: string): string => (folder === "" ? name : `${folder}/${name}`);
  const text = (name: string): string => {
    const found = source[name];
    if (found === undefined) throw new ContentError(at(name), 1, "this file is missing");
    return found;
  };
  const files = { module: at("module.md"), items: at("items.yaml") };
  const reading = new Reading();
  const figures = new Map<string, string>();
  for (const name of Object.keys(source).filter((one) => one.startsWith("figures/")))
    reading.of(() => {
      const lesson = lessonOfFigure(name);
      if (lesson === null)
        throw new ContentError(at(name), 1, "a figure is named <lesson>.svg, or <lesson>.de.svg and so on");
      const figure = figureOf(text(name), lesson);
      if (!figure.ok) throw new ContentError(at(name), figure.line, figure.reason);
      figures.set(name, figure.svg);
    });
  const withFigures = (lessons: Module["lessons"], ending: string): Module["lessons"] =>
    lessons.map((lesson) => {
      const figure = figures.get(`figures/${lesson.id}${ending}.svg`);
      return figure === undefined ? lesson : { ...lesson, figure };
    });
  const parsed = reading.of(() => parseModule(text("module.md"), text("items.yaml"), files));
  for (const name of parsed ? figures.keys() : [])
    reading.of(() => {
      if (!parsed?.lessons.some((lesson) => lesson.id === lessonOfFigure(name)))
        throw new ContentError(at(name), 1, "no lesson has this id");
    });
  const stale = reading.of(() => {
    checkMarks(source, at(marksFile));
    return staleParts(source);
  });
  const translations = translatedLanguages.flatMap((language) => {
    const [words, bank] = [`module.${language}.md`, `items.${language}.yaml`];
    const found = reading.of(() => {
      if (source[words] === undefined) {
        if (source[bank] !== undefined) throw new ContentError(at(bank), 1, `${at(words)} is missing`);
        return undefined;
      }
      if (!parsed) return undefined;
      const theirs = (stale ?? []).filter((part) => part.language === language);
      const ids = (kind: "lesson" | "item") =>
        new Set(theirs.flatMap((part) => (part.kind === kind && part.id !== null ? [part.id] : [])));
      const translation = parseTranslation(
        parsed,
        {
          module: { file: at(words), text: text(words) },
          items: source[bank] === undefined ? null : { file: at(bank), text: text(bank) },
        },
        {
          head: theirs.some((part) => part.kind === "head"),
          lessons: ids("lesson"),
          items: ids("item"),
        },
      );
      if (translation.language !== language)
        throw new ContentError(
          at(words),
          2,
          `the file name says ${language}, the text ${translation.language}`,
        );
      return translation;
    });
    return found ? [{ ...found, lessons: withFigures(found.lessons, `.${language}`) }] : [];
  });
  reading.end();
  if (!parsed) throw new Error("a module that cannot be read has a fault");
  const module = { ...parsed, lessons: withFigures(parsed.lessons, "") };
  return translations.length > 0 ? { ...module, translations } : module;
}

/** What a module may cite: clauses as `slug#number`, and policies by slug. */
export type Citable = { clauses: ReadonlySet<string>; policies: ReadonlySet<string> };

/** Throws {@link ContentError} with each place where a module cites a clause or a policy that there is not. */
export function checkCitations(module: Module, source: ModuleSource, folder: string, known: Citable): void {
  const reading = new Reading();
  const fault = (name: string, line: number, reason: string): void => {
    const file = folder === "" ? name : `${folder}/${name}`;
    reading.of(() => {
      throw new ContentError(file, line, reason);
    });
  };
  const check = (item: Item, name: string): void => {
    const { id, clause } = item;
    if (clause === undefined || known.clauses.has(clause)) return;
    const rows = (source[name] ?? "").split("\n");
    const begins = rows.findIndex((row) => new RegExp(`(?:^|[\\s{])id: ["']?${id}(?:$|["'\\s,}])`).test(row));
    const row = rows.findIndex((one, i) => i >= begins && one.includes(clause));
    fault(name, Math.max(1, row + 1), `no policy has the clause ${clause}`);
  };
  for (const item of questionsOf(module)) check(item, "module.md");
  for (const item of module.items) check(item, "items.yaml");
  const { head } = splitHead(source["module.md"] ?? "---\n---\n", "module.md");
  module.acknowledges.forEach((slug, i) => {
    if (known.policies.has(slug)) return;
    fault("module.md", 1 + lineOf(head, ["acknowledges", i]), `there is no policy ${slug}`);
  });
  reading.end();
}

/** The questions inside the lessons of a module. */
export function questionsOf(module: Pick<Module, "lessons">): Item[] {
  return module.lessons.flatMap((lesson) =>
    lesson.parts.flatMap((part) => (part.kind === "question" ? [part.item] : [])),
  );
}

/** What the front matter of `module.md` says about a version. */
export type Declaration = Pick<Module, "version" | "change" | "changeNote"> &
  Partial<Pick<Module, "approver">>;

/** The source with a declaration in the front matter of `module.md`; all else stays as written, byte by byte. */
export function declared(source: ModuleSource, declaration: Declaration): ModuleSource {
  const { head, body } = splitHead(source["module.md"] ?? "", "module.md");
  const text = Object.entries(declaration).reduce(
    (written, [key, value]) => (value === undefined ? written : withField(written, key, value)),
    head,
  );
  return { ...source, "module.md": `---\n${text}\n---\n${body}` };
}

/** A YAML map with one of its texts replaced, or added at its end. */
function withField(yaml: string, key: string, value: string): string {
  // Quoted as authors do: unquoted, some tools would read 1.10 as a number.
  const field = `${key}: ${key === "version" ? JSON.stringify(value) : stringify(value, { lineWidth: 0 }).trimEnd()}`;
  const { contents } = parseDocument(yaml);
  const pair = isMap(contents)
    ? contents.items.find((one) => isScalar(one.key) && one.key.value === key)
    : undefined;
  const from = isScalar(pair?.key) ? pair.key.range?.[0] : undefined;
  const to = isScalar(pair?.value) ? pair.value.range?.[1] : undefined;
  if (from === undefined || to === undefined) return `${yaml}\n${field}`;
  const newline = yaml.slice(from, to).endsWith("\n") ? "\n" : "";
  return `${yaml.slice(0, from)}${field}${newline}${yaml.slice(to)}`;
}
