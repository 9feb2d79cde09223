import { fc, test } from "@fast-check/vitest";
import { describe, expect, it } from "vitest";
import { activityObject, mergedDefinition } from "./activity.ts";

const id = "https://example.org/a";
const seen = (definition: object): string => JSON.stringify({ objectType: "Activity", id, definition });
const stored = (definition: object): string => JSON.stringify({ id, definition });

describe("mergedDefinition (xAPI 1.0.3 part 2 §2.4.4.1)", () => {
  it.each([
    ["the first", null, { type: "https://example.org/t" }, { type: "https://example.org/t" }],
    [
      "languages come together, newer texts win",
      { name: { en: "A", de: "B" } },
      { name: { en: "C", fr: "D" } },
      { name: { en: "C", de: "B", fr: "D" } },
    ],
    [
      "other values are replaced, absent ones stay",
      { type: "https://example.org/1", moreInfo: "https://example.org/m" },
      { type: "https://example.org/2" },
      { type: "https://example.org/2", moreInfo: "https://example.org/m" },
    ],
    [
      "extensions come together by key",
      { extensions: { "https://a": { x: 1 }, "https://b": 1 } },
      { extensions: { "https://a": { y: 2 } } },
      { extensions: { "https://a": { y: 2 }, "https://b": 1 } },
    ],
    [
      "the newer list of components wins and keeps known languages",
      { choices: [{ id: "1", description: { en: "one" } }, { id: "2" }] },
      { choices: [{ id: "3" }, { id: "1", description: { de: "eins" } }] },
      { choices: [{ id: "3" }, { id: "1", description: { en: "one", de: "eins" } }] },
    ],
    [
      "a component without a description keeps the one it had",
      { scale: [{ id: "1", description: { en: "one" } }] },
      { scale: [{ id: "1" }] },
      { scale: [{ id: "1", description: { en: "one" } }] },
    ],
    [
      "the correct responses stay",
      { correctResponsesPattern: ["a"] },
      { correctResponsesPattern: ["b"] },
      { correctResponsesPattern: ["a"] },
    ],
  ])("%s", (_, before, now, after) => {
    expect(JSON.parse(mergedDefinition(before && stored(before), seen(now)))).toEqual({
      id,
      definition: after,
    });
  });

  it("takes a parsed activity, and one without a definition", () => {
    expect(mergedDefinition(null, { id, definition: { name: { en: "A" } } })).toBe(
      stored({ name: { en: "A" } }),
    );
    expect(mergedDefinition(null, { id })).toBe(JSON.stringify({ id }));
    expect(mergedDefinition(stored({ name: { en: "A" } }), { id })).toBe(stored({ name: { en: "A" } }));
  });

  it("keeps numbers as they were written", () => {
    const text = `{"id":"${id}","definition":{"extensions":{"https://a":1.0,"https://b":12345678901234567890}}}`;
    expect(mergedDefinition(null, text)).toBe(text);
    expect(mergedDefinition(text, seen({ name: { en: "A" } }))).toContain("1.0");
  });

  it("answers the very text when there is nothing new", () => {
    const before = mergedDefinition(
      null,
      seen({ name: { en: "A", de: "B" }, extensions: { "https://a": 1 } }),
    );
    expect(mergedDefinition(before, seen({ name: { de: "B" } }))).toBe(before);
    expect(mergedDefinition(before, `{ "definition": { "name" : {"en" : "A"} }, "id": "${id}" }`)).toBe(
      before,
    );
  });
});

const languageMap = fc.dictionary(fc.constantFrom("en", "en-GB", "de", "fr", "und"), fc.string(), {
  maxKeys: 4,
});
const component = fc.record(
  { id: fc.constantFrom("1", "2", "3"), description: languageMap },
  { requiredKeys: ["id"] },
);
const definition = fc.record(
  {
    name: languageMap,
    description: languageMap,
    type: fc.webUrl(),
    choices: fc.uniqueArray(component, { selector: ({ id }) => id }),
    extensions: fc.dictionary(fc.webUrl(), fc.jsonValue()),
    correctResponsesPattern: fc.array(fc.string()),
  },
  { requiredKeys: [] },
);

test.prop([definition, definition])("to see the same again changes nothing", (first, second) => {
  const once = mergedDefinition(mergedDefinition(null, seen(first)), seen(second));
  expect(mergedDefinition(once, seen(second))).toBe(once);
});

test.prop([fc.array(definition, { minLength: 1 })])("no language is ever lost", (definitions) => {
  const all = definitions.reduce<string | null>((before, now) => mergedDefinition(before, seen(now)), null);
  const merged = (JSON.parse(all ?? "") as { definition: Partial<Record<string, object>> }).definition;
  for (const property of ["name", "description"] as const)
    for (const one of definitions)
      expect(Object.keys(merged[property] ?? {})).toEqual(
        expect.arrayContaining(Object.keys(one[property] ?? {})),
      );
});

describe("activityObject (part 3 §2.5)", () => {
  it("is complete for a known activity and has an id for an unknown one", () => {
    expect(JSON.parse(activityObject(id, stored({ name: { en: "A" } })))).toEqual({
      objectType: "Activity",
      id,
      definition: { name: { en: "A" } },
    });
    expect(JSON.parse(activityObject(id, null))).toEqual({ objectType: "Activity", id });
  });
});
