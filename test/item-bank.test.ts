import { describe, expect, it } from "vitest";
import { guessers, guessScores, luckiest, versedGuessers } from "#app/domain/content/giveaway.ts";
import { testwiseScore } from "#app/domain/content/testwise.ts";
import { hardestGrade, lessonText, readingGrade, readingSeconds } from "#app/domain/content/style.ts";
import { drawForm } from "#app/domain/learning/assessment.ts";
import { refresherBank, refresherBlueprint } from "#app/domain/learning/refresher.ts";
import { loadContent } from "../scripts/content.ts";

const { modules } = loadContent("content");

/** The items of a module in one language, those translated that are. */
const banks = modules.flatMap((module) => [
  { name: module.slug, items: module.items },
  ...(module.translations ?? []).map((one) => ({
    name: `${module.slug} in ${one.language}`,
    items: one.items,
  })),
]);

describe.each(banks)("the items of $name", ({ items }) => {
  const scores = guessScores(items);

  it.each(guessers)("give the guesser by %s no more than chance allows", (guesser) => {
    expect(scores[guesser].score).toBeLessThanOrEqual(luckiest(scores[guesser], 2));
  });
});

describe("the English bank as a whole", () => {
  const english = modules.map((module) => module.items);
  const scores = guessScores(english.flat());

  // Three standard errors: eight guessers have eight chances of luck.
  it.each(versedGuessers)("gives the guesser by %s no more than luck", (guesser) => {
    expect(scores[guesser].score).toBeLessThanOrEqual(luckiest(scores[guesser], 3));
  });

  it("gives somebody who weighs all signs, learned on other modules, no more than luck", () => {
    const score = testwiseScore(english);
    expect(score.score).toBeLessThanOrEqual(luckiest(score, 3));
  }, 60_000);
});

describe("the sample item bank", () => {
  const items = modules.flatMap((module) => module.items);

  it("holds 400 items and more, each with its tags", () => {
    expect(items.length).toBeGreaterThanOrEqual(400);
    for (const module of modules) {
      expect(module.audiences?.length).toBeGreaterThan(0);
      expect(new Set(module.items.map((item) => item.difficulty)).size).toBeGreaterThan(3);
    }
  });

  it("has forms for before, after and months later in every module, with no item twice", () => {
    for (const module of modules) {
      const used = new Set<string>();
      for (const seed of [1, 2, 3]) {
        const form = drawForm(module, seed, used);
        for (const { item } of form.items) {
          expect([module.slug, item, used.has(item)]).toEqual([module.slug, item, false]);
          used.add(item);
        }
      }
    }
  });

  it("has forms of one person that lie close in difficulty and in what they ask of judgement", () => {
    for (const module of modules)
      for (let seed = 0; seed < 60; seed++) {
        const used = new Set<string>();
        const forms = [1, 2, 3].map((round) => {
          const items = drawForm(module, seed * 3 + round, used).items.map(({ item }) => {
            used.add(item);
            return module.items.find(({ id }) => id === item) as (typeof module.items)[number];
          });
          const judged = items.filter((one) => one.level !== "remember" && one.level !== "understand").length;
          return { judged, difficulty: items.reduce((sum, one) => sum + one.difficulty, 0) / items.length };
        });
        const apart = (of: (form: (typeof forms)[number]) => number): number =>
          Math.max(...forms.map(of)) - Math.min(...forms.map(of));
        expect([module.slug, seed, apart((form) => form.difficulty) < 0.04]).toEqual([
          module.slug,
          seed,
          true,
        ]);
        expect([module.slug, seed, apart((form) => form.judged) <= 1]).toEqual([module.slug, seed, true]);
      }
  });

  it("asks first for about five minutes in a refresher: the reading and ten seconds to decide on each item", () => {
    for (const module of modules.filter((one) => one.assessment.refresher)) {
      const blueprint = refresherBlueprint(module, []);
      const items = refresherBank(module.items, blueprint, new Set());
      const minutes = Array.from({ length: 500 }, (_, seed) => {
        const form = drawForm({ items, assessment: { ...module.assessment, blueprint } }, seed);
        const drawn = form.items.map(({ item }) => items.find(({ id }) => id === item));
        return drawn.reduce((sum, item) => sum + (item ? readingSeconds(item) + 10 : NaN), 0) / 60;
      }).toSorted((a, b) => a - b);
      expect(minutes[250]).toBeLessThan(5);
      expect(minutes.at(-1)).toBeLessThan(5.5);
    }
  });

  it("says true as often as false, about", () => {
    const answers = items.flatMap((item) => (item.type === "true_false" ? [item.answer] : []));
    const right = answers.filter(Boolean).length;
    expect(right).toBeGreaterThan(answers.length * 0.3);
    expect(right).toBeLessThan(answers.length * 0.7);
  });

  it("asks for judgement rather than for definitions", () => {
    const judged = items.filter((item) => item.level !== "remember" && item.level !== "understand");
    expect(judged.length / items.length).toBeGreaterThanOrEqual(0.5);
  });
});

describe("the sample lessons", () => {
  const lessons = modules.flatMap((module) => module.lessons);

  it.each(lessons.map((lesson) => [lesson.id, lesson] as const))(
    "%s is short and reads easily",
    (_id, lesson) => {
      expect(lesson.minutes).toBeLessThanOrEqual(6);
      expect(readingGrade(lessonText(lesson))).toBeLessThanOrEqual(hardestGrade);
      expect([lesson.parts.at(0)?.kind, lesson.parts.at(-1)?.kind]).toEqual(["question", "tomorrow"]);
    },
  );

  it("take 25 to 35 minutes in the core module", () => {
    const core = modules.find((module) => module.slug === "ai-awareness")?.lessons ?? [];
    const minutes = core.reduce((sum, lesson) => sum + lesson.minutes, 0);
    expect(minutes).toBeGreaterThanOrEqual(25);
    expect(minutes).toBeLessThanOrEqual(35);
  });
});
