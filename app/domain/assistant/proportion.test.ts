import fc from "fast-check";
import { expect, it } from "vitest";
import { proportion, shareOf } from "./proportion.ts";

// Newcombe, "Two-sided confidence intervals for the single proportion", Statistics in Medicine 17 (1998), table I.
it.each([
  [81, 263, 0.2553, 0.3662],
  [15, 148, 0.0624, 0.1605],
  [0, 20, 0, 0.1611],
  [1, 29, 0.0061, 0.1718],
])("gives %i of %i the interval from %f to %f", (hits, n, low, high) => {
  const found = proportion(hits, n);
  expect(found.value).toBe(hits / n);
  expect(found.low).toBeCloseTo(low, 4);
  expect(found.high).toBeCloseTo(high, 4);
});

it("says nothing about no cases", () => {
  expect(proportion(0, 0)).toEqual({ value: null, n: 0, low: 0, high: 1 });
});

it("holds the share inside an interval inside 0 and 1", () => {
  const counts = fc.nat(2000).chain((n) => fc.tuple(fc.nat(n), fc.constant(n + 1)));
  fc.assert(
    fc.property(counts, ([hits, n]) => {
      const { value, low, high } = proportion(hits, n);
      const ordered = [0, low, value ?? -1, high, 1];
      expect(ordered).toEqual(ordered.toSorted((a, b) => a - b));
    }),
  );
});

it("counts what holds", () => {
  expect(shareOf([1, 2, 3, 4], (one) => one > 3)).toMatchObject({ value: 0.25, n: 4 });
});
