/** How sure a learner says to be of an answer; saying so is optional. */
export const confidences = ["guessing", "fairly_sure", "certain"] as const;
export type Confidence = (typeof confidences)[number];

/** An answer with what the learner said of it. `score` is 0..1; confidence null where nothing was said. */
export type RatedAnswer = { score: number; confidence: Confidence | null };

export type Calibration = {
  confidence: Confidence;
  answers: number;
  /** Mean score of these answers, 0..1. */
  score: number;
}[];

/** For each confidence that was given, how many answers carry it and how well they did. In the order of `confidences`. */
export function calibrationOf(answers: readonly RatedAnswer[]): Calibration {
  return confidences.flatMap((confidence) => {
    const own = answers.filter((answer) => answer.confidence === confidence);
    if (own.length === 0) return [];
    const score = own.reduce((sum, answer) => sum + answer.score, 0) / own.length;
    return [{ confidence, answers: own.length, score }];
  });
}

/**
 * What the calibration tells the learner. `overconfident`: certain of answers of which less than three quarters are
 * right. `underconfident`: guessing where three quarters are right. Fewer than three answers of a kind say nothing.
 */
export function calibrationVerdict(
  calibration: Calibration,
): "overconfident" | "underconfident" | "calibrated" | null {
  const enough = calibration.filter((one) => one.answers >= leastAnswers);
  if (enough.length === 0) return null;
  const scoreAt = (confidence: Confidence) => enough.find((one) => one.confidence === confidence)?.score;
  if ((scoreAt("certain") ?? 1) < mostlyRight) return "overconfident";
  if ((scoreAt("guessing") ?? 0) >= mostlyRight) return "underconfident";
  return "calibrated";
}

const leastAnswers = 3;
const mostlyRight = 0.75;
