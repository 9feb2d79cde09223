/** Scores run from 1 to 5 on both scales. */
export const scores = [1, 2, 3, 4, 5] as const;
export type Score = (typeof scores)[number];

export const likelihoodNames: Record<Score, string> = {
  1: "Rare",
  2: "Unlikely",
  3: "Possible",
  4: "Likely",
  5: "Almost certain",
};
export const severityNames: Record<Score, string> = {
  1: "Negligible",
  2: "Minor",
  3: "Moderate",
  4: "Major",
  5: "Severe",
};

/** How bad it could be for the people concerned, in words that let two reviewers mean the same. */
export const severityHints: Record<Score, string> = {
  1: "no noticeable effect on anybody",
  2: "an annoyance, put right at once",
  3: "a disadvantage that can be put right with effort",
  4: "work, money, rights or health noticeably harmed",
  5: "lasting harm, or harm to many people",
};
export const likelihoodHints: Record<Score, string> = {
  1: "not expected to happen here",
  2: "may happen once in several years",
  3: "may happen within a year",
  4: "expected several times a year",
  5: "expected in ordinary use",
};

export type Rating = { likelihood: number; severity: number };
export type RatingLevel = "low" | "moderate" | "high" | "critical";
export const ratingLevelNames: Record<RatingLevel, string> = {
  low: "Low",
  moderate: "Moderate",
  high: "High",
  critical: "Critical",
};

/** From this score on two people decide together (escalation-procedure 3.2). */
export const criticalFrom = 15;

/** Likelihood times severity, 1 to 25. */
export function ratingScore(rating: Rating): number {
  return rating.likelihood * rating.severity;
}

/** The level of a rating: low to 4, moderate to 9, high below {@link criticalFrom}, critical from there. */
export function ratingLevel(rating: Rating): RatingLevel {
  const score = ratingScore(rating);
  if (score >= criticalFrom) return "critical";
  if (score >= 10) return "high";
  return score >= 5 ? "moderate" : "low";
}
