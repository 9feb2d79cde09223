import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { languages } from "#app/domain/content/language.ts";
import { addCatalogue, type Catalogue } from "./translate.ts";

/** Reads the texts of all languages from their files, for code that runs outside the built routes. */
export function readCatalogues(): void {
  for (const language of languages) {
    const folder = join(import.meta.dirname, language);
    for (const name of readdirSync(folder))
      addCatalogue(language, JSON.parse(readFileSync(join(folder, name), "utf8")) as Catalogue);
  }
}
