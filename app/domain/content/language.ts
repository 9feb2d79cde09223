/** Languages of the product: questions are read and answered in them, and content may be translated into them. English is the source. */
export const languages = ["en", "de", "fr", "es"] as const;
export type Language = (typeof languages)[number];
export const languageNames: Record<Language, string> = {
  en: "English",
  de: "Deutsch",
  fr: "Français",
  es: "Español",
};

/** The language content is written in; others are translations of it. */
export const sourceLanguage = "en" satisfies Language;
export const translatedLanguages = ["de", "fr", "es"] as const satisfies readonly Language[];

/** The language of a file of a module: `module.de.md` is German, `module.md` in the source language. */
export function languageOfFile(file: string): Language {
  const ending = file.split(".")[1];
  return languages.find((one) => one === ending) ?? sourceLanguage;
}
