import { describe, expect, it } from "vitest";
import { sampleContent, sampleRegister, sampleRules } from "#test/sample.ts";
import type { DataClass } from "../register/terms.ts";
import { groupsOf } from "../register/approval.ts";
import { alternatives } from "./alternative.ts";
import { type Facts, type Oversight, chosen, noFacts } from "./facts.ts";
import { judge } from "./verdict.ts";

const today = "2026-11-24";

function changes(person: string, system: string, purpose: string, data: DataClass[], oversight: Oversight) {
  const row = sampleContent().people.find((p) => p.id === person);
  const context = {
    ...sampleRegister(),
    rules: sampleRules().rules,
    groups: row ? groupsOf(row) : [],
  };
  const facts: Facts = {
    ...noFacts,
    system: chosen(system),
    purposes: chosen([purpose]),
    dataClasses: chosen(data),
    affected: chosen(["customers"]),
    oversight: chosen(oversight),
    effect: chosen("advisory"),
  };
  return alternatives(facts, judge(facts, context, today), context, today);
}

describe("alternatives", () => {
  it("names what to leave out", () => {
    expect(
      changes("p-mila", "quillmate", "draft_text", ["internal", "customer"], "human_reviews"),
    ).toContainEqual({ change: "leave_out", dataClasses: ["customer"], systemSlug: "quillmate" });
  });

  it("names a tool that is approved for it", () => {
    expect(changes("p-mila", "quillmate", "translate", ["public"], "human_reviews")).toEqual([
      { change: "other_tool", tool: "Parlance", systemSlug: "parlance" },
    ]);
  });

  it("offers nothing for a permitted use", () => {
    expect(changes("p-mila", "quillmate", "customer_reply", ["customer"], "human_reviews")).toEqual([]);
  });

  it("offers nothing for a prohibited one", () => {
    expect(changes("p-mila", "quillmate", "social_scoring", ["public"], "human_reviews")).toEqual([]);
  });
});
