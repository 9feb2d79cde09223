import type { Finding } from "#app/domain/evidence/external-copy.ts";
import type { Gap } from "#app/domain/evidence/reconciliation.ts";
import type { Translate } from "#app/i18n/translate.ts";

/** What is found of a record in an external store, a sentence each; `all`: how many statements it has here. */
export function findingWords(t: Translate, findings: readonly Finding[], all: number): string[] {
  if (findings.length === 0) return [t("There is nothing to send.")];
  return findings.map(({ state, count }) => {
    switch (state) {
      case "missing":
        return t("{{count}} statements are missing there.", { count });
      case "refused":
        return t("{{count}} statements are refused there; its dead letters tell why.", { count });
      case "differs":
        return t(
          "{{count}} statements are not the same there. Sending again changes nothing: ask those who run that store.",
          { count },
        );
      case "voided there":
        return t("{{count}} statements are voided there and not here. Ask those who run that store why.", {
          count,
        });
      case "not voided there":
        return t("{{count}} statements are voided here and still counted there.", { count });
      case "stranger":
        return t(
          "{{count}} statements are there and not here. Evidence is never taken back in: find out why this store lacks it, first in its back-ups.",
          { count },
        );
      case "again":
        return t("{{count}} statements are about to be sent again.", { count });
      case "waiting":
        return t("{{count}} statements are waiting for their turn.", { count });
      case "dropped":
        return t("{{count}} statements are not sent there, by the decision of an administrator.", { count });
      case "there":
        return count === all
          ? t("All {{count}} are there.", { count })
          : t("{{number}} of {{all}} are there.", { number: count, all });
      case "filtered":
        return t("{{count}} statements are not for this store, by its filter.", { count });
    }
  });
}

/** What a record lacks here. */
export function gapWords(t: Translate, { missing, of }: Pick<Gap, "missing" | "of">): string {
  return of ? t("statements answered ({{there}} of {{due}})", of) : t(missing);
}
