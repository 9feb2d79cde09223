import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { itemsOfEveryType } from "#test/course.ts";
import { asksTheSame, estimatedUntil, estimatesOf, withEstimates } from "./item-estimate.ts";

const [single, multiple] = itemsOfEveryType("one");
if (!single || !multiple) throw new Error("items are missing");

describe("the estimated difficulty of an item", () => {
  it.each([
    ["is its author's without answers", 0, 1, undefined],
    ["moves little by few answers", 5, 0, 0.56],
    ["is halfway at twenty", 20, 0, 0.35],
    ["is what learners did with many", 2000, 0.2, 0.205],
  ])("%s", (_words, n, mean, estimate) => {
    expect(estimatesOf([single], [{ item: single.id, n, mean }])[single.id]).toBe(estimate);
  });

  it("lies between what was expected and what was seen", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 9999 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (n, mean) => {
          const found = estimatesOf([single], [{ item: single.id, n, mean }])[single.id] ?? NaN;
          expect(found).toBeGreaterThanOrEqual(Math.min(mean, single.difficulty) - 0.001);
          expect(found).toBeLessThanOrEqual(Math.max(mean, single.difficulty) + 0.001);
        },
      ),
    );
  });

  it("takes the place of the author's where there is one", () => {
    const items = withEstimates([single, multiple], { [single.id]: 0.3 });
    expect(items.map((item) => item.difficulty)).toEqual([0.3, multiple.difficulty]);
  });

  it("is made anew with the month", () => {
    expect(estimatedUntil(new Date("2026-11-30T23:59:59Z"))).toEqual(new Date("2026-11-01T00:00:00Z"));
    expect(estimatedUntil(new Date("2026-12-01T00:00:00Z"))).toEqual(new Date("2026-12-01T00:00:00Z"));
  });

  it("takes no answers to other words, and does where only tags differ", () => {
    expect(asksTheSame(single, { ...single, difficulty: 0.1, level: "remember" })).toBe(true);
    expect(asksTheSame(single, { ...single, stem: "What then?" })).toBe(false);
  });
});
