import { expect, it } from "vitest";
import { answered, completed, failed, initialized, passed, progressed, scored } from "./module-statement.ts";
import { buildStatement, type Statement } from "./statement.ts";
import { statementLine } from "./statement-line.ts";

const who = { homePage: "https://a.example", pseudonym: "n", baseIri: "https://a.example" };
const sitting = {
  module: { slug: "m", title: "AI awareness", version: "1.0.0", language: "en" },
  registration: "r",
  sessionId: "s",
};
const at = new Date("2026-11-23T10:00:00Z");
const stamp = { id: "id", at };
const outcome = { ...stamp, score: 0.867, masteryScore: 0.8, startedAt: at };
const item = {
  id: "i1",
  type: "true_false" as const,
  answer: true,
  feedback: { true: "y", false: "n" },
  objective: "o",
  level: "apply" as const,
  riskDomain: 1,
  difficulty: 0.5,
  stem: "May you?\n  Really?",
};
const asked = (name: string): Statement =>
  buildStatement(who, {
    ...stamp,
    verb: "asked",
    object: { path: ["q"], type: "https://a.example/t", name },
  });

it.each<[Statement, string]>([
  [initialized(who, sitting, stamp), "Mila opened AI awareness"],
  [progressed(who, sitting, { ...stamp, percent: 40 }), "Mila is 40 % through AI awareness"],
  [scored(who, sitting, outcome), "Mila scored 87 % in AI awareness"],
  [passed(who, sitting, outcome), "Mila passed AI awareness with 87 %"],
  [failed(who, sitting, outcome), "Mila did not pass AI awareness, with 87 %"],
  [completed(who, sitting, outcome), "Mila completed AI awareness"],
  [
    answered(who, sitting, { ...stamp, item, response: ["true"], score: 1 }),
    "Mila answered “May you? Really?” correctly",
  ],
  [
    answered(who, sitting, { ...stamp, item, response: ["false"], score: 0 }),
    "Mila answered “May you? Really?” wrongly",
  ],
  [
    answered(who, sitting, { ...stamp, item, response: ["false"], score: 0.5 }),
    "Mila answered “May you? Really?” partly correctly",
  ],
  [
    answered(who, sitting, { ...stamp, item, response: null, score: 0 }),
    "Mila answered “May you? Really?” with nothing",
  ],
  [asked("May I use it?"), "Mila asked May I use it?"],
  [
    { ...asked("it"), verb: { id: "https://a.example/v", display: { de: "tat", "en-GB": "did" } } },
    "Mila did it",
  ],
])("%# reads as a sentence", (statement, line) => {
  expect(statementLine(statement, "Mila")).toBe(line);
});

it("cuts a long text short", () => {
  expect(statementLine(asked("x".repeat(500)), "Mila").length).toBeLessThan(110);
});
