import { createHash } from "node:crypto";
import { msg } from "#app/i18n/translate.ts";

/**
 * A preview as one word that its form carries until it is confirmed: what was previewed, and what the preview said. Nothing
 * is kept on the server, so two tabs do not disturb each other.
 */
export const previewMark = (input: unknown, said: unknown): string => `${digest(input)}.${digest(said)}`;

/** What stands between a preview and its confirmation: the form says something else, or the outcome would be another. */
export type PreviewChange = "form" | "outcome";

/** Why what was previewed may not be confirmed as it now stands; null where nothing has changed. */
export function changeSince(sent: string | string[] | undefined, mark: string): PreviewChange | null {
  if (sent === mark) return null;
  const previewed = typeof sent === "string" ? sent.split(".")[0] : undefined;
  return previewed === mark.split(".")[0] ? "outcome" : "form";
}

export const previewChangeWords: Record<PreviewChange, string> = {
  form: msg(
    "This is not what was previewed. Nothing has happened yet: see what it would do now, then confirm.",
  ),
  outcome: msg(
    "It would come otherwise than the preview said. Nothing has happened yet: see what it would do now, then confirm.",
  ),
};

const digest = (value: unknown): string =>
  createHash("sha256")
    .update(JSON.stringify(value ?? null))
    .digest("base64url")
    .slice(0, 22);
