import { describe, expect, it } from "vitest";
import { ratingLevel, scores } from "./rating.ts";

describe("the risk rating", () => {
  it.each([
    [1, 1, "low"],
    [2, 2, "low"],
    [1, 5, "moderate"],
    [3, 3, "moderate"],
    [2, 5, "high"],
    [3, 4, "high"],
    [3, 5, "critical"],
    [5, 5, "critical"],
  ] as const)("likelihood %i and severity %i are %s", (likelihood, severity, level) => {
    expect(ratingLevel({ likelihood, severity })).toBe(level);
  });

  it("never falls when likelihood or severity rises", () => {
    const order = ["low", "moderate", "high", "critical"];
    for (const likelihood of scores)
      for (const severity of scores.slice(1)) {
        const one = order.indexOf(ratingLevel({ likelihood, severity: severity - 1 }));
        expect(order.indexOf(ratingLevel({ likelihood, severity }))).toBeGreaterThanOrEqual(one);
      }
  });
});
