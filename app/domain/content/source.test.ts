import { describe, expect, it } from "vitest";
import { z } from "zod";
import { shortStart } from "#test/short-module.ts";
import { ContentError, faultsIn, parseModule, parsePolicy, parseYaml } from "./source.ts";

/** File, line and reason of the fault that `parse` finds. */
function fault(parse: () => unknown): { file: string; line: number; reason: string } {
  try {
    parse();
  } catch (error) {
    if (error instanceof ContentError) return { file: error.file, line: error.line, reason: error.reason };
    throw error;
  }
  throw new Error("no fault was found");
}

function faultsOf(parse: () => unknown): ContentError[] {
  try {
    parse();
  } catch (error) {
    if (error instanceof ContentError) return faultsIn(error);
    throw error;
  }
  return [];
}

describe("YAML", () => {
  const shape = z.strictObject({ tools: z.array(z.strictObject({ name: z.string(), seats: z.number() })) });
  const read = (text: string, firstLine?: number) => () => parseYaml(text, shape, "tools.yaml", firstLine);

  it("is read when it is whole", () => {
    expect(read("tools:\n  - { name: One, seats: 3 }\n")()).toEqual({ tools: [{ name: "One", seats: 3 }] });
  });

  it.each<[string, string, number, RegExp]>([
    ["is no YAML", "tools:\n  - { name: One, seats: 3\n", 3, /./],
    ["says a key twice", "tools: []\ntools: []\n", 2, /unique/],
    ["has a value of another kind", "tools:\n  - name: One\n    seats: many\n", 3, /^tools\.0\.seats: /],
    ["lacks a field", "tools:\n  - name: One\n    seats: 1\n  - name: Two\n", 4, /^tools\.1\.seats: /],
    ["has a field too many", "tools:\n  - name: One\n    seats: 1\n    colour: red\n", 4, /colour/],
    ["is something else", "just words\n", 1, /^file: /],
    ["is empty", "", 1, /^file: /],
  ])("is refused with its line when it %s", (_words, text, line, reason) => {
    const found = fault(read(text));
    expect(found).toMatchObject({ file: "tools.yaml", line });
    expect(found.reason).toMatch(reason);
  });

  it("counts from where the text begins in its file", () => {
    expect(fault(read("tools:\n  - name: One\n    seats: many\n", 10)).line).toBe(12);
  });

  it("puts file, line and reason in one sentence", () => {
    expect(read("tools: 1\n")).toThrow(/^tools\.yaml:1: tools: /);
  });
});

const policy = `---
slug: ai-policy
title: AI policy
version: "1.0"
language: en
effectiveFrom: 2026-01-01
owner: p-ravi
approver: p-helena
reviewOn: 2027-01-01
change: material
changeNote: First version.
---

## 1 Purpose

### 1.1 Why

We use AI with care.
`;

describe("a policy file", () => {
  const read = (text: string) => () => parsePolicy(text, "ai-policy/1.0.md");

  it("gives head and clauses", () => {
    expect(read(policy)()).toMatchObject({
      slug: "ai-policy",
      effectiveFrom: "2026-01-01",
      clauses: [{ number: "1.1", heading: "Why", text: "We use AI with care." }],
    });
    expect(read(policy.replaceAll("\n", "\r\n"))().clauses).toHaveLength(1);
  });

  it.each<[string, (text: string) => string, number, string]>([
    ["front matter", (t) => t.replace("---\n", ""), 1, "the file begins with front matter"],
    ["a version in quotes", (t) => t.replace('"1.0"', "1.0"), 4, "version:"],
    ["a date", (t) => t.replace("2027-01-01", "next year"), 9, "reviewOn:"],
    ["a numbered clause", (t) => t.replace("### 1.1 Why", "### Why"), 16, "a clause heading reads"],
    ["text in a clause", (t) => t.replace("We use AI with care.", ""), 16, "this clause has no text"],
    ["any clause", (t) => t.replace("### 1.1 Why", "Why"), 13, "the policy has no clause heading"],
    ["one clause per number", (t) => `${t}\n### 1.1 Again\n\nText.\n`, 20, "clause 1.1 stands twice"],
  ])("needs %s", (_words, damage, line, reason) => {
    const found = fault(read(damage(policy)));
    expect(found).toMatchObject({ file: "ai-policy/1.0.md", line });
    expect(found.reason).toContain(reason);
  });
});

const moduleText = `${shortStart}Read **this**. <script>alert(1)</script>

\`\`\`question
id: q1
type: true_false
objective: o1
level: apply
riskDomain: 1
stem: Is it so?
answer: true
feedback: { "true": Yes., "false": No. }
\`\`\`

\`\`\`tomorrow
Look twice.
\`\`\`
`;
const itemsText = `items:
  - id: i1
    type: true_false
    objective: o1
    level: apply
    riskDomain: 1
    stem: Is it so?
    answer: true
    feedback: { "true": Yes., "false": No. }
  - id: i2
    type: single_choice
    objective: o1
    level: apply
    riskDomain: 1
    stem: Which?
    options:
      - { id: a, text: This, correct: true, feedback: Yes. }
      - { id: b, text: That, feedback: No. }
`;

describe("a module", () => {
  const files = { module: "short/module.md", items: "short/items.yaml" };
  const read =
    (text: string, items = itemsText) =>
    () =>
      parseModule(text, items, files);

  it("gives lessons part by part, their text made harmless", () => {
    const [lesson] = read(moduleText)().lessons;
    expect(lesson).toMatchObject({ id: "first", title: "First lesson", minutes: 3 });
    expect(lesson?.parts.map((p) => p.kind)).toEqual(["text", "question", "tomorrow"]);
    expect(lesson?.parts[0]).toMatchObject({ html: expect.stringContaining("<strong>this</strong>") });
    expect(JSON.stringify(lesson)).not.toContain("script");
  });

  it.each<[string, (text: string) => string, number, string]>([
    ["a known objective", (t) => t.replace("objectives: [o1]", "objectives: [o9]"), 29, "no objective o9"],
    ["a closed fence", (t) => t.replace(/Look twice\.\n```\n/, "Look twice.\n"), 45, "is not closed"],
    ["a heading before its text", (t) => t.replace("# First lesson", "Hello"), 24, "begins with a heading"],
    ["a whole question", (t) => t.replace("answer: true\n", ""), 35, "answer"],
    ["a blueprint the bank can fill", (t) => t.replace("items: 1 }", "items: 3 }"), 21, "the bank has 2"],
    [
      "a question on a known objective",
      (t) => t.replace("objective: o1\n", "objective: o9\n"),
      37,
      "no objective o9",
    ],
    ["questions whose ids differ", (t) => t.replace("id: q1", "id: i1"), 35, "question i1 stands twice"],
    ["a lesson fence", (t) => t.replace(/```lesson[^`]*```/, ""), 24, "has no ```lesson fence"],
    [
      "one row for an objective",
      (t) => t.replace("items: 1 }", "items: 1 }\n    - { objective: o1, items: 1 }"),
      22,
      "stands twice in the blueprint",
    ],
    ["a head that fits", (t) => t.replace("minutes: 5", "minutes: soon"), 7, "minutes"],
  ])("needs %s", (_words, damage, line, reason) => {
    const found = fault(read(damage(moduleText)));
    expect(found).toMatchObject({ file: files.module, line });
    expect(found.reason).toContain(reason);
  });

  it.each<[string, (text: string) => string, number, string]>([
    ["one right option", (t) => t.replace("correct: true, ", ""), 17, "exactly one option must be correct"],
    ["ids that differ", (t) => t.replace("id: i2", "id: i1"), 10, "item i1 stands twice"],
    ["an objective of the module", (t) => t.replace("objective: o1", "objective: o5"), 4, "no objective o5"],
    ["a known type", (t) => t.replace("single_choice", "essay"), 11, "items.1.type"],
  ])("needs items with %s", (_words, damage, line, reason) => {
    const found = fault(read(moduleText, damage(itemsText)));
    expect(found).toMatchObject({ file: files.items, line });
    expect(found.reason).toContain(reason);
  });
});

describe("several faults at once", () => {
  it("are told each with its line, but for counts that rest on what cannot be read", () => {
    const damagedModule = moduleText
      .replace("minutes: 5", "minutes: soon")
      .replace("answer: true\n", "")
      .replace("objectives: [o1]\n", "objectives: [o1, o8]\n")
      .replace("items: 1 }", "items: 3 }");
    const damagedItems = itemsText
      .replace("stem: Is it so?", 'stem: ""')
      .replace(
        "id: i2\n    type: single_choice\n    objective: o1",
        "id: i2\n    type: single_choice\n    objective: o5",
      );
    const found = faultsOf(() =>
      parseModule(damagedModule, damagedItems, { module: "m.md", items: "i.yaml" }),
    );
    expect(found.map(({ file, line }) => `${file}:${line}`)).toEqual([
      "m.md:7",
      "i.yaml:7",
      "m.md:35",
      "i.yaml:12",
      "m.md:29",
    ]);
  });

  it("are told each once", () => {
    const same = new ContentError("m.md", 3, "no");
    const all = faultsIn(
      new ContentError("m.md", 3, "no", [same, new ContentError("m.md", 4, "no", [same])]),
    );
    expect(all.map((one) => one.line)).toEqual([3, 4]);
  });
});
