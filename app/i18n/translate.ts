import i18next, { type FormatterModule, type TFunction } from "i18next";
import { type Language, languages, sourceLanguage } from "#app/domain/content/language.ts";

/** Writes `{{count}}` as the language writes numbers; other values stand as they are given. */
const counts: FormatterModule = {
  type: "formatter",
  init: () => {},
  add: () => {},
  addCached: () => {},
  format: (value, _format, tag, options): string => {
    const language = languages.find((one): one is Language => one === tag) ?? sourceLanguage;
    const isCount = typeof value === "number" && options?.["interpolationkey"] === "count";
    return isCount ? value.toLocaleString(localeOf(language)) : (value as string);
  },
};

/**
 * Texts of the interface. The English text is the key, so that what lacks a translation is read in English; catalogues
 * are `<language>/<area>.json`, English ones hold plural forms alone.
 */
export const i18n = i18next.createInstance().use(counts);
void i18n.init({
  lng: sourceLanguage,
  fallbackLng: sourceLanguage,
  resources: { en: { translation: {} } },
  keySeparator: false,
  nsSeparator: false,
  initAsync: false,
  // React escapes what it renders.
  interpolation: { escapeValue: false, alwaysFormat: true },
});

export type Catalogue = Record<string, string>;
export type Translate = TFunction;

/** Adds texts of a language to those known. */
export function addCatalogue(language: Language, texts: Catalogue): void {
  i18n.addResourceBundle(language, "translation", texts, true, true);
}

/** Translates into a language: `t("{{count}} items are open", { count })`. What is not translated stays English. */
export function translateInto(language: Language): Translate {
  return i18n.getFixedT(language);
}

/** Marks a text as one of the interface where it stands apart from its `t(…)`; answers it unchanged. */
export const msg = (text: string): string => text;

const locales: Record<Language, string> = { en: "en-GB", de: "de-DE", fr: "fr-FR", es: "es-ES" };

/** The locale for numbers and dates of a language (BCP 47). */
export const localeOf = (language: Language): string => locales[language];
