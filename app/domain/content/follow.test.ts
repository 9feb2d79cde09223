import { fc, it as property } from "@fast-check/vitest";
import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { shortModule as short } from "#test/short-module.ts";
import {
  isStale,
  markedParts,
  marksOf,
  markWarnings,
  parseMarks,
  staleParts,
  unmarkedParts,
  withMarks,
  withMarksAfter,
} from "./follow.ts";
import { headIn, itemIn, lessonIn } from "./localised.ts";
import { moduleFiles, type ModuleSource, parseSource } from "./module-source.ts";
import { faultsIn, ContentError } from "./source.ts";
import { marksFile, withoutTranslation } from "./wording.ts";

const folder = "content/modules";
const sources: Record<string, ModuleSource> = Object.fromEntries(
  readdirSync(folder).map((slug) => [
    slug,
    Object.fromEntries(
      readdirSync(`${folder}/${slug}`)
        .filter((name) => [...moduleFiles, marksFile].includes(name))
        .map((name) => [name, readFileSync(`${folder}/${slug}/${name}`, "utf8")]),
    ),
  ]),
);

/** The source with a text of one of its files put in the place of another. */
function edited(source: ModuleSource, file: string, from: string, to: string): ModuleSource {
  const text = source[file] ?? "";
  expect(text).toContain(from);
  return { ...source, [file]: text.replace(from, to) };
}

const staleKeys = (source: ModuleSource): string[] => staleParts(source).map((part) => part.key);

describe.each(Object.keys(sources))("%s", (slug) => {
  it("has no translated part that no longer says what the English one says, and none without a mark", () => {
    const source = sources[slug] ?? {};
    expect(staleKeys(source)).toEqual([]);
    expect(unmarkedParts(source).map((part) => part.key)).toEqual([]);
    expect(withMarks(source)).toEqual(source);
  });
});

describe("a translated part", () => {
  it("is marked by a line of its own, in order", () => {
    expect(short[marksFile]?.split("\n").slice(2)).toEqual([
      expect.stringMatching(/^de head: "[0-9a-f]{8}"$/),
      expect.stringMatching(/^de item i1: "[0-9a-f]{8}"$/),
      expect.stringMatching(/^de lesson first: "[0-9a-f]{8}"$/),
      "",
    ]);
    expect(parseMarks(short[marksFile] ?? "", marksFile)).toEqual(marksOf(short));
  });

  it.each([
    ["options that change places", "items.yaml", "a, text: This way", "a, text: That way", "de item i1"],
    [
      "a question inside a lesson",
      "module.md",
      "stem: Is it read?",
      "stem: Is it not read?",
      "de lesson first",
    ],
    ["the text of a lesson", "module.md", "Read this.", "Read that.", "de lesson first"],
    ["the title of a lesson", "module.md", "# First lesson", "# The lesson", "de lesson first"],
    ["the summary", "module.md", "summary: A short one.", "summary: A long one.", "de head"],
    ["an objective", "module.md", "text: Know", "text: Know more", "de head"],
  ])("is stale after a change of %s", (_, file, from, to, key) => {
    const now = edited(short, file, from, to);
    expect(staleKeys(now)).toEqual([key]);
    expect(staleKeys(withMarks(now))).toEqual([]);
    expect(staleKeys(withMarks(now, new Set(["de other"])))).toEqual([key]);
    expect(staleKeys(edited(now, file, to, from))).toEqual([]);
  });

  it.each([
    ["the key", "items.yaml", "correct: true, feedback: It is. }", "feedback: It is. }"],
    ["a score", "items.yaml", "feedback: It is not. }", "feedback: It is not., score: 0.5 }"],
    ["the difficulty", "items.yaml", "difficulty: 0.5", "difficulty: 0.9"],
    ["a tag", "items.yaml", "riskDomain: 1", "riskDomain: 2"],
    ["audiences", "items.yaml", "level: apply", "level: apply\n    audiences: [hr]"],
    ["the minutes of a lesson", "module.md", "id: first\nminutes: 3", "id: first\nminutes: 4"],
    ["the answer of a question", "module.md", "answer: true", "answer: false"],
    ["the version", "module.md", '"1.0.0"', '"1.0.1"'],
    ["white space at the end", "module.md", "It is. }\n```\n", "It is. }\n```\n\n\n"],
  ])("still follows after a change of %s", (_, file, from, to) => {
    expect(staleKeys(edited(short, file, from, to))).toEqual([]);
  });

  it("follows a text with the line ends of Windows", () => {
    const windows = Object.fromEntries(
      Object.entries(short).map(([name, text]) => [name, text.replaceAll("\n", "\r\n")]),
    );
    expect(staleKeys(windows)).toEqual([]);
    expect(marksOf(windows)).toEqual(marksOf(short));
  });

  const words = fc.stringMatching(/^[a-z]{1,8}( [a-z]{1,8}){0,4}$/);
  const number = fc.integer({ min: 1, max: 99 });
  property.prop([words, words, words, words])(
    "is stale after any change of words",
    (stem, option, text, summary) => {
      const items = (short["items.yaml"] ?? "")
        .replace("Which way?", `"${stem}"`)
        .replace("This way", `"${option}"`);
      const module = (short["module.md"] ?? "")
        .replace("Read this.", text)
        .replace("A short one.", `"${summary}"`);
      const now = { ...short, "items.yaml": items, "module.md": module };
      expect(staleKeys(now)).toEqual(["de head", "de lesson first", "de item i1"]);
      expect(staleKeys(withMarks(now))).toEqual([]);
    },
  );
  property.prop([number, number, number, fc.boolean()])(
    "follows whatever key, minutes, difficulty and tags become",
    (difficulty, minutes, domain, answer) => {
      const items = (short["items.yaml"] ?? "")
        .replace("difficulty: 0.5", `difficulty: 0.${difficulty}`)
        .replace("riskDomain: 1", `riskDomain: ${domain}`);
      const module = (short["module.md"] ?? "")
        .replace("minutes: 3", `minutes: ${minutes}`)
        .replace("answer: true", `answer: ${answer}`);
      expect(staleKeys({ ...short, "items.yaml": items, "module.md": module })).toEqual([]);
    },
  );
});

describe("a module with a stale part", () => {
  const german = (source: ModuleSource) => {
    const module = parseSource(source, "");
    const [lesson] = module.lessons;
    const [item] = module.items;
    if (!lesson || !item) throw new Error("the module has a lesson and an item");
    const [head, read, asked] = [
      headIn(module, "de"),
      lessonIn(module, lesson, "de"),
      itemIn(module, item, "de"),
    ];
    return { title: head.title, head: head.language, lesson: read.language, item: asked.language };
  };

  it("shows that part in English, and the others in the language that is asked for", () => {
    const de = { title: "Kurz", head: "de", lesson: "de", item: "de" };
    expect(german(short)).toEqual(de);
    const swapped = edited(
      edited(short, "items.yaml", "a, text: This", "a, text: That"),
      "items.yaml",
      "b, text: That",
      "b, text: This",
    );
    expect(german(swapped)).toEqual({ ...de, item: "en" });
    expect(german(edited(short, "module.md", "Read this.", "Read that."))).toEqual({ ...de, lesson: "en" });
    const head = edited(short, "module.md", "title: Short", "title: Brief");
    expect(german(head)).toEqual({ ...de, title: "Brief", head: "en" });
    expect(german(withMarks(head))).toEqual(de);
  });

  it("has no fault for what the part lacks by now", () => {
    const third = "      - { id: c, text: No way, feedback: It is not. }\n";
    const more = { ...short, "items.yaml": `${short["items.yaml"]}${third}` };
    expect(german(more).item).toBe("en");
    expect(() => parseSource(withMarks(more), "")).toThrow("items.de.yaml:6: options: c is not translated");
    const another = Object.fromEntries(
      Object.entries(short).map(([name, text]) => [
        name,
        name.includes(".de.") ? text : text.replaceAll("o1", "o2"),
      ]),
    );
    expect(german(another)).toMatchObject({ head: "en", lesson: "de", item: "de" });
    const parts = edited(short, "module.md", "Read this.", "Read this.\n\n```tomorrow\nAsk.\n```");
    expect(german(parts).lesson).toBe("en");
  });

  it("is warned of with file and line, as is a part without a mark, which counts as translated", () => {
    const now = edited(short, "items.yaml", "Which way?", "Which one?");
    expect(markWarnings(now, "short")).toMatchObject([
      {
        file: "items.de.yaml",
        line: 3,
        id: "i1",
        reason: expect.stringContaining("(npm run translations -- --follow short de i1)"),
      },
    ]);
    const bare = { ...now, [marksFile]: (now[marksFile] ?? "").replace(/^de (item|head).*\n/gm, "") };
    expect(german(bare)).toMatchObject({ head: "de", item: "de" });
    expect(markWarnings(bare, "short")).toMatchObject([
      { file: "module.de.md", line: 1, kind: "head", reason: expect.stringContaining("nothing tells") },
      { file: "items.de.yaml", line: 3 },
    ]);
  });
});

it.each([
  ['de item i9: "12345678"', "translated.yaml:4: there is no translated part de item i9"],
  ['fr head: "12345678"', "translated.yaml:4: there is no translated part fr head"],
  ["de item i1: 12345678", "translated.yaml:4: de item i1: write a text here"],
  ['de item i1: "1234"', "translated.yaml:4: de item i1: write 8 hexadecimal digits in quotes"],
])("refuses the mark %s", (row, fault) => {
  const rows = (short[marksFile] ?? "").split("\n").filter((one) => !one.startsWith("de item"));
  const source = { ...short, [marksFile]: [...rows.slice(0, 3), row, ...rows.slice(3)].join("\n") };
  expect(() => parseSource(source, "")).toThrow(fault);
  try {
    parseSource(source, "");
  } catch (error) {
    expect(error instanceof ContentError && faultsIn(error)).toHaveLength(1);
  }
});

describe("the marks of a source that changes", () => {
  it("say of what was translated anew that it follows, and of nothing else", () => {
    const now = edited(
      edited(short, "items.yaml", "Which way?", "Which one?"),
      "module.md",
      "Read this.",
      "Read it.",
    );
    const english = withMarksAfter(short, now);
    expect(english).toEqual(now);
    const translated = edited(english, "items.de.yaml", "Welcher Weg?", "Welcher?");
    expect(staleKeys(withMarksAfter(english, translated))).toEqual(["de lesson first"]);
  });

  it("keep what a part without a mark was made from, as far as anything is known", () => {
    const { [marksFile]: _, ...bare } = short;
    const now = edited(bare, "items.yaml", "Which way?", "Which one?");
    const after = withMarksAfter(bare, now);
    expect(staleKeys(after)).toEqual(["de item i1"]);
    expect(markedParts(after).filter((part) => part.mark !== null && !isStale(part))).toEqual([]);
  });

  it("go with what they are of", () => {
    const gone = withoutTranslation(short, "de");
    expect(gone[marksFile]).toBeUndefined();
    const two = withMarks({
      ...short,
      "module.fr.md": (short["module.de.md"] ?? "").replace("language: de", "language: fr"),
    });
    expect(Object.keys(parseMarks(withoutTranslation(two, "de")[marksFile] ?? "", ""))).toEqual([
      "fr head",
      "fr lesson first",
    ]);
    const without = { ...short, "items.de.yaml": "items: []\n" };
    expect(Object.keys(parseMarks(withMarksAfter(short, without)[marksFile] ?? "", ""))).toEqual([
      "de head",
      "de lesson first",
    ]);
  });
});
