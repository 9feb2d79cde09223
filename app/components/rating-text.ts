import {
  likelihoodNames,
  type Rating,
  ratingLevel,
  ratingLevelNames,
  ratingScore,
  type Score,
  severityNames,
} from "#app/domain/cases/rating.ts";
import type { Translate } from "#app/i18n/translate.ts";

/** `Critical (16 of 25): likely × major`, in the language of `t`. */
export function ratingText(t: Translate, rating: Rating): string {
  return t("{{level}} ({{score}} of 25): {{likelihood}} × {{severity}}", {
    level: t(ratingLevelNames[ratingLevel(rating)]),
    score: ratingScore(rating),
    likelihood: t(likelihoodNames[rating.likelihood as Score]).toLowerCase(),
    severity: t(severityNames[rating.severity as Score]).toLowerCase(),
  });
}
