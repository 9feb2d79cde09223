import { languageNames, translatedLanguages } from "#app/domain/content/language.ts";
import { missingIn } from "#app/domain/content/localised.ts";
import { ContentError } from "#app/domain/content/source.ts";
import { loadContent } from "./content.ts";

/** Lists what is not translated, module by module and language by language. */
try {
  const { modules } = loadContent(process.env["CONTENT_DIR"] ?? "content");
  for (const module of modules)
    for (const language of translatedLanguages) {
      const { head, lessons, items } = missingIn(module, language);
      const whole = lessons.length + items.length === 0 && !head;
      const name = `${module.slug} in ${languageNames[language]}`;
      if (whole) console.log(`${name}: complete`);
      else if (head) console.log(`${name}: not begun`);
      else console.log(`${name}: lacks ${[...lessons.map((id) => `lesson ${id}`), ...items].join(", ")}`);
    }
} catch (error) {
  if (!(error instanceof ContentError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
