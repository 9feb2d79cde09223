import { fc, test } from "@fast-check/vitest";
import { describe, expect, it } from "vitest";
import { sampleRegister, sampleRules } from "#test/sample.ts";
import { dataClasses } from "../register/terms.ts";
import {
  affectedGroups,
  assumed,
  channels,
  chosen,
  effects,
  noFacts,
  otherPurpose,
  oversights,
  places,
  unregistered,
} from "../risk/facts.ts";
import { clears } from "../risk/outcome.ts";
import { judge } from "../risk/verdict.ts";
import { notSure } from "./answer.ts";
import { german } from "./answer-words-de.ts";
import { english } from "./answer-words-en.ts";
import { factsOfUse, noTool, purposeGroups, useForm, useSummary } from "./use-form.ts";

const rules = sampleRules();
const register = sampleRegister();
const choices = { ...register, purposes: rules.purposes };
const context = { ...register, rules: rules.rules, groups: ["all-staff"] };
const today = "2026-11-24";
const facts = (sent: Record<string, unknown>) => factsOfUse(useForm.parse(sent), choices);
const names = {
  system: (slug: string) => register.systems.find((s) => s.slug === slug)?.name ?? slug,
  purpose: (slug: string) => rules.purposes.find((p) => p.slug === slug)?.name ?? slug,
};

describe("factsOfUse", () => {
  it("takes every choice as chosen", () => {
    const next = facts({
      tool: "quillmate",
      purposes: "draft_text",
      dataClasses: ["internal"],
      affected: ["nobody"],
      oversight: "human_decides",
      effect: "advisory",
      place: "work",
      channels: ["text"],
      profiling: "no",
      change: "yes",
    });
    expect(next).toMatchObject({
      system: chosen("quillmate"),
      systemName: "Quillmate",
      purposes: chosen(["draft_text"]),
      dataClasses: chosen(["internal"]),
      affected: chosen(["nobody"]),
      oversight: chosen("human_decides"),
      effect: chosen("advisory"),
      place: chosen("work"),
      channels: chosen(["text"]),
      profiling: chosen(false),
      change: chosen(true),
    });
    expect(next && useSummary(next, names, english)).toMatch(
      /^Use checked: Quillmate · Draft or improve a text · Internal · /,
    );
  });

  it("takes for granted what normally goes with the purpose, and not what nobody is sure of", () => {
    expect(facts({ purposes: "draft_text" })?.dataClasses).toEqual(assumed(["internal"]));
    expect(facts({ purposes: "draft_text", dataClasses: notSure })).toMatchObject({
      dataClasses: null,
      unsure: ["dataClasses"],
    });
  });

  it("keeps the name of a tool that is not in the register, and knows one that is", () => {
    expect(facts({ tool: unregistered, toolName: "Moodly" })).toMatchObject({
      system: chosen(unregistered),
      systemName: "Moodly",
    });
    expect(facts({ tool: unregistered, toolName: "quill mate" })?.system).toEqual(chosen("quillmate"));
    expect(facts({ tool: noTool, toolName: "left over" })).toEqual(noFacts);
  });

  it("asks for the name of a tool that is not in the list", () => {
    const refused = useForm.safeParse({ tool: unregistered, toolName: " " });
    expect(refused.error?.issues[0]).toMatchObject({
      path: ["toolName"],
      message: "Write what the tool is called, or choose another answer above.",
    });
  });

  it("refuses what is on no list", () => {
    expect(facts({ tool: "skynet" })).toBeNull();
    expect(facts({ purposes: ["draft_text", "world_peace"] })).toBeNull();
    expect(facts({ effect: "nice" })).toBeNull();
    expect(useForm.safeParse({ place: "moon" }).success).toBe(false);
    expect(useForm.safeParse({ channels: ["smell"] }).success).toBe(false);
  });

  it("says that nothing was chosen", () => {
    expect(facts({})).toEqual(noFacts);
    expect(useSummary(noFacts, names, english)).toBe("Use checked: nothing chosen yet");
    expect(useSummary(noFacts, names, german)).toBe("Geprüfte Nutzung: noch nichts gewählt");
  });
});

describe("whatever is chosen", () => {
  const some = (values: readonly string[]) => fc.uniqueArray(fc.constantFrom(...values), { maxLength: 4 });
  const yesOrNo = fc.constantFrom("yes", "no", notSure, "");
  const anyUse = fc.record({
    tool: fc.constantFrom("", noTool, unregistered, ...register.systems.map((s) => s.slug)),
    toolName: fc.constant("Moodly"),
    purposes: some([...rules.purposes.map((p) => p.slug), otherPurpose]),
    dataClasses: some([...dataClasses, notSure]),
    affected: some(affectedGroups),
    oversight: fc.constantFrom("", notSure, ...oversights),
    effect: fc.constantFrom("", notSure, ...effects),
    place: fc.constantFrom("", ...places),
    channels: some(channels),
    profiling: yesOrNo,
    change: yesOrNo,
  });

  test.prop([anyUse], { numRuns: 1000 })("gives facts, and clears nothing that is not known", (use) => {
    const read = facts(use);
    if (!read) throw new Error("a listed choice was refused");
    const verdict = judge(read, context, today);
    expect(read.suspected).toEqual([]);
    for (const fact of [read.system, read.purposes, read.dataClasses, read.place])
      expect(fact === null || fact.source === "chosen" || fact.source === "assumed").toBe(true);
    if (use.dataClasses.includes(notSure) || use.purposes.length === 0)
      expect(clears(verdict.outcome)).toBe(false);
    if (use.profiling === "yes" && clears(verdict.outcome)) {
      expect(read.dataClasses?.source).toBe("chosen");
      if (read.affected?.source === "assumed") expect(read.affected.value).not.toEqual(["nobody"]);
    }
    if (use.profiling === notSure || use.profiling === "") expect(read.profiling).toBeNull();
  });
});

describe("purposeGroups", () => {
  it("parts the everyday from what a rule treats with care, and forgets none", () => {
    const [everyday, careful] = purposeGroups(rules, "en");
    expect(everyday?.purposes.map((p) => p.value)).toContain("draft_text");
    expect(careful?.purposes.map((p) => p.value)).toContain("credit_scoring");
    expect((everyday?.purposes.length ?? 0) + (careful?.purposes.length ?? 0)).toBe(rules.purposes.length);
  });
});
