import { localeOf } from "#app/i18n/translate.ts";
import { useLanguage } from "#app/i18n/use-t.tsx";

/** Writes a share in per cent as the reader's language does: `12.3 %`. */
export function usePercent(): (share: number) => string {
  const locale = localeOf(useLanguage());
  // Rounded as everywhere else before it is written.
  return (share) =>
    `${Number((share * 100).toFixed(1)).toLocaleString(locale, { minimumFractionDigits: 1 })} %`;
}
