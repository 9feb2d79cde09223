import type { AnswerWords } from "./answer-words.ts";
import type { Masked } from "./masking.ts";

/** What was masked, as a phrase: "2 e-mail addresses and 1 name". Empty when nothing was. */
export function maskedWords(
  masked: readonly Masked[],
  { locale, page }: Pick<AnswerWords, "locale" | "page">,
): string {
  const kinds: Record<string, [one: string, several: string]> = page.maskedKinds;
  const parts = masked.map(({ marker, count }) => {
    const [one, several] = kinds[marker.slice(1, -1)] ?? [marker, marker];
    return `${count} ${count === 1 ? one : several}`;
  });
  return new Intl.ListFormat(locale, { type: "conjunction" }).format(parts);
}
