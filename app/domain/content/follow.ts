import { z } from "zod";
import { sha256 } from "../audit/event.ts";
import { type Language, sourceLanguage } from "./language.ts";
import type { ModuleSource } from "./module-source.ts";
import { remembering } from "./remember.ts";
import { type Section, sectionsOf } from "./section.ts";
import { ContentError, lineOf, parseYaml, Reading } from "./source.ts";
import { filesOf, marksFile, type TranslatedLanguage, translationsIn, wordingOf } from "./wording.ts";

/**
 * By part of a translation (see {@link keyOf}): which English words it was made from, as the first 8 hexadecimal digits of
 * their SHA-256. Ids alone cannot tell: options that change places keep fitting, and mean something else.
 */
export type Marks = Readonly<Record<string, string>>;

/** A section with words, and its place among the sections of its file. */
export type Part = Section & { file: string; part: number };

/** The parts of a source in a language that have words, by name: `head`, `lesson data-classes`, `item pm-001`. */
export function partsIn(source: ModuleSource, language: Language): Map<string, Part> {
  const { module, items } = filesOf(language);
  const parts = new Map<string, Part>();
  for (const file of [module, items])
    for (const [part, section] of sectionsOf(file, (source[file] ?? "").replaceAll("\r\n", "\n")).entries()) {
      const named = section.kind === "head" ? file === module : section.id !== null;
      if (named && section.text.trim() !== "")
        parts.set(`${section.kind} ${section.id ?? ""}`.trim(), { ...section, file, part });
    }
  return parts;
}

/** Names a part of a translation: `de lesson data-classes`. */
export const keyOf = (language: Language, part: string): string => `${language} ${part}`;

/** The marks of the English parts of a source as they read now, by name. */
function originalMarks(source: ModuleSource): Map<string, string> {
  const { module, items } = filesOf(sourceLanguage);
  return new Map([...lessonMarks(source[module] ?? ""), ...itemMarks(source[items] ?? "")]);
}

const lessonMarks = remembering((text) => marksIn({ [filesOf(sourceLanguage).module]: text }));
const itemMarks = remembering((text) => marksIn({ [filesOf(sourceLanguage).items]: text }));

function marksIn(original: ModuleSource): Map<string, string> {
  return new Map(
    [...partsIn(original, sourceLanguage)].map(([name, part]) => [
      name,
      sha256(wordingOf(part).trim()).slice(0, 8),
    ]),
  );
}

/** The marks a source has when each of its translated parts says what its English one says now. */
export function marksOf(source: ModuleSource): Marks {
  return Object.fromEntries(partsWith(source, {}).map(({ key, now }) => [key, now]));
}

const marksShape = z.record(
  z.string(),
  z.string().regex(/^[0-9a-f]{8}$/, "write 8 hexadecimal digits in quotes"),
);

/** The marks that a file holds. Throws {@link ContentError}. */
export function parseMarks(text: string, file: string): Marks {
  return text.replace(/^#.*$/gm, "").trim() === "" ? {} : parseYaml(text, marksShape, file);
}

/** The marks of a source, none where it has no file of them. Throws {@link ContentError}. */
const keptMarks = (source: ModuleSource): Marks => parseMarks(source[marksFile] ?? "", marksFile);

/** A translated part with its mark. `now`: what that is when the part follows; `line`: where its text begins in its file. */
export type MarkedPart = {
  key: string;
  language: TranslatedLanguage;
  kind: Section["kind"];
  id: string | null;
  file: string;
  line: number;
  mark: string | null;
  now: string;
};

/**
 * The translated parts of a source that have an original, by language and in the order of their files. Throws
 * {@link ContentError} where there is no reading the marks.
 */
export const markedParts = (source: ModuleSource): MarkedPart[] => partsWith(source, keptMarks(source));

function partsWith(source: ModuleSource, marks: Marks): MarkedPart[] {
  const languages = translationsIn(source);
  if (languages.length === 0) return [];
  const originals = originalMarks(source);
  return languages.flatMap((language) =>
    [...partsIn(source, language)].flatMap(([name, { kind, id, file, line, text }]): MarkedPart[] => {
      const [key, now] = [keyOf(language, name), originals.get(name)];
      if (now === undefined) return [];
      const begins = kind === "item" ? text.split("\n").findIndex((row) => /^\s*- /.test(row)) : 0;
      return [
        { key, language, kind, id, file, line: line + Math.max(0, begins), mark: marks[key] ?? null, now },
      ];
    }),
  );
}

/** Whether a part was made from other English words than there are now. One without a mark is not known to be. */
export const isStale = ({ mark, now }: Pick<MarkedPart, "mark" | "now">): boolean =>
  mark !== null && mark !== now;

/** The parts of a source whose English words have changed since they were translated. Throws {@link ContentError}. */
export const staleParts = (source: ModuleSource): MarkedPart[] => markedParts(source).filter(isStale);

/** The translated parts of which nothing tells what they were made from. Throws {@link ContentError}. */
export const unmarkedParts = (source: ModuleSource): MarkedPart[] =>
  markedParts(source).filter((part) => part.mark === null);

/** How a part is named to people who write: by its id, or as `head`. */
export const nameOf = ({ kind, id }: Pick<MarkedPart, "kind" | "id">): string =>
  kind === "head" ? "head" : (id ?? "");

/** What an author of a translated module should look at: parts that do not follow the English text, or are not known to. */
export function markWarnings(source: ModuleSource, slug: string): (MarkedPart & { reason: string })[] {
  return markedParts(source)
    .filter((part) => part.mark === null || isStale(part))
    .map((part) => {
      const command = `npm run translations -- --follow ${slug} ${part.language}`;
      const reason =
        part.mark === null
          ? `nothing tells which English text it was translated from: read it against that and mark it (${command} ${nameOf(part)})`
          : `its English text has changed since it was translated; it is shown in English until the translation follows and is marked (${command} ${nameOf(part)})`;
      return { ...part, reason };
    });
}

/** Throws {@link ContentError} with the line of each mark of a part that is not translated. */
export function checkMarks(source: ModuleSource, file: string): void {
  const text = source[marksFile] ?? "";
  const there = translatedTexts(source);
  const reading = new Reading();
  for (const key of Object.keys(parseMarks(text, file)))
    reading.of(() => {
      if (!there.has(key))
        throw new ContentError(file, lineOf(text, [key]), `there is no translated part ${key}`);
    });
  reading.end();
}

/**
 * The source with the marks of translated parts, all or those of `keys`, that say what their English ones say now; the
 * others keep theirs. Marks of parts that are not there are gone after it. Throws {@link ContentError} where there is no
 * reading the marks.
 */
export function withMarks(source: ModuleSource, keys?: ReadonlySet<string>): ModuleSource {
  return marked(source, (part) => (keys === undefined || keys.has(part.key) ? part.now : part.mark));
}

/**
 * The source with its marks after `before` became it: what was translated anew was made from today's English words. A part
 * without a mark whose English words changed was made from those before, as far as anything is known. Throws
 * {@link ContentError} where there is no reading the marks.
 */
export function withMarksAfter(before: ModuleSource, after: ModuleSource): ModuleSource {
  const originals = originalMarks(before);
  const [earlier, texts] = [translatedTexts(before), translatedTexts(after)];
  return marked(after, ({ key, language, mark, now }) => {
    if (texts.get(key) !== earlier.get(key)) return now;
    const was = originals.get(key.slice(language.length + 1));
    return mark ?? (was === now ? null : (was ?? null));
  });
}

/** The text of each translated part, by key. */
function translatedTexts(source: ModuleSource): Map<string, string> {
  return new Map(
    translationsIn(source).flatMap((language) =>
      [...partsIn(source, language)].map(([name, { text }]): [string, string] => [
        keyOf(language, name),
        text.trimEnd(),
      ]),
    ),
  );
}

function marked(source: ModuleSource, markFor: (part: MarkedPart) => string | null): ModuleSource {
  const rows = markedParts(source)
    .flatMap((part) => {
      const mark = markFor(part);
      return mark === null ? [] : [`${part.key}: "${mark}"\n`];
    })
    .toSorted();
  const { [marksFile]: _, ...others } = source;
  return rows.length === 0 ? others : { ...others, [marksFile]: `${marksHead}${rows.join("")}` };
}

const marksHead = `# The English words that each translated part was made from: the first 8 hexadecimal digits of their SHA-256.
# A part whose English words have changed since is read in English. Written by: npm run translations -- --follow <slug>
`;
