import type { Rung } from "#app/domain/competence/reminder.ts";
import { msg, type Translate } from "#app/i18n/translate.ts";

export const ladderNames: Record<Rung["ladder"], string> = {
  first: msg("First training"),
  renewal: msg("Renewal"),
  policy: msg("Policy to acknowledge"),
};

/** When a step of a ladder is told, in the reader's language. */
export function rungWords(t: Translate, { from, days }: Rung): string {
  const count = Math.abs(days);
  if (from === "assigned")
    return days === 0 ? t("When it is assigned") : t("{{count}} days after it is assigned", { count });
  if (from === "due")
    return days === 0
      ? t("On the day it is due")
      : days > 0
        ? t("{{count}} days after it was due", { count })
        : t("{{count}} days before it is due", { count });
  return days === 0
    ? t("When the grace ends")
    : days > 0
      ? t("{{count}} days after the grace ended", { count })
      : t("{{count}} days before the grace ends", { count });
}
