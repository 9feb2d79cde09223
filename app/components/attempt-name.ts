import type { AttemptKind } from "#app/domain/learning/attempt-kind.ts";
import type { Translate } from "#app/i18n/translate.ts";

/** What an attempt is called: by its number where it decides, else by what it measures. */
export function attemptName({ kind, number }: { kind: AttemptKind; number: number }, t: Translate): string {
  if (kind === "pretest") return t("Pre-test");
  return kind === "retention" ? t("Retention check") : t("Attempt {{number}}", { number });
}
