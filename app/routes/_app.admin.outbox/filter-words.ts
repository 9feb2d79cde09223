import type { FilterRefusal, TargetFilter } from "#app/domain/evidence/outbox.ts";
import { verbName } from "#app/domain/evidence/statement-line.ts";
import type { Translate } from "#app/i18n/translate.ts";

/** What a store gets, in words. */
export function filterWords(
  t: Translate,
  { origin, verbs: ids, activities: prefixes }: TargetFilter,
): string {
  const verbs = ids.map((id) => verbName(id) ?? id).join(", ");
  const activities = prefixes.map((prefix) => `${prefix}…`).join(", ");
  const texts = {
    all: {
      any: t("Every statement"),
      verbs: t("Every statement with {{verbs}}", { verbs }),
      activities: t("Every statement about {{activities}}", { activities }),
      both: t("Every statement with {{verbs}} about {{activities}}", { verbs, activities }),
    },
    own: {
      any: t("Own statements"),
      verbs: t("Own statements with {{verbs}}", { verbs }),
      activities: t("Own statements about {{activities}}", { activities }),
      both: t("Own statements with {{verbs}} about {{activities}}", { verbs, activities }),
    },
    received: {
      any: t("Received statements"),
      verbs: t("Received statements with {{verbs}}", { verbs }),
      activities: t("Received statements about {{activities}}", { activities }),
      both: t("Received statements with {{verbs}} about {{activities}}", { verbs, activities }),
    },
  }[origin];
  if (verbs && activities) return texts.both;
  return verbs ? texts.verbs : activities ? texts.activities : texts.any;
}

/** What is to be mended in a filter as it was written. */
export function filterRefusalWords(t: Translate, refusal: FilterRefusal): string {
  if (refusal.reason === "too_many") {
    const { most, given } = refusal;
    return t("Write at most {{most}} lines; there are {{given}}.", { most, given });
  }
  const { line, example } = refusal;
  return t("“{{line}}” is no address. Write it in full, such as {{example}}.", { line, example });
}
