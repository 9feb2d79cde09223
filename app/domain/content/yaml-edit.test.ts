import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { fieldsOf, yamlOf } from "./item-fields.ts";
import { editable, sectionsOf } from "./section.ts";
import { withValues } from "./yaml-edit.ts";

const block = `# Kept.
id: x
stem: Old   # why
options:
  # the right one
  - id: a
    text: 'One'
    correct: true
  - id: b
    text: "Two"
    correct: false
`;
const flowing = `id: x
stem: "Old"
options:
  - { id: a, text: "One", correct: true }
  - { id: b, text: Two }`;

describe("values changed in a YAML text", () => {
  const wanted = {
    id: "x",
    stem: "Old",
    options: [
      { id: "a", text: "One", correct: true },
      { id: "b", text: "Two" },
    ],
  };

  it.each([block, flowing])("leave what is said the same byte by byte", (yaml) => {
    expect(withValues(yaml, wanted)).toBe(yaml);
  });

  it.each<[string, object, string, string]>([
    ["a text", { stem: "New: one" }, "stem: Old ", 'stem: "New: one" '],
    ["a field added", { clause: "p#1" }, "correct: false\n", "correct: false\nclause: p#1\n"],
    ["a field taken out", { options: undefined }, block.slice(block.indexOf("options")), ""],
    [
      "the right one",
      {
        options: [
          { id: "a", text: "One" },
          { id: "b", text: "Two", correct: true },
        ],
      },
      block.slice(block.indexOf("correct: true")),
      'correct: false\n  - id: b\n    text: "Two"\n    correct: true\n',
    ],
    [
      "a record added",
      { options: [...wanted.options, { id: "c", text: "Three" }] },
      "correct: false\n",
      "correct: false\n  - id: c\n    text: Three\n",
    ],
    [
      "a record taken out",
      { options: wanted.options.slice(0, 1) },
      '  - id: b\n    text: "Two"\n    correct: false\n',
      "",
    ],
  ])("change %s and nothing else", (_words, change, from, to) => {
    const next = Object.fromEntries(
      Object.entries({ ...wanted, ...change }).filter(([, value]) => value !== undefined),
    );
    expect(withValues(block, next)).toBe(block.replace(from, to));
  });

  it("keep to the style of their neighbours in braces", () => {
    const next = {
      ...wanted,
      options: [
        { id: "a", text: "One, two", correct: true },
        { id: "b", text: "A, b" },
        { id: "c", text: "C" },
      ],
    };
    expect(withValues(flowing, next)).toBe(
      flowing.replace('"One"', '"One, two"').replace("text: Two }", 'text: "A, b" }\n  - { id: c, text: C }'),
    );
  });

  it("are not put where records change places", () => {
    expect(withValues(block, { ...wanted, options: wanted.options.toReversed() })).toBeNull();
  });
});

describe("the items of the sample, saved from their form", () => {
  const files = ["ai-for-engineers", "ai-for-people-managers", "ai-awareness"].map((slug) =>
    readFileSync(`content/modules/${slug}/items.yaml`, "utf8"),
  );
  const texts = files.flatMap((text) =>
    sectionsOf("items.yaml", text).flatMap((one) => (one.kind === "item" ? [editable(one)] : [])),
  );

  it("stay as they are where nothing was changed, and differ in one place where one text was", () => {
    let seen = 0;
    for (const text of texts) {
      const fields = fieldsOf(text);
      if (!fields) continue;
      seen++;
      expect(yamlOf(fields, text)).toBe(text);
      const stem = "A question: with a colon, and “quotes”?";
      const next = yamlOf({ ...fields, stem }, text);
      expect(parse(next)).toEqual({ ...parse(text), stem });
      const [before, after] = [text.split("\n"), next.split("\n")];
      expect(after.filter((row) => !before.includes(row)).length).toBe(1);
    }
    expect(seen).toBeGreaterThan(100);
  });
});
