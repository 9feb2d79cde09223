/** Languages that questions are read and answered in. */
export const languages = ["en", "de", "fr", "es"] as const;
export type Language = (typeof languages)[number];
export const languageNames: Record<Language, string> = {
  en: "English",
  de: "Deutsch",
  fr: "Français",
  es: "Español",
};
