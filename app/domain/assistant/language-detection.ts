import { eld } from "eld/small";
import { type Language, languages } from "../content/language.ts";

eld.setLanguageSubset([...languages]);

/** The language of a text; English where it cannot be told. */
export function languageOf(text: string): Language {
  const { language } = eld.detect(text.slice(0, 2000));
  return languages.find((l) => l === language) ?? "en";
}
