import { fc, test } from "@fast-check/vitest";
import { describe, expect, it } from "vitest";
import { sampleRegister, sampleRules } from "#test/sample.ts";
import { dataClasses, riskClasses } from "../register/terms.ts";
import {
  type Fact,
  type Facts,
  affectedGroups,
  assumed,
  chosen,
  effects,
  noFacts,
  otherPurpose,
  oversights,
  unregistered,
} from "../risk/facts.ts";
import { clears } from "../risk/outcome.ts";
import { type Verdict, judge } from "../risk/verdict.ts";
import { carriedOn, heardBefore } from "./conversation-facts.ts";

const rules = sampleRules();
const register = sampleRegister();
const context = { ...register, rules: rules.rules, groups: ["all-staff"] };
const today = "2026-11-24";
const stated = <T>(value: T): Fact<T> => ({ value, source: "stated", confidence: 0.9, words: "so" });
const after = (before: Facts, read: Partial<Facts>, alone: Partial<Facts> = read, severalTools = false) =>
  carriedOn(before, { read: { ...noFacts, ...read }, alone: { ...noFacts, ...alone }, severalTools }, rules);

describe("carriedOn", () => {
  const before: Facts = {
    ...noFacts,
    system: stated("quillmate"),
    systemName: "Quillmate",
    purposes: stated(["draft_text"]),
    dataClasses: stated(["customer"]),
    affected: stated(["customers"]),
    oversight: stated("automatic"),
    effect: stated("consequential"),
  };

  it("keeps data, people, no human say and consequences that were found before", () => {
    const next = after(before, {
      dataClasses: stated(["internal"]),
      affected: stated(["nobody"]),
      oversight: stated("human_decides"),
      effect: stated("advisory"),
    });
    expect(next).toMatchObject({
      system: { value: "quillmate" },
      purposes: { value: ["draft_text"] },
      dataClasses: { value: ["customer"] },
      affected: { value: ["customers"] },
      oversight: { value: "automatic" },
      effect: { value: "consequential" },
    });
  });

  it("adds what the follow-up says, with the words of both", () => {
    const next = after(before, { dataClasses: { ...stated(["special_category"]), words: "sick notes" } });
    expect(next.dataClasses).toMatchObject({
      value: ["customer", "special_category"],
      words: "so … sick notes",
    });
  });

  it("takes another everyday purpose instead of the one before, and never drops a careful one", () => {
    expect(after(before, { purposes: stated(["translate"]) }).purposes?.value).toEqual(["translate"]);
    const careful = { ...before, purposes: stated(["credit_scoring"]) };
    expect(after(careful, { purposes: stated(["translate"]) }).purposes?.value).toEqual([
      "translate",
      "credit_scoring",
    ]);
  });

  it("leaves a choice alone unless the new message itself says something riskier", () => {
    const said: Facts = { ...before, affected: chosen(["nobody"]), dataClasses: chosen(["internal"]) };
    const earlier = { affected: stated(["employees" as const]) };
    expect(after(said, earlier, {}).affected).toEqual(chosen(["nobody"]));
    expect(after(said, earlier).affected).toMatchObject({ value: ["employees"], source: "stated" });
    expect(after(said, { dataClasses: stated(["public"]) }).dataClasses).toEqual(chosen(["internal"]));
    expect(after(said, { dataClasses: stated(["personal"]) }).dataClasses?.value).toEqual([
      "internal",
      "personal",
    ]);
  });

  it("asks about the tool named anew, and leaves it open where several are named", () => {
    const tool = { system: stated("parlance"), systemName: "Parlance" };
    expect(after(before, {}, tool)).toMatchObject({ system: { value: "parlance" }, systemName: "Parlance" });
    expect(after(before, tool, {}).system?.value).toBe("quillmate");
    expect(after(before, {}, {}, true)).toMatchObject({ system: null, systemName: null });
  });

  it("lets data that was only taken for granted give way to what is said", () => {
    const granted = { ...before, dataClasses: assumed(["internal" as const]) };
    expect(after(granted, { dataClasses: stated(["public"]) }).dataClasses?.value).toEqual(["public"]);
  });

  it("asks on until a suspicion is settled, and forgets not being sure once it is answered", () => {
    const open: Facts = {
      ...before,
      dataClasses: null,
      purposes: stated(["code_assist"]),
      suspected: [{ purpose: "credit_scoring", confidence: 0.4, words: "rate them" }],
      unsure: ["dataClasses"],
    };
    expect(after(open, {}).suspected).toEqual(open.suspected);
    expect(after(open, { dataClasses: stated(["public"]) }).unsure).toEqual([]);
  });
});

const slugs = [...rules.purposes.map((p) => p.slug), otherPurpose];
const fact = <T>(values: fc.Arbitrary<T>): fc.Arbitrary<Fact<T> | null> =>
  fc.option(
    fc.record({
      value: values,
      source: fc.constantFrom("chosen" as const, "stated" as const, "inferred" as const, "assumed" as const),
      confidence: fc.constantFrom(0.3, 0.7, 1),
      words: fc.constantFrom("", "so"),
    }),
  );
const some = <T>(values: readonly T[]) =>
  fc.uniqueArray(fc.constantFrom(...values), { minLength: 1, maxLength: 3 });
const anyFacts: fc.Arbitrary<Facts> = fc.record({
  ...Object.fromEntries(Object.entries(noFacts).map(([name, value]) => [name, fc.constant(value)])),
  system: fact(fc.constantFrom(unregistered, ...register.systems.map((s) => s.slug))),
  purposes: fact(some(slugs)),
  dataClasses: fact(some(dataClasses)),
  affected: fact(some(affectedGroups)),
  oversight: fact(fc.constantFrom(...oversights)),
  effect: fact(fc.constantFrom(...effects)),
  suspected: fc.array(
    fc.record({
      purpose: fc.constantFrom(...rules.purposes.map((p) => p.slug)),
      confidence: fc.constantFrom(0.2, 0.5),
      words: fc.constant("so"),
    }),
    { maxLength: 2 },
  ),
}) as fc.Arbitrary<Facts>;

describe("whatever is said in a follow-up", () => {
  const judged = (facts: Facts) => judge(facts, context, today);
  const followed = { read: anyFacts, alone: anyFacts, severalTools: fc.boolean() };

  // A class that an unknown fact leaves open is settled by that fact either way; one by rules that hold stays.
  const ofRulesThatHold = ({ findings }: Verdict): number =>
    Math.max(
      0,
      ...findings.map(({ rule }) =>
        riskClasses.indexOf(rules.rules.find((r) => r.id === rule)?.riskClass ?? "minimal"),
      ),
    );

  test.prop([anyFacts, fc.record(followed)], { numRuns: 2000 })(
    "the risk class by the rules that hold is never lower than before",
    (before, said) => {
      const [was, is] = [judged(before), judged(carriedOn(before, said, rules))];
      expect(ofRulesThatHold(is)).toBeGreaterThanOrEqual(ofRulesThatHold(was));
      expect(riskClasses.indexOf(is.riskClass)).toBeGreaterThanOrEqual(ofRulesThatHold(was));
    },
  );

  it("settles a ban that was only possible by the fact it hung on", () => {
    const open: Facts = { ...noFacts, purposes: chosen(["emotion_recognition"]) };
    expect(judged(open)).toMatchObject({ outcome: "asked_back", riskClass: "prohibited" });
    const banned = judged(after(open, { affected: stated(["employees"]) }));
    expect(banned).toMatchObject({ outcome: "not_allowed", riskClass: "prohibited" });
    const settled = judged(after(open, { affected: stated(["children"]) }));
    expect(settled).toMatchObject({ outcome: "flagged", riskClass: "high_risk" });
  });

  test.prop([anyFacts, fc.record(followed)], { numRuns: 500 })(
    "what is prohibited is not cleared by it",
    (before, said) => {
      const was = judged(before);
      fc.pre(was.riskClass === "prohibited");
      expect(clears(judged(carriedOn(before, said, rules)).outcome)).toBe(false);
    },
  );
});

describe("heardBefore", () => {
  it("leaves out what the product wrote, and the oldest where it would be too much", () => {
    const texts = [
      "May I use Quillmate?",
      "Purpose: Translate · Data: Internal",
      "Judged again",
      "Also CVs?",
      "Zweck: Übersetzen",
      "Jugé de nouveau",
      "Uso comprobado: Quillmate",
    ];
    expect(heardBefore(texts, 1000)).toEqual(["May I use Quillmate?", "Also CVs?"]);
    expect(heardBefore(texts, 10)).toEqual(["Also CVs?"]);
  });
});
