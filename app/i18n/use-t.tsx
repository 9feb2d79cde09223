import { useRouteLoaderData } from "@remix-run/react";
import type { ReactElement } from "react";
import { Trans } from "react-i18next/TransWithoutContext";
import { type Language, languages, sourceLanguage } from "#app/domain/content/language.ts";
import { i18n, localeOf, type Translate, translateInto } from "./translate.ts";

const known = (value: unknown): value is Language => languages.some((one) => one === value);

function languageIn(root: unknown): Language {
  const value = typeof root === "object" && root !== null && "language" in root ? root.language : null;
  return known(value) ? value : sourceLanguage;
}

/** The language of the interface for this reader. */
export function useLanguage(): Language {
  return languageIn(useRouteLoaderData("root"));
}

/** Translates texts of the interface: `const t = useT(); t("Your training")`. */
export function useT(): Translate {
  return translateInto(useLanguage());
}

/** Writes a number as the reader's language does. */
export function useNumber(): (value: number) => string {
  const locale = localeOf(useLanguage());
  return (value) => value.toLocaleString(locale);
}

/** Names things one after the other as the reader's language does: "A and B". */
export function useList(): (parts: readonly string[]) => string {
  const format = new Intl.ListFormat(localeOf(useLanguage()), { type: "conjunction" });
  return (parts) => format.format(parts);
}

/** The same with elements, where what is named stands in another language than the page. `lang`: of what is named. */
export function Listed({ names, lang }: { names: readonly string[]; lang?: string | undefined }) {
  const format = new Intl.ListFormat(localeOf(useLanguage()), { type: "conjunction" });
  return (
    <>
      {format.formatToParts(names).map(({ type, value }, i) =>
        type === "element" ? (
          <span key={i} lang={lang}>
            {value}
          </span>
        ) : (
          value
        ),
      )}
    </>
  );
}

/** The `lang` of a text that stands in `language`; none where that is the page's own. */
export function useLangOf(): (language: Language) => Language | undefined {
  const page = useLanguage();
  return (language) => (language === page ? undefined : language);
}

/**
 * A text with elements inside: `<Rich text="Read <policy>the policy</policy> first" elements={{ policy: <Link to="…" /> }} />`.
 * Its English text is the key, as everywhere. An element that brings its own content stands as `<day/>` in the text.
 */
export function Rich({
  text,
  elements,
  values,
}: {
  text: string;
  elements: Record<string, ReactElement>;
  values?: Record<string, string | number>;
}) {
  const t = useT();
  return (
    <Trans
      i18n={i18n}
      t={t}
      i18nKey={text}
      defaults={text}
      components={elements}
      {...(values
        ? { values, ...(typeof values["count"] === "number" ? { count: values["count"] } : {}) }
        : {})}
    />
  );
}

/**
 * The title of a page in the reader's language, for `meta`: `pageTitle(matches, (t) => t("Your training"))`; with the
 * language for what is said in all of them already.
 */
export function pageTitle(
  matches: readonly ({ id: string; data?: unknown } | undefined)[],
  title: (t: Translate, language: Language) => string,
): { title: string }[] {
  const root = matches.find((match) => match?.id === "root")?.data;
  const language = languageIn(root);
  return [{ title: `${title(translateInto(language), language)} · Clause7` }];
}
