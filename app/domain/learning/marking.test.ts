import { describe, expect, it } from "vitest";
import type { Item, Response } from "../content/item.ts";
import { itemsOfEveryType, openItems } from "#test/course.ts";
import { explainItem, markItem, passes, scaledScore } from "./marking.ts";

function itemOf(type: Item["type"]): Item {
  const item = [...itemsOfEveryType("one"), ...openItems("one")].find((one) => one.type === type);
  if (!item) throw new Error(`no ${type}`);
  return item;
}

describe("marking", () => {
  it.each<[Item["type"], Response | null, number]>([
    ["single_choice", ["a"], 1],
    ["single_choice", ["b"], 0],
    ["single_choice", null, 0],
    ["multiple_response", ["a", "d"], 1],
    ["multiple_response", ["a"], 0.5],
    ["multiple_response", ["a", "d", "b"], 0.5],
    ["multiple_response", ["a", "b", "c", "d"], 0],
    ["multiple_response", ["b", "c"], 0],
    ["true_false", ["false"], 1],
    ["true_false", ["true"], 0],
    ["ordering", ["a", "b", "c"], 1],
    ["ordering", ["a", "c", "b"], 1 / 3],
    ["ordering", ["b", "c", "a"], 0],
    ["matching", { a: "a", b: "b", c: "c" }, 1],
    ["matching", { a: "a", b: "c", c: "b" }, 1 / 3],
    ["matching", { a: "a" }, 1 / 3],
    ["scenario", { s1: "a", s2: "a" }, 1],
    ["scenario", { s1: "a", s2: "b" }, 0.5],
    ["scenario", { s1: "a" }, 0.5],
    ["short_answer", "Data minimisation", 1],
    ["short_answer", "  dáta-minimisation! ", 1],
    ["short_answer", "minimising the data", 1],
    ["short_answer", "data minimisaton", 1],
    ["short_answer", "data maximisation", 0],
    ["short_answer", null, 0],
    ["mark_up", ["p2", "p4"], 1],
    ["mark_up", ["p2"], 0.5],
    ["mark_up", ["p2", "p4", "p1"], 0.5],
    ["mark_up", ["p1", "p2", "p3", "p4"], 0],
    ["branching", { n1: "a", n2: "a" }, 1],
    ["branching", { n1: "a", n2: "b" }, 0.5],
    ["branching", { n1: "a" }, 0],
    ["branching", { n1: "b" }, 0],
    ["branching", { n1: "b", n2: "a" }, 0],
  ])("%s %j scores %d", (type, response, score) => {
    expect(markItem(itemOf(type), response)).toBeCloseTo(score, 10);
  });

  it("means the scores of all items, those left blank included", () => {
    expect(scaledScore([1, 0, 0.5, 0.5])).toBe(0.5);
    expect(scaledScore([])).toBe(0);
  });

  it("fails nobody for a rounding error", () => {
    expect(
      passes(
        [0.1, 0.2, 0.5].reduce((a, b) => a + b, 0),
        0.8,
      ),
    ).toBe(true);
    expect(passes(0.7999, 0.8)).toBe(false);
  });
});

describe("explaining", () => {
  it("tells of every choice whether it was taken, whether it was right, and why", () => {
    const explained = explainItem(itemOf("single_choice"), ["b"]);
    expect(explained).toMatchObject({ score: 0, answered: true, clause: "ai-policy#1.1" });
    expect(explained.parts[0]?.choices).toEqual([
      { text: "Ask the customer first", chosen: false, correct: true, feedback: "Yes." },
      { text: "Paste it anyway", chosen: true, correct: false, feedback: "No." },
      { text: "Use a private account", chosen: false, correct: false, feedback: "Never." },
    ]);
  });

  it("sets the order given beside the right one", () => {
    expect(explainItem(itemOf("ordering"), ["b", "a", "c"]).lines).toEqual([
      { label: "1", given: "Step 2", right: "Step 1", correct: false },
      { label: "2", given: "Step 1", right: "Step 2", correct: false },
      { label: "3", given: "Step 3", right: "Step 3", correct: true },
    ]);
  });

  it.each<[Item["type"], Response, ReturnType<typeof explainItem>["credit"]]>([
    ["multiple_response", ["a", "b"], { right: 1, of: 2, wrong: 1 }],
    ["mark_up", ["p2", "p4", "p1"], { right: 2, of: 2, wrong: 1 }],
    ["ordering", ["a", "c", "b"], { right: 1, of: 3, wrong: 0 }],
    ["matching", { a: "a", b: "a" }, { right: 1, of: 3, wrong: 0 }],
    ["scenario", { s1: "a", s2: "b" }, { right: 1, of: 2, wrong: 0 }],
    ["single_choice", ["a"], null],
    ["branching", { n1: "a", n2: "b" }, null],
  ])("tells of %s %j what the score is made of", (type, response, credit) => {
    expect(explainItem(itemOf(type), response).credit).toEqual(credit);
  });

  it("explains what was left blank", () => {
    for (const item of itemsOfEveryType("one"))
      expect(explainItem(item, null)).toMatchObject({ answered: false, score: 0 });
  });
});
