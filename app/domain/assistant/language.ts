import { eld } from "eld/small";

/** Languages that questions are read and answered in. */
export const languages = ["en", "de", "fr", "es"] as const;
export type Language = (typeof languages)[number];
export const languageNames: Record<Language, string> = {
  en: "English",
  de: "Deutsch",
  fr: "Français",
  es: "Español",
};

eld.setLanguageSubset([...languages]);

/** The language of a text; English where it cannot be told. */
export function languageOf(text: string): Language {
  const { language } = eld.detect(text.slice(0, 2000));
  return languages.find((l) => l === language) ?? "en";
}
