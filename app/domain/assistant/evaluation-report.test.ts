import { expect, it } from "vitest";
import { evaluationOf } from "./evaluation.ts";
import { parseReport } from "./evaluation-report.ts";

const none = evaluationOf({ uses: [], attacks: [], lookalikes: [] });
const report = {
  date: "2026-11-24",
  judgedOn: "2026-11-23",
  ruleSet: "a".repeat(64),
  rules: { dev: none, held: none },
  model: [],
};
const json = (changes: object): string => JSON.stringify({ ...report, ...changes }, null, 1);

it("reads what was written", () => {
  expect(parseReport(json({}), "evaluation.json")).toEqual(report);
});

it.each([
  ["half a file", json({}).slice(0, 200), /^evaluation.json:\d+: /],
  ["no date", json({ date: "yesterday" }), /^evaluation.json:2: date: /],
  [
    "a share above one",
    json({}).replace('"high": 1', '"high": 1.5'),
    /^evaluation.json:\d+: rules.dev.*high/,
  ],
  ["an unknown figure", json({}).replace('"recall"', '"luck"'), /^evaluation.json:\d+: rules.dev/],
  ["a hash of something else", json({ ruleSet: "abc" }), "evaluation.json:4: ruleSet: write the SHA-256"],
])("refuses %s with file, line and reason", (_what, text, message) => {
  expect(() => parseReport(text, "evaluation.json")).toThrow(message);
});
