import { describe, expect, it } from "vitest";
import type { GivenResponse, PresentedItem } from "#app/domain/learning/presentation.ts";
import { translateInto } from "#app/i18n/translate.ts";
import { answeredPart, decidedBefore, decisionIn, describeGiven, givenFrom } from "./given.ts";

const choices = (...texts: string[]) => texts.map((text, i) => ({ id: `c${i + 1}`, text }));
const single: PresentedItem = {
  type: "single_choice",
  stem: "Which tool?",
  options: choices("Quillmate", "Parlance"),
};
const multiple: PresentedItem = { ...single, type: "multiple_response" };
const trueFalse: PresentedItem = { type: "true_false", stem: "It may." };
const ordering: PresentedItem = {
  type: "ordering",
  stem: "In order",
  elements: choices("Stop", "Report", "Learn"),
};
const matching: PresentedItem = {
  type: "matching",
  stem: "Match",
  left: [
    { id: "l1", text: "Payslip" },
    { id: "l2", text: "Brochure" },
  ],
  right: choices("Public", "Personal"),
};
const scenario: PresentedItem = {
  type: "scenario",
  stem: "A story",
  steps: [
    { id: "s1", stem: "First?", options: choices("Ask", "Send") },
    { id: "s2", stem: "Then?", options: choices("Wait", "Go on") },
  ],
};

function form(fields: [string, string][]): FormData {
  const data = new FormData();
  for (const [name, value] of fields) data.append(name, value);
  return data;
}

describe("givenFrom", () => {
  it.each<[string, PresentedItem, [string, string][], GivenResponse | null]>([
    ["a single choice", single, [["answer", "c2"]], ["c2"]],
    ["nothing chosen", single, [], null],
    ["an empty field", single, [["answer", ""]], null],
    [
      "several choices",
      multiple,
      [
        ["answer", "c1"],
        ["answer", "c2"],
      ],
      ["c1", "c2"],
    ],
    ["true or false", trueFalse, [["answer", "false"]], ["false"]],
    [
      "elements by their place",
      ordering,
      [
        ["answer.c1", "3"],
        ["answer.c2", "1"],
        ["answer.c3", "2"],
      ],
      ["c2", "c3", "c1"],
    ],
    [
      "no places at all",
      ordering,
      [
        ["answer.c1", ""],
        ["answer.c2", ""],
        ["answer.c3", ""],
      ],
      null,
    ],
    [
      "two elements in one place, which is short of a response",
      ordering,
      [
        ["answer.c1", "1"],
        ["answer.c2", "1"],
        ["answer.c3", "2"],
      ],
      ["c1", "c3"],
    ],
    [
      "places that do not exist",
      ordering,
      [
        ["answer.c1", "9"],
        ["answer.c2", "x"],
        ["answer.c3", "-1"],
      ],
      [],
    ],
    [
      "pairs",
      matching,
      [
        ["answer.l1", "c2"],
        ["answer.l2", "c1"],
      ],
      { l1: "c2", l2: "c1" },
    ],
    [
      "some of the pairs",
      matching,
      [
        ["answer.l1", "c2"],
        ["answer.l2", ""],
      ],
      { l1: "c2" },
    ],
    ["no pair", matching, [["answer.l1", ""]], null],
    [
      "steps, and nothing that is not one",
      scenario,
      [
        ["answer.s1", "c1"],
        ["answer.s9", "c1"],
      ],
      { s1: "c1" },
    ],
  ])("reads %s", (_, item, fields, given) => {
    expect(givenFrom(form(fields), item)).toEqual(given);
  });
});

describe("a decision in a branching scenario", () => {
  const step = (id: string, chosen: string | null) => ({
    id,
    stem: id,
    options: [
      { id: "c1", text: "Stop" },
      { id: "c2", text: "Go on" },
    ],
    chosen: chosen === null ? null : { id: chosen, text: "", consequence: "" },
  });
  const story = (...steps: ReturnType<typeof step>[]): PresentedItem => ({
    type: "branching",
    stem: "A run of nine",
    steps,
    ended: steps.every((one) => one.chosen !== null),
  });
  const begun = story(step("n1", "c2"), step("n2", null));

  it.each<[PresentedItem, [string, string][], boolean, GivenResponse | null, number | null]>([
    [story(step("n1", null)), [["answer.n1", "c1"]], true, { n1: "c1" }, 1],
    [story(step("n1", null)), [], true, null, null],
    [story(step("n1", null)), [["answer.n1", "c1"]], false, null, null],
    [begun, [["answer.n2", "c1"]], true, { n1: "c2", n2: "c1" }, 2],
    [begun, [["answer.n2", "c1"]], false, { n1: "c2" }, null],
    // What was decided stands, whatever a form says of it.
    [begun, [["answer.n1", "c1"]], true, { n1: "c2" }, null],
    [story(step("n1", "c1")), [], true, { n1: "c1" }, null],
  ])(
    "%#: is taken where it is one, and told as the next of the story",
    (item, fields, decides, given, number) => {
      const read = givenFrom(form(fields), item, { decides });
      expect(read).toEqual(given);
      expect(decisionIn(item, read)).toBe(number);
    },
  );

  it("that was taken before is known as such", () => {
    expect(decidedBefore(form([["answer.n1", "c1"]]), begun)).toEqual({ number: 1, otherwise: true });
    expect(decidedBefore(form([["answer.n1", "c2"]]), begun)).toEqual({ number: 1, otherwise: false });
    expect(decidedBefore(form([["answer.n2", "c1"]]), begun)).toBeNull();
    expect(decidedBefore(form([["answer.s1", "c1"]]), scenario)).toBeNull();
  });

  it("is none of the other types", () => {
    expect(decisionIn(scenario, { s1: "c1" })).toBeNull();
    expect(decisionIn(single, ["c1"])).toBeNull();
  });
});

describe("answeredPart", () => {
  it.each<[PresentedItem, GivenResponse | null, "none" | "some" | "all"]>([
    [single, null, "none"],
    [single, ["c1"], "all"],
    [matching, { l1: "c1" }, "some"],
    [matching, { l1: "c1", l2: "c2" }, "all"],
    [scenario, { s2: "c1" }, "some"],
    [scenario, {}, "none"],
  ])("%#", (item, given, part) => {
    expect(answeredPart(item, given)).toBe(part);
  });
});

describe("describeGiven", () => {
  it.each<[PresentedItem, GivenResponse, string[]]>([
    [multiple, ["c2", "c1"], ["Parlance", "Quillmate"]],
    [trueFalse, ["true"], ["True"]],
    [ordering, ["c2", "c1", "c3"], ["1. Report", "2. Stop", "3. Learn"]],
    [matching, { l1: "c2" }, ["Payslip → Personal", "Brochure → –"]],
    [scenario, { s1: "c2", s2: "c1" }, ["Step 1: Send", "Step 2: Wait"]],
  ])("%#", (item, given, lines) => {
    expect(describeGiven(item, given, translateInto("en"))).toEqual(lines);
  });
});
