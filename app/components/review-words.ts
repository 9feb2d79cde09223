import type { LineValue, ReviewLine } from "#app/domain/effectiveness/review-line.ts";
import type { Translate } from "#app/i18n/translate.ts";

/** How the values of a management review are written, on its page and in its PDF. `locale` is the reader's. */
export function reviewWords(t: Translate, locale: string) {
  const number = (value: number, digits = 0): string =>
    value.toLocaleString(locale, { maximumFractionDigits: digits });
  const value = (of: LineValue): string => {
    if (of.kind === "count") return number(of.value);
    if (of.kind === "hours")
      return of.value === null
        ? "–"
        : of.value < 48
          ? t("{{value}} hours", { value: number(of.value, 1) })
          : t("{{value}} days", { value: number(of.value / 24, 1) });
    if (of.of === 0) return "–";
    return t("{{share}} % ({{part}} of {{all}})", {
      // Rounded down, so that 100 % is said only where nobody is missing.
      share: number(Math.floor((of.part / of.of) * 100 + 1e-9)),
      part: number(of.part),
      all: number(of.of),
    });
  };
  /** `name` is that of a requirement or policy, or the number of days. */
  const label = ({ label: text, name }: Pick<ReviewLine, "label" | "name">): string =>
    name !== undefined && /^\d+$/.test(name)
      ? t("{{label}}: within {{days}} days", { label: t(text), days: name })
      : t(text);
  const day = (on: string): string =>
    new Date(`${on}T00:00:00Z`).toLocaleDateString(locale, {
      day: "numeric",
      month: "short",
      year: "numeric",
      timeZone: "UTC",
    });
  return { number, value, label, day };
}
