import { expect, it } from "vitest";
import { someFacts } from "#test/factories.ts";
import { sampleRegister, sampleRules } from "#test/sample.ts";
import { judge } from "../risk/verdict.ts";
import { answerText } from "./answer-text.ts";

const facts = someFacts({
  system: "quillmate",
  purposes: ["summarise"],
  dataClasses: ["internal"],
  affected: ["nobody"],
  oversight: "human_decides",
  effect: "advisory",
});
const context = { ...sampleRegister(), rules: sampleRules().rules, groups: ["all-staff"] };
const about = {
  text: "May I use Quillmate to summarise a memo?",
  language: "en" as const,
  verdict: judge(facts, context, "2026-11-24"),
  answer: {
    lead: "Yes, if you keep the conditions below.",
    quotes: [
      {
        clauseId: "c-1",
        policySlug: "acceptable-use-policy",
        policyTitle: "Acceptable use policy",
        policyVersion: "2.0",
        number: "2.2",
        heading: "Approvals",
        quote: "An approval covers one combination.",
      },
    ],
    askBack: [],
    alternatives: [{ change: "Use Parlance instead.", systemSlug: "parlance" }],
    reading: null,
    contactId: null,
    precedents: [],
  },
  address: "https://learn.aldermoor.example/ask/1",
};

it("says as plain text what was asked and answered, on which clauses, when and where", () => {
  const text = answerText(about);
  expect(text.startsWith("Question: May I use Quillmate")).toBe(true);
  for (const part of [
    "Answer: Cleared. Yes, if you keep the conditions below.",
    "Conditions:\n- Sign in with your Aldermoor account",
    "What would change it:\n- Use Parlance instead.",
    "Acceptable use policy, 2.2 Approvals (version 2.0):\n“An approval covers one combination.”",
    "Judged on 2026-11-24, for the person who asked. Clause7: https://learn.aldermoor.example/ask/1",
  ])
    expect(text).toContain(part);
});

it("leaves out what there is none of", () => {
  const bare = {
    ...about,
    verdict: { ...about.verdict, conditions: [], findings: [] },
    answer: { ...about.answer, quotes: [], alternatives: [] },
  };
  expect(answerText(bare)).not.toMatch(/Conditions|Why|What would|version/);
});
