import { describe, expect, it } from "vitest";
import { shortStart } from "#test/short-module.ts";
import { itemIn, languagesOf, lessonIn, missingIn } from "./localised.ts";
import { ContentError, parseModule } from "./source.ts";
import { parseTranslation } from "./translation-source.ts";

const moduleText = `${shortStart}Read this.

\`\`\`tomorrow
Look twice.
\`\`\`

# Second lesson

\`\`\`lesson
id: second
minutes: 2
objectives: [o1]
\`\`\`

More.
`;
const itemsText = `items:
  - id: i1
    type: true_false
    objective: o1
    level: apply
    riskDomain: 1
    stem: Is it so?
    answer: true
    feedback: { "true": Yes., "false": No. }
  - id: i2
    type: true_false
    objective: o1
    level: apply
    riskDomain: 1
    stem: Or so?
    answer: false
    feedback: { "true": No., "false": Yes. }
`;
const german = `---
language: de
title: Kurz
summary: Ein kurzes.
objectives:
  - { id: o1, text: Wissen }
---

# Erste Lektion

\`\`\`lesson
id: first
\`\`\`

Lies **das**.

\`\`\`tomorrow
Sieh zweimal hin.
\`\`\`
`;
const germanItems = `items:
  - id: i2
    stem: Oder so?
    feedback: { "true": Nein., "false": Ja. }
`;

const source = parseModule(moduleText, itemsText, { module: "module.md", items: "items.yaml" });
const read = (text = german, items: string | null = germanItems) =>
  parseTranslation(source, {
    module: { file: "module.de.md", text },
    items: items === null ? null : { file: "items.de.yaml", text: items },
  });

describe("a translation of a module", () => {
  const module = { ...source, translations: [read()] };

  it("stands beside the source and falls back to it, saying so", () => {
    expect(languagesOf(module)).toEqual(["en", "de"]);
    const [first, second] = source.lessons;
    if (!first || !second) throw new Error("two lessons");
    expect(lessonIn(module, first, "de")).toMatchObject({
      language: "de",
      lesson: { title: "Erste Lektion" },
    });
    expect(lessonIn(module, second, "de")).toEqual({ language: "en", lesson: second });
    const [i1, i2] = source.items;
    if (!i1 || !i2) throw new Error("two items");
    expect(itemIn(module, i1, "de")).toEqual({ language: "en", item: i1 });
    expect(itemIn(module, i2, "de").item).toEqual({
      ...i2,
      stem: "Oder so?",
      feedback: { true: "Nein.", false: "Ja." },
    });
  });

  it("is told by what it still lacks", () => {
    expect(missingIn(module, "de")).toEqual({ head: false, lessons: ["second"], figures: [], items: ["i1"] });
    expect(missingIn(module, "fr")).toEqual({
      head: true,
      lessons: ["first", "second"],
      figures: [],
      items: ["i1", "i2"],
    });
  });

  it("may have no items yet", () => {
    expect(read(german, null).items).toEqual([]);
  });

  it.each<[string, string, string, string, number, RegExp]>([
    [
      "another language",
      german.replace("language: de", "language: nl"),
      germanItems,
      "module.de.md",
      2,
      /language/,
    ],
    [
      "a missing objective",
      german.replace("id: o1", "id: o2"),
      germanItems,
      "module.de.md",
      6,
      /o1 is not translated/,
    ],
    [
      "an unknown lesson",
      german.replace("id: first", "id: third"),
      germanItems,
      "module.de.md",
      12,
      /no lesson third/,
    ],
    [
      "a part too few",
      german.replace("Lies **das**.\n", ""),
      germanItems,
      "module.de.md",
      9,
      /1 parts here and 2/,
    ],
    [
      "another kind of part",
      german.replace("```tomorrow", "```question"),
      germanItems,
      "module.de.md",
      18,
      /tomorrow|id/,
    ],
    ["an unknown item", german, germanItems.replace("i2", "i9"), "items.de.yaml", 2, /no item i9/],
    [
      "a missing stem",
      german,
      germanItems.replace("    stem: Oder so?\n", ""),
      "items.de.yaml",
      2,
      /stem: this text/,
    ],
    [
      "an item twice",
      german,
      germanItems + germanItems.replace("items:\n", ""),
      "items.de.yaml",
      5,
      /i2 stands twice/,
    ],
  ])("is refused with its line for %s", (_words, text, items, file, line, reason) => {
    const fault = (() => {
      try {
        read(text, items);
      } catch (error) {
        if (error instanceof ContentError) return error;
        throw error;
      }
      throw new Error("no fault was found");
    })();
    expect(fault).toMatchObject({ file, line });
    expect(fault.reason).toMatch(reason);
  });
});
