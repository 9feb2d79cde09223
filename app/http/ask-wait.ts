import type { Translate } from "#app/i18n/translate.ts";
import type { Waiting } from "./ask-limit.server.ts";

/** Tells somebody at a page why they have to wait, and how long. */
export function waitText(
  t: Translate,
  { questions, seconds, retryAfter }: Omit<Waiting, "sentence">,
): string {
  const asked = t("You have asked {{questions}} questions within {{count}} minutes.", {
    questions,
    count: seconds / 60,
  });
  const wait =
    retryAfter > 90
      ? t("Ask again in {{count}} minutes.", { count: Math.ceil(retryAfter / 60) })
      : t("Ask again in {{count}} seconds.", { count: retryAfter });
  return `${asked} ${wait}`;
}
