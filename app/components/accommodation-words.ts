import type { Translate } from "#app/i18n/translate.ts";

/** An accommodation in words, for lists and for the learner: the time limit times `timeFactor`, or none at all. */
export function accommodationWords(t: Translate, timeFactor: number | null): string {
  return timeFactor === null
    ? t("No time limit in assessments")
    : t("{{percent}} % more time in assessments", { percent: Math.round((timeFactor - 1) * 100) });
}
