import { expect, it } from "vitest";
import {
  type Figures,
  type Floors,
  breaches,
  figureNames,
  figureTexts,
  floorsOf,
  meetsAim,
  percent,
} from "./figure.ts";
import { proportion } from "./proportion.ts";

it("sets floors a margin away, exactly where a figure must be exact, and none without cases", () => {
  const figures: Figures = {
    recall: proportion(1, 2),
    falseAlarms: proportion(1, 3),
    wronglyCleared: proportion(0, 9),
    levelRight: proportion(0, 9),
    prohibitedApprovable: proportion(0, 9),
    quotesValid: proportion(1, 1),
    attackSuccess: proportion(0, 0),
  };
  expect(floorsOf(figures)).toEqual({
    recall: 0.485,
    falseAlarms: 0.3484,
    wronglyCleared: 0.015,
    levelRight: 0,
    prohibitedApprovable: 0,
    quotesValid: 1,
  });
});

it("keeps every figure at the floors made from it", () => {
  for (const hits of [0, 1, 2, 3, 7]) {
    const figures = Object.fromEntries(figureNames.map((name) => [name, proportion(hits, 7)]));
    expect(breaches(figures, floorsOf(figures))).toEqual([]);
  }
});

it.each<[string, Figures, Floors, string[]]>([
  ["at its floor", { recall: proportion(1, 2) }, { recall: 0.5 }, []],
  [
    "below its floor",
    { recall: proportion(1, 4) },
    { recall: 0.5 },
    ["recall is 25.0 %, below its floor of 50.0 %"],
  ],
  [
    "above its limit",
    { falseAlarms: proportion(1, 4) },
    { falseAlarms: 0.1 },
    ["falseAlarms is 25.0 %, above its limit of 10.0 %"],
  ],
  ["not measured", {}, { quotesValid: 1 }, ["quotesValid was not measured; its floor is 100.0 %"]],
  ["without a floor", { recall: proportion(0, 4) }, {}, []],
])("says of a figure %s what there is to say", (_what, figures, floors, sentences) => {
  expect(breaches(figures, floors)).toEqual(sentences);
});

it("aims at an end of the scale where a figure must be exact", () => {
  for (const { exact, aim } of Object.values(figureTexts)) if (exact) expect([0, 1]).toContain(aim);
  expect(percent(0.12345)).toBe("12.3 %");
});

it.each([
  ["falseAlarms", 1, 10, true],
  ["falseAlarms", 2, 10, false],
  ["quotesValid", 9, 10, false],
  ["recall", 9, 10, null],
  ["quotesValid", 0, 0, null],
] as const)("tells whether %s of %i in %i reaches its aim", (name, hits, n, reached) => {
  expect(meetsAim(name, proportion(hits, n))).toBe(reached);
});
