import { fc, test } from "@fast-check/vitest";
import { describe, expect, it } from "vitest";
import { inForce } from "../content/policy.ts";
import { noFacts } from "../risk/facts.ts";
import {
  clausePassages,
  nameParts,
  passageHash,
  plainText,
  precedentPassage,
  withoutNames,
} from "./passage.ts";

const day = fc.constantFrom("2024-01-01", "2024-06-30", "2025-01-15", "2025-12-31", "2026-03-01");

describe("clausePassages", () => {
  test.prop([fc.array(day, { minLength: 1, maxLength: 5 }), day])(
    "apply on a day exactly when their version is in force",
    (starts, today) => {
      const versions = starts.map((effectiveFrom, i) => ({
        id: `v${i}`,
        slug: "policy",
        title: "Policy",
        effectiveFrom,
      }));
      const clauses = versions.map((v) => ({
        id: `c-${v.id}`,
        policyVersionId: v.id,
        number: "1.1",
        heading: "Scope",
        text: "Everybody.",
      }));
      const onDay = clausePassages(versions, clauses, () => "en").filter(
        (p) => (p.appliesFrom ?? "") <= today && today <= (p.appliesUntil ?? "9999-12-31"),
      );
      const version = inForce(versions, today);
      expect(onDay.map((p) => p.sourceId)).toEqual(version ? [`c-${version.id}`] : []);
    },
  );
});

describe("withoutNames", () => {
  const people = nameParts(["Mila Janssen", "Inês Carvalho", "Jean-Luc O'Hara", "Bo Li"]);

  it.each([
    ["Mila Janssen asked", "[name] asked"],
    ["Janssen's mail to Inês", "[name] mail to [name]"],
    ["Ask Jean-Luc or O'Hara", "Ask [name] or [name]"],
    ["a familar milage", "a familar milage"],
    ["the Janssen-Carvalho file", "the [name] file"],
  ])("of %s is %s", (text, expected) => {
    expect(withoutNames(text, people)).toBe(expected);
  });

  test.prop([fc.string(), fc.string()])("leaves no full name, wherever it stands", (before, after) => {
    expect(withoutNames(`${before} Mila Janssen ${after}`, people)).not.toContain("Mila Janssen");
  });
});

describe("precedentPassage", () => {
  it("takes names and addresses out of title and conditions, and keeps the asker's own words on the task out", () => {
    const decided = {
      id: "case-id",
      number: 7,
      title: "May Mila Janssen (mila@aldermoor.example) use it?",
      facts: {
        ...noFacts,
        task: { value: "help Mila", source: "stated" as const, confidence: 1, words: "help Mila" },
      },
      decision: "approve_with_conditions" as const,
      decidedOn: "2026-04-01",
      conditions: ["Mila Janssen reads every reply."],
    };
    const names = { system: String, purpose: String, person: String };
    const { title, text } = precedentPassage(decided, names, nameParts(["Mila Janssen"]));
    expect(title).toBe("May [name] ([e-mail address]) use it?");
    expect(text).toBe("Decision: Approved with conditions.\nConditions: [name] reads every reply.");
  });
});

describe("plainText", () => {
  it("keeps the words of HTML and begins a line for each block", () => {
    expect(plainText("<p>One &amp; <em>two</em></p><ul><li>three</li></ul>")).toBe("One & two\nthree");
  });
});

describe("passageHash", () => {
  const aPassage = {
    kind: "clause" as const,
    ref: "a#1.1",
    sourceId: "1",
    number: "1.1",
    language: "en",
    title: "Title",
    text: "Text",
    appliesFrom: null,
    appliesUntil: null,
  };

  it.each([
    ["text", { text: "Other" }],
    ["title", { title: "Other" }],
    ["dates", { appliesUntil: "2026-01-01" }],
  ])("differs when the %s differs", (_what, change) => {
    expect(passageHash({ ...aPassage, ...change })).not.toBe(passageHash(aPassage));
    expect(passageHash({ ...aPassage })).toBe(passageHash(aPassage));
  });
});
