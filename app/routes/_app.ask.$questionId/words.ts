import { type AnswerWords, fill } from "#app/domain/assistant/answer-words.ts";
import { riskAreas } from "#app/domain/assistant/page-words.ts";
import type { QuestionView } from "./route.tsx";

/** The risk flag with its area as people read it, `art5(1)(f)` as Art. 5(1)(f); without it where `anchor` names it already. */
export function riskFlagOf(area: string | null, anchor: string | undefined, { page }: AnswerWords): string {
  const known = riskAreas.find((a) => a === area);
  const name = known ? page.areas[known] : area?.startsWith("art") ? `Art. ${area.slice(3)}` : null;
  return name && name !== anchor ? fill(page.riskFlagIn, { area: name }) : page.riskFlag;
}

type Fact = Pick<QuestionView["facts"][number], "source" | "confidence">;
type Reading = Pick<QuestionView, "viewer"> & { answer: Pick<QuestionView["answer"], "reading"> };

/**
 * Where a fact comes from and how sure it is; of what is taken for granted the source says so. A model is named only where
 * one took part in the reading.
 */
export function originOf(
  { source, confidence }: Fact,
  { viewer, answer }: Reading,
  { sources, page }: AnswerWords,
): string {
  const byModel = source === "inferred" && answer.reading?.failed === null;
  const origin = sources[viewer][byModel ? "model" : source];
  const sure = source === "chosen" || confidence >= 0.9;
  return source === "assumed" ? origin : `${origin} · ${page.sureness[sure ? "sure" : "likely"]}`;
}
