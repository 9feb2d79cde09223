import { describe, expect, it } from "vitest";
import {
  acknowledged,
  activityTypes,
  buildStatement,
  cmi5,
  type Statement,
  type VerbName,
} from "../evidence/statement.ts";
import { plainLine } from "./record.ts";

const who = {
  homePage: "https://learn.aldermoor.example",
  pseudonym: "5f0c",
  baseIri: "https://learn.aldermoor.example",
};
const stamp = {
  id: "7b1f9b8e-0000-5000-8000-000000000000",
  at: new Date("2026-11-24T09:00:00Z"),
  registration: "3f0f5c39-7a37-4f1c-8a6e-2f0f0f0f0f0f",
};

function line(
  verb: VerbName,
  result?: Statement["result"],
  object: { name?: string; description?: string; extensions?: Record<string, unknown> } = {
    name: "AI awareness",
  },
): string {
  const path = ["modules", "ai awareness"];
  return plainLine(
    buildStatement(who, { ...stamp, verb, result, object: { path, type: activityTypes.module, ...object } }),
  );
}

describe("a statement as a sentence", () => {
  it("tells what was done, without a name", () => {
    expect(line("initialized")).toBe("Opened AI awareness");
    expect(line("completed")).toBe("Completed AI awareness");
    expect(line("asked")).toBe("Asked AI awareness");
    const policy = { slug: "ai-policy", version: "1.0", title: "AI policy", hash: "00" };
    expect(plainLine(acknowledged(who, { ...stamp, policy }))).toBe("Acknowledged AI policy 1.0");
  });

  it("gives shares in whole per cent", () => {
    const scaled = (value: number) => ({ score: { scaled: value } });
    expect(line("passed", scaled(0.916))).toBe("Passed AI awareness with 92 %");
    expect(line("failed", scaled(0))).toBe("Did not pass AI awareness, with 0 %");
    expect(line("scored", scaled(1))).toBe("Scored 100 % in AI awareness");
    const extensions = { [`${cmi5}/result/extensions/progress`]: 50 };
    expect(line("progressed", { extensions })).toBe("Reached 50 % of AI awareness");
  });

  it("does without a figure that is missing", () => {
    expect(line("passed")).toBe("Passed AI awareness");
    expect(line("failed")).toBe("Did not pass AI awareness");
    expect(line("scored")).toBe("Was scored in AI awareness");
    expect(line("progressed", { extensions: {} })).toBe("Went on in AI awareness");
  });

  it("says how an answer was marked, not what is right", () => {
    const item = {
      description: "What now?",
      extensions: { correctResponsesPattern: ["b"], choices: ["a", "b"] },
    };
    const answered = (success: boolean, scaled: number) =>
      line("answered", { success, score: { scaled }, response: "a" }, item);
    expect(answered(true, 1)).toBe("Answered “What now?”: right");
    expect(answered(false, 0.5)).toBe("Answered “What now?”: partly right (50 %)");
    expect(answered(false, 0)).toBe("Answered “What now?”: not right");
    expect(line("answered", undefined, item)).toBe("Answered “What now?”: not right");
  });

  it("shortens a long question and falls back on the id", () => {
    const long = line("answered", { success: true }, { description: "w".repeat(300) });
    expect(long).toBe(`Answered “${"w".repeat(117)}…”: right`);
    expect(line("initialized", undefined, {})).toBe("Opened ai awareness");
  });
});
