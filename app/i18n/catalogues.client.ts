import { type Language, languages } from "#app/domain/content/language.ts";
import { addCatalogue, type Catalogue } from "./translate.ts";

const files = import.meta.glob<Catalogue>("./*/*.json", { import: "default" });

/** Fetches the texts of the page's language, before the page comes to life. */
export async function loadCatalogues(tag: string): Promise<void> {
  const language = languages.find((one): one is Language => one === tag);
  if (!language) return;
  const own = Object.entries(files).filter(([path]) => path.startsWith(`./${language}/`));
  const texts = await Promise.all(own.map(([, load]) => load()));
  for (const one of texts) addCatalogue(language, one);
}
