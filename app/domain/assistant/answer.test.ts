import { describe, expect, it } from "vitest";
import { someFacts } from "#test/factories.ts";
import { sampleRegister, sampleRules } from "#test/sample.ts";
import { type Verdict, assumedDataCondition, judge } from "../risk/verdict.ts";
import { changeIn, leadOf } from "./answer.ts";
import { conditionsIn, namesIn, verdictIn } from "./answer-translation.ts";
import { answerWords } from "./answer-words.ts";

const facts = someFacts({
  system: "quillmate",
  purposes: ["summarise"],
  dataClasses: ["internal"],
  affected: ["nobody"],
  oversight: "human_decides",
  effect: "advisory",
});
const context = { ...sampleRegister(), rules: sampleRules().rules, groups: ["all-staff"] };
const verdict = judge(facts, context, "2026-11-24");
const lead = (
  change: Partial<Verdict>,
  matter: Partial<Parameters<typeof leadOf>[1]> = {},
  language: "en" | "de" = "en",
): string =>
  leadOf(
    { ...verdict, ...change },
    { tool: "Quillmate", tools: [], automatic: false, ...matter },
    answerWords[language],
  );

describe("leadOf", () => {
  it.each<[string, Partial<Verdict>, Parameters<typeof lead>[1], RegExp]>([
    ["cleared with conditions", {}, {}, /^Yes, if you keep the conditions below\. Quillmate is approved/],
    ["cleared", { conditions: [] }, {}, /^Yes\. Quillmate is approved/],
    ["cleared without a name", { conditions: [] }, { tool: null }, /^Yes\. The tool is approved/],
    [
      "cleared with a tool to use",
      {},
      { tools: ["Parlance"] },
      /^Yes, with Parlance, if you keep the conditions below\.$/,
    ],
    [
      "cleared with tools",
      { conditions: [] },
      { tools: ["Parlance", "Quillmate"] },
      /^Yes, with Parlance or Quillmate\.$/,
    ],
    ["a question about rules", { matter: "rules" }, {}, /^This is what the policies say\.$/],
    ["prohibited", { outcome: "not_allowed", riskClass: "prohibited" }, {}, /prohibited practice/],
    ["refused", { outcome: "not_allowed" }, {}, /^No, not as it stands/],
    ["refused for good", { outcome: "not_allowed", approvable: false }, {}, /no exception/],
    ["flagged", { outcome: "flagged" }, {}, /^Not yet\. A reviewer has to decide first\. Do not begin/],
    ["flagged with a case", { outcome: "flagged" }, { automatic: true }, /has opened a case/],
    ["asked back", { outcome: "asked_back", flagged: false }, {}, /^That depends on/],
    [
      "asked back of a grave use",
      { outcome: "asked_back", flagged: true },
      {},
      /^Do not begin yet: this may be a prohibited or a high-risk use/,
    ],
    ["not covered", { outcome: "not_covered" }, {}, /^The policies do not settle this/],
    [
      "rules that say nothing",
      { outcome: "not_covered", matter: "rules" },
      {},
      /^The policies and the register do not answer this\. Ask the person named below\.$/,
    ],
  ])("%s", (_what, change, matter, words) => expect(lead(change, matter)).toMatch(words));

  it("speaks the language of the words", () => {
    expect(lead({}, { tools: ["Parlance", "Quillmate"] }, "de")).toBe(
      "Ja, mit Parlance oder Quillmate, wenn Sie die Bedingungen unten einhalten.",
    );
  });
});

describe("changeIn", () => {
  it("puts a change into a sentence", () => {
    const leave = { change: "leave_out", dataClasses: ["customer", "secrets"], systemSlug: null } as const;
    const change = { ...leave, dataClasses: [...leave.dataClasses] };
    expect(changeIn(change, answerWords.en)).toBe("Leave out: customer data, secrets and credentials.");
    expect(changeIn(change, answerWords.de)).toBe(
      "Lassen Sie weg: Kundendaten, Geheimnisse und Zugangsdaten.",
    );
    expect(changeIn({ change: "other_tool", tool: "Parlance", systemSlug: "parlance" }, answerWords.es)).toBe(
      "Use Parlance en su lugar.",
    );
    expect(changeIn({ change: "human_check", systemSlug: null }, answerWords.fr)).toMatch(/^Faites vérifier/);
  });
});

describe("verdictIn", () => {
  const grave = judge(
    { ...facts, purposes: { ...facts.purposes!, value: ["recruitment_screening"] } },
    context,
    "2026-11-24",
  );

  it("tells rules in the language and decides nothing", () => {
    const told = verdictIn(grave, sampleRules(), "de");
    expect(told.findings.map((f) => f.title)).toContain("Einstellung und Auswahl von Personal");
    expect(told.findings.find((f) => f.rule === "annex-iii-4-a")).toMatchObject({
      anchor: "Anhang III(4)(a)",
      derogation: expect.stringContaining("Art. 6(3)") as string,
    });
    const { findings: _f, soon: _s, conditions: _c, ...decided } = told;
    expect(grave).toMatchObject(decided);
    expect(verdictIn(grave, sampleRules(), "en")).toEqual(grave);
  });

  it("keeps the register's conditions as written, and tells rules' and its own in the language", () => {
    const rule = sampleRules().rules.find((r) => r.id === "org-customer-contract");
    const conditions = ["Sign in.", rule?.conditions[0] ?? "", assumedDataCondition];
    expect(conditionsIn({ conditions }, sampleRules(), "es")).toEqual([
      { text: "Sign in.", language: "en" },
      { text: "No donde el contrato del cliente prohíba la IA con sus datos.", language: "es" },
      { text: answerWords.es.assumedData, language: "es" },
    ]);
  });

  it("falls back to English where a set was published without translations", () => {
    const { translations: _, ...old } = sampleRules();
    expect(verdictIn(grave, old, "fr").findings.map((f) => f.title)).toContain("Recruitment");
    expect(namesIn({ rules: old, context }, "fr").purpose("summarise")).toBe("Summarise");
    expect(namesIn({ rules: sampleRules(), context }, "fr").purpose("other")).toBe("Autre chose");
  });
});
