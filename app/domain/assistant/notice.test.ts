import { describe, expect, it } from "vitest";
import { someFacts } from "#test/factories.ts";
import { sampleRegister, sampleRules } from "#test/sample.ts";
import { type JudgeContext, judge } from "../risk/verdict.ts";
import type { Quote } from "./answer.ts";
import type { AnswerWords } from "./answer-words.ts";
import { german } from "./answer-words-de.ts";
import type { Passage } from "./citation.ts";
import { changeHash, changesSince, type TodaysAnswer } from "./notice.ts";

const asked = "2026-11-24";
const memo = someFacts({
  system: "quillmate",
  purposes: ["summarise"],
  dataClasses: ["internal"],
  affected: ["nobody"],
  oversight: "human_decides",
  effect: "advisory",
});
const ranking = someFacts({
  system: "quillmate",
  purposes: ["recruitment_screening"],
  dataClasses: ["personal"],
  affected: ["applicants"],
  oversight: "human_decides",
  effect: "consequential",
});

const context: JudgeContext = { ...sampleRegister(), rules: sampleRules().rules, groups: ["all-staff"] };
const quote: Quote = {
  clauseId: "c-1",
  policySlug: "acceptable-use-policy",
  policyTitle: "Acceptable use policy",
  policyVersion: "2.0",
  number: "2.2",
  heading: "Approvals",
  quote: "An approval covers one combination.",
};
const clause: Passage = { ...quote, text: "An approval covers one combination. Nothing else." };

/** What has changed about the same facts, judged on the day asked and again by another world. */
function changes(
  facts: typeof memo,
  later: { today?: string; context?: JudgeContext; clauses?: Passage[]; words?: AnswerWords } = {},
): string[] {
  const { today = asked, context: world = context, clauses = [clause], words } = later;
  const given = {
    verdict: judge(facts, context, asked),
    quotes: [{ ...quote, clauseText: clause.text }],
  };
  const now: TodaysAnswer = { ...world, verdict: judge(facts, world, today), clauses };
  return changesSince(given, now, words);
}

const withSystem = (changed: object): JudgeContext => ({
  ...context,
  systems: context.systems.map((s) => (s.slug === "quillmate" ? { ...s, ...changed } : s)),
});
const withApproval = (changed: object): JudgeContext => ({
  ...context,
  approvals: context.approvals.map((a) => (a.id === "quillmate-general" ? { ...a, ...changed } : a)),
});

describe("what has changed about an answer", () => {
  it("is nothing on the same day, and nothing while the same holds", () => {
    expect(changes(memo)).toEqual([]);
    expect(changes(memo, { today: "2027-03-01" })).toEqual([]);
    expect(changes(ranking, { today: "2027-12-01" })).toEqual([]);
  });

  it("is that the review date has passed, the day after it", () => {
    expect(changes(memo, { today: "2027-03-02" })).toEqual([
      "Outcome was Cleared, is now Not allowed.",
      "The review date of Quillmate has passed: its approval counted until 1 March 2027.",
    ]);
  });

  it("is told in the language of the question", () => {
    expect(changes(memo, { today: "2027-03-02", words: german })).toEqual([
      "Das Ergebnis war „Freigegeben“ und ist jetzt „Nicht erlaubt“.",
      "Das Überprüfungsdatum für Quillmate ist verstrichen: Die Freigabe galt bis 1. März 2027.",
    ]);
    const retired = withSystem({ status: "retired" });
    expect(changes(memo, { context: retired, words: german })).toContain(
      "Quillmate hat jetzt den Status „Außer Betrieb“.",
    );
  });

  it("is that the approval was withdrawn, changed, prolonged or replaced", () => {
    const without = {
      ...context,
      approvals: context.approvals.filter((a) => a.id !== "quillmate-general"),
    };
    expect(changes(memo, { context: without })).toContain("The approval of Quillmate was withdrawn.");
    expect(changes(memo, { context: withApproval({ purposes: ["translate"] }) })).toEqual([
      "Outcome was Cleared, is now Not allowed.",
      "A rule counts now that did not before: Not approved for your group.",
    ]);
    expect(changes(memo, { context: withApproval({ reviewOn: "2028-03-01" }) })).toEqual([
      "An approval that the answer rests on counts until 1 March 2028, no longer until 1 March 2027.",
    ]);
    expect(changes(memo, { context: withApproval({ id: "quillmate-new" }) })).toEqual([
      "The approval of Quillmate was withdrawn.",
      "An approval of Quillmate fits this use now and counts until 1 March 2027.",
    ]);
  });

  it("is that the tool was retired", () => {
    expect(changes(memo, { context: withSystem({ status: "retired" }) })).toEqual([
      "Outcome was Cleared, is now Not allowed.",
      "Quillmate is now retired.",
    ]);
  });

  it("is a condition that came or went, while the use stays cleared", () => {
    const [kept = "", dropped = ""] =
      context.approvals.find((a) => a.id === "quillmate-general")?.conditions ?? [];
    expect(changes(memo, { context: withApproval({ conditions: [kept, "Ask first."] }) })).toEqual([
      "New condition: Ask first.",
      `No longer a condition: ${dropped}`,
    ]);
  });

  it("is that the law applies, on its day, also where our policy applied it before", () => {
    expect(changes(ranking, { today: "2027-12-02" })).toContainEqual(
      expect.stringMatching(/^A rule applies since 2 December 2027: .*Annex III\(4\)\(a\)/),
    );
  });

  it("is a rule that came, went or was announced", () => {
    const { rules } = context;
    const [sample] = rules.filter((r) => r.id === "annex-iii-4-a");
    if (!sample) throw new Error("the sample rules have no annex-iii-4-a");
    const coming = {
      ...sample,
      id: "new-law",
      title: "Summaries are labelled",
      anchor: "Art. 99",
      when: { purposes: ["summarise"] },
      result: "inform" as const,
      riskClass: null,
      early: false,
      appliesFrom: "2026-12-24",
    };
    const world = { ...context, rules: [...rules, coming] };
    expect(changes(memo, { context: world })).toEqual([
      "A rule will apply by law from 24 December 2026: Summaries are labelled (Art. 99).",
    ]);
    expect(changes(memo, { context: world, today: "2026-12-24" })).toContain(
      "A rule applies since 24 December 2026: Summaries are labelled (Art. 99).",
    );
    const old = { ...world, rules: [...rules, { ...coming, appliesFrom: "2026-01-01" }] };
    expect(changes(memo, { context: old })).toContain(
      "A rule counts now that did not before: Summaries are labelled (Art. 99).",
    );
    const fewer = { ...context, rules: rules.filter((r) => r.id !== "annex-iii-4-a") };
    expect(changes(ranking, { context: fewer })).toContainEqual(
      expect.stringMatching(/^A rule does not count any more: .*Annex III\(4\)\(a\)/),
    );
  });

  it("is that a quoted clause reads differently, and not that another part of its policy does", () => {
    const version = { policyVersion: "2.1" };
    expect(changes(memo, { clauses: [{ ...clause, ...version }] })).toEqual([]);
    expect(changes(memo, { clauses: [{ ...clause, ...version, text: "Nothing is approved." }] })).toEqual([
      "Clause 2.2 of Acceptable use policy has a new version (2.1).",
    ]);
    expect(changes(memo, { clauses: [] })).toEqual([
      "Clause 2.2 of Acceptable use policy is not in force any more.",
    ]);
  });
});

it("knows a change by what is told", () => {
  expect(changeHash(["a", "b"])).toBe(changeHash(["a", "b"]));
  expect(changeHash(["a", "b"])).not.toBe(changeHash(["ab"]));
});
