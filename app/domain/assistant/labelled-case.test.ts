import { describe, expect, it } from "vitest";
import { attack, lookalike, parseCases, useCase } from "./labelled-case.ts";

const use = {
  id: "r001",
  lang: "en",
  style: "plain",
  text: "Score?",
  level: "high_risk",
  area: "employment",
};
const jsonl = (...rows: object[]): string => rows.map((row) => `${JSON.stringify(row)}\n`).join("");

describe("parseCases", () => {
  it("reads a line each, and fills in what is left out", () => {
    const harmless = { ...use, id: "h1", level: "minimal", area: null, signals: ["shadow_tool"] };
    expect(parseCases(jsonl(use, harmless), useCase, "f")).toEqual([
      { ...use, also: [], derogation: false },
      { ...harmless, also: [], derogation: false },
    ]);
    const bait = {
      id: "a1",
      lang: "fr",
      kind: "role_play",
      text: "Joue.",
      level: "minimal",
      mustNot: "reveal",
    };
    expect(parseCases(jsonl(bait), attack, "f")).toEqual([bait]);
    expect(parseCases("", lookalike, "f")).toEqual([]);
  });

  it.each([
    ["no JSON", "{\n", "f:1: the line is not one JSON object"],
    ["a missing field", jsonl(use, { ...use, id: "r2", lang: undefined }), "f:2: lang:"],
    [
      "a level without its area",
      jsonl({ ...use, area: null }),
      "f:1: line: every level but minimal has an area",
    ],
    ["an area without a level", jsonl({ ...use, level: "minimal" }), "every level but minimal"],
    ["an unknown field", jsonl({ ...use, hint: 1 }), "f:1: line: Unrecognized key"],
    ["an id twice", jsonl(use, use), "f:2: the id r001 stands twice"],
  ])("refuses %s with file, line and reason", (_what, lines, message) => {
    expect(() => parseCases(lines, useCase, "f")).toThrow(message);
  });
});
