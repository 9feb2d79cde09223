import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { isStale, type MarkedPart, markedParts, nameOf, withMarks } from "#app/domain/content/follow.ts";
import { translatedLanguages } from "#app/domain/content/language.ts";
import { ContentError } from "#app/domain/content/source.ts";
import { marksFile } from "#app/domain/content/wording.ts";
import { readSource } from "./content.ts";

/**
 * Marks what is translated of a module of a content folder as saying what the English text says now, and tells what it
 * marked: all of it, or the language and the parts (by id, or `head`) that are named. Answers whether it could.
 */
export function follow(content: string, slug: string, named: readonly string[]): boolean {
  const folder = join(content, "modules", slug);
  if (slug === "" || !existsSync(folder)) return refused(`There is no module ${slug || "without a name"}.`);
  const language = translatedLanguages.find((one) => one === named[0]);
  const names = language ? named.slice(1) : named;
  const source = readSource(folder);
  try {
    const there = markedParts(source).filter((part) => language === undefined || part.language === language);
    const strange = names.find((name) => !there.some((part) => isNamed(part, name)));
    if (strange !== undefined)
      return refused(`${slug} has no translated part ${strange}${language ? ` in ${language}` : ""}.`);
    const chosen = there.filter((part) => names.length === 0 || names.some((name) => isNamed(part, name)));
    const next = withMarks(source, new Set(chosen.map((part) => part.key)))[marksFile];
    if (next === undefined) return refused(`${slug} is not translated.`);
    writeFileSync(join(folder, marksFile), next);
    const fresh = chosen.filter((part) => part.mark === null || isStale(part));
    for (const part of fresh)
      console.log(`${join(folder, part.file)}:${part.line}: ${part.language} ${nameOf(part)}: marked`);
    console.log(
      `${join(folder, marksFile)}: ${fresh.length} marked, ${chosen.length - fresh.length} as before.`,
    );
    return true;
  } catch (error) {
    if (!(error instanceof ContentError)) throw error;
    return refused(`${join(folder, error.message)}`);
  }
}

const isNamed = (part: MarkedPart, name: string): boolean =>
  (part.kind === "head" ? "head" : part.id) === name;

function refused(reason: string): boolean {
  console.error(reason);
  return false;
}
