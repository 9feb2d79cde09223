import { fc, test } from "@fast-check/vitest";
import { expect, it } from "vitest";
import { drawSample, populationText } from "./sample.ts";

const people = ["0a", "1b", "2c", "3d", "4e"];

it("draws the same people for the same seed, and others for another", () => {
  expect(drawSample(people, "42", 3)).toEqual(drawSample(people.toReversed(), "42", 3));
  const draws = Array.from({ length: 30 }, (_, i) => drawSample(people, `seed-${i}`, 1).join());
  expect(new Set(draws).size).toBe(people.length);
});

it("writes the population in one order", () => {
  expect(populationText(["b", "a"])).toBe("a\nb\n");
});

test.prop([fc.uniqueArray(fc.uuid(), { maxLength: 40 }), fc.string(), fc.nat({ max: 50 })])(
  "draws nobody twice, nobody from outside, and a larger sample holds the smaller one",
  (population, seed, size) => {
    const drawn = drawSample(population, seed, size);
    expect(new Set(drawn).size).toBe(Math.min(size, population.length));
    expect(drawn.every((one) => population.includes(one))).toBe(true);
    expect(drawSample(population, seed, size + 1).slice(0, size)).toEqual(drawn);
  },
);
