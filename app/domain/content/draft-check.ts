import { gapsOf } from "./draft-gaps.ts";
import type { Module } from "./module.ts";
import { checkCitations, type Citable, type ModuleSource, parseSource } from "./module-source.ts";
import { type Section, sectionAt, sectionsOf } from "./section.ts";
import { ContentError, faultsIn, Reading } from "./source.ts";
import { stillEnglish } from "./still-english.ts";
import { placeOfWarning, styleWarnings } from "./style.ts";

/** Where in a draft something is said of: the line of the file, and the section that holds it with the line in there. */
export type DraftPlace = { file: string; line: number; part: number; lineInPart: number };

export type DraftFault = DraftPlace & { reason: string };
/** What an author should look at; it stops nothing. `id` is that of the lesson or item. */
export type DraftWarning = DraftPlace & { id: string; reason: string };

/**
 * What is to be said of a draft: its faults, among them whatever is missing or still English, or the module it makes with
 * what an author should look at.
 */
export type DraftCheck =
  | { ok: true; module: Module; warnings: DraftWarning[] }
  | { ok: false; fault: DraftFault; further: DraftFault[] };

/** The check as pages show it. */
export type ShownCheck = { fault: DraftFault | null; further: DraftFault[]; warnings: DraftWarning[] };

/** A check without the module. */
export function shownCheck(check: DraftCheck): ShownCheck {
  if (check.ok) return { fault: null, further: [], warnings: check.warnings };
  return { fault: check.fault, further: check.further, warnings: [] };
}

/**
 * Checks a draft as the content folder is checked at start, and that nothing in it waits to be written or translated.
 * `slug` is that of the module, which no draft changes.
 */
export function checkDraft(source: ModuleSource, slug: string, known: Citable): DraftCheck {
  const placeOf = placesIn(source);
  const missing = [
    ...gapsOf(source),
    ...stillEnglish(source).map(({ text, ...at }) => ({
      ...at,
      reason: `still English: “${shortened(text)}”`,
    })),
  ].map(({ file, line, reason }) => ({ ...placeOf(file, line), reason }));
  const read = readDraft(source, slug, known);
  // What is missing is a fault of its own here, in plainer words.
  const faults = (read.ok ? [] : read.faults)
    .filter(({ reason }) => !missing.some((one) => reason.endsWith(one.reason)))
    .map(({ file, line, reason }) => ({ ...placeOf(file, line), reason }));
  const [fault, ...further] = [...faults, ...missing];
  if (fault) return { ok: false, fault, further };
  if (!read.ok) throw new Error("a draft that cannot be read has a fault");
  const { module } = read;
  const warnings = styleWarnings(module).map((one) => {
    const { file, line } = placeOfWarning(source, one);
    return { id: one.id, reason: one.reason, ...placeOf(file, line) };
  });
  return { ok: true, module, warnings };
}

function readDraft(
  source: ModuleSource,
  slug: string,
  known: Citable,
): { ok: true; module: Module } | { ok: false; faults: ContentError[] } {
  try {
    const module = parseSource(source, "");
    const reading = new Reading();
    reading.of(() => {
      if (module.slug !== slug)
        throw new ContentError("module.md", 2, `slug: the module is ${slug}; a draft does not rename it`);
    });
    reading.of(() => checkCitations(module, source, "", known));
    reading.end();
    return { ok: true, module };
  } catch (error) {
    if (!(error instanceof ContentError)) throw error;
    return { ok: false, faults: faultsIn(error) };
  }
}

const shortened = (text: string): string => (text.length > 80 ? `${text.slice(0, 79)}…` : text);

type Places = (file: string, line: number) => DraftPlace;

/** Finds places in a source; each file is cut into its sections once. */
function placesIn(source: ModuleSource): Places {
  const known = new Map<string, readonly Section[]>();
  return (file, line) => {
    const sections = known.get(file) ?? sectionsOf(file, source[file] ?? "");
    known.set(file, sections);
    const part = sectionAt(sections, line);
    return { file, line, part, lineInPart: line - (sections[part]?.line ?? 1) + 1 };
  };
}
