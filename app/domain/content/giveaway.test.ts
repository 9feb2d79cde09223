import { describe, expect, it } from "vitest";
import { type Guesser, guessScores } from "./giveaway.ts";
import type { Item } from "./item.ts";
import { testwiseScore } from "./testwise.ts";

const tags = { objective: "o1", level: "apply", riskDomain: 2, difficulty: 0.7 } as const;
const single = (
  id: string,
  stem: string,
  ...texts: [string, ...string[]]
): Extract<Item, { type: "single_choice" }> => ({
  id,
  ...tags,
  type: "single_choice",
  stem,
  options: texts.map((text, i) => ({ id: `o${i}`, text, correct: i === 0, feedback: "Why." })),
});

describe("guessing without knowing", () => {
  it("scores by length, place, words of the stem and absolute words, a tie by its share", () => {
    const scores = guessScores([
      single("a", "May customer mails go in?", "Customer mails may never", "No", "Yes", "Ask"),
      single("b", "And then?", "Ask", "All of it", "Any of it"),
    ]);
    const { longest, shortest, first, last, overlap, no_absolutes } = scores;
    expect(first).toMatchObject({ score: 1, items: 2 });
    expect(first.chance).toBeCloseTo((1 / 4 + 1 / 3) / 2);
    expect([last.score, longest.score, shortest.score]).toEqual([0, 0.5, 0.5]);
    expect(overlap.score).toBeCloseTo((1 + 1 / 3) / 2);
    expect(no_absolutes.score).toBe(0.5);
  });

  it("counts each step of a scenario, and nothing of other kinds", () => {
    const step = { id: "s", stem: "What now?", options: single("x", "?", "This", "That").options };
    expect(
      guessScores([{ id: "s", ...tags, type: "scenario", stem: "So:", steps: [step, step] }]),
    ).toMatchObject({
      first: { items: 2, score: 1, chance: 0.5 },
    });
    expect(
      guessScores([
        {
          id: "t",
          ...tags,
          type: "true_false",
          stem: "So?",
          answer: true,
          feedback: { true: "Y", false: "N" },
        },
      ]).first.items,
    ).toBe(0);
  });
});

describe("guessing versed in tests", () => {
  const key = "Stop, tell the owner and record it";
  it.each<[Guesser, string, number]>([
    ["conjunctions", "Send it on now", 1],
    ["conjunctions", "Send it on and forget it", 1 / 3],
    ["commas", "Send it on now", 1],
    ["odd_start", "Send it on now", 1],
    ["odd_one_out", "Send it on later", 1],
    ["no_reason", "Send it on, because it is late", 1],
    ["caution", "Send it on now", 1],
    ["hedges", "Send it on if asked", 0],
  ])("by %s beside %j scores %d", (guesser, other, score) => {
    const item = single("a", "And then?", key, other, other.replace("Send it", "Send this"));
    expect(guessScores([item])[guesser].score).toBeCloseTo(score);
  });

  it("learns from other banks what tells a key, and nothing where nothing does", () => {
    const texts = ["Ask and wait", "Go now", "Go on"];
    const bank = (told: boolean) =>
      Array.from({ length: 30 }, (_, i) => {
        const turned = texts.map((_text, at) => texts[(at + (told ? 0 : i)) % texts.length] ?? "");
        return single(`q${i}`, "Then?", turned[0] ?? "", ...turned.slice(1));
      });
    expect(testwiseScore([bank(true), bank(true)])).toMatchObject({ items: 60, score: 1 });
    const fair = testwiseScore([bank(false), bank(false)]);
    expect(fair.chance).toBeCloseTo(1 / 3);
    expect(fair.score).toBeLessThan(0.5);
  });
});
