import { Form, useLocation } from "@remix-run/react";
import { type Language, languageNames } from "#app/domain/content/language.ts";
import { useT } from "#app/i18n/use-t.tsx";
import { useRoving } from "./roving.ts";

/**
 * In which language to read; nothing where there is only one. Progress and answers are the same in all of them. The page is
 * loaded anew, with the texts of the language. It stands above much that is read, so it is one stop of the Tab key.
 */
export function LanguageChoice({
  languages,
  shown,
  anchor,
}: {
  languages: readonly Language[];
  shown: Language;
  /** Where on the page the reader is, to be there again afterwards. */
  anchor?: string | undefined;
}) {
  const { pathname, search } = useLocation();
  const t = useT();
  const roving = useRoving(languages.length, languages.indexOf(shown));
  if (languages.length < 2) return null;
  return (
    <Form method="post" action="/preferences" reloadDocument className="print:hidden">
      <fieldset className="flex flex-wrap items-center gap-x-1">
        <legend className="sr-only">{t("Language")}</legend>
        <input type="hidden" name="to" value={`${pathname}${search}${anchor ? `#${anchor}` : ""}`} />
        {languages.map((language, i) => (
          <button
            key={language}
            name="language"
            value={language}
            lang={language}
            aria-pressed={language === shown}
            {...roving(i)}
            className={`min-h-11 rounded-lg px-2.5 text-sm font-medium ${language === shown ? "text-ink underline decoration-2 underline-offset-8" : "text-muted hover:text-ink"}`}
          >
            {languageNames[language]}
          </button>
        ))}
      </fieldset>
    </Form>
  );
}

const notTranslated: Record<Language, string> = {
  en: "This is not translated yet.",
  de: "Das gibt es noch nicht auf Deutsch. Sie lesen es auf Englisch.",
  fr: "Ce texte n’existe pas encore en français. Vous le lisez en anglais.",
  es: "Este texto aún no está en español. Lo lee en inglés.",
};

/** Says so where a text is shown in another language than the reader's. */
export function Untranslated({ wanted, shown }: { wanted: Language; shown: Language }) {
  if (wanted === shown) return null;
  return (
    <p lang={wanted} className="bg-warn-soft text-warn-ink mt-3 rounded-xl px-4 py-3 text-sm">
      {notTranslated[wanted]}
    </p>
  );
}
