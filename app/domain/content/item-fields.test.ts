import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { parse, stringify } from "yaml";
import { itemsOfEveryType, openItems } from "#test/course.ts";
import { item as itemShape } from "./item.ts";
import { fieldsOf, yamlOf } from "./item-fields.ts";
import { formTypes } from "./item-form.ts";
import { idFrom, itemTemplate, lessonTemplate, nextId } from "./template.ts";
import { parseSource } from "./module-source.ts";
import { withAdded } from "./outline.ts";

const folder = "content/modules/ai-for-people-managers";
const source = Object.fromEntries(
  ["module.md", "items.yaml"].map((name) => [name, readFileSync(`${folder}/${name}`, "utf8")]),
);

const inForm = (type: string): boolean => formTypes.some((one) => one === type);
const items = [...itemsOfEveryType("x"), ...openItems("x"), ...parseSource(source, "").items];

describe("the form of an item", () => {
  it("says what the item says, for every type that has one", () => {
    for (const item of items) {
      const fields = fieldsOf(stringify(item));
      if (!inForm(item.type)) expect(fields).toBeNull();
      else expect(fields && itemShape.parse(parse(yamlOf(fields)))).toEqual(item);
    }
  });

  it("takes what cannot be read for what it is: no form", () => {
    expect(fieldsOf("stem: [")).toBeNull();
    expect(fieldsOf("just text")).toBeNull();
    expect(fieldsOf("type: single_choice\nother: 1")).toBeNull();
  });

  it("keeps what is wrong in a field, gives new rows an id and leaves empty ones out", () => {
    const fields = fieldsOf("id: q\ntype: single_choice\nriskDomain: many\noptions: [{id: b, text: Yes}, 3]");
    if (!fields) throw new Error("no form");
    const empty = { id: "", text: "", right: "", feedback: "", correct: false };
    const rows = [...fields.rows, { ...empty, text: "No", feedback: "Why", correct: true }, empty];
    const written: unknown = parse(yamlOf({ ...fields, rows }));
    expect(written).toMatchObject({
      riskDomain: "many",
      options: [
        { id: "b", text: "Yes", feedback: "" },
        { id: "a", text: "No", feedback: "Why", correct: true },
      ],
    });
  });
});

describe("what is new", () => {
  it("begins as a template of its type that reads as such and is not yet fit to publish", () => {
    for (const type of new Set(items.map((item) => item.type))) {
      const text = itemTemplate({ type, id: "new-1", objective: "o1" });
      expect(parse(text)).toMatchObject({ id: "new-1", type });
      expect(itemShape.safeParse(parse(text)).success).toBe(false);
      const added = withAdded(source, { file: "items.yaml", after: null, kind: "item", text });
      expect(added.ok && (() => parseSource(added.source, ""))).toThrow(/items\.yaml:\d+: items\.\d+/);
    }
    const text = lessonTemplate({ title: "Who\n decides", id: "who", objective: "o1", question: "lm-999" });
    const added = withAdded(source, { file: "module.md", after: 1, kind: "lesson", text });
    expect(added.ok && (() => parseSource(added.source, ""))).toThrow(/module\.md:\d+: stem/);
    const filled = text.replaceAll('""', "Filled");
    const ready = withAdded(source, { file: "module.md", after: 1, kind: "lesson", text: filled });
    expect(ready.ok && parseSource(ready.source, "").lessons[1]).toMatchObject({
      id: "who",
      title: "Who decides",
    });
  });

  it("gets an id that nothing has", () => {
    expect(idFrom("Über Daten & mehr!", [])).toBe("uber-daten-mehr");
    expect(idFrom("Data", ["data", "data-2"])).toBe("data-3");
    expect(idFrom("!?", [])).toBe("part");
    expect(nextId(["pm-001", "pm-009", "other"])).toBe("pm-010");
    expect(nextId([])).toBe("item-001");
    expect(nextId(["a2", "a1"])).toBe("a3");
  });
});

it("begins a scenario with steps of which each is written by itself", () => {
  const text = itemTemplate({ type: "scenario", id: "i-1", objective: "o1" });
  expect(text).not.toMatch(/[&*]a\d/);
  expect(text.match(/correct: true/g)).toHaveLength(2);
});
