import type { Module } from "./module.ts";
import { checkCitations, type Citable, type ModuleSource, parseSource } from "./module-source.ts";
import { sectionAt, sectionsOf } from "./section.ts";
import { ContentError } from "./source.ts";
import { styleWarnings } from "./style.ts";

/** Where in a draft something is said of: the line of the file, and the section that holds it with the line in there. */
export type DraftPlace = { file: string; line: number; part: number; lineInPart: number };

export type DraftFault = DraftPlace & { reason: string };
/** What an author should look at; it stops nothing. `id` is that of the lesson or item. */
export type DraftWarning = DraftPlace & { id: string; reason: string };

/** What is to be said of a draft: its first fault, or the module it makes with what an author should look at. */
export type DraftCheck =
  { ok: true; module: Module; warnings: DraftWarning[] } | { ok: false; fault: DraftFault };

/** Checks a draft as the content folder is checked at start. `slug` is that of the module, which no draft changes. */
export function checkDraft(source: ModuleSource, slug: string, known: Citable): DraftCheck {
  try {
    const module = parseSource(source, "");
    if (module.slug !== slug)
      throw new ContentError("module.md", 2, `slug: the module is ${slug}; a draft does not rename it`);
    checkCitations(module, source, "", known);
    const warnings = styleWarnings(module).map(({ id, reason }) => ({ id, reason, ...whereIs(source, id) }));
    return { ok: true, module, warnings };
  } catch (error) {
    if (!(error instanceof ContentError)) throw error;
    return { ok: false, fault: { ...placeOf(source, error.file, error.line), reason: error.reason } };
  }
}

function placeOf(source: ModuleSource, file: string, line: number): DraftPlace {
  const sections = sectionsOf(file, source[file] ?? "");
  const part = sectionAt(sections, line);
  return { file, line, part, lineInPart: line - (sections[part]?.line ?? 1) + 1 };
}

/** Where the lesson or item of an id begins. */
function whereIs(source: ModuleSource, id: string): DraftPlace {
  const begins = new RegExp(`(?:^|[\\s{])id: ${id}(?:$|[\\s,}])`);
  for (const file of ["module.md", "items.yaml"]) {
    const row = (source[file] ?? "").split("\n").findIndex((one) => begins.test(one));
    if (row >= 0) return placeOf(source, file, row + 1);
  }
  return placeOf(source, "module.md", 1);
}
