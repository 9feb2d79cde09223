import { describe, expect, it } from "vitest";
import { aModule } from "#test/course.ts";
import type { Item } from "./item.ts";
import type { Lesson } from "./module.ts";
import { hardestGrade, placeOfWarning, readingGrade, styleWarnings } from "./style.ts";

const [question] = aModule().items;
if (!question) throw new Error("no item");
const prose =
  "<p><strong>Story.</strong> Mila read the mail. She took the name out. Then she asked the tool.</p>";
const good: Lesson = {
  id: "good",
  title: "Good",
  minutes: 2,
  objectives: ["o1"],
  parts: [
    { kind: "question", item: question },
    { kind: "text", html: prose },
    { kind: "question", item: question },
    { kind: "tomorrow", text: "Look." },
  ],
};
const reasons = (lesson: Partial<Lesson>, items: Item[] = []): string[] =>
  styleWarnings({ lessons: [{ ...good, ...lesson }], items }).map((warning) => warning.reason);

describe("what an author should look at in a lesson", () => {
  it("is nothing where it has its parts, its time and plain words", () => {
    expect(reasons({})).toEqual([]);
  });

  it.each<[string, Partial<Lesson>, RegExp]>([
    ["a text that comes first", { parts: good.parts.slice(1) }, /begin with a question/],
    ["a single question", { parts: good.parts.toSpliced(2, 1), minutes: 1 }, /once before and once after/],
    ["an end without a deed", { parts: good.parts.slice(0, 3) }, /end with one thing/],
    ["no story", { parts: good.parts.with(1, { kind: "text", html: "<p>Be careful.</p>" }) }, /tell a story/],
    ["too many minutes", { minutes: 9 }, /more than 6/],
    ["minutes that are not true", { minutes: 5 }, /says 5 minutes and takes about 1/],
    [
      "hard words",
      {
        parts: good.parts.with(1, {
          kind: "text",
          html: `${prose}<p>Notwithstanding organisational considerations, accountability necessitates comprehensive documentation of individually attributable responsibilities.</p>`,
        }),
      },
      /reads at grade/,
    ],
  ])("is %s", (_words, lesson, reason) => {
    expect(reasons(lesson).join("\n")).toMatch(reason);
  });
});

describe("what an author should look at in an item", () => {
  const option = (text: string, correct = false) => ({
    id: text.slice(0, 1).toLowerCase(),
    text,
    correct,
    feedback: "Why.",
  });
  const item = (stem: string, ...options: ReturnType<typeof option>[]): Item => ({
    id: "x",
    objective: "o1",
    level: "apply",
    riskDomain: 2,
    difficulty: 0.7,
    type: "single_choice",
    stem,
    options,
  });
  const fair = [option("Ask first", true), option("Paste it")];

  it.each<[string, Item, string[]]>([
    ["nothing", item("What do you do?", ...fair), []],
    [
      "a negated stem",
      item("Which of these is not allowed?", ...fair),
      ["the stem is negated; ask for what is right"],
    ],
    ["no negation in the story", item("It did not work. What now?", ...fair), []],
    [
      "no negation that is the case asked about",
      item("What do you do when it is not in the register?", ...fair),
      [],
    ],
    ["a stem too long", item("word ".repeat(70).trim(), ...fair), ["the stem is too long"]],
    [
      "an option about options",
      item("What?", option("One of them", true), option("All of these")),
      ["an option speaks of the other options"],
    ],
    [
      "an option about those above it",
      item("What?", option("Ask for help", true), option("Wait for a sign"), option("Any of the above")),
      ["an option speaks of the other options"],
    ],
    [
      "an option too long",
      item("What?", option("word ".repeat(36), true), option("word ".repeat(35))),
      ["an option is longer than 35 words"],
    ],
    [
      "a right option that is the longest by far",
      item(
        "What?",
        option("Ask the owner of the tool", true),
        option("Paste the text"),
        option("Wait for a sign"),
      ),
      ["the right option is by far the longest, which gives it away"],
    ],
    [
      "wrong options that claim too much",
      item("What?", option("Ask first", true), option("Never ask"), option("Only paste")),
      ["every wrong option says always, never, only or the like, which gives the right one away"],
    ],
    [
      "the same in a step",
      {
        ...item("Told.", ...fair),
        type: "scenario",
        steps: [
          { id: "s1", stem: "Which is not so?", options: fair },
          { id: "s2", stem: "And?", options: [...fair, option("None of the above")] },
        ],
      } as Item,
      ["the stem is negated; ask for what is right", "an option speaks of the other options"],
    ],
    [
      "options unlike in length",
      item("What?", option("Ask the person who owns the tool first", true), option("Paste it")),
      ["the options differ much in length"],
    ],
  ])("is %s", (_words, one, wanted) => {
    expect(reasons({}, [one])).toEqual(wanted);
  });
});

describe("what an author should look at in a translation", () => {
  it.each<["de" | "fr" | "es", string, string]>([
    ["de", "Was gehört nicht hinein?", "Keine der genannten"],
    ["fr", "Lequel n’est pas autorisé ?", "Toutes les réponses ci-dessus"],
    ["es", "¿Qué no debe hacer?", "Todas las anteriores"],
  ])("is the same in %s, and told of its own file", (language, stem, text) => {
    if (question.type !== "single_choice") throw new Error("another type");
    const [one, ...others] = question.options;
    if (!one) throw new Error("no option");
    const item = { ...question, stem, options: [{ ...one, text }, ...others] };
    const translation = { language, title: "T", summary: "S", objectives: [], lessons: [], items: [item] };
    const warnings = styleWarnings({ lessons: [good], items: [question], translations: [translation] });
    expect(warnings.map((one) => [one.language, one.reason])).toEqual(
      expect.arrayContaining([
        [language, "the stem is negated; ask for what is right"],
        [language, "an option speaks of the other options"],
      ]),
    );
    const source = { [`items.${language}.yaml`]: `items:\n  - id: ${question.id}\n` };
    expect(warnings.filter((one) => one.language === "en")).toEqual([]);
    expect(placeOfWarning(source, { id: question.id, language })).toEqual({
      file: `items.${language}.yaml`,
      line: 2,
    });
  });
});

describe("what an author should look at in a bank", () => {
  it("is a way to guess that does better than luck", () => {
    const options = (n: number) => [
      { id: "a", text: `Wait ${n}`, correct: false, feedback: "No." },
      { id: "b", text: `Ask the owner ${n}`, correct: true, feedback: "Yes." },
    ];
    const items = Array.from(
      { length: 12 },
      (_, n): Item => ({ ...question, type: "single_choice", id: `x-${n}`, options: options(n) }) as Item,
    );
    expect(reasons({}, items)).toContain(
      "who always takes the longest option is right in 100 %, by chance in 50 %",
    );
    expect(reasons({}, items.slice(0, 4))).toEqual([]);
  });
});

describe("the reading grade", () => {
  it("rises with long sentences and long words", () => {
    const easy = readingGrade("The cat sat. The dog ran. We ask first.");
    const hard = readingGrade(
      "Organisations demonstrating accountability necessarily maintain comprehensive documentation of responsibilities.",
    );
    expect(easy).toBeLessThan(3);
    expect(hard).toBeGreaterThan(hardestGrade);
    expect(readingGrade("")).toBe(0);
  });
});
