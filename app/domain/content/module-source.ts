import { isMap, isScalar, parseDocument, stringify } from "yaml";
import { figureOf } from "./figure.ts";
import { translatedLanguages } from "./language.ts";
import type { Item } from "./item.ts";
import type { Module } from "./module.ts";
import { ContentError, parseModule, splitHead } from "./source.ts";
import { parseTranslation } from "./translation-source.ts";

/**
 * A module as its author writes it: the texts of its files by name. `module.md` and `items.yaml` always; `module.de.md` and
 * `items.de.yaml` (and so on) where it is translated; `figures/<lesson>.svg`, and `figures/<lesson>.de.svg`, where a lesson has
 * a figure.
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
 * {@link ContentError} with file, line and reason of the first fault.
 */
export function parseSource(source: ModuleSource, folder: string): Module {
  const at = (name: string): string => (folder === "" ? name : `${folder}/${name}`);
  const text = (name: string): string => {
    const found = source[name];
    if (found === undefined) throw new ContentError(at(name), 1, "this file is missing");
    return found;
  };
  const files = { module: at("module.md"), items: at("items.yaml") };
  const withFigures = (lessons: Module["lessons"], ending: string): Module["lessons"] =>
    lessons.map((lesson) => {
      const name = `figures/${lesson.id}${ending}.svg`;
      if (source[name] === undefined) return lesson;
      const figure = figureOf(text(name), lesson.id);
      if (!figure.ok) throw new ContentError(at(name), 1, figure.reason);
      return { ...lesson, figure: figure.svg };
    });
  const parsed = parseModule(text("module.md"), text("items.yaml"), files);
  const module = { ...parsed, lessons: withFigures(parsed.lessons, "") };
  const stray = Object.keys(source).find(
    (name) =>
      name.startsWith("figures/") &&
      !module.lessons.some((lesson) =>
        ["", ...translatedLanguages.map((one) => `.${one}`)].some(
          (ending) => name === `figures/${lesson.id}${ending}.svg`,
        ),
      ),
  );
  if (stray !== undefined) throw new ContentError(at(stray), 1, "no lesson has this id");
  const translations = translatedLanguages.flatMap((language) => {
    const [words, bank] = [`module.${language}.md`, `items.${language}.yaml`];
    if (source[words] === undefined) {
      if (source[bank] !== undefined) throw new ContentError(at(bank), 1, `${at(words)} is missing`);
      return [];
    }
    const found = parseTranslation(module, {
      module: { file: at(words), text: text(words) },
      items: source[bank] === undefined ? null : { file: at(bank), text: text(bank) },
    });
    if (found.language !== language)
      throw new ContentError(at(words), 2, `the file name says ${language}, the text ${found.language}`);
    return [{ ...found, lessons: withFigures(found.lessons, `.${language}`) }];
  });
  return translations.length > 0 ? { ...module, translations } : module;
}

/** What a module may cite: clauses as `slug#number`, and policies by slug. */
export type Citable = { clauses: ReadonlySet<string>; policies: ReadonlySet<string> };

/** Throws {@link ContentError} where a module cites a clause or a policy that there is not. */
export function checkCitations(module: Module, source: ModuleSource, folder: string, known: Citable): void {
  const fault = (name: string, near: string, reason: string): ContentError => {
    const row = (source[name] ?? "").split("\n").findIndex((one) => one.includes(near));
    return new ContentError(folder === "" ? name : `${folder}/${name}`, Math.max(1, row + 1), reason);
  };
  const check = (item: Item, name: string, near: string | undefined): void => {
    if (item.clause === undefined || known.clauses.has(item.clause)) return;
    throw fault(name, near ?? item.id, `no policy has the clause ${item.clause}`);
  };
  for (const item of questionsOf(module)) check(item, "module.md", item.clause);
  for (const item of module.items) check(item, "items.yaml", item.id);
  for (const slug of module.acknowledges)
    if (!known.policies.has(slug)) throw fault("module.md", "acknowledges:", `there is no policy ${slug}`);
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
