import { type Language, languages } from "#app/domain/content/language.ts";
import { addCatalogue, type Catalogue, type Translate, translateInto } from "./translate.ts";
import { languageOf } from "#app/http/language.server.ts";

const files = import.meta.glob<Catalogue>("./*/*.json", { eager: true, import: "default" });
for (const [path, texts] of Object.entries(files)) {
  const language = languages.find((one): one is Language => path.startsWith(`./${one}/`));
  if (language) addCatalogue(language, texts);
}

/** Translates into the language of whoever sent a request, for what loaders and actions say. */
export async function translateFor(request: Request): Promise<Translate> {
  return translateInto(await languageOf(request));
}
