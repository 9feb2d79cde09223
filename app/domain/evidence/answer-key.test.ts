import { expect, it } from "vitest";
import { withoutKeys } from "./answer-key.ts";
import { answered } from "./module-statement.ts";

const who = { homePage: "https://a.example", pseudonym: "n", baseIri: "https://a.example" };
const sitting = {
  module: { slug: "m", title: "AI awareness", version: "1.0.0", language: "en" },
  registration: "r",
  sessionId: "s",
};
const tags = { objective: "o", level: "apply" as const, riskDomain: 1, difficulty: 0.5 };
const stamp = { id: "id", at: new Date("2026-11-23T10:00:00Z"), score: 1 };

it("hides the key, the response and which choice is which", () => {
  const option = (id: string, text: string, correct: boolean) => ({ id, text, correct, feedback: "f" });
  const statement = answered(who, sitting, {
    ...stamp,
    item: {
      ...tags,
      id: "i1",
      type: "single_choice",
      stem: "May you?",
      options: [option("x1", "Only when asked", true), option("x2", "Always", false)],
    },
    response: ["x1"],
  });
  const shown = withoutKeys(JSON.stringify(statement));
  expect(JSON.parse(shown)).toEqual({
    ...statement,
    object: {
      ...statement.object,
      definition: {
        ...statement.object.definition,
        choices: [
          { id: "hidden", description: { en: "Always" } },
          { id: "hidden", description: { en: "Only when asked" } },
        ],
        correctResponsesPattern: "hidden",
      },
    },
    result: { ...statement.result, response: "hidden" },
  });
  expect(shown).not.toMatch(/x1|x2/);
});

it("hides the authored order of what is to be put in order or matched", () => {
  const item = {
    ...tags,
    id: "i1",
    type: "matching" as const,
    stem: "Which?",
    feedback: "f",
    pairs: [
      { id: "p1", left: "Zebra", right: "Stripes" },
      { id: "p2", left: "Ape", right: "Arms" },
    ],
  };
  const shown = withoutKeys(
    JSON.stringify(answered(who, sitting, { ...stamp, item, response: { p1: "p1" } })),
  );
  const { definition } = (JSON.parse(shown) as { object: { definition: Record<string, unknown> } }).object;
  expect(definition).toMatchObject({
    source: [{ description: { en: "Ape" } }, { description: { en: "Zebra" } }],
    target: [{ description: { en: "Arms" } }, { description: { en: "Stripes" } }],
  });
});

it("finds keys in statements within statements", () => {
  const question = { interactionType: "fill-in", correctResponsesPattern: ["Paris"] };
  const sub = {
    objectType: "SubStatement",
    object: { id: "q", definition: question },
    result: { response: "Paris" },
  };
  const other = { id: "o", definition: question };
  const statement = { object: sub, context: { contextActivities: { other: [other] } } };
  expect(withoutKeys(JSON.stringify(statement))).not.toContain("Paris");
});

it.each([
  '{"result":{"score":{"raw":1.0,"max":1e400}},"context":{"extensions":{"https://a.example/choices":["a"],"choices":["b"]}}}',
  '{"object":{"id":"https://a.example","definition":{"name":{"en":"\\u00e9"}}}}',
  "[]",
  '"text"',
])("leaves %s as it was written", (json) => {
  expect(withoutKeys(json)).toBe(json);
});

it.each(['{"choices":"none"}', '{"choices":[1,null,{"description":{}}]}', '{"correctResponsesPattern":{}}'])(
  "fails on no strange definition: %s",
  (definition) => {
    const asked = definition.replace("{", '{"interactionType":"choice",');
    expect(() => JSON.parse(withoutKeys(asked)) as unknown).not.toThrow();
  },
);
