import { languageNames, languages, translatedLanguages } from "#app/domain/content/language.ts";
import { nameOf, staleParts } from "#app/domain/content/follow.ts";
import { missingIn } from "#app/domain/content/localised.ts";
import { ContentError } from "#app/domain/content/source.ts";
import { loadContent } from "./content.ts";
import { follow } from "./follow.ts";
import { interfaceTexts, untranslated } from "./interface-texts.ts";

/**
 * Lists what is not translated: the interface, the glossary, then modules, language by language. With `--bare` also texts of the interface that
 * stand in the source without being translated; with a path after it those below it.
 *
 * With `--follow <slug> [language] [part…]` it lists nothing, and marks what is translated of a module as saying what the
 * English text says now: all of it, or what is named, by its id or as `head`.
 */
const content = process.env["CONTENT_DIR"] ?? "content";
const [option, path = "", ...named] = process.argv.slice(2);
if (option === "--follow") process.exitCode = follow(content, path, named) ? 0 : 1;
else {
  listInterface();
  listContent();
}

function listInterface(): void {
  const { marked, bare } = interfaceTexts();
  for (const language of languages) {
    const lacking = untranslated(marked, language);
    const name = `interface in ${languageNames[language]}`;
    if (lacking.length === 0) console.log(`${name}: complete`);
    for (const { file, line, text } of lacking)
      console.log(`${file}:${line}: ${name} lacks ${JSON.stringify(text)}`);
  }
  if (option === "--bare")
    for (const { file, line, text } of bare.filter((one) => one.file.startsWith(path)))
      console.log(`${file}:${line}: not marked for translation: ${text}`);
}

function listContent(): void {
  try {
    const { modules, terms, sources } = loadContent(content);
    for (const language of translatedLanguages) {
      const lacking = terms.filter((term) => term[language] === undefined).map((term) => term.id);
      const name = `glossary in ${languageNames[language]}`;
      console.log(lacking.length === 0 ? `${name}: complete` : `${name}: lacks ${lacking.join(", ")}`);
    }
    for (const module of modules)
      for (const language of translatedLanguages) {
        const { head, lessons, figures, items } = missingIn(module, language);
        const late = staleParts(sources[module.slug] ?? {}).filter((part) => part.language === language);
        const isLate = (kind: string, id: string): boolean =>
          late.some((part) => part.kind === kind && part.id === id);
        const lacking = [
          ...lessons.filter((id) => !isLate("lesson", id)).map((id) => `lesson ${id}`),
          ...figures.filter((id) => !isLate("lesson", id)).map((id) => `figure ${id}`),
          ...items.filter((id) => !isLate("item", id)),
        ];
        const name = `${module.slug} in ${languageNames[language]}`;
        for (const part of late)
          console.log(`${name}: ${nameOf(part)} must follow the English text (${part.file}:${part.line})`);
        if (lacking.length === 0 && !head && late.length === 0) console.log(`${name}: complete`);
        else if (head) console.log(`${name}: not begun`);
        else if (lacking.length > 0) console.log(`${name}: lacks ${lacking.join(", ")}`);
      }
  } catch (error) {
    if (!(error instanceof ContentError)) throw error;
    console.error(error.message);
    process.exitCode = 1;
  }
}
