import { describe, expect, it } from "vitest";
import { calibrationOf, calibrationVerdict, type Confidence, type RatedAnswer } from "./calibration.ts";

const given = (confidence: Confidence | null, ...scores: number[]): RatedAnswer[] =>
  scores.map((score) => ({ score, confidence }));

describe("how sure a learner was", () => {
  it("is set beside how well the answers did, for what was said only", () => {
    const answers = [...given("certain", 1, 0), ...given(null, 1), ...given("guessing", 0.5)];
    expect(calibrationOf(answers)).toEqual([
      { confidence: "guessing", answers: 1, score: 0.5 },
      { confidence: "certain", answers: 2, score: 0.5 },
    ]);
  });

  it.each<[string, RatedAnswer[], ReturnType<typeof calibrationVerdict>]>([
    ["nothing is said of too few answers", given("certain", 0, 0), null],
    ["nothing is said where nothing was given", given(null, 1, 1, 1, 1), null],
    ["certain and often wrong", given("certain", 1, 0, 0, 1), "overconfident"],
    ["certain and right", given("certain", 1, 1, 1), "calibrated"],
    ["guessing and right", given("guessing", 1, 1, 1, 0), "underconfident"],
    ["guessing and wrong", given("guessing", 0, 0, 1), "calibrated"],
    [
      "certain and wrong counts first",
      [...given("guessing", 1, 1, 1), ...given("certain", 0, 0, 1)],
      "overconfident",
    ],
  ])("%s", (_words, answers, verdict) => {
    expect(calibrationVerdict(calibrationOf(answers))).toBe(verdict);
  });
});
