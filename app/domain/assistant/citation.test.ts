import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { sampleContent } from "#test/sample.ts";
import {
  type Passage,
  quotations,
  quotesFaithfully,
  quotesFrom,
  tellingParagraph,
  verified,
} from "./citation.ts";

const passages: Passage[] = sampleContent().policies.flatMap((policy) =>
  policy.clauses.map((clause) => ({
    clauseId: `${policy.slug}-${policy.version}-${clause.number}`,
    policySlug: policy.slug,
    policyTitle: policy.title,
    policyVersion: policy.version,
    ...clause,
  })),
);
const customer = passages.filter((p) => p.policySlug === "acceptable-use-policy" && p.number === "3.3");

describe("tellingParagraph", () => {
  it("picks the paragraph about the matter", () => {
    const clause =
      "Tools are registered.\n\nA contract that forbids AI stands.\n\n> Legal source: contract law.";
    expect(tellingParagraph(clause, "What about the contract?")).toBe("A contract that forbids AI stands.");
    expect(tellingParagraph(clause, "Something else")).toBe("Tools are registered.");
  });

  it("keeps the list that a colon announces", () => {
    const clause = "Before:\n\n- ask\n- wait\n\nAfter that, go.";
    expect(tellingParagraph(clause, "ask")).toBe("Before:\n\n- ask\n- wait");
  });

  it("quotes no table: without its frame it cannot be read", () => {
    expect(
      tellingParagraph("| Class | Tool |\n|---|---|\n| Secrets | None |\n\nThe register decides.", "secrets"),
    ).toBe("The register decides.");
  });

  it("is verbatim for every clause of the sample policies, whatever the question", () => {
    fc.assert(
      fc.property(fc.constantFrom(...passages), fc.string(), (passage, matter) => {
        const quote = tellingParagraph(passage.text, matter);
        expect(quote).not.toBe("");
        expect(passage.text).toContain(quote);
      }),
    );
  });
});

describe("verified", () => {
  it("keeps quotes that stand word for word in the stated version", () => {
    const quotes = quotesFrom(passages, () => "customer e-mail");
    expect(verified(quotes, passages)).toEqual(quotes);
  });

  it.each([
    ["a word changed", { quote: "Customer data may be entered into any tool." }],
    ["another version", { policyVersion: "9.0" }],
    ["another clause", { number: "3.4" }],
    ["another policy", { policySlug: "ai-policy" }],
    ["nothing quoted", { quote: " " }],
    ["a clause that does not exist", { clauseId: "none" }],
  ])("drops a quote with %s", (_title, change) => {
    const [quote] = quotesFrom(customer, () => "customer e-mail");
    expect(quote).toBeDefined();
    expect(verified(quote ? [{ ...quote, ...change }] : [], passages)).toEqual([]);
  });
});

describe("quotesFaithfully", () => {
  const quotes = quotesFrom(
    customer.filter((p) => p.policyVersion === "2.0"),
    () => "customer e-mail personal data general workspace",
  );

  it("finds what stands between quotation marks", () => {
    expect(quotations('He said "yes" and “no”.')).toEqual(["yes", "no"]);
  });

  it.each([
    ["No quotation at all.", true],
    ['The policy says: "the tool must be approved for both classes."', true],
    ["The policy says “the tool must be approved for both classes”.", true],
    ['The policy says: "the tool need not be approved."', false],
    ['An opening mark "that never closes', false],
  ])("%s → %s", (text, wanted) => expect(quotesFaithfully(text, quotes)).toBe(wanted));
});
