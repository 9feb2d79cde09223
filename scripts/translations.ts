import { languageNames, languages, translatedLanguages } from "#app/domain/content/language.ts";
import { missingIn } from "#app/domain/content/localised.ts";
import { ContentError } from "#app/domain/content/source.ts";
import { loadContent } from "./content.ts";
import { interfaceTexts, untranslated } from "./interface-texts.ts";

/**
 * Lists what is not translated: the interface, the glossary, then modules, language by language. With `--bare` also texts of the interface that
 * stand in the source without being translated; with a path after it those below it.
 */
const { marked, bare } = interfaceTexts();
for (const language of languages) {
  const lacking = untranslated(marked, language);
  const name = `interface in ${languageNames[language]}`;
  if (lacking.length === 0) console.log(`${name}: complete`);
  for (const { file, line, text } of lacking)
    console.log(`${file}:${line}: ${name} lacks ${JSON.stringify(text)}`);
}
const [option, path = ""] = process.argv.slice(2);
if (option === "--bare")
  for (const { file, line, text } of bare.filter((one) => one.file.startsWith(path)))
    console.log(`${file}:${line}: not marked for translation: ${text}`);
try {
  const { modules, terms } = loadContent(process.env["CONTENT_DIR"] ?? "content");
  for (const language of translatedLanguages) {
    const lacking = terms.filter((term) => term[language] === undefined).map((term) => term.id);
    const name = `glossary in ${languageNames[language]}`;
    console.log(lacking.length === 0 ? `${name}: complete` : `${name}: lacks ${lacking.join(", ")}`);
  }
  for (const module of modules)
    for (const language of translatedLanguages) {
      const { head, lessons, figures, items } = missingIn(module, language);
      const lacking = [
        ...lessons.map((id) => `lesson ${id}`),
        ...figures.map((id) => `figure ${id}`),
        ...items,
      ];
      const name = `${module.slug} in ${languageNames[language]}`;
      if (lacking.length === 0 && !head) console.log(`${name}: complete`);
      else if (head) console.log(`${name}: not begun`);
      else console.log(`${name}: lacks ${lacking.join(", ")}`);
    }
} catch (error) {
  if (!(error instanceof ContentError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
