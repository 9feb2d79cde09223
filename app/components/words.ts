import { type AnswerWords, answerWords } from "#app/domain/assistant/answer-words.ts";
import { useLanguage } from "#app/i18n/use-t.tsx";

/** What the domain says in all languages, in the reader's: outcomes, risk classes, facts of a use and their values. */
export function useWords(): AnswerWords {
  return answerWords[useLanguage()];
}
