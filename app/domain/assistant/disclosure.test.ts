import { expect, it } from "vitest";
import { itemsOfEveryType } from "#test/course.ts";
import { discloses, keyTexts, secretsIn } from "./disclosure.ts";

const secrets = secretsIn({
  prompts: ["You read questions of employees.\n\nAnswer with JSON and nothing else."],
  questions: ["May I rank the welders by their sick days?", "Why?"],
  items: [],
  published: ["3.1 Everybody may read this clause. Answer with JSON and nothing else."],
});

it("takes prompts, questions and keys for secrets, except what is short or published", () => {
  expect(secrets).toEqual(["you read questions of employees.", "may i rank the welders by their sick days?"]);
});

it.each([
  ["a prompt", "Sure: YOU read\n questions of employees. And so on.", true],
  ["somebody else’s question", "Femke asked: May I rank the welders by their sick days?", true],
  ["a clause", "Everybody may read this clause. Answer with JSON and nothing else.", false],
  ["nothing", "", false],
])("finds %s in an answer", (_what, text, found) => {
  expect(discloses(["No.", text], secrets)).toBe(found);
});

it("knows the key of every kind of item", () => {
  for (const item of itemsOfEveryType("x")) expect(keyTexts(item).length, item.type).toBeGreaterThan(0);
});
