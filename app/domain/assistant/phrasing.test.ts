import { describe, expect, it } from "vitest";
import type { Quote } from "./answer.ts";
import { faithful, firstSentence } from "./phrasing.ts";

const quotes: Quote[] = [
  {
    clauseId: "c",
    policySlug: "acceptable-use-policy",
    policyTitle: "Acceptable use policy",
    policyVersion: "2.0",
    number: "4.2",
    heading: "Decisions",
    quote: "A decision that noticeably affects a person must not be made by AI alone. This includes hiring.",
  },
];

describe("firstSentence", () => {
  it("waits for the end of a sentence", () => {
    expect(firstSentence("No, not yet")).toBeNull();
    expect(firstSentence("No, not yet. Ask")).toEqual({ sentence: "No, not yet. ", rest: "Ask" });
  });

  it("does not break inside a quotation", () => {
    expect(firstSentence('It says: "Not alone. This')).toBeNull();
    expect(firstSentence('It says: "Not alone. This." So')).toEqual({
      sentence: 'It says: "Not alone. This." ',
      rest: "So",
    });
  });
});

describe("faithful", () => {
  it.each([
    ["No, this is not allowed.", "not_allowed", true],
    ["Yes, you may do that.", "not_allowed", false],
    ["This is fine for your team.", "flagged", false],
    ["Go ahead today.", "not_covered", false],
    ["You may begin only after a reviewer has decided.", "flagged", true],
    ["Yes, you may do that.", "cleared", true],
    ["No, that is not for you.", "cleared", false],
    ["This is not permitted.", "cleared", false],
    ["Leave out what is not needed.", "cleared", true],
    ['The policy says "must not be made by AI alone".', "not_allowed", true],
    ['The policy says "may be made by AI alone".', "not_allowed", false],
    ['The policy says "may be made by AI alone".', "cleared", false],
  ] as const)("%s under %s → %s", (sentence, outcome, wanted) =>
    expect(faithful(sentence, outcome, quotes)).toBe(wanted),
  );
});
