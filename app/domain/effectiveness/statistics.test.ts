import { fc, test as property } from "@fast-check/vitest";
import { describe, expect, it } from "vitest";
import {
  effectSize,
  gainEstimate,
  hiddenGroups,
  itemStatistics,
  meanEstimate,
  meanIndividualGain,
  normalisedGain,
  ratePer100,
  reliability,
  smallestGroup,
} from "./statistics.ts";

// The sleep data of Student (1908), with which R documents its paired t test.
const sleep = [1.2, 2.4, 1.3, 1.3, 0, 1, 1.8, 0.8, 4.6, 1.4];
const pairs = sleep.map((post) => ({ pre: 0, post }));

describe("numbers that are known", () => {
  it("gives Student's sleep data the interval that R gives it", () => {
    const { n, value, low, high } = gainEstimate(pairs);
    expect(n).toBe(10);
    expect(value).toBeCloseTo(1.58, 10);
    expect(low).toBeCloseTo(0.7001142, 6);
    expect(high).toBeCloseTo(2.4598858, 6);
  });

  it("corrects the effect size of few pairs (d_z 1.2846, J 32/35)", () => {
    expect(effectSize(pairs)).toBeCloseTo(1.2845585 * (32 / 35), 5);
  });

  it.each([
    [[{ pre: 40, post: 70 }], 0.5, 0.5],
    // Of means: (75 − 50) / 50; of persons: (1 + 0) / 2.
    [
      [
        { pre: 50, post: 100 },
        { pre: 50, post: 50 },
      ],
      0.5,
      0.5,
    ],
    [
      [
        { pre: 80, post: 90 },
        { pre: 20, post: 60 },
      ],
      0.5,
      0.5,
    ],
    [
      [
        { pre: 90, post: 80 },
        { pre: 10, post: 100 },
      ],
      0.8,
      0,
    ],
    [[{ pre: 100, post: 100 }], null, null],
  ])("normalises gain as Hake does: %j", (given, ofMeans, ofPersons) => {
    const close = (value: number | null): unknown => (value === null ? null : expect.closeTo(value, 10));
    expect(normalisedGain(given)).toEqual(close(ofMeans));
    expect(meanIndividualGain(given)).toEqual(close(ofPersons));
  });

  it.each([
    [0, 0, 3.6889],
    [5, 1.6235, 11.6683],
    [10, 4.7954, 18.3904],
  ])("bounds %i events as Garwood's table does", (events, low, high) => {
    const rate = ratePer100(events, 100);
    expect(rate.low).toBeCloseTo(low, 3);
    expect(rate.high).toBeCloseTo(high, 3);
  });

  it("gives KR-20 of a Guttman scale of four items and five persons: 4/3 (1 − 0.8/2) = 0.8", () => {
    const rows = [0, 1, 2, 3, 4].map((right) => [0, 1, 2, 3].map((i) => Number(i < right)));
    expect(reliability(rows)).toBeCloseTo(0.8, 10);
    expect(reliability([[1, 1]])).toBeNull();
  });

  it("measures an item against the rest of its form only", () => {
    const forms = [
      [1, 1, 1],
      [1, 1, 0],
      [0, 0, 1],
      [0, 0, 0],
    ].map((scores) => scores.map((score, i) => ({ item: `i${i}`, score })));
    const [first, , third] = itemStatistics(forms);
    expect(first).toMatchObject({ item: "i0", n: 4, p: 0.5 });
    // Against the mean of i1 and i2: (1, 0.5, 0.5, 0) with (1, 1, 0, 0).
    expect(first?.discrimination).toBeCloseTo(Math.SQRT1_2, 10);
    expect(third?.discrimination).toBeCloseTo(0, 10);
  });
});

describe("what always holds", () => {
  const scores = fc.array(fc.double({ min: 0, max: 100, noNaN: true }), { minLength: 2, maxLength: 40 });

  property.prop([scores, fc.double({ min: -50, max: 50, noNaN: true })])(
    "an interval holds its mean and moves with its values",
    (values, shift) => {
      const one = meanEstimate(values);
      const moved = meanEstimate(values.map((value) => value + shift));
      expect(one.low).toBeLessThanOrEqual((one.value ?? 0) + 1e-9);
      expect(one.high).toBeGreaterThanOrEqual((one.value ?? 0) - 1e-9);
      for (const end of ["low", "value", "high"] as const)
        expect(moved[end]).toBeCloseTo((one[end] ?? 0) + shift, 6);
    },
  );

  property.prop([fc.array(fc.integer({ min: 0, max: 30 }), { maxLength: 12 })])(
    "what is hidden cannot be had by subtraction",
    (sizes) => {
      const hidden = hiddenGroups(sizes);
      sizes.forEach((n, i) => {
        if (n > 0 && n < smallestGroup) expect(hidden[i]).toBe(true);
      });
      const out = sizes.filter((_, i) => hidden[i]);
      const shown = sizes.filter((n, i) => n > 0 && !hidden[i]);
      const together = out.reduce((all, n) => all + n, 0);
      if (out.length > 0 && shown.length > 0) {
        expect(out.length).toBeGreaterThanOrEqual(2);
        expect(together).toBeGreaterThanOrEqual(smallestGroup);
      }
    },
  );
});
