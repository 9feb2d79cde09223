import { describe, expect, it } from "vitest";
import { item as itemSchema } from "../content/item.ts";
import {
  answered,
  completed,
  failed,
  initialized,
  isoDuration,
  passed,
  progressed,
  scored,
} from "./module-statement.ts";
import type { Statement } from "./statement.ts";

const who = {
  homePage: "https://learn.example",
  pseudonym: "0b8e7c1e-6a8e-4f5b-9f3e-1d2c3b4a5968",
  baseIri: "https://learn.example",
};
const sitting = {
  module: { slug: "ai-awareness", title: "AI awareness", version: "1.0.0", language: "en" },
  registration: "3f0f5c39-7a37-4f1c-8a6e-2f0f0f0f0f0f",
  sessionId: "8f14e45f-ceea-467f-a1d6-8b1a1a1a1a1a",
};
const at = new Date("2026-11-23T10:20:00Z");
const stamp = { id: "5d6c1d0e-0f5b-5d0b-9b8b-2a6e7c42001a", at };
const outcome = {
  ...stamp,
  score: 0.86666,
  masteryScore: 0.8,
  startedAt: new Date("2026-11-23T10:05:00Z"),
};
const categories = (s: Statement): (string | undefined)[] =>
  (s.context?.contextActivities?.["category"] ?? []).map((a) => a.id.split("/").at(-1));

describe("cmi5 context (§9.6)", () => {
  it.each([
    [initialized(who, sitting, stamp), ["cmi5", "v1.0"]],
    [progressed(who, sitting, { ...stamp, percent: 40 }), ["v1.0"]],
    [scored(who, sitting, outcome), ["v1.0"]],
    [passed(who, sitting, outcome), ["cmi5", "moveon", "v1.0"]],
    [failed(who, sitting, outcome), ["cmi5", "moveon", "v1.0"]],
    [completed(who, sitting, outcome), ["cmi5", "moveon", "v1.0"]],
  ])("marks the verb $verb.display.en", (made, wanted) => {
    expect(categories(made)).toEqual(wanted);
    expect(made.context?.registration).toBe(sitting.registration);
    expect(made.context?.extensions?.["https://w3id.org/xapi/cmi5/context/extensions/sessionid"]).toBe(
      sitting.sessionId,
    );
    expect(made.context?.contextActivities?.["grouping"]?.[0]?.id).toBe(
      "https://learn.example/xapi/modules/ai-awareness/versions/1.0.0",
    );
  });

  it("judges by the mastery score, with score and duration", () => {
    const made = passed(who, sitting, outcome);
    expect(made.result).toEqual({
      score: { scaled: 0.8667, raw: 86.666, min: 0, max: 100 },
      success: true,
      duration: "PT15M0S",
    });
    expect(made.context?.extensions?.["https://w3id.org/xapi/cmi5/context/extensions/masteryscore"]).toBe(
      0.8,
    );
    expect(failed(who, sitting, outcome).result?.success).toBe(false);
  });

  it("completes without a score", () => {
    expect(completed(who, sitting, outcome).result).toEqual({ completion: true, duration: "PT15M0S" });
  });

  it("reports progress as a whole number with the lesson", () => {
    const made = progressed(who, sitting, {
      ...stamp,
      percent: 33.9,
      lesson: { id: "limits", title: "Limits" },
    });
    expect(made.result?.extensions).toEqual({
      "https://w3id.org/xapi/cmi5/result/extensions/progress": 33,
    });
    expect(made.context?.contextActivities?.["other"]?.[0]?.id).toBe(
      "https://learn.example/xapi/modules/ai-awareness/lessons/limits",
    );
  });
});

const base = { objective: "o1", level: "apply", riskDomain: 2, stem: "What now?" };
const options = [
  { id: "a", text: "A", correct: true, feedback: "Yes." },
  { id: "b", text: "B", feedback: "No." },
  { id: "c", text: "C", feedback: "No." },
];

describe("answers (xAPI §2.4.4.1)", () => {
  it.each([
    [{ id: "i1", type: "single_choice", options }, ["b"], "choice", "b", "a"],
    [
      {
        id: "i2",
        type: "multiple_response",
        options: [...options, { id: "d", text: "D", correct: true, feedback: "Yes." }],
      },
      ["d", "a"],
      "choice",
      "a[,]d",
      "a[,]d",
    ],
    [
      { id: "i3", type: "true_false", answer: true, feedback: { true: "Yes.", false: "No." } },
      ["false"],
      "true-false",
      "false",
      "true",
    ],
    [
      {
        id: "i4",
        type: "ordering",
        elements: [
          { id: "a", text: "A" },
          { id: "b", text: "B" },
          { id: "c", text: "C" },
        ],
        feedback: "So.",
      },
      ["c", "a", "b"],
      "sequencing",
      "c[,]a[,]b",
      "a[,]b[,]c",
    ],
    [
      {
        id: "i5",
        type: "matching",
        pairs: [
          { id: "a", left: "L1", right: "R1" },
          { id: "b", left: "L2", right: "R2" },
          { id: "c", left: "L3", right: "R3" },
        ],
        feedback: "So.",
      },
      { b: "a", a: "b", c: "c" },
      "matching",
      "a[.]b[,]b[.]a[,]c[.]c",
      "a[.]a[,]b[.]b[,]c[.]c",
    ],
    [
      {
        id: "i6",
        type: "scenario",
        steps: [
          { id: "s1", stem: "First?", options },
          { id: "s2", stem: "Then?", options },
        ],
      },
      { s1: "a", s2: "b" },
      "other",
      "s1[.]a[,]s2[.]b",
      "s1[.]a[,]s2[.]a",
    ],
  ])("of $0.type", (authored, response, interactionType, text, key) => {
    const item = itemSchema.parse({ ...base, ...authored });
    const made = answered(who, sitting, { ...stamp, item, response, score: 0.5 });
    expect(made.object.id).toBe(`https://learn.example/xapi/modules/ai-awareness/items/${item.id}`);
    expect(made.object.definition).toMatchObject({ interactionType, correctResponsesPattern: [key] });
    expect(made.result).toEqual({ score: { scaled: 0.5 }, success: false, response: text });
  });

  it("count when left blank", () => {
    const item = itemSchema.parse({ ...base, id: "i1", type: "single_choice", options });
    expect(answered(who, sitting, { ...stamp, item, response: null, score: 0 }).result).toEqual({
      score: { scaled: 0 },
      success: false,
      response: "",
    });
  });
});

describe("durations", () => {
  it.each([
    ["2026-11-23T10:00:00Z", "PT0M0S"],
    ["2026-11-23T10:12:34Z", "PT12M34S"],
    ["2026-11-23T09:00:00Z", "PT0M0S"],
  ])("give a duration until %s as %s", (until, text) => {
    expect(isoDuration(new Date("2026-11-23T10:00:00Z"), new Date(until))).toBe(text);
  });
});
